"""Writes of the joint plan: opening the case, writing the plan, agreeing on it, following it."""

from caseplan.services.agreement import (
    accept_plan,
    answer_review_request,
    ask_for_review,
    disagree_with_plan,
    propose_plan,
    settle_disagreement,
    write_client_answer,
)
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
from caseplan.services.dialogue import mark_read, send_message, start_thread
from caseplan.services.life import (
    assess_ending,
    decline_referral,
    propose_ending,
    reopen_case,
    start_case,
    withdraw_ending,
)
from caseplan.services.mapping import write_view
from caseplan.services.opening import open_case_from_trigger, open_case_on_need
from caseplan.services.progress import rate_goal
from caseplan.services.request import (
    accept_request,
    ask_body,
    decline_request,
    withdraw_body_request,
)
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
    move_action,
)

__all__ = [
    "accept_plan",
    "accept_request",
    "add_action",
    "add_goal",
    "add_measure",
    "add_own_goal",
    "answer_review_request",
    "ask_body",
    "ask_for_review",
    "assess_ending",
    "assess_oneself",
    "check_assessments",
    "close_action",
    "correct_assessment",
    "correct_rating",
    "decline_referral",
    "decline_request",
    "disagree_with_plan",
    "drop_goal",
    "edit_action",
    "edit_goal",
    "edit_measure",
    "edit_plan",
    "import_assessments",
    "mark_read",
    "move_action",
    "object_to_action",
    "object_to_measure",
    "open_case_from_trigger",
    "open_case_on_need",
    "propose_ending",
    "propose_plan",
    "rate_goal",
    "rate_work_ability",
    "reopen_case",
    "send_message",
    "settle_conflict",
    "settle_disagreement",
    "start_case",
    "start_thread",
    "withdraw_body_request",
    "withdraw_ending",
    "withdraw_objection",
    "write_client_answer",
    "write_view",
]
