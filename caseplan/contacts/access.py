"""Who records a contact, and who corrects one."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from caseplan.contacts.models import ContactEntry
from cases.access import can_write_in_case
from common.actor import Actor
from common.decision import Decision


def can_correct_contact(actor: Actor, contact: ContactEntry, *, now: datetime) -> Decision:
    """May this worker correct a contact? The team of the body that recorded it."""
    if actor.party != contact.recorded_for:
        return Decision.no(_("Only the body that recorded this can change it."))
    return can_write_in_case(actor, contact.case, now=now)
