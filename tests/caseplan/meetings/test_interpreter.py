"""A meeting of a client who needs an interpreter asks for one until it is booked or not needed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from audit.models import AuditRow
from caseplan.meetings.models import Meeting
from caseplan.meetings.selectors import list_meetings, open_meeting
from caseplan.meetings.services import book_interpreter, cancel_meeting, move_meeting
from cases.access import can_say_interpreter
from cases.services import say_interpreter
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused, Stale
from common.inbox import InboxKind
from inbox.statement import Row
from inbox.words import words_of
from people.models import Person
from tests.cases.at_work import is_called
from tests.inbox.rows import rows_of
from tests.pages.test_whose_page import text_of
from tests.personas import World


def waiting(world: World, who: str, kind: InboxKind) -> list[Row]:
    return [row for row in rows_of(world.actor(who), now=world.now) if row.kind == kind]


def needs(world: World, language: str = "so", who: str = "employment") -> None:
    say_interpreter(actor=world.actor(who), case=world.case, language=language, now=world.now)


def books(world: World, meeting: Meeting, who: str = "social", **said: str) -> Meeting:
    given = {"interpreter_language": "so", "interpreter": "A. Tulkki", "without_interpreter": ""}
    return book_interpreter(
        actor=world.actor(who), meeting_id=meeting.pk, revision=meeting.revision, now=world.now,
        **{**given, **said},
    )  # fmt: skip


def wanted(world: World, meeting: Meeting) -> str:
    return open_meeting(world.actor("social"), meeting.pk, now=world.now).interprets


def test_every_meeting_to_come_asks_for_one_until_it_is_booked(world: World) -> None:
    meeting = is_called(world, "employment")
    assert wanted(world, meeting) == ""
    needs(world)
    assert AuditRow.objects.filter(action="interpreter_said", case_id=world.case.pk).exists()
    assert wanted(world, meeting) == "so"
    (item,) = waiting(world, "employment", InboxKind.INTERPRETER)
    assert item.subject_id == meeting.pk and "soomaali" in words_of(item, day_of(world.now))
    books(world, meeting)
    assert wanted(world, meeting) == "" and not waiting(world, "employment", InboxKind.INTERPRETER)


def test_it_is_said_instead_why_none_is_needed_this_time_and_the_next_asks_again(
    world: World,
) -> None:
    needs(world)
    first = is_called(world, "employment")
    books(world, first, interpreter="", without_interpreter="A sister comes along")
    assert wanted(world, first) == ""
    second = is_called(world, "employment", at=world.now + timedelta(days=9))
    assert wanted(world, second) == "so"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"interpreter": " "}, "interpreter"),
        ({"interpreter_language": ""}, "interpreter_language"),
        ({"without_interpreter": "Not needed"}, "without_interpreter"),
    ],
)
def test_one_of_the_two_and_in_a_language(world: World, said: dict[str, str], field: str) -> None:
    meeting = is_called(world, "employment")
    with pytest.raises(Refused) as refused:
        books(world, meeting, **said)
    assert refused.value.field == field


def test_at_another_time_whoever_was_booked_is_so_no_more(world: World, login: Any) -> None:
    needs(world)
    meeting = books(world, is_called(world, "employment"))
    moved = move_meeting(
        actor=world.actor("employment"), meeting_id=meeting.pk, starts_at=meeting.starts_at,
        minutes_long=30, place="Room 5", remote_link="", revision=meeting.revision, now=world.now,
    )  # fmt: skip
    assert moved.interpreter == "A. Tulkki"  # the same time, another room
    moved = move_meeting(
        actor=world.actor("employment"), meeting_id=meeting.pk, remote_link="", minutes_long=30,
        starts_at=meeting.starts_at + timedelta(days=1), place="Room 5", revision=moved.revision,
        now=world.now,
    )  # fmt: skip
    assert (moved.interpreter, moved.interpreter_language) == ("", "")
    assert wanted(world, moved) == "so"


def test_only_the_team_says_so_and_books_and_two_do_not_overwrite_each_other(world: World) -> None:
    meeting = is_called(world, "employment")
    for stranger in ("outsider", "colleague"):
        with pytest.raises((NotAllowed, NotVisible)):
            needs(world, who=stranger)
        with pytest.raises(NotVisible):
            books(world, meeting, who=stranger)
    books(world, meeting)
    with pytest.raises(Stale):
        book_interpreter(
            actor=world.actor("kela"), meeting_id=meeting.pk, revision=meeting.revision,
            interpreter_language="so", interpreter="Another", without_interpreter="", now=world.now,
        )  # fmt: skip
    with pytest.raises(Refused):
        needs(world, "Somali!")


def test_what_is_over_asks_for_nothing(world: World) -> None:
    needs(world)
    meeting = is_called(world, "employment")
    off = cancel_meeting(
        actor=world.actor("employment"), meeting_id=meeting.pk, cancelled_because="Ill.",
        now=world.now,
    )  # fmt: skip
    assert wanted(world, off) == "" and not waiting(world, "employment", InboxKind.INTERPRETER)


def test_the_bar_and_the_meeting_say_so_and_a_browser_books(world: World, login: Any) -> None:
    worker = login("employment")
    worker.post(f"/cases/{world.case.pk}/interpreter/", {"language": "so"})
    meeting = is_called(world, "employment")
    case = f"/cases/{world.case.pk}/messages/"
    assert "interpreter: soomaali" in text_of(worker.get(case).content.decode())
    assert "not booked for" in text_of(worker.get(case).content.decode())
    page = f"/meetings/{meeting.pk}/"
    assert "No interpreter is booked" in text_of(worker.get(page).content.decode())
    form = {"interpreter_language": "so", "interpreter": "A. Tulkki", "revision": meeting.revision}
    assert worker.post(f"{page}interpreter/", form).status_code == 302
    assert "Interpreter: A. Tulkki (soomaali)" in text_of(worker.get(page).content.decode())
    assert "Interpreter: A. Tulkki" in text_of(login("client").get(page).content.decode())
    assert "not booked for" not in text_of(worker.get(case).content.decode())
    # Arranging another offers it there.
    new = f"/cases/{world.case.pk}/meetings/new/"
    assert "Language of the interpreter" in text_of(worker.get(new).content.decode())
    worker.post(f"/cases/{world.case.pk}/interpreter/", {"language": "none"})
    assert "Language of the interpreter" not in text_of(worker.get(new).content.decode())
    assert "interpreter: soomaali" not in text_of(worker.get(case).content.decode())


def test_the_list_of_meetings_says_which_still_lacks_one(world: World) -> None:
    needs(world)
    first = is_called(world, "employment")
    second = is_called(world, "employment", at=world.now + timedelta(days=9))
    books(world, first)
    _case, found = list_meetings(world.actor("social"), world.case.pk, now=world.now)
    said = {listed.meeting.pk: listed.interprets for listed in found}
    assert (said[first.pk], said[second.pk]) == ("", "so")


def test_a_meeting_that_has_been_tells_who_interpreted_or_why_nobody_did(
    world: World, login: Any
) -> None:
    """As a browser sends the form: with its fields where the client needs an interpreter."""
    social = login("social")
    page = f"/cases/{world.case.pk}/meetings/held/"
    assert "interpreter" not in social.get(page).content.decode()
    needs(world)
    day = (day_of(world.now) - timedelta(days=1)).isoformat()
    said = {
        "starts_on": day, "starts_time": "09:00", "minutes_long": "45", "place": "Room 2",
        "remote_link": "", "client_came": "on", "without_client": "", "text": "The way ahead",
        "minutes": "It went well.", "category": "plan_follow_up", "no_service": "None needed",
        "interpreter_language": "so", "interpreter": "A. Tulkki", "without_interpreter": "",
    }  # fmt: skip
    answer = social.post(page, {**said, "without_interpreter": "A sister came along"})
    assert "Either an interpreter is booked" in answer.content.decode()
    assert social.post(page, said).status_code == 302
    held = Meeting.objects.get(case=world.case, interpreter="A. Tulkki")
    assert (held.state, held.interpreter_language) == ("held", "so")


def test_the_client_says_it_in_one_tap_and_the_case_manager_and_the_caller_read_it(
    world: World, login: Any
) -> None:
    meeting = is_called(world, "social")
    Person.objects.filter(pk=world.case.person_id).update(language="so")
    client = login("client")
    page = client.get(f"/meetings/{meeting.pk}/").content.decode()
    (sent,) = re.findall(r'action="(/my/interpreter/)".*?name="language" value="so"', page, re.S)
    answer = client.post(sent, {"language": "so"}, follow=True)
    assert "soomaali" in answer.content.decode()
    assert wanted(world, meeting) == "so"
    for who in ("employment", "social"):  # who answers for the case, and who called
        (item,) = waiting(world, who, InboxKind.INTERPRETER)
        assert item.subject_id == meeting.pk
    assert not waiting(world, "kela", InboxKind.INTERPRETER)
    client.post(sent, {"language": "none"})
    assert wanted(world, meeting) == "" and not waiting(world, "social", InboxKind.INTERPRETER)


def test_nobody_says_it_in_the_case_of_another_or_in_one_that_has_ended(
    world: World,
) -> None:
    with pytest.raises(NotAllowed):
        say_interpreter(actor=world.actor("client2"), case=world.case, language="so", now=world.now)
    world.case.ended_at = world.now
    assert not can_say_interpreter(world.actor("client"), world.case, now=world.now).allowed
