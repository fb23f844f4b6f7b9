"""The case's header, its team, and who else may see it, until when."""

from cases.models.absence import Absence
from cases.models.case import Case
from cases.models.client_code import ClientCode, SeenDocument
from cases.models.cover import Cover, CoverFinding
from cases.models.handover import Handover, HandoverCode, HandoverState
from cases.models.mandate import Mandate, MandateEnd, MandateState
from cases.models.news import OF_A_VERSION, TOLD_TO_ONE, News, NewsKind
from cases.models.team import TeamMembership, TeamRole
from cases.models.temporary_access import (
    AccessRequest,
    EmergencyReason,
    RequestKind,
    RequestState,
    TemporaryAccess,
    TemporaryAccessReason,
)

__all__ = [
    "OF_A_VERSION",
    "TOLD_TO_ONE",
    "Absence",
    "AccessRequest",
    "Case",
    "ClientCode",
    "Cover",
    "CoverFinding",
    "EmergencyReason",
    "Handover",
    "HandoverCode",
    "HandoverState",
    "Mandate",
    "MandateEnd",
    "MandateState",
    "News",
    "NewsKind",
    "RequestKind",
    "RequestState",
    "SeenDocument",
    "TeamMembership",
    "TeamRole",
    "TemporaryAccess",
    "TemporaryAccessReason",
]
