"""Writes about case headers and teams."""

from cases.services.changes import (
    ask_code_change,
    ask_to_unprotect,
    change_name,
    confirm_change,
    end_because_moved,
    keep_protected,
    note_change_seen,
    protect,
    record_death,
    record_move,
    turn_change_down,
    undo_change,
)
from cases.services.exceptions import (
    LONGEST_ACCESS_DAYS,
    ask_for_access,
    clear_exceptions,
    end_exception,
    end_of,
    find_own_case,
    give_access,
    make_exception,
    open_in_emergency,
    refuse_access,
)
from cases.services.handover import (
    accept_handover,
    change_case_manager,
    cover_absence,
    decline_handover,
    end_cover,
    hand_over,
    withdraw_handover,
)
from cases.services.leaving import end_work, rehome_cases
from cases.services.life import hold_case, move_case, open_case
from cases.services.news import mark_news_seen, tell_of_change
from cases.services.rows import lock_case
from cases.services.team import add_team_member, end_team_term

__all__ = [
    "LONGEST_ACCESS_DAYS",
    "accept_handover",
    "add_team_member",
    "ask_code_change",
    "ask_for_access",
    "ask_to_unprotect",
    "change_case_manager",
    "change_name",
    "clear_exceptions",
    "confirm_change",
    "cover_absence",
    "decline_handover",
    "end_because_moved",
    "end_cover",
    "end_exception",
    "end_of",
    "end_team_term",
    "end_work",
    "find_own_case",
    "give_access",
    "hand_over",
    "hold_case",
    "keep_protected",
    "lock_case",
    "make_exception",
    "mark_news_seen",
    "move_case",
    "note_change_seen",
    "open_case",
    "open_in_emergency",
    "protect",
    "record_death",
    "record_move",
    "refuse_access",
    "rehome_cases",
    "tell_of_change",
    "turn_change_down",
    "undo_change",
    "withdraw_handover",
]
