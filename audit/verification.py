"""Whether the log still is what was sealed: every place where it is not, and in what way.

Reads the log, its seals and the signed heads, and needs no right and no key but the public one. A
seal says what its rows were; the seal after it says what it was; and somebody who writes all of
them anew is told by the heads that were signed outside the database (``audit.heads``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import connection

from audit import heads
from audit.models import Seal

LATE = timedelta(hours=1)
"""Whoever logs in writes within the hour of what they did: a request ends sooner."""
JITTER = timedelta(minutes=5)
"""By so much the database's clock may go back between two rows."""
SEALED_WITHIN = SIGNED_WITHIN = timedelta(days=2)
"""So long sealing and signing may stand still, a weekend's trouble, before it is a fault."""
NIGHTS = 30
"""In so many nights every row under an older seal has been read again."""
_SEALS_AT_ONCE = 50


class Tampering(StrEnum):
    """What was done to the log by somebody who wrote past its own rules."""

    ROWS_CHANGED = "rows_changed"
    ROWS_REMOVED = "rows_removed"
    ROWS_ADDED = "rows_added"
    BACK_DATED = "back_dated"
    NOT_SEALED = "not_sealed"
    SEAL_CHANGED = "seal_changed"
    SEAL_REMOVED = "seal_removed"
    SEAL_NOT_LINKED = "seal_not_linked"
    END_CUT = "end_cut"
    CHAIN_REPLACED = "chain_replaced"
    HEAD_FORGED = "head_forged"
    NOT_SIGNED = "not_signed"


@dataclass(frozen=True, slots=True)
class LogFault:
    """One place where the log does not hold: under which seal, what, and which rows.

    ``seal`` is None where no seal holds the rows. ``rows`` are ids, or the line of a head.
    """

    seal: int | None
    what: Tampering
    rows: str = ""

    def __str__(self) -> str:
        place = f"seal {self.seal}" if self.seal is not None else "under no seal"
        return f"{place}: {self.what}" + (f", {self.rows}" if self.rows else "")


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification found, and over how much: the last seal, and how many rows were read."""

    faults: list[LogFault]
    number: int
    hash: str
    rows: int
    rows_read: int


# Of each seal: does it hang on the one before, is it what was sealed?
_SEALS = """
SELECT s.number, s.hash <> audit_seal_hash(s), s.number <> coalesce(before.number, 0) + 1,
  s.previous_hash <> coalesce(before.hash, ''),
  s.laid_down AND (NOT %(demo)s OR NOT coalesce(before.laid_down, true))
FROM audit_seal s LEFT JOIN LATERAL (
  SELECT * FROM audit_seal b WHERE b.number < s.number ORDER BY b.number DESC LIMIT 1
) before ON true
ORDER BY s.number
"""

# Of each of some seals what its rows are now. Back-dated is a row that says it was written before
# one that has a lower id: ids are given in the order of writing, but for a moment.
_ROWS = """
WITH seals AS (
  SELECT s.*, coalesce(before.top, 0) AS top_before, before.last_at AS last_before
  FROM audit_seal s LEFT JOIN audit_seal before ON before.number = s.number - 1
  WHERE s.number = ANY(%(numbers)s)
), held AS (
  SELECT s.number, s.laid_down, s.top_before, s.last_before, s.sealed_at,
    r.id, r.at, r.written_at, r.actor, audit_digest(r) AS digest,
    max(r.written_at) OVER (PARTITION BY s.number ORDER BY r.id) AS latest
  FROM seals s JOIN audit_auditrow r
    ON r.id >= lower(s.ids) AND r.id < upper(s.ids) AND s.ids @> r.id
), found AS (
  SELECT number, count(*) AS row_count, range_agg(int8range(id, id, '[]')) AS ids,
    min(written_at) AS first_at, max(written_at) AS last_at,
    encode(sha256(convert_to(string_agg(digest, '' ORDER BY id), 'UTF8')), 'hex') AS digest,
    range_agg(int8range(id, id, '[]')) FILTER (WHERE NOT laid_down AND (
      written_at < latest - %(jitter)s
      OR (id > top_before AND written_at < last_before - %(jitter)s)
      OR written_at > sealed_at
      OR ((actor LIKE 'user:%%' OR actor LIKE 'machine:%%') AND (
        at < written_at - %(late)s OR (%(clock_is_right)s AND at > written_at + %(late)s)))
    )) AS back_dated
  FROM held GROUP BY number
)
SELECT s.number, s.sealed_at < audit_kept_from(clock_timestamp()), coalesce(f.row_count, 0),
  (s.ids - coalesce(f.ids, '{}'))::text,
  f.digest IS DISTINCT FROM s.digest OR f.row_count <> s.row_count
    OR f.first_at <> s.first_at OR f.last_at <> s.last_at,
  coalesce(f.back_dated, '{}')::text
FROM seals s LEFT JOIN found f ON f.number = s.number ORDER BY s.number
"""

# Rows under none of the seals, though they lie where some seals took all there were, and nobody
# waited any more for one that came later.
_ADDED = """
SELECT s.number, range_agg(int8range(r.id, r.id, '[]'))::text
FROM audit_seal s LEFT JOIN audit_seal before ON before.number = s.number - 1
JOIN audit_auditrow r ON r.id > coalesce(before.top, 0) AND r.id <= s.top
WHERE s.number = ANY(%(numbers)s) AND s.top <= audit_given_up(clock_timestamp())
  AND NOT EXISTS (SELECT FROM audit_seal other WHERE other.ids @> r.id)
GROUP BY s.number ORDER BY s.number
"""

_WAITING = """
SELECT range_agg(int8range(r.id, r.id, '[]'))::text FROM audit_auditrow r
WHERE r.id > coalesce((SELECT max(top) FROM audit_seal), 0)
  AND r.written_at < clock_timestamp() - %(within)s
"""


def verify(*, whole: bool, on: date, now: datetime) -> Verified:
    """Verify the log against its seals, and the seals against the signed heads.

    Every seal is looked at each time. Of the rows, those sealed since the last head was signed, and
    of the older ones a part that changes from night to night (``on``); ``whole``: all of them.
    """
    known = heads.read()
    begins = 0 if whole or known.last is None else known.last.number
    seals = list(Seal.objects.order_by("number").values_list("number", "hash", "row_count"))
    numbers = [
        number
        for number, *_rest in seals
        if number > begins or number % NIGHTS == on.toordinal() % NIGHTS
    ]
    faults = list(_seals())
    faults += _against(known, {number: digest for number, digest, _count in seals}, now=now)
    rows_read = 0
    for first in range(0, len(numbers), _SEALS_AT_ONCE):
        found, count = _rows_under(numbers[first : first + _SEALS_AT_ONCE])
        faults += found
        rows_read += count
    faults += _not_sealed()
    number, digest = seals[-1][:2] if seals else (0, "")
    return Verified(faults, number, digest, sum(row[2] for row in seals), rows_read)


def _seals() -> Iterator[LogFault]:
    """What is wrong with the seals themselves."""
    with connection.cursor() as cursor:
        cursor.execute(_SEALS, {"demo": settings.DEMO})
        for number, changed, removed, not_linked, laid_down in cursor.fetchall():
            if removed:
                yield LogFault(number, Tampering.SEAL_REMOVED)
            elif not_linked:
                yield LogFault(number, Tampering.SEAL_NOT_LINKED)
            if changed:
                yield LogFault(number, Tampering.SEAL_CHANGED)
            if laid_down:
                yield LogFault(number, Tampering.BACK_DATED, "said to be an artificial past")


def _against(known: heads.Heads, seals: dict[int, str], *, now: datetime) -> Iterator[LogFault]:
    """Where the seals are not those that were signed."""
    if known.forged_at is not None:
        yield LogFault(None, Tampering.HEAD_FORGED, f"line {known.forged_at} of the heads")
    last = max(seals, default=0)
    cut = False
    for head in known.to_be_compared():
        if head.number and seals.get(head.number) == head.hash:
            continue
        if head.number > last:
            cut = True
        elif head.number:
            yield LogFault(head.number, Tampering.CHAIN_REPLACED, f"head of {head.at}")
    if cut:
        yield LogFault(last, Tampering.END_CUT, f"signed up to seal {known.lines[-1].number}")
    oldest = Seal.objects.order_by("number").values_list("sealed_at", flat=True).first()
    waits_since = known.last.moment if known.last else oldest
    if waits_since is not None and waits_since < now - SIGNED_WITHIN:
        yield LogFault(None, Tampering.NOT_SIGNED, f"since {waits_since:%Y-%m-%d %H:%M}")


def _rows_under(numbers: Collection[int]) -> tuple[list[LogFault], int]:
    """What is wrong with the rows under some seals, and how many rows were read."""
    faults: list[LogFault] = []
    read = 0
    values: dict[str, Any] = {
        "numbers": list(numbers), "jitter": JITTER, "late": LATE,
        "clock_is_right": not settings.DAYS_AHEAD_FILE,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, values)
        for number, is_old, count, missing, changed, back_dated in cursor.fetchall():
            read += count
            if not count and is_old:
                continue  # past its years
            if missing != "{}":
                faults.append(LogFault(number, Tampering.ROWS_REMOVED, f"rows {missing}"))
            elif changed:
                faults.append(LogFault(number, Tampering.ROWS_CHANGED))
            if back_dated != "{}":
                faults.append(LogFault(number, Tampering.BACK_DATED, f"rows {back_dated}"))
        cursor.execute(_ADDED, values)
        faults += [
            LogFault(number, Tampering.ROWS_ADDED, f"rows {added}")
            for number, added in cursor.fetchall()
        ]
    return faults, read


def _not_sealed() -> Iterator[LogFault]:
    with connection.cursor() as cursor:
        values: dict[str, Any] = {"within": SEALED_WITHIN}
        cursor.execute(_WAITING, values)
        (waiting,) = cursor.fetchone()
    if waiting:
        yield LogFault(None, Tampering.NOT_SEALED, f"rows {waiting}")
