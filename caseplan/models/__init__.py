"""The joint plan, its content, versions and answers; the referral behind it; how things went."""

from caseplan.models.agreement import Answer, PlanVersion, Reply, VersionItem
from caseplan.models.assessment import Assessment, ExpertRating
from caseplan.models.conflict import ConflictKind, ConflictNote, Objection
from caseplan.models.plan import Action, ActionState, Goal, GoalKind, JointPlan, Measure
from caseplan.models.progress import GoalRating, GoalStatus
from caseplan.models.referral import Referral
from caseplan.models.revised import Revised

__all__ = [
    "Action",
    "ActionState",
    "Answer",
    "Assessment",
    "ConflictKind",
    "ConflictNote",
    "ExpertRating",
    "Goal",
    "GoalKind",
    "GoalRating",
    "GoalStatus",
    "JointPlan",
    "Measure",
    "Objection",
    "PlanVersion",
    "Referral",
    "Reply",
    "Revised",
    "VersionItem",
]
