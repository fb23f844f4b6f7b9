"""Reads of the log."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
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


def looks_around(
    asked: Collection[tuple[int, UUID]],
) -> dict[tuple[int, UUID], list[Look]]:
    """The looks with these numbers at these cases, each with those that are told together with it.

    Told together are the looks of one reader at one case in one minute for one purpose. A search
    with an identity code is at no case, and stands alone. One that the log has let go, or that
    showed nothing of that case, is not among them. Two queries, however many are asked about.
    """
    rows = AuditRow.objects.in_bulk({number for number, _case in asked})
    found = {
        (number, case): _about(rows[number], case)
        for number, case in asked
        if number in rows and (not rows[number].subjects or case in rows[number].subjects)
    }
    near = Q(pk__in=())
    for look in found.values():
        if look.subject is not None:
            minute = minute_of(look)
            near |= Q(
                subjects__contains=[look.subject], actor=look.actor, kind__in=_SHOWN,
                at__gte=minute, at__lt=minute + timedelta(minutes=1),
            )  # fmt: skip
    around = [
        look for row in AuditRow.objects.filter(near).order_by("-at", "-pk") for look in row.looks()
    ]
    return {
        place: [other for other in around if _is_told_with(other, look)] or [look]
        for place, look in found.items()
    }


def minute_of(look: Look) -> datetime:
    """The minute a look lies in."""
    return look.at.replace(second=0, microsecond=0)


def _is_told_with(other: Look, look: Look) -> bool:
    return look.subject is not None and (
        (other.subject, other.actor, other.purpose, minute_of(other))
        == (look.subject, look.actor, look.purpose, minute_of(look))
    )


def access_rows_of(subject: UUID) -> QuerySet[AuditRow]:
    """The views in which a case, or a person before one, was shown."""
    return AuditRow.objects.filter(subjects__contains=[subject], kind__in=_SHOWN)


def views_by(label: str, *, since: datetime, until: datetime) -> QuerySet[AuditRow]:
    """Everything one account looked at from one moment to another, both inclusive, newest first."""
    return AuditRow.objects.filter(
        actor=label, kind__in=_SHOWN, at__gte=since, at__lte=until
    ).order_by("-at", "-pk")


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
