"""What an extract does not tell, entered by hand with a reason; withdrawn, never deleted."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from benefits.access import can_enter, get_person
from benefits.models import ManualEntry, ManualEntryKind, UnemploymentSpell
from benefits.services.evaluation import evaluate
from common.actor import Actor
from common.clock import day_of
from common.decision import NotVisible, Refused
from common.history import save_with_history


@transaction.atomic
def add_manual_entry(
    *,
    actor: Actor,
    person_id: UUID,
    kind: ManualEntryKind,
    first: date,
    last: date | None,
    reason: str,
    now: datetime,
) -> ManualEntry:
    """Enter days (inclusive) the register does not tell; flags follow at once.

    Requalifying is the day ``first``. A gap must lie between two spells and hold no unemployed
    day. Raises ``NotVisible`` when the actor may not know the facts it is about,
    :class:`Refused` naming the field otherwise.
    """
    person = get_person(actor, person_id, now=now)
    can_enter(actor, kind, now=now).require()
    if not reason.strip():
        raise Refused(_("Write the reason: it is kept."), field="reason")
    end = first if kind == ManualEntryKind.REQUALIFIED else last
    if end is None:
        raise Refused(_("Give the last day too."), field="last")
    if end < first:
        raise Refused(_("The last day is before the first."), field="last")
    if kind == ManualEntryKind.GAP:
        _require_gap(person_id, first, end)
    entry = save_with_history(
        actor,
        ManualEntry(
            person=person,
            kind=kind,
            first=first,
            last=end,
            reason=reason.strip(),
            entered_at=now,
            entered_by_id=actor.writer_id,
            entered_for=actor.working_body,
        ),
        now=now,
    )
    _record(actor, "entered_by_hand", entry, now)
    evaluate(actor=actor, on=day_of(now), now=now, changed_only=True)
    return entry


@transaction.atomic
def withdraw_manual_entry(*, actor: Actor, person_id: UUID, entry_id: UUID, now: datetime) -> None:
    """Take an entry back; what was entered and why stays readable. Raises ``NotVisible``."""
    get_person(actor, person_id, now=now)
    entry = (
        ManualEntry.objects.select_for_update(of=("self",))
        .filter(pk=entry_id, person_id=person_id, withdrawn_at__isnull=True)
        .first()
    )
    if entry is None or not can_enter(actor, ManualEntryKind(entry.kind), now=now):
        raise NotVisible
    entry.withdrawn_at, entry.withdrawn_by_id = now, actor.user_id
    save_with_history(actor, entry, now=now)
    _record(actor, "withdrawn_by_hand", entry, now)
    evaluate(actor=actor, on=day_of(now), now=now, changed_only=True)


def _require_gap(person_id: UUID, first: date, last: date) -> None:
    """The gap must be just the days between two spells. Raises :class:`Refused`."""
    spells = UnemploymentSpell.objects.filter(person_id=person_id, corrected_at__isnull=True)
    before = spells.filter(start__lt=first, end=first - timedelta(days=1)).exists()
    after = spells.filter(start=last + timedelta(days=1)).exists()
    within = spells.filter(Q(end__isnull=True) | Q(end__gte=first), start__lte=last).exists()
    if not before or not after or within:
        raise Refused(
            _("Give the first and last day between two periods of unemployment."), field="first"
        )


def _record(actor: Actor, action: str, entry: ManualEntry, now: datetime) -> None:
    record_change(
        actor=actor,
        action=action,
        subject_type="manual_entry",
        subject_id=entry.pk,
        person_id=entry.person_id,
        now=now,
    )
