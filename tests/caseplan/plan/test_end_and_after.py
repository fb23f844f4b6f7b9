"""What follows the end of a case: a mistake corrected, somebody who goes on, who began it told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from caseplan.meetings.selectors import list_news
from caseplan.plan import services
from caseplan.plan.models import (
    Accompanied,
    AccompaniedHandover,
    AccompaniedHandoverState,
    Ending,
    EndingOutcome,
    Exit,
)
from cases.models import Case, News, NewsKind, TeamMembership
from cases.selectors import earlier_cases
from cases.services import record_death
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused
from consent.models import Category, Ground
from consent.services import end_ground
from followup.models import FollowUpPoint
from followup.services import answer_point, make_points
from tests.builders import CaseFactory
from tests.followup.test_points import NIGHT
from tests.personas import World


def the_case(world: World) -> Case:
    return Case.objects.select_related("person").get(pk=world.case.pk)


def ends(world: World, by: str = "employment") -> Case:
    """The joint case, ended by the three bodies together; ``by`` proposes it."""
    ending = services.propose_ending(
        actor=world.actor(by), case=the_case(world), exit=Exit.EDUCATION,
        reason="A school place.", follow_up_by_id=world.actor("employment").user_id, now=world.now,
    )  # fmt: skip
    for who in {"employment", "social", "kela"} - {by}:
        services.assess_ending(
            actor=world.actor(who), ending_id=ending.pk, need_has_ended=True, statement="",
            now=world.now,
        )  # fmt: skip
    return the_case(world)


def asks(world: World, who: str = "kela", **given: Any) -> AccompaniedHandover:
    return services.ask_to_go_on(
        **{
            "actor": world.actor("employment"), "case": the_case(world),
            "to_user_id": world.actor(who).user_id, "how": Accompanied.TOGETHER,
            "text": "Rehabilitation goes on.", "now": world.now, **given,
        }
    )  # fmt: skip


def told(world: World, who: str) -> list[NewsKind]:
    return [NewsKind(item.news.kind) for item in list_news(world.actor(who), now=world.now)]


# An ending that was a mistake


def reopens(world: World, case: Case, reason: str = "Wrong person.") -> Case:
    return services.reopen_case(
        actor=world.actor("social"), case=case, reason=reason, now=world.now
    )


def test_a_case_is_opened_again_with_a_reason_that_client_and_team_are_told(world: World) -> None:
    case = ends(world)
    with pytest.raises(Refused) as refused:
        reopens(world, case, " ")
    assert refused.value.field == "reason"
    News.objects.all().delete()
    reopens(world, case)
    ending = Ending.objects.get(case=case)
    assert (ending.outcome, ending.reopened_because) == (EndingOutcome.REOPENED, "Wrong person.")
    assert ending.reopened_by_id == world.actor("social").user_id
    for who in ("client", "employment", "kela"):
        assert told(world, who) == [NewsKind.ENDING_CORRECTED], who
    assert told(world, "social") == []
    with pytest.raises(NotAllowed):
        reopens(world, the_case(world))


def test_a_corrected_ending_without_a_reason_does_not_stand_in_the_database(world: World) -> None:
    ends(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ending.objects.filter(case=world.case).update(outcome=EndingOutcome.REOPENED)


def test_nobody_is_asked_how_things_are_after_an_end_that_was_none(world: World) -> None:
    case = ends(world)
    make_points(actor=NIGHT, on=day_of(world.now), now=world.now)
    assert FollowUpPoint.objects.filter(case=case).count() == 4
    reopens(world, case)
    assert not FollowUpPoint.objects.filter(case=case).exists()


def test_a_second_end_has_its_own_points(world: World) -> None:
    case = ends(world)
    make_points(actor=NIGHT, on=day_of(world.now), now=world.now)
    first = FollowUpPoint.objects.get(case=case, months=3)
    answered_by_the_client(world, first)
    reopens(world, case)
    later = World.load()
    object.__setattr__(later, "now", world.now + timedelta(days=120))
    ends(later)
    make_points(actor=NIGHT, on=day_of(later.now), now=later.now)
    three = FollowUpPoint.objects.filter(case=case, months=3).order_by("due_on")
    assert [point.pk == first.pk for point in three] == [True, False]


def answered_by_the_client(world: World, point: FollowUpPoint) -> None:
    answer_point(
        actor=world.actor("client"), point_id=point.pk, situation="degree",  # type: ignore[arg-type]
        now=world.now + timedelta(days=93),
    )  # fmt: skip


# Who goes on with the client


def test_whoever_is_asked_accepts_and_the_client_is_told_how_to_reach_them(world: World) -> None:
    ends(world)
    asked = asks(world)
    assert NewsKind.CONTINUES_ASKED in told(world, "kela")
    with pytest.raises(Refused) as refused:
        services.agree_to_go_on(
            actor=world.actor("kela"), asked_id=asked.pk, reached_at=" ", now=world.now
        )
    assert refused.value.field == "reached_at"
    services.agree_to_go_on(
        actor=world.actor("kela"), asked_id=asked.pk, reached_at="020 634 0200", now=world.now
    )
    assert told(world, "client") == [NewsKind.CONTINUES]
    assert NewsKind.CONTINUES_ANSWERED in told(world, "employment")


def test_the_client_reads_who_goes_on_and_how_to_reach_them(world: World, login: Any) -> None:
    ends(world)
    asked = asks(world)
    page = login("kela")
    page.post(f"/goes-on/{asked.pk}/", {"goes_on": "yes", "reached_at": "020 634 0200"})
    assert AccompaniedHandover.objects.get().state == AccompaniedHandoverState.ACCEPTED
    mine = login("client").get("/my/").content.decode()
    assert "Who goes on with you" in mine and "020 634 0200" in mine


def test_a_no_says_why_and_whoever_asked_is_told(world: World) -> None:
    ends(world)
    asked = asks(world)
    with pytest.raises(Refused):
        services.decline_to_go_on(
            actor=world.actor("kela"), asked_id=asked.pk, answer="", now=world.now
        )
    services.decline_to_go_on(
        actor=world.actor("kela"), asked_id=asked.pk, answer="I move.", now=world.now
    )
    [answered] = [
        item for item in list_news(world.actor("employment"), now=world.now)
        if item.news.kind == NewsKind.CONTINUES_ANSWERED
    ]  # fmt: skip
    assert answered.thing.answer == "I move."
    assert told(world, "client") == []


def test_only_who_was_asked_answers_and_only_somebody_on_the_team_is_asked(world: World) -> None:
    with pytest.raises(NotAllowed):
        asks(world)  # nobody assesses the ending yet
    ends(world)
    for who in ("colleague", "outsider", "employment"):
        with pytest.raises(Refused) as refused:
            asks(world, who)
        assert refused.value.field == "to_user_id"
    asked = asks(world)
    with pytest.raises(Refused):
        asks(world)
    given: dict[str, Any] = {"asked_id": asked.pk, "reached_at": "1", "now": world.now}
    with pytest.raises(NotAllowed):
        services.agree_to_go_on(actor=world.actor("social"), **given)
    for who in ("colleague", "outsider", "client2", "director"):
        with pytest.raises(NotVisible):
            services.agree_to_go_on(actor=world.actor(who), **given)


def test_whoever_has_not_answered_is_not_offered_a_second_time(world: World, login: Any) -> None:
    ends(world)
    asks(world, "kela")
    page = login("employment").get(f"/cases/{world.case.pk}/goes-on/new/")
    offered = {value for value, _name in page.context["form"].fields["to_user_id"].choices}
    assert offered == {"", str(world.actor("social").user_id)}
    with pytest.raises(Refused) as refused:
        asks(world, "kela")
    assert refused.value.field == "to_user_id"


def test_nobody_is_asked_any_more_where_the_case_goes_on_or_the_client_has_died(
    world: World,
) -> None:
    case = ends(world)
    asks(world)
    reopens(world, case)
    assert AccompaniedHandover.objects.get().state == AccompaniedHandoverState.WITHDRAWN
    assert NewsKind.CONTINUES_WITHDRAWN in told(world, "kela")
    ends(world)
    asks(world)
    record_death(
        actor=world.actor("employment"),
        case=the_case(world),
        died_on=day_of(world.now),
        now=world.now,
    )
    assert not AccompaniedHandover.objects.filter(state=AccompaniedHandoverState.OPEN).exists()


# Whoever began it


def began(world: World, who: str) -> None:
    """``who`` began the case and has left its team."""
    Case.objects.filter(pk=world.case.pk).update(opened_by=world.actor(who).user_id)


def test_whoever_began_a_case_and_is_no_longer_in_it_is_told_what_came_of_it(
    world: World, login: Any
) -> None:
    began(world, "colleague")
    ends(world)
    day = login("colleague")
    page = day.get("/day/").content.decode()
    assert "A joint service that you began has ended" in page and "education" in page
    assert "Aalto, Aino" not in page  # whoever is not in the case is told of no name
    day.post("/news/seen/")
    assert "has ended" not in day.get("/day/").content.decode()


def test_who_stands_on_the_team_is_told_once(world: World) -> None:
    began(world, "social")
    ends(world)
    assert NewsKind.OUTCOME_TOLD not in told(world, "social")


def test_to_what_it_ended_is_told_as_far_as_the_plan_is_open(world: World) -> None:
    began(world, "colleague")
    ends(world, by="social")  # what their own body recorded is open to them in any case
    yesterday = day_of(world.now) - timedelta(days=1)
    for ground in Ground.objects.filter(
        receiver="employment", category=Category.PLAN_FOLLOW_UP, valid_to=None
    ).exclude(signed_at=None):
        end_ground(actor=NIGHT, ground_id=ground.pk, last_day=yesterday, now=world.now)
    [item] = [
        item for item in list_news(world.actor("colleague"), now=world.now)
        if item.news.kind == NewsKind.OUTCOME_TOLD
    ]  # fmt: skip
    assert (item.thing, item.case) == (None, None)


# A later case


def test_a_later_case_tells_of_the_earlier_one_only_to_who_may_know(world: World) -> None:
    before = ends(world)
    later = world.now + timedelta(days=30)
    case = CaseFactory(person=before.person, led_by=world.actor("colleague"), now=later)
    assert [c.pk for c in earlier_cases(world.actor("kela"), case, now=later)] == [before.pk]
    assert [c.pk for c in earlier_cases(world.actor("client"), case, now=later)] == [before.pk]
    # Whoever is no longer on the team of the earlier case learns of none.
    TeamMembership.objects.filter(case=before, user=world.actor("kela").user_id).update(
        until=world.now, ended_by=world.actor("employment").user_id
    )
    assert earlier_cases(world.actor("kela"), case, now=later) == []
    assert earlier_cases(world.actor("colleague"), case, now=later) == []
