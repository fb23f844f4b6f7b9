"""Reads of the questions about nobody that an office has asked and was asked."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from caseplan.intake.access import consultations_visible_to, get_consultation
from caseplan.intake.models import Consultation
from common.actor import Actor
from people.models import Office
from people.selectors import open_offices


def list_asked(actor: Actor) -> list[Consultation]:
    """What one's office has asked, those not answered first."""
    return _in_order(actor, from_office=actor.working_office_id)


def list_received(actor: Actor) -> list[Consultation]:
    """What one's office was asked, those not answered first."""
    return _in_order(actor, to_office=actor.working_office_id)


def open_consultation(actor: Actor, consultation_id: UUID, *, now: datetime) -> Consultation:
    """One of those. Raises ``NotVisible``."""
    return get_consultation(actor, consultation_id, now=now)


def offices_to_consult(actor: Actor) -> list[Office]:
    """The network's offices of other bodies, by body and name."""
    rows = open_offices().filter(network=actor.working_network_id)
    rows = rows.exclude(body=actor.body)
    return list(rows.order_by("body", "name", "pk"))


def _in_order(actor: Actor, **which: UUID) -> list[Consultation]:
    rows = consultations_visible_to(actor).filter(**which)
    found = rows.select_related("from_office", "to_office", "asked_by").order_by("-asked_at", "pk")
    return sorted(found, key=lambda row: not row.is_open)
