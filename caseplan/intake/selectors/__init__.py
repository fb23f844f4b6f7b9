"""What is read of what stands before a case."""

from caseplan.intake.selectors.consultations import (
    consultations_answered,
    consultations_to_answer,
    list_asked,
    list_received,
    offices_to_consult,
    open_consultation,
)
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

__all__ = [
    "RequestSeen",
    "consultations_answered",
    "consultations_to_answer",
    "list_asked",
    "list_received",
    "list_requests",
    "municipalities_of",
    "offices_of_network",
    "offices_to_consult",
    "open_consultation",
    "open_own_request",
    "open_request",
    "own_requests_of",
    "where_to_ask",
    "who_can_answer",
]
