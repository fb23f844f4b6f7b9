"""After the end: asked at 3, 6, 12 and 24 months, answered apart, and never guessed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from audit.models import AuditRow
from benefits.models import RegisterImport, UnemploymentSpell
from caseplan.plan.models import Ending, EndingOutcome, Exit
from cases.lifecycle import CaseState
from cases.models import Case
from common.actor import Actor, system_actor
from common.bodies import Party
from common.clock import day_of
from common.dates import add_months
from common.decision import NotAllowed, NotVisible
from common.levels import EVERY_ACT
from followup import services
from followup.models import CheckIn, FollowUpPoint, PointAnswer, Reminder, Situation
from followup.points import ANSWER_DAYS, LINK, point_of, token_of
from followup.selectors import list_points
from followup.services import make_points, remind
from operations.erasure import erase_case
from people.models import Position, User
from people.selectors import actor_for
from records.selectors import reading_of
from tests.operations.letting_go import close_and_erase
from tests.personas import World

NIGHT = system_actor("night")


@pytest.fixture
def ended(world: World) -> World:
    """The joint case ended together; the social worker was named to ask."""
    social = world.actor("social")
    case = world.end_case()
    Ending(
        case=case, category="plan_follow_up", exit=Exit.OTHER_SERVICE, reason="Enough.",
        follow_up_by_id=social.user_id, outcome=EndingOutcome.AGREED, closed_at=world.now,
        recorded_for=Party.SOCIAL, recorded_by_id=social.user_id, recorded_at=world.now,
    ).save()  # fmt: skip
    make_points(actor=NIGHT, on=day_of(world.now), now=world.now)
    return world


def at(world: World, on: date) -> datetime:
    """The moment of the world, on another day."""
    return world.now + (on - day_of(world.now))


def due(world: World, months: int) -> date:
    return add_months(day_of(world.now), months)


def on_that_day(world: World, username: str, on: date) -> Actor:
    return actor_for(User.objects.get(username=username), now=at(world, on), proven=EVERY_ACT)


def asked(world: World, on: date) -> set[str]:
    remind(actor=NIGHT, on=on)
    rows = Reminder.objects.filter(case=world.case, kind="point_due", ended_on=None)
    return set(rows.values_list("for_user__username", flat=True))


def test_the_four_points_are_made_once_from_date_to_date(ended: World) -> None:
    assert make_points(actor=NIGHT, on=day_of(ended.now), now=ended.now) == 0
    points = FollowUpPoint.objects.filter(case=ended.case).order_by("months")
    assert [(p.months, p.due_on) for p in points] == [(n, due(ended, n)) for n in (3, 6, 12, 24)]
    assert {p.asker.username for p in points} == {"social"}
    assert {(p.open_until - p.due_on).days for p in points} == {ANSWER_DAYS}


def test_who_was_named_and_the_client_are_asked_on_the_day_and_until_it_is_over(
    ended: World,
) -> None:
    on = due(ended, 3)
    assert asked(ended, on - timedelta(days=1)) == set()
    assert asked(ended, on) == {"social", "client"}
    assert asked(ended, on + timedelta(days=ANSWER_DAYS)) == {"social", "client"}
    assert asked(ended, on + timedelta(days=ANSWER_DAYS + 1)) == set()


@pytest.mark.parametrize(
    "moved",
    [
        {"state": CaseState.CLOSED},
        {"state": CaseState.IN_FORCE, "ended_at": None, "ended_by": None},
    ],
    ids=["closed", "goes on"],
)
def test_nobody_is_asked_of_a_case_that_is_not_followed_up(
    ended: World, moved: dict[str, Any]
) -> None:
    Case.objects.filter(pk=ended.case.pk).update(**moved)
    assert asked(ended, due(ended, 3)) == set()


def test_each_answers_apart_and_ends_their_own_reminder(ended: World) -> None:
    on = due(ended, 3)
    asked(ended, on)
    point = FollowUpPoint.objects.get(case=ended.case, months=3)
    services.answer_point(
        actor=on_that_day(ended, "social", on), point_id=point.pk,
        situation=Situation.OTHER_SERVICE, comment="Kurssilla.", now=at(ended, on),
    )  # fmt: skip
    standing = Reminder.objects.filter(subject_id=point.pk, ended_on=None)
    assert [r.for_user.username for r in standing] == ["client"]
    services.answer_point(
        actor=on_that_day(ended, "client", on), point_id=point.pk,
        situation=Situation.UNEMPLOYED, now=at(ended, on),
    )  # fmt: skip
    assert [(r.for_user.username, r.level) for r in standing.all()] == []
    reading = reading_of(on_that_day(ended, "social", on), now=at(ended, on))
    seen = list_points(reading, Case.objects.get(pk=ended.case.pk)).points[0]
    assert seen.worker is not None and seen.worker.situation == Situation.OTHER_SERVICE
    assert seen.client is not None and seen.client.situation == Situation.UNEMPLOYED


def test_only_who_was_named_answers_only_in_time_and_only_once(ended: World) -> None:
    on = due(ended, 3)
    point = FollowUpPoint.objects.get(case=ended.case, months=3)

    def answer(username: str, day: date) -> None:
        services.answer_point(
            actor=on_that_day(ended, username, day), point_id=point.pk,
            situation=Situation.OTHER, now=at(ended, day),
        )  # fmt: skip

    for username, day in [
        ("employment", on), ("social", on - timedelta(days=1)),
        ("social", on + timedelta(days=ANSWER_DAYS + 1)),
    ]:  # fmt: skip
        with pytest.raises(NotAllowed):
            answer(username, day)
    with pytest.raises(NotVisible):
        answer("outsider", on)
    answer("social", on)
    with pytest.raises(NotAllowed):
        answer("social", on)
    assert PointAnswer.objects.filter(point=point).count() == 1


def test_missing_is_missing_and_the_register_says_only_what_it_says(ended: World) -> None:
    on = due(ended, 6)
    UnemploymentSpell.objects.filter(person=ended.case.person).delete()
    register = RegisterImport.objects.filter(newest_day__isnull=False).latest("finished_at")
    register.newest_day = on
    register.save()
    now = at(ended, on + timedelta(days=ANSWER_DAYS + 1))
    reading = reading_of(actor_for(User.objects.get(username="client"), now=now), now=now)
    case = Case.objects.get(pk=ended.case.pk)

    def seen() -> Any:
        return list_points(reading, case).points[1]

    assert (seen().client, seen().worker, seen().register) == (None, None, None)
    assert "Not known" in seen().standing or "Ei tiedossa" in seen().standing
    template = UnemploymentSpell.objects.order_by("pk")[0]
    template.pk, template.person, template.start, template.end = None, ended.case.person, on, on
    template.save()
    assert seen().register == Situation.UNEMPLOYED
    register.newest_day = on - timedelta(days=1)
    register.save()
    assert seen().register is None, "the registers do not tell of that day yet"
    register.newest_day = on
    register.save()
    template.start = template.end = on + timedelta(days=1)
    template.save()
    assert seen().register is None, "a day later says nothing of the day"


def test_the_link_asks_two_questions_without_logging_in_and_shows_nothing(
    ended: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = due(ended, 3)
    monkeypatch.setattr("common.clock.timezone.now", lambda: at(ended, on))
    point = FollowUpPoint.objects.get(case=ended.case, months=3)
    url = LINK.format(token=token_of(point.pk))
    browser = Client()
    page = browser.get(url, HTTP_ACCEPT_LANGUAGE="en")
    assert page.status_code == 200
    person = ended.case.person
    for word in (person.first_names, person.last_name, str(ended.case.pk), "Enough."):
        assert word not in page.content.decode()
    answer = browser.post(url, {"situation": "contract", "wants_contact": "yes"})
    assert answer.status_code == 200
    said = PointAnswer.objects.get(point=point)
    assert (said.source, said.situation, said.wants_contact) == ("client", "contract", True)
    assert said.recorded_by.username == "client"
    assert AuditRow.objects.filter(subject_id=said.pk, actor="system:link").exists()
    assert browser.get(url).status_code == 404, "once"
    assert browser.post(url, {"situation": "other", "wants_contact": "no"}).status_code == 404


def test_a_link_that_is_over_or_made_up_is_not_there(
    ended: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    point = FollowUpPoint.objects.get(case=ended.case, months=3)
    token = token_of(point.pk)
    url = LINK.format(token=token)
    browser = Client()
    assert browser.get(url).status_code == 404, "its day has not come"
    after = at(ended, point.open_until + timedelta(days=1))
    monkeypatch.setattr("common.clock.timezone.now", lambda: after)
    assert browser.get(url).status_code == 404
    for made_up in (token[:-1], token + "x", "nothing", str(point.pk)):
        assert point_of(made_up) is None
        assert browser.get(LINK.format(token=made_up)).status_code == 404
    assert point_of(token) == point.pk


def test_who_asked_to_be_contacted_is_called_until_somebody_was_in_touch(ended: World) -> None:
    """Also where the worker had answered before: the client was told that somebody is in touch."""
    on = due(ended, 3)
    asked(ended, on)
    point = FollowUpPoint.objects.get(case=ended.case, months=3)
    social, client = on_that_day(ended, "social", on), on_that_day(ended, "client", on)
    services.answer_point(
        actor=social, point_id=point.pk, situation=Situation.OTHER, now=at(ended, on)
    )
    said = services.answer_point(
        actor=client, point_id=point.pk, situation=Situation.UNEMPLOYED, wants_contact=True,
        now=at(ended, on),
    )  # fmt: skip
    called = Reminder.objects.filter(kind="help_wanted", subject_id=said.pk, ended_on=None)
    assert [r.for_user.username for r in called.all()] == ["social"]
    with pytest.raises(NotAllowed):
        services.note_contact(
            actor=on_that_day(ended, "employment", on), answer_id=said.pk, now=at(ended, on)
        )
    services.note_contact(actor=social, answer_id=said.pk, now=at(ended, on))
    assert not called.exists()
    remind(actor=NIGHT, on=on + timedelta(days=1))
    assert not called.exists()


def test_when_the_asker_has_left_their_leader_asks(ended: World) -> None:
    sat = Position.objects.get(user__username="social")
    leader = User.objects.create_user("leader", first_name="L", last_name="L")
    Position.objects.create(
        user=leader, role=sat.role, network=sat.network, office=sat.office, leads=True,
        since=ended.now - timedelta(days=1),
    )  # fmt: skip
    User.objects.filter(username="social").update(is_active=False)
    make_points(actor=NIGHT, on=day_of(ended.now), now=ended.now)
    askers = FollowUpPoint.objects.filter(case=ended.case).values_list("asker__username", flat=True)
    assert set(askers) == {"leader"}


def test_the_case_stays_until_its_last_point_can_no_longer_be_answered(ended: World) -> None:
    last = due(ended, 24) + timedelta(days=ANSWER_DAYS)

    def state_after(day: date) -> str:
        close_and_erase(actor=NIGHT, on=day, now=at(ended, day))
        return Case.objects.get(pk=ended.case.pk).state

    assert state_after(last) == CaseState.FOLLOW_UP
    assert state_after(last + timedelta(days=1)) == CaseState.CLOSED


def test_a_case_is_erased_with_its_points_answers_and_all_that_was_told(ended: World) -> None:
    on = due(ended, 3)
    asked(ended, on)
    point = FollowUpPoint.objects.get(case=ended.case, months=3)
    for username in ("social", "client"):
        services.answer_point(
            actor=on_that_day(ended, username, on), point_id=point.pk,
            situation=Situation.OTHER, now=at(ended, on),
        )  # fmt: skip
    services.choose_contact(
        actor=ended.actor("client"), email=True, sms=False, suomifi=False,
        quiet_from=ended.now.time(), quiet_until=ended.now.time(), now=ended.now,
    )  # fmt: skip
    CheckIn(
        case=ended.case, category="plan_follow_up", feeling="well", recorded_for=Party.CLIENT,
        recorded_by_id=ended.actor("client").user_id, recorded_at=ended.now,
    ).save()  # fmt: skip
    Case.objects.filter(pk=ended.case.pk).update(state=CaseState.CLOSED)
    erase_case(actor=NIGHT, case_id=ended.case.pk, now=ended.now)
    assert not Reminder.objects.filter(case_id=ended.case.pk).exists()
    assert not PointAnswer.objects.filter(case_id=ended.case.pk).exists()
    assert not User.objects.filter(username="client").exists()
