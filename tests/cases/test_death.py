"""Somebody has died: one worker, one step; everything stops, and a mistake is taken back whole."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from audit.models import AuditRow
from benefits.eligibility import eligibility
from benefits.models import ExpectedFlag, Flag
from benefits.services import evaluate
from caseplan.meetings.models import Meeting, MeetingState
from caseplan.meetings.services import call_meeting
from caseplan.plan.models import Ending, EndingOutcome, Exit, PlanVersion, SeenNeed
from caseplan.plan.selectors import changes_for_day
from caseplan.plan.services import assess_ending, open_case_on_need, propose_ending
from cases.lifecycle import CaseState
from cases.models import Case, Handover, TemporaryAccess
from cases.services import (
    hand_over,
    mark_change_seen,
    record_death,
    record_protection,
    undo_change,
)
from common.actor import system_actor
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused
from consent.models import Category, ConsentRequest, OutsideKind
from consent.services import invite
from followup.letters import letter_for
from followup.models import FollowUpPoint, Notification, NotificationState, PointAnswer, Reminder
from followup.services import make_points, notify_of_messages, notify_of_the_night, remind
from people.models import LifeEvent, LifeState, Person, User
from people.services.life import forget_undo_data
from tests.builders import CaseFactory
from tests.cases.in_life import differing, everything
from tests.personas import World
from tests.together import at_once

NIGHT = system_actor("night")


def dies(world: World, who: str = "social", on: date | None = None) -> LifeEvent:
    return record_death(
        actor=world.actor(who),
        case=Case.objects.get(pk=world.case.pk),
        died_on=on or day_of(world.now) - timedelta(days=1),
        now=world.now,
    )


def taken_back(world: World, event: LifeEvent, who: str = "kela", days: int = 0) -> None:
    undo_change(actor=world.actor(who), event_id=event.pk, now=world.now + timedelta(days=days))


@pytest.fixture
def in_full(world: World) -> World:
    """The joint case with everything that can wait: a meeting, a handover, an invitation, letters,
    flags."""
    employment, client = world.actor("employment"), world.actor("client")
    case = Case.objects.get(pk=world.case.pk)
    Person.objects.filter(pk=case.person_id).update(email="aino@example.invalid")
    call_meeting(
        actor=employment, case=case, starts_at=world.now + timedelta(days=3), minutes_long=60,
        place="Here", remote_link="", member_ids=[], now=world.now,
    )  # fmt: skip
    hand_over(
        actor=employment, case=case, reason="I move.", leaves=True,
        receiver_id=world.actor("colleague").writer_id, now=world.now,
    )  # fmt: skip
    invite(
        actor=client, case=world.case, kind=OutsideKind.TRUSTED, name="Veikko", organisation="",
        categories=[Category.PLAN_FOLLOW_UP], purpose="Help", valid_to=day_of(world.now),
        now=world.now,
    )  # fmt: skip
    notify_of_the_night(actor=NIGHT, on=day_of(world.now), now=world.now)
    Flag.objects.create(
        person_id=case.person_id, rule="paid_300", reached_on=day_of(world.now),
        opened_on=day_of(world.now),
    )  # fmt: skip
    ExpectedFlag.objects.create(
        person_id=case.person_id, rule="paid_500", expected_on=day_of(world.now)
    )
    return world


def test_the_case_ends_at_once_without_assessments_and_is_coded(in_full: World) -> None:
    dies(in_full)
    case = Case.objects.get(pk=in_full.case.pk)
    assert (case.state, case.ended_because) == (CaseState.CLOSED, "died")
    ending = Ending.objects.get(case=case, outcome=EndingOutcome.AGREED)
    assert (ending.exit, ending.follow_up_by, ending.views.count()) == (Exit.DIED, None, 0)
    assert not PlanVersion.objects.filter(case=case, in_force_at=None, set_aside_at=None).exists()
    assert {"life_died", "case_ended_immediately"} <= set(
        AuditRow.objects.filter(case_id=case.pk).values_list("action", flat=True)
    )


def test_nothing_reaches_the_client_any_more(in_full: World) -> None:
    client = in_full.case.person.user
    assert client is not None
    waiting = Notification.objects.filter(user=client, state=NotificationState.WAITING)
    held = waiting[0]
    dies(in_full)
    assert not waiting.exists()
    assert letter_for(held, on=day_of(in_full.now)) is None  # one that was being handed over
    for days in (0, 1, 40, 100, 200, 400, 800):
        on, now = day_of(in_full.now) + timedelta(days=days), in_full.now + timedelta(days=days)
        make_points(actor=NIGHT, on=on, now=now)
        remind(actor=NIGHT, on=on)
        notify_of_the_night(actor=NIGHT, on=on, now=now)
        notify_of_messages(actor=NIGHT, now=now)
    assert not waiting.exists()
    assert not FollowUpPoint.objects.filter(case=in_full.case).exists()
    assert not Reminder.objects.filter(case=in_full.case, ended_on=None).exists()
    assert not Meeting.objects.filter(case=in_full.case, state=MeetingState.PLANNED).exists()
    assert not ConsentRequest.objects.filter(case=in_full.case, closed_at=None).exists()
    assert not Handover.objects.filter(case=in_full.case, state="open").exists()


def test_the_log_in_is_closed_and_nobody_outside_sees_the_case(in_full: World, login: Any) -> None:
    client: Client = login("client")
    assert client.get("/my/").status_code == 200
    dies(in_full)
    assert client.get("/my/").status_code == 302
    assert not TemporaryAccess.objects.filter(content_object=in_full.case, why="shared").exists()
    assert login("association").get(f"/shared/{in_full.case.pk}/").status_code == 404


def test_the_person_leaves_the_worklist_and_no_evaluation_brings_them_back(in_full: World) -> None:
    somebody = next(
        found.person_id
        for found in eligibility(day_of(in_full.now), tolerance=0)
        if not Case.objects.filter(person=found.person_id).exists()
    )
    team = [in_full.actor(who).writer_id for who in ("employment", "social", "kela")]
    case = open_case_on_need(
        actor=in_full.actor("employment"), person_id=somebody,
        needs=[SeenNeed.MANAGING_LIFE], reason="Need.",
        case_manager_id=team[0], member_ids=team, now=in_full.now,
    )  # fmt: skip
    record_death(
        actor=in_full.actor("kela"), case=case, died_on=day_of(in_full.now), now=in_full.now
    )
    evaluate(actor=NIGHT, on=day_of(in_full.now), now=in_full.now)
    assert not Flag.objects.filter(person=somebody, closed_on=None).exists()
    assert not ExpectedFlag.objects.filter(person=somebody).exists()
    assert somebody not in {
        found.person_id for found in eligibility(day_of(in_full.now), tolerance=0)
    }
    with pytest.raises(Refused):
        open_case_on_need(
            actor=in_full.actor("employment"), person_id=somebody,
            needs=[SeenNeed.MANAGING_LIFE], reason="Need.",
            case_manager_id=team[0], member_ids=team, now=in_full.now,
        )  # fmt: skip


def test_every_open_case_of_the_person_ends_and_every_team_is_told(in_full: World) -> None:
    outsider = in_full.actor("outsider")
    elsewhere = CaseFactory(person=in_full.case.person, led_by=outsider, now=in_full.now)
    event = dies(in_full, who="social")
    elsewhere.refresh_from_db()
    assert (elsewhere.state, elsewhere.ended_because) == (CaseState.CLOSED, "died")
    told = {
        who: [change.event.pk for change in changes_for_day(in_full.actor(who), now=in_full.now)]
        for who in ("employment", "kela", "outsider", "social", "colleague")
    }
    assert told == {
        "employment": [event.pk], "kela": [event.pk], "outsider": [event.pk],
        "social": [], "colleague": [],
    }  # fmt: skip
    mark_change_seen(actor=in_full.actor("kela"), event_id=event.pk, now=in_full.now)
    assert changes_for_day(in_full.actor("kela"), now=in_full.now) == []
    assert changes_for_day(in_full.actor("employment"), now=in_full.now + timedelta(days=16)) == []


def test_a_death_ends_what_is_theirs_and_nothing_of_anybody_else(in_full: World) -> None:
    """Reminders of the case, on the day or as they were raised ahead; letters that still wait."""
    today = day_of(in_full.now)
    remind(actor=NIGHT, on=today)
    mine = Reminder.objects.filter(case=in_full.case)
    ahead = mine.filter(ended_on=None).order_by("pk")[0]
    Reminder.objects.filter(pk=ahead.pk).update(raised_on=today + timedelta(days=2))
    others = Reminder.objects.exclude(case=in_full.case)
    letters = Notification.objects.filter(user__username="client")
    sent = letters.order_by("pk")[0]
    Notification.objects.filter(pk=sent.pk).update(
        state=NotificationState.SENT, closed_at=in_full.now
    )
    change_encrypted = [
        set(others.values_list("pk", "ended_on")),
        set(Notification.objects.exclude(user__username="client").values_list("pk", "state")),
    ]
    assert others.filter(ended_on=None).exists()
    dies(in_full)
    assert not mine.filter(ended_on=None).exists()
    assert mine.get(pk=ahead.pk).ended_on == today + timedelta(days=2)
    assert change_encrypted == [
        set(others.values_list("pk", "ended_on")),
        set(Notification.objects.exclude(user__username="client").values_list("pk", "state")),
    ]
    assert Notification.objects.get(pk=sent.pk).state == NotificationState.SENT
    assert not letters.filter(state=NotificationState.WAITING).exists()


def letter(username: str, in_full: World, about: str, **given: Any) -> Notification:
    return Notification.objects.create(
        **{
            "user": User.objects.get(username=username), "channel": "email", "notice": "message",
            "about": about, "made_at": in_full.now, "not_before": in_full.now, **given,
        }
    )  # fmt: skip


def test_the_letters_of_who_has_died_are_needless_and_nobody_elses(in_full: World) -> None:
    """Those that wait, and those that were given up; no other change in life stops a letter."""
    Notification.objects.all().delete()
    earlier = in_full.now - timedelta(days=1)
    waits = letter("client", in_full, "1")
    given_up = letter("client", in_full, "2", state="parked", closed_at=earlier)
    others = letter("employment", in_full, "3")

    def states() -> list[str]:
        rows = {row.pk: row.state for row in Notification.objects.all()}
        return [rows[row.pk] for row in (waits, given_up, others)]

    record_protection(actor=in_full.actor("social"), case=in_full.case, now=in_full.now)
    assert states() == ["waiting", "parked", "waiting"]
    dies(in_full)
    assert states() == ["needless", "needless", "waiting"]
    moments = Notification.objects.filter(user__username="client").values_list("closed_at")
    assert set(moments) == {(in_full.now,)}


def test_a_letter_that_went_its_way_since_does_not_keep_a_mistake_from_being_undone(
    in_full: World,
) -> None:
    Notification.objects.all().delete()
    stays, went = letter("client", in_full, "1"), letter("client", in_full, "2")
    event = dies(in_full)
    Notification.objects.filter(pk=went.pk).update(state=NotificationState.SENT)
    taken_back(in_full, event)
    stays.refresh_from_db()
    went.refresh_from_db()
    assert (stays.state, went.state) == (NotificationState.WAITING, NotificationState.SENT)


def test_of_the_questions_after_the_end_what_was_answered_stays_and_anothers_do(
    in_full: World,
) -> None:
    case, today, asker = in_full.end_case(), day_of(in_full.now), in_full.actor("employment")
    other = Case.objects.get(person__user__username="client2")
    answered, open_still, theirs = (
        FollowUpPoint.objects.create(
            case=whose, months=months, due_on=today, open_until=today, asker_id=asker.writer_id
        )
        for whose, months in ((case, 3), (case, 6), (other, 3))
    )
    PointAnswer(
        case=case, point=answered, source="worker", situation="other",
        category=Category.PLAN_FOLLOW_UP, recorded_for="employment",
        recorded_by_id=asker.user_id, recorded_at=in_full.now,
    ).save()  # fmt: skip
    dies(in_full)
    left = set(FollowUpPoint.objects.values_list("pk", flat=True))
    assert {answered.pk, theirs.pk} <= left and open_still.pk not in left
    assert PointAnswer.objects.filter(point=answered).exists()


def test_a_mistake_is_taken_back_whole(in_full: World) -> None:
    before = everything()
    event = dies(in_full)
    assert differing(before, everything())
    taken_back(in_full, event, days=14)
    assert differing(before, everything()) == {}
    event.refresh_from_db()
    assert (event.state, event.change_encrypted) == (LifeState.UNDONE, None)
    assert User.objects.get(username="client").is_active
    actions = AuditRow.objects.filter(case_id=in_full.case.pk).values_list("action", flat=True)
    assert {"life_taken_back", "case_goes_on"} <= set(actions)


def test_an_ending_that_was_being_assessed_goes_on_when_it_was_a_mistake(in_full: World) -> None:
    ending = propose_ending(
        actor=in_full.actor("employment"), case=Case.objects.get(pk=in_full.case.pk),
        exit=Exit.EDUCATION, reason="Studies.",
        follow_up_by_id=in_full.actor("employment").user_id, now=in_full.now,
    )  # fmt: skip
    event = dies(in_full)
    ending.refresh_from_db()
    assert ending.outcome == EndingOutcome.WITHDRAWN
    taken_back(in_full, event)
    for who in ("social", "kela"):
        assess_ending(
            actor=in_full.actor(who), ending_id=ending.pk, need_has_ended=True, statement="",
            now=in_full.now,
        )  # fmt: skip
    assert Case.objects.get(pk=in_full.case.pk).state == CaseState.FOLLOW_UP


def test_what_is_followed_up_is_followed_up_no_more(in_full: World) -> None:
    case = in_full.end_case()
    FollowUpPoint.objects.create(
        case=case, months=3, due_on=day_of(in_full.now), open_until=day_of(in_full.now),
        asker_id=in_full.actor("employment").writer_id,
    )  # fmt: skip
    ended_at = Case.objects.get(pk=case.pk).ended_at
    before = everything()
    event = dies(in_full)
    closed = Case.objects.get(pk=case.pk)
    assert (closed.state, closed.ended_at) == (CaseState.CLOSED, ended_at)  # kept as long as before
    assert not FollowUpPoint.objects.filter(case=case).exists()
    taken_back(in_full, event)
    assert differing(before, everything()) == {}


def test_the_day_has_come_and_is_not_before_the_birth(in_full: World) -> None:
    for on in (day_of(in_full.now) + timedelta(days=1), date(1900, 1, 1)):
        with pytest.raises(Refused) as refused:
            dies(in_full, on=on)
        assert refused.value.field == "died_on"


def test_only_the_team_writes_it_down_and_after_fourteen_days_it_stands(in_full: World) -> None:
    for who in ("colleague", "outsider", "director", "client", "officer"):
        with pytest.raises(NotAllowed):
            dies(in_full, who=who)
    event = dies(in_full)
    with pytest.raises(NotVisible):
        taken_back(in_full, event, who="colleague")
    with pytest.raises(NotAllowed):
        taken_back(in_full, event, days=15)
    forget_undo_data(now=in_full.now + timedelta(days=14))
    event.refresh_from_db()
    assert event.change_encrypted is not None
    forget_undo_data(now=in_full.now + timedelta(days=16))
    event.refresh_from_db()
    assert event.change_encrypted is None


def test_what_was_changed_since_is_never_overwritten(in_full: World) -> None:
    event = dies(in_full)
    Meeting.objects.filter(case=in_full.case).update(cancelled_because="Another reason")
    before = everything()
    with pytest.raises(Refused), transaction.atomic():
        taken_back(in_full, event)
    assert differing(before, everything()) == {}


@pytest.mark.usefixtures("committed_db")
def test_of_two_who_write_it_down_at_once_one_finds_it_written() -> None:
    world = World.load()
    outcomes = at_once(lambda: dies(world, "social"), lambda: dies(world, "kela"))
    assert outcomes == ["Refused", "done"]
    assert LifeEvent.objects.filter(person=world.case.person, kind="died").count() == 1
