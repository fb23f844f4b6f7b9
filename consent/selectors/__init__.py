"""Reads of the ground table, of the client's choices, and of who sees what, explained."""

from consent.selectors.choices import (
    consents_of,
    current_policy,
    get_consent_request,
    get_party,
    invited_to,
    open_requests,
    party_by_secret,
    requests_of,
    standing_parties,
    tried_with,
)
from consent.selectors.grounds import (
    facts_before_case,
    get_ground,
    ground_changes,
    ground_table,
    grounds_for,
    grounds_of,
    hide_names,
)
from consent.selectors.seeing import CategorySeen, Seeing, hidden_categories, who_sees

__all__ = [
    "CategorySeen",
    "Seeing",
    "consents_of",
    "current_policy",
    "facts_before_case",
    "get_consent_request",
    "get_ground",
    "get_party",
    "ground_changes",
    "ground_table",
    "grounds_for",
    "grounds_of",
    "hidden_categories",
    "hide_names",
    "invited_to",
    "open_requests",
    "party_by_secret",
    "requests_of",
    "standing_parties",
    "tried_with",
    "who_sees",
]
