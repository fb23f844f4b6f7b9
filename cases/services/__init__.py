"""Writes about case headers and teams."""

from cases.services.absences import end_absence, forget_absences, record_absence
from cases.services.changes import (
    ask_code_change,
    ask_to_end_protection,
    change_name,
    confirm_change,
    end_because_moved,
    keep_protected,
    mark_change_seen,
    merge_records,
    record_death,
    record_move,
    record_protection,
    refuse_merge,
    turn_change_down,
    undo_change,
)
from cases.services.client_codes import (
    CODE_DAYS,
    PrintedCode,
    end_client_log_in,
    give_client_code,
    read_client_code,
    use_client_code,
)
from cases.services.covers import (
    confirm_cover,
    cover_absence,
    end_cover,
    review_cover,
    tell_of_ended_covers,
)
from cases.services.handover import (
    accept_handover,
    change_case_manager,
    decline_handover,
    hand_over,
    withdraw_handover,
)
from cases.services.interpreter import say_interpreter
from cases.services.leaving import end_work, end_work_later, finish_ended_work, reassign_cases
from cases.services.life import hold_case, move_case, open_case
from cases.services.mandates import (
    confirm_mandate,
    end_mandate,
    record_mandate,
    tell_of_mandate,
)
from cases.services.news import (
    mark_news_seen,
    notify_of_change,
    notify_of_own_work,
    notify_team_of_change,
    take_back_news,
)
from cases.services.offices import close_office, merge_office
from cases.services.rows import lock_case
from cases.services.several import Several, accept_several, hand_over_several
from cases.services.sharing_out import share_out
from cases.services.team import add_team_member, end_team_term, name_for_office
from cases.services.telling import Telling, tell_of_beginning
from cases.services.temporary_access import (
    LONGEST_ACCESS_DAYS,
    accept_access_request,
    ask_for_access,
    clear_expired_access,
    decline_access_request,
    end_of_day,
    end_temporary_access,
    find_own_case,
    give_temporary_access,
    open_in_emergency,
)
from cases.services.turned_away import tell_of_turned_away

__all__ = [
    "CODE_DAYS",
    "LONGEST_ACCESS_DAYS",
    "PrintedCode",
    "Several",
    "Telling",
    "accept_access_request",
    "accept_handover",
    "accept_several",
    "add_team_member",
    "ask_code_change",
    "ask_for_access",
    "ask_to_end_protection",
    "change_case_manager",
    "change_name",
    "clear_expired_access",
    "close_office",
    "confirm_change",
    "confirm_cover",
    "confirm_mandate",
    "cover_absence",
    "decline_access_request",
    "decline_handover",
    "end_absence",
    "end_because_moved",
    "end_client_log_in",
    "end_cover",
    "end_mandate",
    "end_of_day",
    "end_team_term",
    "end_temporary_access",
    "end_work",
    "end_work_later",
    "find_own_case",
    "finish_ended_work",
    "forget_absences",
    "give_client_code",
    "give_temporary_access",
    "hand_over",
    "hand_over_several",
    "hold_case",
    "keep_protected",
    "lock_case",
    "mark_change_seen",
    "mark_news_seen",
    "merge_office",
    "merge_records",
    "move_case",
    "name_for_office",
    "notify_of_change",
    "notify_of_own_work",
    "notify_team_of_change",
    "open_case",
    "open_in_emergency",
    "read_client_code",
    "reassign_cases",
    "record_absence",
    "record_death",
    "record_mandate",
    "record_move",
    "record_protection",
    "refuse_merge",
    "review_cover",
    "say_interpreter",
    "share_out",
    "take_back_news",
    "tell_of_beginning",
    "tell_of_ended_covers",
    "tell_of_mandate",
    "tell_of_turned_away",
    "turn_change_down",
    "undo_change",
    "use_client_code",
    "withdraw_handover",
]
