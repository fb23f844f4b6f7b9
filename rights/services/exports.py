"""A list of clients is taken out as a file: why is asked first, and kept with how many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from common.actor import Actor
from common.decision import Refused
from rights.models import Export, ExportKind, ExportReason


@dataclass(frozen=True, slots=True)
class WhyExported:
    """A reason that may be kept; made by :func:`why_exported`."""

    reason: ExportReason
    comment: str


def why_exported(*, reason: ExportReason, comment: str) -> WhyExported:
    """Why a list is taken out. Raises :class:`Refused` where "something else" says no more.

    Asked before the list is read: what is refused was not taken out, and is not logged as such.
    """
    if reason is ExportReason.OTHER and not comment.strip():
        raise Refused(_("Write what it is for. Name no client."), field="comment")
    return WhyExported(reason, comment.strip())


@transaction.atomic
def record_export(
    *,
    actor: Actor,
    kind: ExportKind,
    why: WhyExported,
    people: int,
    categories: Iterable[str],
    now: datetime,
) -> Export:
    """Write down that a list was taken out; the data-protection officer reads it.

    In the transaction that read the list. ``people``: how many clients stand in it.
    """
    row = Export.objects.create(
        kind=kind, reason=why.reason, comment=why.comment, people=people,
        categories=sorted(categories), made_at=now, made_by_id=actor.writer_id,
        body=actor.body.value if actor.body else "",
    )  # fmt: skip
    record_change(
        actor=actor,
        action="list_exported",
        subject_type="export",
        subject_id=row.pk,
        categories=row.categories,
        now=now,
    )
    return row
