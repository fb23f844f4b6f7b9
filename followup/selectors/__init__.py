"""Reads of this room: reminders, clocks, points and check-ins, through the gate and logged."""

from followup.selectors.clocks import Clock, ClockState, clocks_to_move, list_clocks
from followup.selectors.contact import contact_choice_of, link_letter_of
from followup.selectors.load import (
    CaseLoad,
    Load,
    Unowned,
    WorkerLoad,
    get_office_led,
    list_load,
    list_unowned,
    open_load,
)
from followup.selectors.moving import (
    Came,
    Meanwhile,
    Moving,
    MovingCounts,
    count_what_moves,
    list_what_came,
    what_happened,
    what_moves,
)
from followup.selectors.never_sent import NeverSent, letters_never_sent
from followup.selectors.points import (
    AfterwardsPage,
    CheckInDue,
    PointSeen,
    check_in_due,
    latest_check_ins,
    list_points,
    open_point,
    register_says,
)
from followup.selectors.reminders import (
    Due,
    EscalatedReminders,
    escalated_to_director,
    escalated_to_leader,
    open_reminder,
    reminders_for,
)
from followup.selectors.row_acts import acts_of_reminder
from followup.selectors.rules import Duty, RuleRow, duties_on, rules_of

__all__ = [
    "AfterwardsPage",
    "Came",
    "CaseLoad",
    "CheckInDue",
    "Clock",
    "ClockState",
    "Due",
    "Duty",
    "EscalatedReminders",
    "Load",
    "Meanwhile",
    "Moving",
    "MovingCounts",
    "NeverSent",
    "PointSeen",
    "RuleRow",
    "Unowned",
    "WorkerLoad",
    "acts_of_reminder",
    "check_in_due",
    "clocks_to_move",
    "contact_choice_of",
    "count_what_moves",
    "duties_on",
    "escalated_to_director",
    "escalated_to_leader",
    "get_office_led",
    "latest_check_ins",
    "letters_never_sent",
    "link_letter_of",
    "list_clocks",
    "list_load",
    "list_points",
    "list_unowned",
    "list_what_came",
    "open_load",
    "open_point",
    "open_reminder",
    "register_says",
    "reminders_for",
    "rules_of",
    "what_happened",
    "what_moves",
]
