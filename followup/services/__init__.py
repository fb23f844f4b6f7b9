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
from followup.services.feedback import (
    decline_feedback,
    forget_feedback,
    give_feedback,
    mix_feedback,
    offer_feedback,
    open_invite,
)
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
    "decline_feedback",
    "deliver",
    "forget_feedback",
    "forget_notifications_about",
    "give_feedback",
    "handle_check_in",
    "invitation_for",
    "make_points",
    "mix_feedback",
    "move_clock",
    "note_contact",
    "notify_of_messages",
    "notify_of_the_night",
    "notify_outside_parties",
    "offer_feedback",
    "open_invite",
    "remind",
    "remind_beside_cases",
    "show_again",
    "snooze",
    "try_letters_again",
]
