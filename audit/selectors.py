"""Reads of the log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from audit.models import AuditKind, AuditRow
from audit.shown import MachineCall, accesses_in

_SHOWN = (AuditKind.ACCESS, AuditKind.DISCLOSURE)


def access_rows_of(subject: UUID) -> QuerySet[AuditRow]:
    """The views in which a case, or a person before one, was shown."""
    return AuditRow.objects.filter(subjects__contains=[subject], kind__in=_SHOWN)


def changes_of_case(case_id: UUID) -> QuerySet[AuditRow]:
    """What was changed in a case, newest first: codes and ids, no content."""
    return AuditRow.objects.filter(case_id=case_id, kind=AuditKind.CHANGE).order_by("-at", "-pk")


@dataclass(frozen=True, slots=True)
class AccountAccess:
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


def accesses_by(account_id: UUID, *, since: datetime, until: datetime) -> Iterator[AccountAccess]:
    """Everything one account was shown, took out or did from ``since`` to before ``until``.

    The oldest first, one for each person of a view. For whoever examines a breach, and nobody else.
    """
    rows = AuditRow.objects.filter(actor=f"user:{account_id}", at__gte=since, at__lt=until)
    for row in rows.order_by("at", "pk").iterator():
        if row.kind not in _SHOWN:
            yield AccountAccess(
                row.at, row.kind, row.action, row.case_id, row.person_id,
                frozenset(row.categories), None,
            )  # fmt: skip
            continue
        for access in accesses_in(row):
            is_code = access.subject is None and access.subject_type == "identity_code"
            yield AccountAccess(
                row.at, row.kind, row.action,
                access.subject if access.is_case else None,
                None if access.is_case else access.subject,
                access.categories,
                access.subject_id if is_code else None,
            )  # fmt: skip


def calls_of_machine(label: str) -> QuerySet[AuditRow]:
    """What a system has asked for and was given or refused, the newest first."""
    return AuditRow.objects.filter(actor=label).order_by("-at", "-pk")


def call_in(row: AuditRow) -> MachineCall:
    """One of them, as it is told."""
    shown = [access for access in accesses_in(row) if access.subject is not None]
    kind, _sep, refused = row.action.partition("_refused_")
    return MachineCall(
        row.at, kind if refused else row.action, row.purpose,
        len({access.subject for access in shown}),
        frozenset(name for access in shown for name in access.categories),
        refused,
    )  # fmt: skip
