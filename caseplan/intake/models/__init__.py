"""What stands before a case: what one body sends another, what somebody asks for themselves."""

from caseplan.intake.models.consultations import (
    NOTE_LENGTH,
    AgeBand,
    Consultation,
    ConsultationAnswer,
    ConsultationTopic,
    InTheWay,
    UnemployedBand,
)
from caseplan.intake.models.own_requests import (
    AskedHelp,
    HelpInstead,
    OwnRequest,
    OwnRequestState,
    RequestWay,
    WhyNot,
)
from caseplan.intake.models.referrals import AssessmentReferral, ReferralAnswer

__all__ = [
    "NOTE_LENGTH",
    "AgeBand",
    "AskedHelp",
    "AssessmentReferral",
    "Consultation",
    "ConsultationAnswer",
    "ConsultationTopic",
    "HelpInstead",
    "InTheWay",
    "OwnRequest",
    "OwnRequestState",
    "ReferralAnswer",
    "RequestWay",
    "UnemployedBand",
    "WhyNot",
]
