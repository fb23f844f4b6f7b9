"""Writes of the ground table, of the client's decisions, of invitations and of requests."""

from consent.services.decisions import build_change, decide
from consent.services.ground_decisions import (
    end_ground,
    lift_suspension,
    set_decision_aside,
    sign_ground,
    sign_grounds,
    suspend_ground,
)
from consent.services.grounds import (
    discard_draft,
    draft_ground,
    draft_national_table,
    publish_policy,
)
from consent.services.invitations import (
    Invitation,
    accept_invitation,
    invite,
    renew_invitation,
    withdraw_invitation,
)
from consent.services.requests import ask_for_consent, withdraw_request
from consent.services.writing_down import (
    archive_paper,
    confirm_written,
    dispute_written,
    lapse_written,
    take_back_written,
)

__all__ = [
    "Invitation",
    "accept_invitation",
    "archive_paper",
    "ask_for_consent",
    "build_change",
    "confirm_written",
    "decide",
    "discard_draft",
    "dispute_written",
    "draft_ground",
    "draft_national_table",
    "end_ground",
    "invite",
    "lapse_written",
    "lift_suspension",
    "publish_policy",
    "renew_invitation",
    "set_decision_aside",
    "sign_ground",
    "sign_grounds",
    "suspend_ground",
    "take_back_written",
    "withdraw_invitation",
    "withdraw_request",
]
