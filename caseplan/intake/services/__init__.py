"""What is done before a case and to begin one."""

from caseplan.intake.services.beginning import (
    LookedUp,
    LookUpGround,
    begin_from_referral,
    begin_from_trigger,
    begin_looked_up,
    look_up,
)
from caseplan.intake.services.consultations import (
    answer_consultation,
    ask_consultation,
    erase_consultations,
    mark_consultation_seen,
    withdraw_consultation,
)
from caseplan.intake.services.letting_go import (
    forget_referrals,
    forget_strangers,
    forget_unneeded,
)
from caseplan.intake.services.own_requests import (
    ask_for_joint_service,
    begin_from_request,
    close_for_death,
    erase_own_requests,
    mark_answer_read,
    name_handler,
    refuse_request,
    rehome_requests,
    withdraw_request,
    write_down_request,
)
from caseplan.intake.services.referrals import (
    answer_referral,
    refer,
    refer_looked_up,
    remove_referral,
)

__all__ = [
    "LookUpGround",
    "LookedUp",
    "answer_consultation",
    "answer_referral",
    "ask_consultation",
    "ask_for_joint_service",
    "begin_from_referral",
    "begin_from_request",
    "begin_from_trigger",
    "begin_looked_up",
    "close_for_death",
    "erase_consultations",
    "erase_own_requests",
    "forget_referrals",
    "forget_strangers",
    "forget_unneeded",
    "look_up",
    "mark_answer_read",
    "mark_consultation_seen",
    "name_handler",
    "refer",
    "refer_looked_up",
    "refuse_request",
    "rehome_requests",
    "remove_referral",
    "withdraw_consultation",
    "withdraw_request",
    "write_down_request",
]
