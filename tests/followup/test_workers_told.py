"""What another worker waits for: whoever waits is told on their first page, until they see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from caseplan.meetings.selectors import list_news
from caseplan.plan.models import Ending, Exit, Goal
from caseplan.plan.services import (
    accept_request,
    ask_body,
    decline_request,
    drop_goal,
    propose_ending,
    withdraw_body_request,
)
from caseplan.plan.services.life import assess_ending, withdraw_ending
from cases.models import AccessRequest, Case, Handover, News, NewsKind
from cases.services import (
    accept_access_request,
    accept_handover,
    ask_for_access,
    cover_absence,
    decline_access_request,
    decline_handover,
    hand_over,
    mark_news_seen,
    withdraw_handover,
)
from common.bodies import Body
from common.clock import day_of
from common.crypto import decrypt
from consent.models import Choice, Consent
from consent.services import confirm_written, dispute_written
from people.models import Position
from tests.builders import written_down
from tests.consent.deciding import SOCIAL, asked_by_kela, decides
from tests.personas import World

Act = Callable[[World], object]


def asked(world: World) -> object:
    return ask_body(
        actor=world.actor("social"), goal_id=world.joint_goal.pk, to_body=Body.KELA,
        text="Can rehabilitation help?", answer_by=day_of(world.now), now=world.now,
    ).pk  # fmt: skip


def request_accepted(world: World) -> None:
    accept_request(
        actor=world.actor("kela"), request_id=asked(world), due_on=day_of(world.now), answer="",
        now=world.now,
    )  # type: ignore[arg-type]  # fmt: skip


def request_declined(world: World) -> None:
    decline_request(
        actor=world.actor("kela"), request_id=asked(world), answer="Not ours.", now=world.now
    )  # type: ignore[arg-type]


def request_withdrawn(world: World) -> None:
    withdraw_body_request(actor=world.actor("social"), request_id=asked(world), now=world.now)  # type: ignore[arg-type]


def offered(world: World) -> Handover:
    return hand_over(
        actor=world.actor("employment"), case=Case.objects.get(pk=world.case.pk), reason="I move.",
        receiver_id=world.actor("colleague").writer_id, leaves=True, now=world.now,
    )  # fmt: skip


def handover_accepted(world: World) -> None:
    accept_handover(actor=world.actor("colleague"), handover_id=offered(world).pk, now=world.now)


def handover_declined(world: World) -> None:
    decline_handover(
        actor=world.actor("colleague"), handover_id=offered(world).pk, answer="No.", now=world.now
    )


def handover_withdrawn(world: World) -> None:
    withdraw_handover(actor=world.actor("employment"), handover_id=offered(world).pk, now=world.now)


def access_asked(world: World) -> AccessRequest:
    code = decrypt(world.case.person.identity_code_encrypted)
    return ask_for_access(
        actor=world.actor("colleague"), identity_code=code, reason="Cover", now=world.now
    )


def access_given(world: World) -> None:
    accept_access_request(
        actor=world.actor("employment"), request_id=access_asked(world).pk,
        until=day_of(world.now), answer="", now=world.now,
    )  # fmt: skip


def goal_dropped(world: World) -> None:
    goal = Goal.objects.create(
        case=world.case, kind=world.joint_goal.kind, category=world.joint_goal.category,
        text="A try", recorded_at=world.now,
        recorded_by_id=world.actor("employment").user_id, recorded_for="employment",
    )  # fmt: skip
    drop_goal(actor=world.actor("employment"), goal_id=goal.pk, revision=goal.revision,
              now=world.now)  # fmt: skip


def proposed(world: World) -> Ending:
    return propose_ending(
        actor=world.actor("employment"), case=Case.objects.get(pk=world.case.pk),
        exit=Exit.OTHER_SERVICE, reason="Enough.",
        follow_up_by_id=world.actor("employment").user_id, now=world.now,
    )  # fmt: skip


def ending_agreed(world: World) -> None:
    ending = proposed(world)
    for who in ("social", "kela"):
        assess_ending(
            actor=world.actor(who), ending_id=ending.pk, need_has_ended=True, statement="",
            now=world.now,
        )  # fmt: skip


def ending_refused(world: World) -> None:
    assess_ending(
        actor=world.actor("kela"), ending_id=proposed(world).pk, need_has_ended=False,
        statement="Not yet.", now=world.now,
    )  # fmt: skip


def ending_withdrawn(world: World) -> None:
    withdraw_ending(actor=world.actor("employment"), ending_id=proposed(world).pk, now=world.now)


def consent_answered(world: World) -> None:
    decides(world, Choice.DENIED, request_id=asked_by_kela(world).pk, categories=[SOCIAL])


def cover_chosen(world: World) -> None:
    """By the leader of their office, on a morning when they are ill."""
    Position.objects.filter(user__username="colleague").update(leads=True)
    today = day_of(world.now)
    cover_absence(
        actor=world.actor("colleague"), user_id=world.actor("employment").writer_id,
        by_id=world.actor("colleague").writer_id, since=today, until=today, now=world.now,
    )  # fmt: skip


def heard(world: World) -> Consent:
    return written_down(world.case, by=world.actor("social"), now=world.now, categories=[SOCIAL])


def heard_and_confirmed(world: World) -> None:
    confirm_written(actor=world.actor("kela"), consent_id=heard(world).pk, now=world.now)


def heard_and_disputed(world: World) -> None:
    dispute_written(actor=world.actor("kela"), consent_id=heard(world).pk, now=world.now)


# What happens, what it is called, who waits for it, and who has done it.
WAITED: tuple[tuple[Act, NewsKind, tuple[str, ...], str], ...] = (
    (request_accepted, NewsKind.REQUEST_ANSWERED, ("social",), "kela"),
    (request_declined, NewsKind.REQUEST_ANSWERED, ("social",), "kela"),
    (request_withdrawn, NewsKind.REQUEST_WITHDRAWN, ("kela",), "social"),
    (handover_accepted, NewsKind.HANDOVER_ACCEPTED, ("employment",), "colleague"),
    (handover_declined, NewsKind.HANDOVER_DECLINED, ("employment",), "colleague"),
    (handover_withdrawn, NewsKind.HANDOVER_WITHDRAWN, ("colleague",), "employment"),
    (access_given, NewsKind.ACCESS_GIVEN, ("colleague",), "employment"),
    (consent_answered, NewsKind.CONSENT_ANSWERED, ("kela",), "client"),
    (cover_chosen, NewsKind.COVER_CHOSEN, ("employment",), "colleague"),
    (heard_and_confirmed, NewsKind.CONSENT_IN_EFFECT, ("social",), "kela"),
    (heard_and_disputed, NewsKind.CONSENT_DISPUTED, ("social",), "kela"),
    (goal_dropped, NewsKind.GOAL_DROPPED, ("social", "kela"), "employment"),
    (ending_agreed, NewsKind.ENDING_AGREED, ("employment", "social"), "kela"),
    (ending_refused, NewsKind.ENDING_CLOSED, ("employment", "social"), "kela"),
    (ending_withdrawn, NewsKind.ENDING_CLOSED, ("social", "kela"), "employment"),
)

# Who answered and how is said rather than that somebody did.
SAID = {
    request_accepted: "Kela accepted: Can rehabilitation help?",
    request_declined: "Kela declined: Can rehabilitation help?",
}


@pytest.mark.parametrize(
    ("act", "kind", "readers", "doer"), WAITED, ids=[row[0].__name__ for row in WAITED]
)
def test_whoever_waits_is_told_until_they_have_seen_it(
    world: World, login: Callable[[str], object], act: Act, kind: NewsKind,
    readers: tuple[str, ...], doer: str,
) -> None:  # fmt: skip
    act(world)
    for who in readers:
        told = [told for told in list_news(world.actor(who), now=world.now)
                if told.news.kind == kind]  # fmt: skip
        assert len(told) == 1, who
        page = login(who).get("/day/").content.decode()  # type: ignore[attr-defined]
        assert SAID.get(act, str(kind.label)) in page
        mark_news_seen(actor=world.actor(who), now=world.now + timedelta(seconds=1))
        assert kind not in {told.news.kind for told in list_news(world.actor(who), now=world.now)}
    assert not News.objects.filter(for_user_id=world.actor(doer).user_id, kind=kind).exists()


def test_who_never_was_in_the_case_is_told_no_name(
    world: World, login: Callable[[str], object]
) -> None:
    handover_withdrawn(world)
    (told,) = list_news(world.actor("colleague"), now=world.now)
    assert told.case is None
    page = login("colleague").get("/day/").content.decode()  # type: ignore[attr-defined]
    (row,) = page.split('<li class="task">')[1:]
    assert str(NewsKind.HANDOVER_WITHDRAWN.label) in row
    assert world.case.person.last_name not in row


def test_who_was_refused_access_is_told_nothing(world: World) -> None:
    """Else the answer would tell that the person has a case (rule of the access request)."""
    decline_access_request(
        actor=world.actor("employment"), request_id=access_asked(world).pk, answer="No need.",
        now=world.now,
    )  # fmt: skip
    assert list_news(world.actor("colleague"), now=world.now) == []
