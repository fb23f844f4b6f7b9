"""The joint plan, its content, versions and answers; the referral behind it; how things went."""

from caseplan.plan.models.accompanied_handover import (
    Accompanied,
    AccompaniedHandover,
    AccompaniedHandoverState,
)
from caseplan.plan.models.action import Action, ActionState
from caseplan.plan.models.agreement import (
    Answer,
    How,
    PlanVersion,
    Reply,
    ReviewRequest,
    ReviewState,
    VersionItem,
)
from caseplan.plan.models.clock import ClockChange, ClockKind
from caseplan.plan.models.conflict import ConflictKind, ConflictNote, Objection
from caseplan.plan.models.ending import (
    IMMEDIATE_EXITS,
    Ending,
    EndingOutcome,
    EndingView,
    Exit,
    NoNeed,
)
from caseplan.plan.models.goal import Goal, GoalKind
from caseplan.plan.models.kela_confirmation import KelaConfirmation
from caseplan.plan.models.mapping import Area, MappingView
from caseplan.plan.models.more_time import MoreTime, MoreTimeState
from caseplan.plan.models.plan import JointPlan
from caseplan.plan.models.planned_service import Participation, PlannedService, ServiceResult
from caseplan.plan.models.progress import GoalRating, GoalStatus
from caseplan.plan.models.referral import DeclinedCode, Referral, SeenNeed, needs_on
from caseplan.plan.models.request import BodyRequest, BodyRequestState
from caseplan.plan.models.signed_paper import PaperState, SignedPaper

__all__ = [
    "IMMEDIATE_EXITS",
    "Accompanied",
    "AccompaniedHandover",
    "AccompaniedHandoverState",
    "Action",
    "ActionState",
    "Answer",
    "Area",
    "BodyRequest",
    "BodyRequestState",
    "ClockChange",
    "ClockKind",
    "ConflictKind",
    "ConflictNote",
    "DeclinedCode",
    "Ending",
    "EndingOutcome",
    "EndingView",
    "Exit",
    "Goal",
    "GoalKind",
    "GoalRating",
    "GoalStatus",
    "How",
    "JointPlan",
    "KelaConfirmation",
    "MappingView",
    "MoreTime",
    "MoreTimeState",
    "NoNeed",
    "Objection",
    "PaperState",
    "Participation",
    "PlanVersion",
    "PlannedService",
    "Referral",
    "Reply",
    "ReviewRequest",
    "ReviewState",
    "SeenNeed",
    "ServiceResult",
    "SignedPaper",
    "VersionItem",
    "needs_on",
]
