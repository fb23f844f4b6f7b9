"""Writes of meetings, and of how a network meets."""

from caseplan.meetings.services.agreeing import agree_on_action, agree_on_service
from caseplan.meetings.services.feed import end_feed, hash_of_token, make_feed, note_fetch
from caseplan.meetings.services.held import record_held_meeting
from caseplan.meetings.services.interpreter import book_interpreter
from caseplan.meetings.services.meeting import (
    add_point,
    answer_invitation,
    ask_to_meeting,
    call_meeting,
    cancel_meeting,
    close_meeting,
    move_meeting,
    write_minutes,
)
from caseplan.meetings.services.ways import decide_way_of_working

__all__ = [
    "add_point",
    "agree_on_action",
    "agree_on_service",
    "answer_invitation",
    "ask_to_meeting",
    "book_interpreter",
    "call_meeting",
    "cancel_meeting",
    "close_meeting",
    "decide_way_of_working",
    "end_feed",
    "hash_of_token",
    "make_feed",
    "move_meeting",
    "note_fetch",
    "record_held_meeting",
    "write_minutes",
]
