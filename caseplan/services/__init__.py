"""Writes of the joint plan: opening the case, writing the plan, agreeing on it, following it."""

from caseplan.services.agreement import accept_plan, disagree_with_plan, propose_plan
from caseplan.services.assessment import (
    assess_oneself,
    correct_assessment,
    correct_rating,
    rate_work_ability,
)
from caseplan.services.assessment_import import check_assessments, import_assessments
from caseplan.services.conflict import (
    object_to_action,
    object_to_measure,
    settle_conflict,
    withdraw_objection,
)
from caseplan.services.opening import open_case_from_trigger, open_case_on_need
from caseplan.services.progress import rate_goal
from caseplan.services.writing import (
    add_action,
    add_goal,
    add_measure,
    add_own_goal,
    close_action,
    drop_goal,
    edit_action,
    edit_goal,
    edit_measure,
    edit_plan,
    start_action,
)

__all__ = [
    "accept_plan",
    "add_action",
    "add_goal",
    "add_measure",
    "add_own_goal",
    "assess_oneself",
    "check_assessments",
    "close_action",
    "correct_assessment",
    "correct_rating",
    "disagree_with_plan",
    "drop_goal",
    "edit_action",
    "edit_goal",
    "edit_measure",
    "edit_plan",
    "import_assessments",
    "object_to_action",
    "object_to_measure",
    "open_case_from_trigger",
    "open_case_on_need",
    "propose_plan",
    "rate_goal",
    "rate_work_ability",
    "settle_conflict",
    "start_action",
    "withdraw_objection",
]
