"""Writes of the ground table, of the client's decisions, of invitations and of requests."""

from consent.services.decisions import build_change, decide
from consent.services.grounds import (
    discard_draft,
    draft_ground,
    draft_national_table,
    end_ground,
    publish_policy,
    sign_ground,
    sign_grounds,
)
from consent.services.invitations import Invitation, accept_invitation, invite, renew_invitation
from consent.services.requests import ask_for_consent, withdraw_request

__all__ = [
    "Invitation",
    "accept_invitation",
    "ask_for_consent",
    "build_change",
    "decide",
    "discard_draft",
    "draft_ground",
    "draft_national_table",
    "end_ground",
    "invite",
    "publish_policy",
    "renew_invitation",
    "sign_ground",
    "sign_grounds",
    "withdraw_request",
]
