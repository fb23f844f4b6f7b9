"""The gate, and who writes the table of grounds it goes by."""

from consent.access.gate import (
    ALWAYS,
    NEVER,
    ChoicesInCase,
    ConsentChange,
    GroundRow,
    Grounds,
    Target,
    can_record_consent,
    categories_open_in,
    categories_recordable_by,
    filter_by_grounds,
    open_category,
    open_in,
    within_case,
)
from consent.access.grounds import (
    can_discard_draft,
    can_edit_grounds,
    can_end_ground,
    can_lift_suspension,
    can_sign_ground,
    can_suspend_ground,
)
from consent.access.outside import can_read_shared, can_take_up

__all__ = [
    "ALWAYS",
    "NEVER",
    "ChoicesInCase",
    "ConsentChange",
    "GroundRow",
    "Grounds",
    "Target",
    "can_discard_draft",
    "can_edit_grounds",
    "can_end_ground",
    "can_lift_suspension",
    "can_read_shared",
    "can_record_consent",
    "can_sign_ground",
    "can_suspend_ground",
    "can_take_up",
    "categories_open_in",
    "categories_recordable_by",
    "filter_by_grounds",
    "open_category",
    "open_in",
    "within_case",
]
