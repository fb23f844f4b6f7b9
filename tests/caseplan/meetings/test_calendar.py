"""A worker's calendar: what the lists hold, on its days; nothing of who is not theirs to see."""

from __future__ import annotations

import io
import logging
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from gunicorn.config import Config
from gunicorn.glogging import Logger
from icalendar import Calendar

from audit.models import AuditRow
from caseplan.meetings.models import CalendarFeed, Meeting, Participant
from caseplan.meetings.selectors import CalendarDay, Whose, double_bookings, open_calendar
from caseplan.meetings.services import call_meeting
from caseplan.plan.models import Action
from caseplan.plan.selectors import cases_of, clocks_of
from cases.access import managed_by
from cases.models import Case
from cases.services import cover_absence, end_cover
from common.clock import HELSINKI, day_of
from config.logs import Sparing
from people.models import Position
from records.selectors import reading_of
from tests.cases.at_work import stands_in
from tests.pages.test_whose_page import text_of
from tests.personas import World


def days(
    world: World, who: str, whose: Whose = Whose.COVER, *, ahead: int = 100
) -> list[CalendarDay]:
    first = day_of(world.now)
    last = first + timedelta(days=ahead)
    return open_calendar(world.actor(who), whose, first=first, last=last, now=world.now)


def meeting_at(world: World, starts_at: datetime, who: str = "employment") -> Meeting:
    return call_meeting(
        actor=world.actor(who), case=world.case, starts_at=starts_at, minutes_long=60,
        place="Room 2", remote_link="", member_ids=[], now=world.now,
    )  # fmt: skip


def tomorrow(world: World, hour: int = 9) -> datetime:
    return (world.now + timedelta(days=1)).replace(hour=hour, minute=0, second=0, microsecond=0)


def meetings(found: list[CalendarDay]) -> dict[Any, bool]:
    return {e.meeting.pk: e.doubled for day in found for e in day.entries if e.meeting}


def test_a_meeting_and_ones_open_steps_stand_on_their_days(world: World) -> None:
    meeting = meeting_at(world, tomorrow(world))
    me = world.actor("employment").user_id
    mine = Action.objects.filter(owner=me, state__in=Action.OPEN_STATES, case__ended_at=None)
    Action.objects.filter(pk=mine.order_by("pk")[0].pk).update(due_on=day_of(world.now))
    found = days(world, "employment")
    (at,) = [day.on for day in found for e in day.entries if e.meeting]
    assert at == day_of(meeting.starts_at)
    shown = {(e.action.pk, day.on) for day in found for e in day.entries if e.action}
    due = mine.filter(due_on__gte=found[0].on, due_on__lte=found[-1].on)
    assert shown == set(due.values_list("pk", "due_on")) and shown


def test_the_days_of_the_law_are_those_of_the_list_of_cases(world: World) -> None:
    reading = reading_of(world.actor("employment"), now=world.now)
    mine = managed_by(world.actor("employment"), now=world.now)
    listed = Case.objects.filter(pk__in=[k for k in cases_of(reading) if k in set(
        mine.values_list("pk", flat=True))])  # fmt: skip
    found = days(world, "employment", Whose.OWN, ahead=400)
    due = {
        (key, clock.due_on)
        for key, clock in clocks_of(reading, listed).items()
        if clock and found[0].on <= clock.due_on <= found[-1].on
    }
    assert {(e.case.pk, day.on) for day in found for e in day.entries if e.clock} == due and due


def test_two_meetings_at_once_are_marked_and_said_when_one_is_made(
    world: World, login: Any
) -> None:
    first = meeting_at(world, tomorrow(world, 9))
    after = meeting_at(world, tomorrow(world, 10))
    assert meetings(days(world, "employment")) == {first.pk: False, after.pk: False}
    at = tomorrow(world, 9) + timedelta(minutes=30)
    on, clock = at.date().isoformat(), (at + timedelta(hours=2)).strftime("%H:%M")
    answer = login("employment").post(
        f"/cases/{world.case.pk}/meetings/new/",
        {"starts_on": on, "starts_time": clock, "minutes_long": 60, "place": "Room 3"},
        follow=True,
    )
    assert "You have another meeting at the same time" in text_of(answer.content.decode())
    assert list(meetings(days(world, "employment")).values()) == [True, True, True]
    assert "two at the same time" in login("employment").get(f"/calendar/?on={on}").content.decode()


def test_whoever_covers_sees_those_days_too_and_the_office_all_of_its_own(world: World) -> None:
    meeting = meeting_at(world, tomorrow(world))
    assert meetings(days(world, "colleague")) == {}
    cover_absence(
        actor=world.actor("employment"), user_id=world.actor("employment").writer_id,
        by_id=world.actor("colleague").writer_id, since=day_of(world.now),
        until=day_of(world.now) + timedelta(days=9), now=world.now,
    )  # fmt: skip
    found = days(world, "colleague")
    assert list(meetings(found)) == [meeting.pk]
    (entry,) = [e for day in found for e in day.entries if e.meeting]
    assert entry.of == world.actor("employment").name
    assert meetings(days(world, "colleague", Whose.OWN)) == {}
    assert list(meetings(days(world, "employment", Whose.OFFICE))) == [meeting.pk]
    for stranger in ("outsider", "kela"):
        assert meetings(days(world, stranger, Whose.OFFICE)) == {}


def said_on_moving(world: World, login: Any, who: str, meeting: Meeting, at: datetime) -> str:
    local = at.astimezone(HELSINKI)
    answer = login(who).post(
        f"/meetings/{meeting.pk}/move/",
        {"starts_on": local.date().isoformat(), "starts_time": f"{local:%H:%M}",
         "minutes_long": 60, "place": "Room 2", "revision": meeting.revision},
        follow=True,
    )  # fmt: skip
    return text_of(answer.content.decode())


def test_moving_a_meeting_onto_ones_own_is_told_and_of_one_who_does_not_go_nothing(
    world: World, login: Any
) -> None:
    meeting_at(world, tomorrow(world, 9))
    moved = meeting_at(world, tomorrow(world, 12))
    said = said_on_moving(world, login, "social", moved, tomorrow(world, 9))
    assert "another meeting at the same time" not in said
    moved.refresh_from_db()
    half = tomorrow(world, 9) + timedelta(minutes=30)
    said = said_on_moving(world, login, "employment", moved, half)
    assert "You have another meeting at the same time: " in said


def test_whoever_stands_in_is_told_of_the_colleagues_meeting_and_of_a_clash_with_their_own(
    world: World,
) -> None:
    stands_in(world, by="colleague")
    own = Meeting.objects.get(pk=meeting_at(world, tomorrow(world, 9)).pk)
    new = meeting_at(world, tomorrow(world, 9) + timedelta(minutes=30), who="colleague")
    told = double_bookings(world.actor("colleague"), new, now=world.now)
    assert [(one.meeting, one.of) for one in told] == [(own, world.actor("employment").name)]
    # After the cover the colleague is asked alone: their own clash is told, not the other's.
    late = tomorrow(world, 9) + timedelta(days=20)
    first, second = meeting_at(world, late), meeting_at(world, late, who="colleague")
    told = double_bookings(world.actor("colleague"), second, now=world.now)
    assert [(one.meeting, one.of) for one in told] == [(first, world.actor("employment").name)]
    # In the calendar a colleague's meeting and one's own at one hour are two places for one.
    asked = Participant.objects.filter(meeting=new, user__isnull=False)
    asked.update(user=world.actor("colleague").writer_id)
    assert meetings(days(world, "colleague"))[own.pk] is True


def test_one_row_of_the_log_and_the_same_questions_for_a_week_and_a_month(
    world: World, login: Any
) -> None:
    meeting_at(world, tomorrow(world))
    worker = login("employment")
    worker.get("/calendar/")

    def asked(path: str) -> int:
        rows = AuditRow.objects.count()
        with CaptureQueriesContext(connection) as queries:
            assert worker.get(path).status_code == 200
        assert AuditRow.objects.count() == rows + 1
        return len(queries)

    assert asked("/calendar/") == asked("/calendar/?span=month") <= 26


@pytest.mark.parametrize(
    "query",
    ["on=x", "on=9999-12-31", "on=0001-01-01", "span=%00", "whose=everybody", "on=2026-02-30"],
)
def test_what_is_no_day_is_today(world: World, login: Any, query: str) -> None:
    page = login("employment").get(f"/calendar/?{query}")
    assert page.status_code == 200
    today = date.today()
    assert f"{today.day}.{today.month}." in text_of(page.content.decode())


def made(worker: Any) -> str:
    page = worker.post("/calendar/own-program/make/").content.decode()
    (path,) = re.findall(r"https?://[^/]+(/calendar/private/[\w-]+\.ics)", page)
    return str(path)


def test_a_calendar_program_reads_the_times_of_meetings_and_nothing_of_anybody(
    world: World, login: Any
) -> None:
    meeting = meeting_at(world, tomorrow(world))
    path = made(login("employment"))
    answer = Client().get(path)
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["dtstart"].dt == meeting.starts_at and event["summary"] == "Tapaaminen"
    said = answer.content.decode()
    person = world.case.person
    for word in (person.last_name, person.first_names, "Room 2", str(world.case.pk)):
        assert word not in said
    assert "private" in answer.headers["Cache-Control"]
    feed = CalendarFeed.objects.get()
    assert feed.fetches == 1 and feed.fetched_at is not None
    token = path.rpartition("/")[2].removesuffix(".ics")
    assert token not in feed.token_hash
    page = login("employment").get("/calendar/own-program/").content.decode()
    assert token not in page and "Read last:" in page


def test_what_one_stands_in_at_is_in_the_program_while_the_cover_lasts(
    world: World, login: Any
) -> None:
    covered = meeting_at(world, tomorrow(world))
    meeting_at(world, tomorrow(world) + timedelta(days=20))  # when the colleague is back
    path = made(login("colleague"))
    assert not Calendar.from_ical(Client().get(path).content).walk("VEVENT")
    cover = stands_in(world)
    answer = Client().get(path)
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["uid"] == str(covered.pk) and event["summary"] == "Tapaaminen, sijaistan"
    away = world.actor("employment").name
    assert away not in answer.content.decode() and away.split()[-1] not in answer.content.decode()
    end_cover(actor=world.actor("employment"), cover_id=cover.pk, now=world.now)
    assert not Calendar.from_ical(Client().get(path).content).walk("VEVENT")


def test_the_address_stands_in_no_log_and_in_no_table(
    world: World, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it is refused, and as the web server itself writes down who asked for what."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Sparing("%(name)s %(message)s"))
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [handler])
    monkeypatch.setattr(root, "level", logging.DEBUG)
    root.manager._clear_cache()  # type: ignore[attr-defined]
    path = made(login("employment"))
    token = path.rpartition("/")[2].removesuffix(".ics")
    assert Client().get(path).status_code == 200
    login("employment").post("/calendar/own-program/end/")
    assert Client().get(path).status_code == 404
    config = Config()
    config.set("accesslog", "-")
    server = Logger(config)
    server.access_log.handlers, server.access_log.propagate = [], True  # as the settings do
    said = dict.fromkeys("hlutrsbfa", path)
    monkeypatch.setattr(server, "atoms", lambda *_args: said)
    server.access(None, None, {}, None)
    assert "gunicorn.access" in written.getvalue() and "Not Found" in written.getvalue()
    assert token not in written.getvalue()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")  # some tables the web may not read
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT count(*) FROM {name} x WHERE x::text LIKE %s", [f"%{token}%"])
            assert cursor.fetchone() == (0,), table


def test_an_address_made_anew_ended_or_of_no_worker_shows_nothing(world: World, login: Any) -> None:
    worker = login("employment")
    first = made(worker)
    second = made(worker)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    worker.post("/calendar/own-program/end/")
    assert Client().get(second).status_code == 404
    third = made(worker)
    Position.objects.filter(user=world.actor("employment").writer_id).update(
        until=world.now - timedelta(minutes=1)
    )
    assert Client().get(third).status_code == 404
    assert Client().get("/calendar/private/x.ics").status_code == 404


def test_an_address_is_not_read_in_a_loop_nor_guessed(world: World, login: Any) -> None:
    path = made(login("employment"))
    answers = [Client().get(path).status_code for _time in range(25)]
    assert answers[:20] == [200] * 20 and 429 in answers
    guesses = [Client().get(f"/calendar/private/{n}.ics").status_code for n in range(15)]
    assert guesses[0] == 404 and 429 in guesses


def test_an_empty_calendar_says_what_will_stand_there_and_leads_on(
    world: World, login: Any
) -> None:
    meeting_at(world, tomorrow(world))
    worker = login("employment")
    here = worker.get(f"/calendar/?on={day_of(tomorrow(world))}").content.decode()
    empty = worker.get("/calendar/?on=2101-01-01").content.decode()
    assert "Nothing on these days." in empty and "Nothing on these days." not in here
