"""Which cases exist for somebody, and what they may do in them."""

from cases.access.client_codes import can_confirm_what_was_written
from cases.access.handing_over import can_answer_handover, can_hand_over, get_handover, handovers_to
from cases.access.life import (
    can_confirm_change,
    can_end_because_moved,
    can_record_change,
    can_undo_change,
    cases_moved_away,
    duplicates_to_judge,
    get_life_event,
    get_possible_duplicate,
    life_events_visible_to,
)
from cases.access.mandates import (
    can_act_for,
    can_act_in_case,
    can_confirm_mandate,
    can_end_mandate,
    get_case_of_mandates,
    get_mandate,
    mandates_held,
    mandates_visible_to,
)
from cases.access.seats import get_seat, seats_of
from cases.access.standing_in import (
    does_work_of,
    stand_ins,
    stands_as,
    stood_in_for,
    work_of,
)
from cases.access.temporary_access import can_be_given_access, get_access_request
from cases.access.visibility import (
    get_case,
    is_on_team,
    managed_by,
    on_team_of,
    visible_to,
    worked_on_by,
)
from cases.access.work import (
    can_hold,
    can_work_on,
    can_write_in_case,
    case_has_started,
    case_is_open,
)

__all__ = [
    "can_act_for",
    "can_act_in_case",
    "can_answer_handover",
    "can_be_given_access",
    "can_confirm_change",
    "can_confirm_mandate",
    "can_confirm_what_was_written",
    "can_end_because_moved",
    "can_end_mandate",
    "can_hand_over",
    "can_hold",
    "can_record_change",
    "can_undo_change",
    "can_work_on",
    "can_write_in_case",
    "case_has_started",
    "case_is_open",
    "cases_moved_away",
    "does_work_of",
    "duplicates_to_judge",
    "get_access_request",
    "get_case",
    "get_case_of_mandates",
    "get_handover",
    "get_life_event",
    "get_mandate",
    "get_possible_duplicate",
    "get_seat",
    "handovers_to",
    "is_on_team",
    "life_events_visible_to",
    "managed_by",
    "mandates_held",
    "mandates_visible_to",
    "on_team_of",
    "seats_of",
    "stand_ins",
    "stands_as",
    "stood_in_for",
    "visible_to",
    "work_of",
    "worked_on_by",
]
