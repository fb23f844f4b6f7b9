"""Writes of this room: each does one thing, atomically, with its audit row."""

from followup.services.answering import (
    answer_by_link,
    answer_point,
    check_in,
    handle_check_in,
    invitation_for,
    make_points,
    note_contact,
)
from followup.services.choosing import (
    choose_contact,
    decide_rule,
    move_clock,
    show_again,
    snooze,
)
from followup.services.delivering import Delivered, deliver, try_letters_again
from followup.services.notifying import (
    forget_notifications_about,
    notify_of_messages,
    notify_of_the_night,
    notify_outside_parties,
)
from followup.services.reminding import Reminded, remind, remind_beside_cases

__all__ = [
    "Delivered",
    "Reminded",
    "answer_by_link",
    "answer_point",
    "check_in",
    "choose_contact",
    "decide_rule",
    "deliver",
    "forget_notifications_about",
    "handle_check_in",
    "invitation_for",
    "make_points",
    "move_clock",
    "note_contact",
    "notify_of_messages",
    "notify_of_the_night",
    "notify_outside_parties",
    "remind",
    "remind_beside_cases",
    "show_again",
    "snooze",
    "try_letters_again",
]
