"""Appends to the log, in the transaction of whatever is being logged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from audit.models import AuditKind, AuditRow, Purpose
from common.actor import Actor


@dataclass(frozen=True, slots=True)
class ShownData:
    """One person's information as it was really returned to a reader.

    ``categories`` are those of the rows that were returned, not those that might have been.
    ``case_id`` is None only before a case, when a register fact about a person was shown.
    """

    person_id: UUID
    case_id: UUID | None
    categories: frozenset[str]
    grounds: dict[str, str] = field(default_factory=dict)
    purpose: Purpose | None = None


def record_access(
    *, actor: Actor, action: str, purpose: Purpose, shown: Iterable[ShownData], now: datetime
) -> None:
    """Append one access row for each person shown.

    Rows are inserted in the order of their chains: two readers of overlapping lists lock
    the chain heads in the same order and cannot wait for each other in a circle.
    """
    rows = [
        AuditRow(
            chain=_chain(item.case_id, item.person_id),
            at=now,
            kind=AuditKind.ACCESS,
            action=action,
            purpose=item.purpose or purpose,
            categories=sorted(item.categories),
            grounds=item.grounds,
            case_id=item.case_id,
            person_id=item.person_id,
            **_who(actor),
        )
        for item in shown
    ]
    # No savepoint: what is not logged is not shown, and the whole request is rolled back.
    with transaction.atomic(savepoint=False):
        AuditRow.objects.bulk_create(sorted(rows, key=lambda row: row.chain))


def record_change(
    *,
    actor: Actor,
    action: str,
    subject_type: str,
    subject_id: UUID | None,
    now: datetime,
    case_id: UUID | None = None,
    person_id: UUID | None = None,
    categories: Iterable[str] = (),
) -> None:
    """Append one change row: what was done to which thing, never the values."""
    AuditRow.objects.create(
        chain=_chain(case_id, person_id),
        at=now,
        kind=AuditKind.CHANGE,
        action=action,
        categories=sorted(categories),
        case_id=case_id,
        person_id=person_id,
        subject_type=subject_type,
        subject_id=subject_id,
        **_who(actor),
    )


def record_change_for_each_person(
    *,
    actor: Actor,
    action: str,
    subject_type: str,
    subject_id: UUID,
    people_in: str,
    now: datetime,
) -> int:
    """Append one change row for each person in a table of the transaction; how many.

    ``people_in`` names a temporary table with a column ``person_id``, where the same one may stand
    often. The rows stand in the persons' own chains and are put there in the order of the chains,
    as those of other writers: whoever writes many locks them in the same order.
    """
    values: dict[str, Any] = {
        **_who(actor),
        "at": now,
        "kind": AuditKind.CHANGE,
        "action": action,
        "subject_type": subject_type,
        "subject_id": subject_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO audit_auditrow (chain, seq, at, kind, actor_kind, actor, actor_body,
              actor_office_id, action, purpose, categories, grounds, person_id, subject_type,
              subject_id, previous_hash, hash)
            SELECT 'person:' || person_id, 0, %(at)s, %(kind)s, %(actor_kind)s, %(actor)s,
              %(actor_body)s, %(actor_office_id)s, %(action)s, '', '{{}}', '{{}}', person_id,
              %(subject_type)s, %(subject_id)s, '', ''
            FROM (SELECT DISTINCT person_id FROM {people_in}) people
            ORDER BY person_id::text COLLATE "C" """,
            values,
        )
        return int(cursor.rowcount)


def record_search(*, actor: Actor, action: str, code_hash: str, now: datetime) -> None:
    """Append that somebody searched with an identity code, found or not.

    The row stands in the searcher's own chain and names the code by the beginning of its keyed
    hash: writing it takes the same steps whether or not anybody has that code.
    """
    AuditRow.objects.create(
        chain=actor.label,
        at=now,
        kind=AuditKind.ACCESS,
        action=action,
        purpose=Purpose.SEARCH,
        subject_type="identity_code",
        subject_id=search_id_of(code_hash),
        **_who(actor),
    )


def remove_expired_rows(*, before: datetime) -> int:
    """Remove the rows of days before ``before``; each chain keeps a checkpoint. Returns how many.

    Done by the keeper's role; the database refuses anything younger than twelve years.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (own_role,) = cursor.fetchone()
        cursor.execute("SELECT set_config('role', %s, true)", [settings.KEEPER_ROLE])
        cursor.execute("SELECT audit_expire(%s)", [before])
        (removed,) = cursor.fetchone()
        cursor.execute("SELECT set_config('role', %s, true)", [own_role])
    return int(removed)


def search_id_of(code_hash: str) -> UUID:
    """How the log names an identity code that was searched with: opaque, the same every time."""
    return UUID(code_hash[:32])


def _chain(case_id: UUID | None, person_id: UUID | None) -> str:
    if case_id:
        return f"case:{case_id}"
    return f"person:{person_id}" if person_id else "system"


def _who(actor: Actor) -> dict[str, object]:
    return {
        "actor_kind": actor.kind.value,
        "actor": actor.label,
        "actor_body": actor.body.value if actor.body else "",
        "actor_office_id": actor.office_id,
    }
