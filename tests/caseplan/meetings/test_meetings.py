"""Joint meetings: the client is always asked, what is agreed is in the plan, rules need reasons."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from icalendar import Calendar

from audit.models import AuditKind, AuditRow, Purpose
from audit.shown import accesses_in
from caseplan.meetings import services
from caseplan.meetings.models import (
    Attendance,
    CooperationForm,
    Meeting,
    MeetingPoint,
    MeetingRole,
    MeetingState,
    PointTopic,
)
from caseplan.meetings.selectors import meetings_ahead, open_meeting, show_next_meeting, way_on
from caseplan.plan.catalogue import ServiceType
from caseplan.plan.models import Action, PlannedService
from common.bodies import Body, Party
from common.clock import HELSINKI, day_of
from common.decision import NotAllowed, NotVisible, Refused, Stale
from consent.models import Category
from records.selectors import reading_of
from tests.personas import World

TOMORROW = timedelta(days=1)


def calls(world: World, who: str = "employment", **given: Any) -> Meeting:
    everybody = [world.actor(name).writer_id for name in ("employment", "social", "kela")]
    return services.call_meeting(
        **{
            "actor": world.actor(who),
            "case": world.case,
            "starts_at": world.now + TOMORROW,
            "minutes_long": 60,
            "place": "Room 2",
            "remote_link": "",
            "member_ids": everybody,
            "now": world.now,
            **given,
        }
    )


def closes(world: World, meeting: Meeting, came: set[str], **given: Any) -> Meeting:
    """Close it two hours after it began; ``came`` are roles."""
    ids = [p.pk for p in meeting.participants.all() if p.role in came]
    return services.close_meeting(
        **{
            "actor": world.actor("employment"),
            "meeting_id": meeting.pk,
            "came": ids,
            "without_client": "",
            "no_service": "",
            "now": world.now + TOMORROW + timedelta(hours=2),
            **given,
        }
    )


def decides(world: World, **given: Any) -> None:
    services.decide_way_of_working(
        **{
            "actor": world.actor("director"),
            "form": CooperationForm.MEETING,
            "roles": [MeetingRole.HEALTH],
            "client_takes_part": True,
            "one_service": True,
            "since": day_of(world.now),
            "now": world.now,
            **given,
        }
    )


def test_the_client_is_always_asked_and_sees_it_ahead(world: World) -> None:
    meeting = calls(world, member_ids=[])
    roles = set(meeting.participants.values_list("role", flat=True))
    assert roles == {MeetingRole.CLIENT, MeetingRole.CASE_MANAGER}
    assert [m.pk for m in meetings_ahead(world.actor("client"), now=world.now)] == [meeting.pk]
    assert meetings_ahead(world.actor("social"), now=world.now) == []


def test_the_agenda_begins_with_what_is_due_by_that_day(world: World) -> None:
    action = world.action
    Action.objects.filter(pk=action.pk).update(due_on=day_of(world.now + TOMORROW))
    texts = " | ".join(point.title for point in calls(world).points.all())
    assert action.text[:200] in texts
    Action.objects.filter(pk=action.pk).update(due_on=day_of(world.now + timedelta(days=30)))
    texts = " | ".join(point.title for point in calls(world).points.all())
    assert action.text[:200] not in texts


def test_the_agenda_copies_nothing_into_a_category_that_others_read(world: World) -> None:
    """What social services keep to themselves stands on the agenda under its own category."""
    debts = world.debts_goal.actions.get()
    Action.objects.filter(pk=debts.pk).update(due_on=day_of(world.now))
    meeting = calls(world, "social")

    def agenda(who: str) -> str:
        page = open_meeting(world.actor(who), meeting.pk, now=world.now)
        return " | ".join(point.title for point in page.points)

    assert debts.text[:200] in agenda("social")
    assert debts.text[:200] not in agenda("kela")


def test_each_point_is_read_by_whom_its_category_allows(world: World) -> None:
    meeting = calls(world, "social")
    services.add_point(
        actor=world.actor("social"), meeting_id=meeting.pk, text="The rent",
        category=Category.SOCIAL_SITUATION, now=world.now,
    )  # fmt: skip

    def reads(who: str) -> bool:
        page = open_meeting(world.actor(who), meeting.pk, now=world.now)
        return "The rent" in [p.text for p in page.points]

    assert reads("social") and reads("client") and not reads("kela")


def test_missing_expertise_is_warned_about_until_somebody_brings_it(world: World) -> None:
    decides(world)
    meeting = calls(world)
    actor = world.actor("employment")
    assert open_meeting(actor, meeting.pk, now=world.now).missing == [MeetingRole.HEALTH]
    services.ask_to_meeting(
        actor=actor, meeting_id=meeting.pk, role=MeetingRole.HEALTH, user_id=None,
        name="Nurse Niemi", now=world.now,
    )  # fmt: skip
    assert open_meeting(actor, meeting.pk, now=world.now).missing == []


def test_a_case_manager_brings_the_expertise_of_their_own_body(world: World) -> None:
    decides(world, roles=[MeetingRole.EMPLOYMENT, MeetingRole.BENEFITS])
    meeting = calls(world, member_ids=[])
    page = open_meeting(world.actor("employment"), meeting.pk, now=world.now)
    assert page.missing == [MeetingRole.BENEFITS]


def test_what_is_agreed_is_in_the_plan_at_once(world: World) -> None:
    meeting = calls(world)
    action = services.agree_on_action(
        actor=world.actor("employment"), meeting_id=meeting.pk, goal_id=world.joint_goal.pk,
        text="Visit the workshop", owner_party=Party.CLIENT, owner_id=None,
        due_on=day_of(world.now), category=Category.PLAN_FOLLOW_UP, now=world.now,
    )  # fmt: skip
    planned_service = services.agree_on_service(
        actor=world.actor("social"), meeting_id=meeting.pk, service=ServiceType.WORKSHOP,
        name="Workshop", provider="", starts_on=None, ends_on=None,
        category=Category.PLAN_FOLLOW_UP, now=world.now,
    )  # fmt: skip
    assert Action.objects.get(pk=action.pk).goal_id == world.joint_goal.pk
    assert PlannedService.objects.get(pk=planned_service.pk).body == Body.SOCIAL
    page = open_meeting(world.actor("client"), meeting.pk, now=world.now)
    assert {row.thing.pk for row in page.agreed} == {action.pk, planned_service.pk}


def test_a_meeting_without_the_client_closes_only_with_a_reason(world: World) -> None:
    meeting = calls(world)
    with pytest.raises(Refused) as refused:
        closes(world, meeting, {MeetingRole.CASE_MANAGER})
    assert refused.value.field == "without_client"
    assert Meeting.objects.get(pk=meeting.pk).is_planned, "nothing half-closed stays"
    assert meeting.participants.filter(came__isnull=False).count() == 0
    closed = closes(world, meeting, set(), without_client="Ill, and asked us to go on.")
    assert closed.state == MeetingState.HELD and closed.client_present is False


def test_a_network_that_asks_for_a_service_gets_one_or_a_reason(world: World) -> None:
    decides(world, roles=[])
    meeting = calls(world)
    with pytest.raises(Refused) as refused:
        closes(world, meeting, {MeetingRole.CLIENT})
    assert refused.value.field == "no_service"
    services.agree_on_service(
        actor=world.actor("kela"), meeting_id=meeting.pk, name="Course", provider="",
        service=ServiceType.VOCATIONAL_REHABILITATION, starts_on=None, ends_on=None,
        category=Category.PLAN_FOLLOW_UP, now=world.now,
    )  # fmt: skip
    assert closes(world, meeting, {MeetingRole.CLIENT}).client_present is True


def test_the_rule_of_the_day_of_the_meeting_counts(world: World) -> None:
    """A way of working decided for later changes nothing before its first day."""
    decides(world, since=day_of(world.now) + timedelta(days=10))
    assert way_on(world.case.network_id, day_of(world.now)).one_service is False
    assert way_on(world.case.network_id, day_of(world.now) + timedelta(days=10)).one_service
    assert closes(world, calls(world), {MeetingRole.CLIENT}).state == MeetingState.HELD


def test_only_the_director_decides_and_never_for_the_past(world: World) -> None:
    for who in ("employment", "client", "officer"):
        with pytest.raises(NotAllowed):
            decides(world, actor=world.actor(who))
    with pytest.raises(Refused):
        decides(world, since=day_of(world.now) - timedelta(days=1))


def test_a_closed_meeting_stands_as_it_is(world: World) -> None:
    meeting = calls(world)
    point = services.add_point(
        actor=world.actor("kela"), meeting_id=meeting.pk, text="Money",
        category=Category.PLAN_FOLLOW_UP, now=world.now,
    )  # fmt: skip
    closes(world, meeting, {MeetingRole.CLIENT})
    with pytest.raises(NotAllowed):
        services.write_minutes(
            actor=world.actor("kela"), point_id=point.pk, text="Money", minutes="Later",
            revision=1, now=world.now,
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        services.cancel_meeting(
            actor=world.actor("kela"), meeting_id=meeting.pk, cancelled_because="x", now=world.now
        )


def test_a_meeting_that_has_not_begun_is_not_closed(world: World) -> None:
    with pytest.raises(Refused):
        closes(world, calls(world), {MeetingRole.CLIENT}, now=world.now)


def test_two_who_write_the_same_minutes_do_not_overwrite_each_other(world: World) -> None:
    meeting = calls(world)
    point = services.add_point(
        actor=world.actor("kela"), meeting_id=meeting.pk, text="Money",
        category=Category.PLAN_FOLLOW_UP, now=world.now,
    )  # fmt: skip

    def writes(who: str) -> MeetingPoint:
        return services.write_minutes(
            actor=world.actor(who), point_id=point.pk, text="Money", minutes=who, revision=1,
            now=world.now,
        )  # fmt: skip

    writes("kela")
    with pytest.raises(Stale):
        writes("social")
    assert MeetingPoint.objects.get(pk=point.pk).minutes == "kela"


def test_everybody_answers_for_themselves(world: World) -> None:
    meeting = calls(world)
    client = meeting.participants.get(role=MeetingRole.CLIENT)
    kela = meeting.participants.get(user__username="kela")

    def answers(who: str, participant: Any) -> None:
        services.answer_invitation(
            actor=world.actor(who), meeting_id=meeting.pk, participant_id=participant.pk,
            coming=Attendance.CANNOT, now=world.now,
        )  # fmt: skip

    answers("client", client)
    answers("kela", kela)
    for who, other in (("client", kela), ("social", kela)):
        with pytest.raises(NotAllowed):
            answers(who, other)
    assert meeting.participants.filter(coming=Attendance.CANNOT).count() == 2


def test_at_another_time_everybody_is_asked_anew(world: World) -> None:
    meeting = calls(world)
    meeting.participants.update(coming=Attendance.COMES)
    services.move_meeting(
        actor=world.actor("employment"), meeting_id=meeting.pk, minutes_long=30, place="Room 3",
        remote_link="", starts_at=world.now + 2 * TOMORROW, revision=1, now=world.now,
    )  # fmt: skip
    unknown = meeting.participants.filter(coming=Attendance.UNKNOWN)
    assert unknown.count() == meeting.participants.count() - 1, "all but whoever moved it"


def test_somebody_outside_the_team_is_not_asked_as_a_user_and_sees_nothing(world: World) -> None:
    with pytest.raises(Refused):
        calls(world, member_ids=[world.actor("colleague").writer_id])
    meeting = calls(world)
    for who in ("colleague", "outsider", "client2", "director", "officer"):
        with pytest.raises(NotVisible):
            open_meeting(world.actor(who), meeting.pk, now=world.now)


def test_the_calendar_entry_says_nothing_of_the_case(world: World, login: Any) -> None:
    meeting = calls(
        world, place="Debt advice, Asema street 1", remote_link="https://meet.invalid/x"
    )
    said = login("client").get(f"/meetings/{meeting.pk}/meeting.ics")
    text = said.content.decode()
    entry = Calendar.from_ical(said.content).walk("VEVENT")[0]
    assert entry.decoded("dtstart") == meeting.starts_at.replace(microsecond=0)
    assert str(entry["uid"]) == str(meeting.pk)
    person = world.case.person
    for word in ("Debt", "Asema", "meet.invalid", person.last_name, person.first_names, "Kela",
                 str(world.case.pk)):  # fmt: skip
        assert word not in text


def test_a_cancelled_meeting_takes_the_earlier_entry_away(world: World, login: Any) -> None:
    meeting = calls(world)
    first = Calendar.from_ical(login("kela").get(f"/meetings/{meeting.pk}/meeting.ics").content)
    services.cancel_meeting(
        actor=world.actor("employment"), meeting_id=meeting.pk, cancelled_because="Ill",
        now=world.now,
    )  # fmt: skip
    last = Calendar.from_ical(login("kela").get(f"/meetings/{meeting.pk}/meeting.ics").content)
    assert str(last["method"]) == "CANCEL"
    before, after = first.walk("VEVENT")[0], last.walk("VEVENT")[0]
    assert before["uid"] == after["uid"] and after["sequence"] > before["sequence"]


@pytest.mark.parametrize("time", ["03:30"])
def test_a_time_that_the_night_of_the_clocks_skips_or_has_twice_is_asked_again(
    world: World, login: Any, time: str
) -> None:
    """The last Sundays of March and October 2026, at half past three in Finland."""
    client = login("employment")
    for day in ("2027-03-28", "2027-10-31"):
        said = client.post(
            f"/cases/{world.case.pk}/meetings/new/",
            {"starts_on": day, "starts_time": time, "minutes_long": 60, "place": "Room 2"},
        )
        assert said.status_code == 200 and not Meeting.objects.exists(), day
    said = client.post(
        f"/cases/{world.case.pk}/meetings/new/",
        {"starts_on": "2027-03-29", "starts_time": time, "minutes_long": 60, "place": "Room 2"},
    )
    assert said.status_code == 302
    at = Meeting.objects.get().starts_at.astimezone(HELSINKI)
    assert (at.date(), at.hour, at.minute) == (date(2027, 3, 29), 3, 30)


def test_the_database_holds_the_rules_of_a_meeting(world: World) -> None:
    meeting = Meeting.objects.filter(pk=calls(world).pk)
    for wrong in ({"place": ""}, {"state": MeetingState.HELD}, {"minutes_long": 0},
                  {"category": Category.SOCIAL_SITUATION}):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            meeting.update(**wrong)


def test_opening_a_meeting_costs_the_same_with_one_point_and_with_twenty(world: World) -> None:
    meeting, actor = calls(world), world.actor("social")
    with CaptureQueriesContext(connection) as few:
        open_meeting(actor, meeting.pk, now=world.now)
    for number in range(20):
        services.add_point(
            actor=actor, meeting_id=meeting.pk, text=f"Point {number}",
            category=Category.PLAN_FOLLOW_UP, now=world.now,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        open_meeting(actor, meeting.pk, now=world.now)
    assert len(many) == len(few)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_an_agenda_made_in_one_language_is_read_in_the_readers(world: World, language: str) -> None:
    with translation.override("sv"):
        meeting = calls(world)
    said_in: dict[str, set[str]] = {}
    for one in ("sv", "fi", "en"):
        with translation.override(one):
            said_in[one] = {str(topic.label) for topic in PointTopic}
    points = list(MeetingPoint.objects.filter(meeting=meeting).exclude(topic=""))
    assert points and not any(p.text.startswith(tuple(said_in["sv"])) for p in points)
    with translation.override(language):
        assert all(point.title.startswith(tuple(said_in[language])) for point in points)


def test_a_point_written_over_is_in_its_writers_words(world: World) -> None:
    point = calls(world).points.exclude(topic="").first()
    assert point is not None
    told = {"actor": world.actor("employment"), "point_id": point.pk, "now": world.now}
    kept = services.write_minutes(text=point.title, minutes="Said", revision=point.revision, **told)
    assert kept.topic == point.topic
    written = services.write_minutes(text="Money", minutes="", revision=kept.revision, **told)
    assert (written.topic, written.title) == ("", "Money")


def test_the_next_meeting_over_a_case_is_in_the_row_of_its_page_and_where_there_is_none_nothing(
    world: World, login: Any
) -> None:
    """Its moment and place are of the plan: the page's one row says so, whatever else it shows."""
    reading = reading_of(world.actor("social"), now=world.now)

    def shown() -> int:
        return AuditRow.objects.filter(action="next_meeting_shown").count()

    assert show_next_meeting(reading, world.case, purpose=Purpose.KEEP_CASE) is None
    assert shown() == 0
    meeting = calls(world)
    assert show_next_meeting(reading, world.case, purpose=Purpose.KEEP_CASE) == meeting
    assert shown() == 1
    row = AuditRow.objects.get(action="next_meeting_shown")
    assert [set(look.categories) for look in accesses_in(row)] == [{Category.PLAN_FOLLOW_UP}]
    before = AuditRow.objects.filter(kind=AuditKind.ACCESS).count()
    assert login("social").get(f"/cases/{world.case.pk}/team/").status_code == 200
    assert AuditRow.objects.filter(kind=AuditKind.ACCESS).count() == before + 1
    assert shown() == 1
