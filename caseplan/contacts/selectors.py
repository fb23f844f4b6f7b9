"""The contact log as a reader may see it, the newest first."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from audit.models import Purpose
from caseplan.contacts.models import ContactEntry
from cases.access import get_case
from cases.models import Case
from common.actor import Actor
from records.access import get_row, visible_to
from records.selectors import reading_of


def list_contacts(actor: Actor, case_id: UUID, *, now: datetime) -> tuple[Case, list[ContactEntry]]:
    """The contacts of a visible case, the newest first; logged. Raises ``NotVisible``."""
    case = get_case(actor, case_id, now=now)
    reading = reading_of(actor, now=now)
    contacts = list(
        visible_to(actor, ContactEntry, now=now, grounds=reading.grounds)
        .filter(case=case)
        .select_related("recorded_by")
        .order_by("-happened_at", "pk")
    )
    reading.log_and_hide_names("contacts_listed", Purpose.KEEP_CASE, [(case, list(contacts))])
    return case, contacts


def open_contact(actor: Actor, contact_id: UUID, *, now: datetime) -> ContactEntry:
    """One visible contact; logged. Raises ``NotVisible``."""
    contact = get_row(actor, ContactEntry, contact_id, now=now)
    reading_of(actor, now=now).log_and_hide_names(
        "contact_opened", Purpose.KEEP_CASE, [(contact.case, [contact])]
    )
    return contact
