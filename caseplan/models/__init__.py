"""The joint plan, its content, its versions and the answers to them; the referral behind it."""

from caseplan.models.agreement import (
    Answer,
    How,
    PlanVersion,
    Reply,
    ReviewRequest,
    ReviewState,
    VersionItem,
)
from caseplan.models.ending import Ending, EndingOutcome, EndingView, Exit
from caseplan.models.mapping import Area, MappingView
from caseplan.models.plan import Action, ActionState, Goal, GoalKind, JointPlan, Measure
from caseplan.models.referral import Referral
from caseplan.models.revised import Revised

__all__ = [
    "Action",
    "ActionState",
    "Answer",
    "Area",
    "Ending",
    "EndingOutcome",
    "EndingView",
    "Exit",
    "Goal",
    "GoalKind",
    "How",
    "JointPlan",
    "MappingView",
    "Measure",
    "PlanVersion",
    "Referral",
    "Reply",
    "ReviewRequest",
    "ReviewState",
    "Revised",
    "VersionItem",
]
