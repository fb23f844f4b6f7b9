"""Reads of the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from audit.models import AuditKind, AuditRow
from audit.services import search_id_of
from audit.shown import Look
from common.actor import Actor

_SHOWN = (AuditKind.ACCESS, AuditKind.DISCLOSURE)


def accesses_of_case(
    case_id: UUID, *, excluding: Actor, code_hashes: Iterable[str] = ()
) -> list[Look]:
    """Who looked at a case, newest first, without the one who asks.

    ``code_hashes``: also who searched with an identity code the person has or had, found or not.
    """
    codes = [search_id_of(code_hash) for code_hash in code_hashes]
    about = Q(subjects__contains=[case_id])
    if codes:
        about |= Q(subject_type="identity_code", subject_id__in=codes)
    rows = AuditRow.objects.filter(about, kind__in=_SHOWN).exclude(actor=excluding.label)
    return [_about(row, case_id) for row in rows.order_by("-at", "-pk")]


def minute_of(look: Look) -> datetime:
    """The minute a look lies in."""
    return look.at.replace(second=0, microsecond=0)


def access_rows_of(subject: UUID) -> QuerySet[AuditRow]:
    """The views in which a case, or a person before one, was shown."""
    return AuditRow.objects.filter(subjects__contains=[subject], kind__in=_SHOWN)


def changes_of_case(case_id: UUID) -> QuerySet[AuditRow]:
    """What was changed in a case, newest first: codes and ids, no content."""
    return AuditRow.objects.filter(case_id=case_id, kind=AuditKind.CHANGE).order_by("-at", "-pk")


def _about(row: AuditRow, case_id: UUID) -> Look:
    return row.look_at(case_id) if row.subjects else row.looks()[0]


@dataclass(frozen=True, slots=True)
class AccountLook:
    """What one row of the log says of one case or person: shown to an account, or changed by it.

    ``case_id`` and ``person_id`` are None where the log names the other alone, or nobody.
    ``searched``: the identity code that was searched with.
    """

    at: datetime
    kind: str
    action: str
    case_id: UUID | None
    person_id: UUID | None
    categories: frozenset[str]
    searched: UUID | None


def looks_by(account_id: UUID, *, since: datetime, until: datetime) -> Iterator[AccountLook]:
    """Everything one account was shown, took out or did from ``since`` to before ``until``.

    The oldest first, one for each person of a view. For whoever examines a breach, and nobody else.
    """
    rows = AuditRow.objects.filter(actor=f"user:{account_id}", at__gte=since, at__lt=until)
    for row in rows.order_by("at", "pk").iterator():
        if row.kind not in _SHOWN:
            yield AccountLook(
                row.at, row.kind, row.action, row.case_id, row.person_id,
                frozenset(row.categories), None,
            )  # fmt: skip
            continue
        for look in row.looks():
            is_code = look.subject is None and look.subject_type == "identity_code"
            yield AccountLook(
                row.at, row.kind, row.action,
                look.subject if look.is_case else None,
                None if look.is_case else look.subject,
                look.categories,
                look.subject_id if is_code else None,
            )  # fmt: skip
