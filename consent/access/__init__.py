"""The gate, who decides and confirms, and who writes the table of grounds it goes by."""

from consent.access.deciding import can_record_consent, categories_recordable_by
from consent.access.gate import (
    ALWAYS,
    NEVER,
    ChoicesInCase,
    ConsentChange,
    GroundRow,
    Grounds,
    Target,
    categories_open_in,
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
from consent.access.written_down import (
    can_archive_paper,
    can_confirm_written,
    can_see_paper,
    can_take_back_written,
    get_written,
    papers_waiting_for,
    written_visible_to,
)

__all__ = [
    "ALWAYS",
    "NEVER",
    "ChoicesInCase",
    "ConsentChange",
    "GroundRow",
    "Grounds",
    "Target",
    "can_archive_paper",
    "can_confirm_written",
    "can_discard_draft",
    "can_edit_grounds",
    "can_end_ground",
    "can_lift_suspension",
    "can_read_shared",
    "can_record_consent",
    "can_see_paper",
    "can_sign_ground",
    "can_suspend_ground",
    "can_take_back_written",
    "can_take_up",
    "categories_open_in",
    "categories_recordable_by",
    "filter_by_grounds",
    "get_written",
    "open_category",
    "open_in",
    "papers_waiting_for",
    "within_case",
    "written_visible_to",
]
