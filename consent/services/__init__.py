"""Writes of the ground table, of the client's decisions, of invitations and of requests."""

from consent.services.decisions import change_of, decide
from consent.services.grounds import (
    draft_ground,
    draft_national_table,
    end_ground,
    publish_policy,
    sign_ground,
    sign_grounds,
    throw_away_draft,
)
from consent.services.invitations import Invitation, invite, renew_invitation, take_up
from consent.services.requests import ask_for_consent, withdraw_request

__all__ = [
    "Invitation",
    "ask_for_consent",
    "change_of",
    "decide",
    "draft_ground",
    "draft_national_table",
    "end_ground",
    "invite",
    "publish_policy",
    "renew_invitation",
    "sign_ground",
    "sign_grounds",
    "take_up",
    "throw_away_draft",
    "withdraw_request",
]
