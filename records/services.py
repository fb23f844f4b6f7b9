"""How every row of client information is written: who recorded it, its revision, its audit row.

Every edit names the ``revision`` it was made on; if somebody else wrote in between it is
refused with :class:`Stale` and nothing is overwritten.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from cases.models import NewsKind
from cases.services import notify_of_change
from common.actor import Actor
from common.bodies import Party
from common.decision import NotAllowed, Refused, Stale
from common.history import save_with_history
from consent.access import categories_recordable_by
from consent.models import Category, ClientInformation
from records.access import get_row
from records.models import MayComeOnPaper, Revised
from records.signals import row_written

_FIELD = re.compile(r"\[\[([^\[\]]+)\]\]")

Row = TypeVar("Row", bound=ClientInformation)


RevisedRow = TypeVar("RevisedRow", bound=Revised)


def add_row(actor: Actor, row: Row, now: datetime, *, for_party: Party | None = None) -> Row:
    """Save a new row for the actor's party, or for ``for_party``, with its audit row.

    ``for_party`` is the client where a worker writes the client's words with the client
    present. Raises :class:`NotAllowed` for whoever speaks for no party.
    """
    party = for_party or actor.party
    if party is None:
        raise NotAllowed(_("Only the client and the three bodies record here."))
    row.recorded_for, row.recorded_by_id, row.recorded_at = party, actor.writer_id, now
    _say_how_typed(actor, row)
    save_with_history(actor, row, now=now)
    log_row(actor, row, "added", now)
    _tell_client(actor, row, now)
    return row


def lock_row(actor: Actor, model: type[Row], row_id: UUID, now: datetime) -> Row:
    """The visible row, locked until the transaction ends: the second of two writers waits."""
    return get_row(actor, model, row_id, now=now, lock=True)


def save_row(actor: Actor, row: RevisedRow, revision: int, now: datetime) -> RevisedRow:
    """Save a changed row if ``revision`` is the one it stands at. Raises :class:`Stale`."""
    if row.revision != revision:
        raise Stale(
            _(
                "Somebody else changed this while you were writing. "
                "Look at the change, then save again."
            )
        )
    row.revision += 1
    _say_how_typed(actor, row)
    save_with_history(actor, row, now=now)
    log_row(actor, row, "changed", now)
    _tell_client(actor, row, now)
    return row


def _say_how_typed(actor: Actor, row: ClientInformation) -> None:
    """Put on a row whether the client was there, or on which paper their words came."""
    row.with_client = actor.is_with_client_of(row.case_id)
    if isinstance(row, MayComeOnPaper):
        types = row.recorded_for == Party.CLIENT and actor.types_for_client_of(row.case_id)
        row.paper = actor.paper if types else ""


def _tell_client(actor: Actor, row: ClientInformation, now: datetime) -> None:
    """What a worker typed for the client is news for the client, once a worker."""
    if row.with_client or (isinstance(row, MayComeOnPaper) and row.paper):
        notify_of_change(
            actor=actor, case=row.case, kind=NewsKind.WRITTEN_FOR_YOU, now=now,
            subject_id=actor.writer_id, was=actor.name,
        )  # fmt: skip


def log_row(actor: Actor, row: ClientInformation, verb: str, now: datetime) -> None:
    """The audit row of one write: ``goal_added``, with the category and no content."""
    noun = row._meta.model_name or ""
    record_change(
        actor=actor,
        action=f"{noun}_{verb}",
        subject_type=noun,
        subject_id=row.pk,
        case_id=row.case_id,
        person_id=row.case.person_id,
        categories=[row.category],
        now=now,
    )
    row_written.send(type(row), row=row, now=now)


def require_text(text: str, field: str, otherwise: object) -> str:
    """The text without the space around it. Raises :class:`Refused` where nothing was said."""
    if not text.strip():
        raise Refused(str(otherwise), field=field)
    return text.strip()


def fields_left(text: str) -> list[str]:
    """What a template left to whoever uses it, and still stands in a text: of ``[[day]]``, day."""
    return list(dict.fromkeys(_FIELD.findall(text)))


def require_filled(text: str, field: str, otherwise: object) -> str:
    """As :func:`require_text`; refused, too, while a field of a template stands in it."""
    text = require_text(text, field, otherwise)
    if left := fields_left(text):
        raise Refused(_("Write this first: %(what)s.") % {"what": ", ".join(left)}, field=field)
    return text


def recordable(actor: Actor, category: Category) -> Category:
    """The category, if the actor may record under it. Raises :class:`Refused`."""
    if category not in categories_recordable_by(actor):
        raise Refused(_("Choose what this concerns from the list."), field="category")
    return category
