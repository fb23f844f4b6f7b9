"""Who sees what stands before a case, and who answers it."""

from caseplan.intake.access.consultations import (
    can_answer_consultation,
    can_read_answer,
    consultations_visible_to,
    get_consultation,
)
from caseplan.intake.access.own_requests import (
    can_answer_request,
    can_name_handler,
    get_own_request,
    get_request,
    offices_to_ask,
    requests_of_person,
    requests_visible_to,
)
from caseplan.intake.access.referrals import (
    can_answer,
    get_referral,
    referrals_visible_to,
    referrals_waiting_for,
)

__all__ = [
    "can_answer",
    "can_answer_consultation",
    "can_answer_request",
    "can_name_handler",
    "can_read_answer",
    "consultations_visible_to",
    "get_consultation",
    "get_own_request",
    "get_referral",
    "get_request",
    "offices_to_ask",
    "referrals_visible_to",
    "referrals_waiting_for",
    "requests_of_person",
    "requests_visible_to",
]
