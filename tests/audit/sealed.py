"""Somebody with every right of the owner of the tables, and what they can write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import connection

from audit.models import AuditRow, Seal
from audit.sealing import attest, seal
from audit.services import record_change
from audit.verification import LogFault, Tampering, verify
from common.actor import Actor, system_actor
from common.clock import day_of, machine_now
from tests.personas import World

_TABLES = ("audit_auditrow", "audit_seal")


@contextmanager
def intruder() -> Iterator[Any]:
    """A cursor of the owner of the tables with their triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        for table in _TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        try:
            yield cursor
        finally:
            for table in _TABLES:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            cursor.execute("SET ROLE yhdessa_web")


def sealed_and_signed() -> int:
    """Everything is sealed and the head signed; the last seal's number."""
    seal()
    return attest(on=day_of(machine_now()), now=machine_now()).number


def found(*, whole: bool = True) -> list[LogFault]:
    now = machine_now()
    return verify(whole=whole, on=day_of(now), now=now).faults


def kinds(*, whole: bool = True) -> set[Tampering]:
    return {fault.what for fault in found(whole=whole)}


def write_seals_anew(cursor: Any) -> None:
    """Every seal made to fit the rows that stand and the seal before it: digests and hashes too."""
    cursor.execute("""
        UPDATE audit_seal s SET row_count = f.n, first_at = f.first_at, last_at = f.last_at,
          ids = f.ids, digest = f.digest
        FROM (SELECT s.number, count(*) AS n, min(r.written_at) AS first_at,
                max(r.written_at) AS last_at, range_agg(int8range(r.id, r.id, '[]')) AS ids,
                encode(sha256(convert_to(string_agg(audit_digest(r), '' ORDER BY r.id), 'UTF8')),
                  'hex') AS digest
              FROM audit_seal s JOIN audit_auditrow r ON s.ids @> r.id GROUP BY s.number) f
        WHERE f.number = s.number""")
    link_seals_anew(cursor)


def link_seals_anew(cursor: Any) -> None:
    """Every seal made to hang on the one before."""
    cursor.execute("""
        DO $$ DECLARE s audit_seal%ROWTYPE; before text := ''; BEGIN
          FOR s IN SELECT * FROM audit_seal ORDER BY number LOOP
            s.previous_hash := before;
            before := audit_seal_hash(s);
            UPDATE audit_seal SET previous_hash = s.previous_hash, hash = before
              WHERE number = s.number;
          END LOOP;
        END $$""")


def grow_older(by: timedelta) -> None:
    """Everything was written and sealed so much earlier, as if nobody had touched it since."""
    with intruder() as cursor:
        cursor.execute("UPDATE audit_auditrow SET at = at - %s, written_at = written_at - %s",
                       [by, by])  # fmt: skip
        cursor.execute("UPDATE audit_seal SET sealed_at = sealed_at - %s", [by])
        write_seals_anew(cursor)


def last_seal() -> Seal:
    return Seal.objects.latest("number")


DAY = timedelta(days=1)


def changes(world: World, count: int, *, by: Actor | None = None, **given: Any) -> list[int]:
    """So many rows, and their ids."""
    before = AuditRow.objects.latest("pk").pk
    for _n in range(count):
        record_change(
            actor=by or system_actor("test"), action="x", subject_type="x", subject_id=None,
            case_id=world.case.pk, now=given.get("now", machine_now()),
        )  # fmt: skip
    return list(AuditRow.objects.filter(pk__gt=before).order_by("pk").values_list("pk", flat=True))


def stretch(*ids: int) -> str:
    return "rows {" + ",".join(f"[{n},{n + 1})" for n in ids) + "}"
