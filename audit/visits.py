"""Looks at one client's information put together into visits: one reader, one sitting.

Done by the database, so that a page of visits reads its own rows and no others, however long the
log is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from audit.models import AuditKind, AuditRow
from audit.services import search_id_of
from audit.shown import Access, accesses_in
from common.actor import Actor

BREAK = timedelta(minutes=30)
"""A reader who shows nothing for longer than this begins another visit."""
LONGEST = timedelta(hours=12)
"""How long a log-in lasts at most, and a visit with it."""
SHOWN = (AuditKind.ACCESS, AuditKind.DISCLOSURE)

# Each look begins a visit or goes on with its reader's; the visits are what lies in between.
_VISITS = """
WITH looks AS ({rows}),
begun AS (
  SELECT id, at, actor, actor_office_id,
    lag(at) OVER reader IS NULL OR extract(epoch FROM at - lag(at) OVER reader) > %s AS begins
  FROM looks WINDOW reader AS (PARTITION BY actor, actor_office_id ORDER BY at, id)
),
numbered AS (
  SELECT id, at, actor, actor_office_id, count(*) FILTER (WHERE begins) OVER (
    PARTITION BY actor, actor_office_id ORDER BY at, id) AS visit
  FROM begun
),
visits AS (
  SELECT array_agg(id ORDER BY at DESC, id DESC) AS ids, max(at) AS ended_at, max(id) AS last_id
  FROM numbered GROUP BY actor, actor_office_id, visit
)
"""


class Visits:
    """Visits, the newest first; each is its looks, the newest first. Nothing is read before asked.

    ``subjects``: the cases and the person they are about.
    """

    def __init__(self, rows: QuerySet[AuditRow], subjects: frozenset[UUID]) -> None:
        self._rows = rows.order_by()
        self._subjects = subjects

    def count(self) -> int:
        """How many visits there are."""
        return int(self._asked("SELECT count(*) FROM visits")[0][0])

    def __getitem__(self, part: slice) -> list[list[Access]]:
        """Some of the visits in a row. Two queries."""
        first = part.start or 0
        found = self._asked(
            "SELECT ids FROM visits ORDER BY ended_at DESC, last_id DESC LIMIT %s OFFSET %s",
            None if part.stop is None else part.stop - first,
            first,
        )
        return self._looks([ids for (ids,) in found])

    def holding(self, number: int) -> list[Access]:
        """The visit in which a look lies; nothing where it is about somebody else."""
        found = self._asked("SELECT ids FROM visits WHERE %s = ANY(ids)", number)
        return self._looks([ids for (ids,) in found])[0] if found else []

    def _asked(self, question: str, *values: Any) -> list[Any]:
        rows, given = self._rows.values(
            "id", "at", "actor", "actor_office_id"
        ).query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(
                _VISITS.format(rows=rows) + question, [*given, BREAK.total_seconds(), *values]
            )
            return list(cursor.fetchall())

    def _looks(self, visits: list[list[int]]) -> list[list[Access]]:
        rows = AuditRow.objects.in_bulk([number for ids in visits for number in ids])
        return [
            [
                access
                for number in ids
                for access in accesses_in(rows[number])
                if access.subject is None or access.subject in self._subjects
            ]
            for ids in visits
        ]


def visits_to(
    subjects: Collection[UUID],
    *,
    excluding: Actor,
    code_hashes: Iterable[str] = (),
    body: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> Visits:
    """Who visited a client's information, in their cases and before, without the one who asks.

    ``subjects``: the cases and the person. ``code_hashes``: also who searched with an identity code
    the person has or had, found or not.
    ``body``: only its readers; from ``since`` to before ``until``.
    """
    codes = [search_id_of(code_hash) for code_hash in code_hashes]
    about = Q(subjects__overlap=list(subjects))
    if codes:
        about |= Q(subject_type="identity_code", subject_id__in=codes)
    rows = AuditRow.objects.filter(about, kind__in=SHOWN).exclude(actor=excluding.label)
    if body:
        rows = rows.filter(actor_body=body)
    if since:
        rows = rows.filter(at__gte=since)
    if until:
        rows = rows.filter(at__lt=until)
    return Visits(rows, frozenset(subjects))


@dataclass(frozen=True, slots=True)
class Place:
    """A look that somebody asks about: its number, and the case and person it was at."""

    number: int
    case_id: UUID
    person_id: UUID

    @property
    def subjects(self) -> frozenset[UUID]:
        return frozenset({self.case_id, self.person_id})


def visits_holding(asked: Collection[Place]) -> dict[Place, list[Access]]:
    """The visits in which some looks lie, of whichever clients; two queries for all of them.

    A search with an identity code is at no case, and stands alone. One that the log has let go, or
    that showed nothing of that client, is not among them.
    """
    rows = AuditRow.objects.in_bulk({place.number for place in asked})
    found = {
        place: rows[place.number]
        for place in asked
        if place.number in rows
        and (not rows[place.number].subjects or place.subjects & {*rows[place.number].subjects})
    }
    near = Q(pk__in=())
    for place, row in found.items():
        if row.subjects:
            near |= Q(
                subjects__overlap=list(place.subjects), actor=row.actor, kind__in=SHOWN,
                actor_office_id=row.actor_office_id,
                at__gte=row.at - LONGEST, at__lte=row.at + LONGEST,
            )  # fmt: skip
    around = list(AuditRow.objects.filter(near).order_by("at", "pk"))
    return {place: _sitting(place, row, around) for place, row in found.items()}


def _sitting(place: Place, row: AuditRow, around: list[AuditRow]) -> list[Access]:
    """The looks of one visit, the newest first: its reader's, without a break between them."""
    if not row.subjects:
        return accesses_in(row)
    reader = (row.actor, row.actor_office_id)
    same = [
        other for other in around
        if (other.actor, other.actor_office_id) == reader and place.subjects & {*other.subjects}
    ]  # fmt: skip
    visit: list[AuditRow] = []
    for other in same:
        if visit and other.at - visit[-1].at > BREAK:
            if row in visit:
                break
            visit = []
        visit.append(other)
    return [
        access
        for one in reversed(visit)
        for access in accesses_in(one)
        if access.subject in place.subjects
    ]
