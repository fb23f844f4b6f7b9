"""Writes of the joint plan: opening the case, writing the plan, agreeing on it, following it."""

from caseplan.plan.services.actions import (
    add_action,
    close_action,
    edit_action,
    move_action,
    move_day,
)
from caseplan.plan.services.agreement import (
    accept_plan,
    confirm_paper,
    disagree_with_plan,
    dispute_paper,
    propose_plan,
    settle_disagreement,
    write_client_answer,
)
from caseplan.plan.services.conflict import (
    object_to_action,
    object_to_service,
    settle_conflict,
    withdraw_objection,
)
from caseplan.plan.services.goals import (
    add_goal,
    add_own_goal,
    drop_goal,
    edit_goal,
    take_up_goal,
    undo_drop_goal,
)
from caseplan.plan.services.handing_on import (
    agree_to_go_on,
    ask_to_go_on,
    decline_to_go_on,
    take_back_to_go_on,
)
from caseplan.plan.services.income import confirm_for_kela, correct_kela_confirmation
from caseplan.plan.services.life import (
    assess_ending,
    propose_ending,
    reopen_case,
    withdraw_ending,
)
from caseplan.plan.services.mapping import write_view
from caseplan.plan.services.more_time import (
    ask_for_more_time,
    give_more_time,
    refuse_more_time,
    take_back_more_time,
)
from caseplan.plan.services.opening import open_case_from_trigger, open_case_on_need
from caseplan.plan.services.plan import edit_plan
from caseplan.plan.services.planned_services import (
    add_service,
    edit_service,
    record_service_outcome,
)
from caseplan.plan.services.progress import rate_goal
from caseplan.plan.services.request import (
    accept_request,
    ask_body,
    decline_request,
    read_answer,
    withdraw_body_request,
)
from caseplan.plan.services.reviews import answer_review_request, ask_for_review
from caseplan.plan.services.undoing import reopen_action, undo_action

__all__ = [
    "accept_plan",
    "accept_request",
    "add_action",
    "add_goal",
    "add_own_goal",
    "add_service",
    "agree_to_go_on",
    "answer_review_request",
    "ask_body",
    "ask_for_more_time",
    "ask_for_review",
    "ask_to_go_on",
    "assess_ending",
    "close_action",
    "confirm_for_kela",
    "confirm_paper",
    "correct_kela_confirmation",
    "decline_request",
    "decline_to_go_on",
    "disagree_with_plan",
    "dispute_paper",
    "drop_goal",
    "edit_action",
    "edit_goal",
    "edit_plan",
    "edit_service",
    "give_more_time",
    "move_action",
    "move_day",
    "object_to_action",
    "object_to_service",
    "open_case_from_trigger",
    "open_case_on_need",
    "propose_ending",
    "propose_plan",
    "rate_goal",
    "read_answer",
    "record_service_outcome",
    "refuse_more_time",
    "reopen_action",
    "reopen_case",
    "settle_conflict",
    "settle_disagreement",
    "take_back_more_time",
    "take_back_to_go_on",
    "take_up_goal",
    "undo_action",
    "undo_drop_goal",
    "withdraw_body_request",
    "withdraw_ending",
    "withdraw_objection",
    "write_client_answer",
    "write_view",
]
