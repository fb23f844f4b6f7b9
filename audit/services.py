"""Appends to the log, in the transaction of what is being logged; lets it go after its years."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from audit.models import AuditKind, AuditRow, Purpose
from audit.shown import ShownData, is_taken_out, pack
from common.actor import Actor
from common.database_roles import KEEPER, logged_in_as


@dataclass(slots=True)
class _View:
    """What one reader has been shown so far in one request."""

    actor: Actor
    action: str
    purpose: Purpose
    now: datetime
    shown: list[ShownData] = field(default_factory=list)


_views: ContextVar[dict[str, _View] | None] = ContextVar("views", default=None)


@contextmanager
def one_view() -> Iterator[Collection[object]]:
    """What is shown within the block is one page view and becomes one row, at the block's end.

    Inside one transaction, in which the row is written: what is not logged is not shown. Where the
    transaction is to be rolled back, nothing was shown and nothing is written. Gives the views
    there have been: empty, as long as nobody was shown.
    """
    found: dict[str, _View] = {}
    before = _views.set(found)
    try:
        yield found.values()
        if not transaction.get_rollback():
            for view in found.values():
                _write(view)
    finally:
        _views.reset(before)


def record_access(
    *, actor: Actor, action: str, purpose: Purpose, shown: Iterable[ShownData], now: datetime
) -> None:
    """Append what a reader is shown: one row, whoever many it is about.

    Within :func:`one_view` all that the same reader is shown becomes the same row, whose action and
    purpose are those of the first time; but what left as a file says so, whatever was read before
    it. Nobody waits for another reader of the same case. A machine reads for the one purpose it is
    registered for, whatever the page is for.
    """
    if actor.purpose:
        purpose = Purpose(actor.purpose)
    view = _View(actor, action, purpose, now, list(shown))
    views = _views.get()
    if views is None:
        _write(view)
    elif view.shown:
        kept = views.setdefault(actor.label, view)
        if kept is not view:
            if is_taken_out(action) and not is_taken_out(kept.action):
                kept.action = action
            kept.shown += [_in_view_of(item, purpose, kept.purpose) for item in view.shown]


def _in_view_of(item: ShownData, purpose: Purpose, of_the_view: Purpose) -> ShownData:
    """What a later part of a page shows, with its own purpose where that differs."""
    if item.purpose is not None or purpose == of_the_view:
        return item
    return ShownData(item.person_id, item.case_id, item.categories, item.grounds, purpose)


def _write(view: _View) -> None:
    rows = [
        AuditRow(
            at=view.now,
            kind=AuditKind.ACCESS,
            action=view.action,
            purpose=view.purpose,
            subjects=packed.subjects,
            shown_as=packed.shown_as,
            palette=packed.palette,
            **_who(view.actor),
        )
        for packed in pack(view.shown, purpose=view.purpose)
    ]
    # No savepoint: what is not logged is not shown, and the whole request is rolled back.
    with transaction.atomic(savepoint=False):
        AuditRow.objects.bulk_create(rows)


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
    """Append one change row: what was done to which thing, never the values.

    What a worker types for the client says so: ``goal_added_with_client`` with the client beside
    them, ``goal_added_from_paper`` from what the client sent.
    """
    if case_id is not None and actor.types_for_client_of(case_id):
        action += "_from_paper" if actor.paper else "_with_client"
    AuditRow.objects.create(
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
    often.
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
            f"""INSERT INTO audit_auditrow (at, kind, actor_kind, actor, actor_body,
              actor_office_id, action, purpose, subjects, shown_as, palette, categories, person_id,
              subject_type, subject_id)
            SELECT %(at)s, %(kind)s, %(actor_kind)s, %(actor)s, %(actor_body)s,
              %(actor_office_id)s, %(action)s, '', '{{}}', '{{}}', '', '{{}}', person_id,
              %(subject_type)s, %(subject_id)s
            FROM (SELECT DISTINCT person_id FROM {people_in}) people""",
            values,
        )
        return int(cursor.rowcount)


def record_call(*, actor: Actor, action: str, now: datetime) -> None:
    """Append that a system asked and was shown nobody: nothing was there, or it was refused.

    A call that showed somebody is a view like any other (:func:`record_access`).
    """
    AuditRow.objects.create(
        at=now,
        kind=AuditKind.ACCESS,
        action=action,
        purpose=actor.purpose,
        subject_type="machine",
        subject_id=actor.machine_id,
        **_who(actor),
    )


def record_search(*, actor: Actor, action: str, code_hash: str, now: datetime) -> None:
    """Append that somebody searched with an identity code, found or not.

    The row names the code by the beginning of its keyed hash: writing it takes the same steps
    whether or not anybody has that code.
    """
    AuditRow.objects.create(
        at=now,
        kind=AuditKind.ACCESS,
        action=action,
        purpose=Purpose.SEARCH,
        subject_type="identity_code",
        subject_id=search_id_of(code_hash),
        **_who(actor),
    )


def remove_expired_rows(*, before: datetime) -> int:
    """Remove the rows of every seal whose last one is older than ``before``; the seal stays.

    Returns how many. Done by the keeper's log-in; the database refuses anything younger than
    twelve years.
    """
    with logged_in_as(KEEPER), connection.cursor() as cursor:
        cursor.execute("SELECT audit_expire(%s)", [before])
        (removed,) = cursor.fetchone()
    return int(removed)


def search_id_of(code_hash: str) -> UUID:
    """How the log names an identity code that was searched with: opaque, the same every time."""
    return UUID(code_hash[:32])


def _who(actor: Actor) -> dict[str, object]:
    return {
        "actor_kind": actor.kind.value,
        "actor": actor.label,
        "actor_body": actor.body.value if actor.body else "",
        "actor_office_id": actor.office_id,
    }
