"""What is done before a case and to begin one."""

from caseplan.intake.services.consultations import (
    answer_consultation,
    ask_consultation,
    erase_consultations,
    mark_consultation_seen,
    withdraw_consultation,
)
from caseplan.intake.services.own_requests import (
    ask_for_joint_service,
    begin_from_request,
    close_for_death,
    erase_own_requests,
    mark_answer_read,
    name_handler,
    refuse_request,
    rehome_requests,
    withdraw_request,
    write_down_request,
)

__all__ = [
    "answer_consultation",
    "ask_consultation",
    "ask_for_joint_service",
    "begin_from_request",
    "close_for_death",
    "erase_consultations",
    "erase_own_requests",
    "mark_answer_read",
    "mark_consultation_seen",
    "name_handler",
    "refuse_request",
    "rehome_requests",
    "withdraw_consultation",
    "withdraw_request",
    "write_down_request",
]
