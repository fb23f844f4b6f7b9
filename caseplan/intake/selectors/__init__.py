"""What is read of what stands before a case."""

from caseplan.intake.selectors.consultations import (
    list_asked,
    list_received,
    offices_to_consult,
    open_consultation,
)
from caseplan.intake.selectors.earlier import earlier_case_of
from caseplan.intake.selectors.own_requests import (
    RequestSeen,
    list_requests,
    municipalities_of,
    offices_of_network,
    open_own_request,
    open_request,
    own_requests_of,
    where_to_ask,
    who_can_answer,
)
from caseplan.intake.selectors.referrals import (
    ReferralLists,
    list_referrals,
    open_referral,
    referrals_for_day,
)
from caseplan.intake.selectors.seats import list_seats, open_seat

__all__ = [
    "ReferralLists",
    "RequestSeen",
    "earlier_case_of",
    "list_asked",
    "list_received",
    "list_referrals",
    "list_requests",
    "list_seats",
    "municipalities_of",
    "offices_of_network",
    "offices_to_consult",
    "open_consultation",
    "open_own_request",
    "open_referral",
    "open_request",
    "open_seat",
    "own_requests_of",
    "referrals_for_day",
    "where_to_ask",
    "who_can_answer",
]
