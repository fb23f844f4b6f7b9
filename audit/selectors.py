"""Reads of the log, and the check that nobody has tampered with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from audit.models import AuditKind, AuditRow
from audit.services import search_id_of
from common.actor import Actor


def accesses_of_case(
    case_id: UUID, *, excluding: Actor, code_hashes: Iterable[str] = ()
) -> QuerySet[AuditRow]:
    """Who looked at a case, newest first, without the one who asks.

    ``code_hashes``: also who searched with an identity code the person has or had, found or not.
    """
    codes = [search_id_of(code_hash) for code_hash in code_hashes]
    about = Q(case_id=case_id)
    if codes:
        about |= Q(subject_type="identity_code", subject_id__in=codes)
    return (
        AuditRow.objects.filter(about, kind=AuditKind.ACCESS)
        .exclude(actor=excluding.label)
        .order_by("-at", "-pk")
    )


def changes_of_case(case_id: UUID) -> QuerySet[AuditRow]:
    """What was changed in a case, newest first: codes and ids, no content."""
    return AuditRow.objects.filter(case_id=case_id, kind=AuditKind.CHANGE).order_by("-at", "-pk")


class Tampering(StrEnum):
    """What a chain's rows can tell of somebody who wrote past the log's own rules."""

    CHANGED = "changed"
    REMOVED = "removed"
    NOT_LINKED = "not_linked"
    END_DIFFERS = "end_differs"


@dataclass(frozen=True, slots=True)
class ChainFault:
    """One place where a chain does not hold: which chain, at which row, in what way."""

    chain: str
    seq: int
    what: Tampering


# A row's own hash, its place after the row before it, and that row's hash. Where rows have
# expired, the checkpoint stands for the last of them.
_ROWS = """
WITH expired AS (
  SELECT DISTINCT ON (chain) chain, seq, hash FROM audit_checkpoint ORDER BY chain, seq DESC
), linked AS (
  SELECT r.chain, r.seq, r.hash, r.previous_hash, audit_digest(r) AS digest,
    lag(r.seq) OVER w AS seq_before, lag(r.hash) OVER w AS hash_before
  FROM audit_auditrow r WINDOW w AS (PARTITION BY r.chain ORDER BY r.seq)
), judged AS (
  SELECT l.chain, l.seq, l.hash <> l.digest AS changed,
    l.seq <> coalesce(l.seq_before, e.seq, 0) + 1 AS removed,
    l.previous_hash <> coalesce(l.hash_before, e.hash, '') AS not_linked
  FROM linked l LEFT JOIN expired e ON e.chain = l.chain
), ends AS (
  SELECT coalesce(h.chain, last.chain) AS chain, coalesce(last.seq, 0) AS seq,
    h.seq IS DISTINCT FROM last.seq OR h.hash IS DISTINCT FROM last.hash AS end_differs
  FROM audit_chainhead h FULL JOIN (
    SELECT DISTINCT ON (chain) chain, seq, hash
    FROM (SELECT chain, seq, hash FROM audit_auditrow
          UNION ALL SELECT chain, seq, hash FROM expired) known
    ORDER BY chain, seq DESC
  ) last ON last.chain = h.chain
)
SELECT chain, seq, CASE WHEN changed THEN 'changed' WHEN removed THEN 'removed'
  ELSE 'not_linked' END FROM judged WHERE changed OR removed OR not_linked
UNION ALL SELECT chain, seq, 'end_differs' FROM ends WHERE end_differs
ORDER BY 1, 2
"""


def find_tampering() -> Iterator[ChainFault]:
    """Every place where the log was changed, or had rows removed, inserted or reordered.

    Reads the whole log. Nobody can tell so a log that somebody with the owner's rights wrote
    anew from end to end: for that, keep :func:`chain_fingerprint` elsewhere and compare.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ROWS)
        for chain, seq, what in cursor.fetchall():
            yield ChainFault(chain, seq, Tampering(what))


def chain_fingerprint() -> tuple[int, str]:
    """How many chains there are, and one hash of all their ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), encode(sha256(convert_to(coalesce("
            "string_agg(chain || ' ' || seq || ' ' || hash, ';' ORDER BY chain COLLATE \"C\"),"
            " ''), 'UTF8')), 'hex') FROM audit_chainhead"
        )
        chains, digest = cursor.fetchone()
    return int(chains), str(digest)
