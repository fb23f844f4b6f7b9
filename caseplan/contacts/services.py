"""Writing down that somebody was in touch, and correcting what was written down."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from caseplan.contacts.access import can_correct_contact
from caseplan.contacts.models import ContactEntry, ContactKind
from cases.access import can_write_in_case
from cases.models import Case
from common.actor import Actor
from common.clock import day_of, start_of
from common.decision import Refused
from consent.models import Category
from records.services import add_row, lock_row, recordable, require_text, save_row


@transaction.atomic
def record_contact(
    *,
    actor: Actor,
    case: Case,
    kind: ContactKind,
    happened_at: datetime,
    answered: bool,
    with_whom: str,
    outcome: str,
    next_on: date | None,
    category: Category,
    now: datetime,
) -> ContactEntry:
    """Write down a call, a visit, a letter or a message by another way.

    ``happened_at`` is past. ``outcome`` is needed where somebody answered. ``next_on``, a day to
    come, is when the worker's body is in touch again; an earlier one of theirs is then over.
    """
    can_write_in_case(actor, case, now=now).require()
    contact = ContactEntry(case=case, category=recordable(actor, category))
    _put(contact, kind, happened_at, answered, with_whom, outcome, now)
    contact.next_on = _to_come(next_on, now)
    return add_row(actor, contact, now)


@transaction.atomic
def record_paper(
    *, actor: Actor, case: Case, came_on: date, kept_at: str, now: datetime
) -> ContactEntry:
    """Write down that a paper of the client's came, and where it is kept: a contact, a letter.

    ``came_on`` is inclusive and not to come; what is not known of it is its hour.
    """
    if came_on > day_of(now):
        raise Refused(_("Choose a day that has come."), field="came_on")
    kept_at = require_text(kept_at, "kept_at", _("Write where the paper is kept."))
    return record_contact(
        actor=actor, case=case, kind=ContactKind.LETTER, answered=True, with_whom="",
        happened_at=min(now, start_of(came_on)),
        outcome=_("A paper came from the client. It is kept here: %(where)s") % {"where": kept_at},
        next_on=None, category=Category.PLAN_FOLLOW_UP, now=now,
    )  # fmt: skip


@transaction.atomic
def correct_contact(
    *,
    actor: Actor,
    contact_id: UUID,
    kind: ContactKind,
    happened_at: datetime,
    answered: bool,
    with_whom: str,
    outcome: str,
    next_on: date | None,
    revision: int,
    now: datetime,
) -> ContactEntry:
    """Correct what was written down; by the body that did. Raises :class:`Stale`.

    What it concerns stays: who has read it has read it.
    """
    contact = lock_row(actor, ContactEntry, contact_id, now)
    can_correct_contact(actor, contact, now=now).require()
    _put(contact, kind, happened_at, answered, with_whom, outcome, contact.recorded_at)
    if next_on != contact.next_on:
        contact.next_on = _to_come(next_on, now)
    return save_row(actor, contact, revision, now)


def _put(
    contact: ContactEntry,
    kind: ContactKind,
    happened_at: datetime,
    answered: bool,
    with_whom: str,
    outcome: str,
    recorded_at: datetime,
) -> None:
    if happened_at > recorded_at:
        raise Refused(_("Choose a time that is past."), field="happened_on")
    if answered:
        outcome = require_text(outcome, "outcome", _("Say what came of it."))
    contact.kind, contact.happened_at, contact.answered = kind, happened_at, answered
    contact.with_whom, contact.outcome = with_whom.strip(), outcome.strip()


def _to_come(next_on: date | None, now: datetime) -> date | None:
    if next_on is not None and next_on <= day_of(now):
        raise Refused(_("Choose a day to come."), field="next_on")
    return next_on
