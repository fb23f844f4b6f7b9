"""What waits for a worker, asked in one statement: through the gate once, counted and in order."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from psycopg import Cursor

from cases.access import places_taken, standings_of
from common.clock import day_of, start_of
from common.inbox import LOOKS_AHEAD_DAYS, InboxPlace
from inbox.gate import seen
from inbox.rules import COLUMNS, waiting
from people.selectors import towns_on
from people.services.life import undo_days
from records.selectors import Reading
from statutes.reader import law_on

RECENT = timedelta(days=30)
"""How long a note that nobody opened is still news."""
_COLUMNS = ", ".join(COLUMNS)
# Of what is new a client's words and what others wait for come before what has only happened.
_FIRST_OF_NEW = "array_position(ARRAY['clients', 'answer', 'law', 'actions', 'happened'], tab)"
_ORDER = (
    f"CASE WHEN grp = 3 THEN {_FIRST_OF_NEW} END,"
    " CASE WHEN grp IN (2, 4, 5) THEN due_on END NULLS LAST, since NULLS LAST, subject_id"
)
# A thing that is the reader's and a covered colleague's stands once, as the reader's own; and of
# what is told whatever is open, the row that tells more.
_ONCE = f"""
, once AS (SELECT DISTINCT ON (kind, subject_id, party) {_COLUMNS} FROM seen
  ORDER BY kind, subject_id, party, user_id IS DISTINCT FROM %(user)s, category = '', grp),
counted AS (SELECT place, grp, tab, party, count(*) AS n, min(since) AS oldest
  FROM once GROUP BY place, grp, tab, party),
counts AS (SELECT jsonb_build_object('leads', EXISTS (SELECT FROM led), 'counts', coalesce(
  jsonb_agg(jsonb_build_array(place, grp, tab, party, n, oldest)), '[]')) AS told FROM counted)"""
_COUNT = "SELECT told FROM counts"
_FIRST = f"""
, numbered AS (SELECT *, row_number() OVER (PARTITION BY place, grp ORDER BY {_ORDER}) AS nth
  FROM once WHERE place IN ('list', 'meetings', 'good'))
SELECT told, {_COLUMNS} FROM counts LEFT JOIN numbered ON nth <= %(each)s
ORDER BY place, grp, nth"""
_LISTED = f"""
, numbered AS (SELECT *, row_number() OVER (ORDER BY grp, {_ORDER}) AS nth FROM once
  WHERE place = %(place)s AND tab = ANY(%(tabs)s) AND grp = ANY(%(groups)s)
  AND (%(party)s = '' OR party = %(party)s OR %(party)s = 'any' AND party <> ''))
SELECT told, {_COLUMNS} FROM counts LEFT JOIN numbered ON nth > %(after)s AND nth <= %(until)s
ORDER BY nth"""


class Row(NamedTuple):
    """One thing that waits, as the statement gives it: in the order of ``COLUMNS``."""

    kind: str
    tab: str
    place: str
    group: int
    case_id: UUID | None
    person_id: UUID | None
    subject_id: UUID
    user_id: UUID | None
    party: str
    since: datetime | None
    due_on: Any
    category: str
    recorded_for: str
    document: UUID | None
    facts: dict[str, Any]


class InboxCount(NamedTuple):
    """How many things of one sort wait, and since when the oldest."""

    place: str
    group: int
    tab: str
    party: str
    n: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a statement found: rows in order, every count, and whom the reader stands in for.

    ``in_cases``: the cases they are in; ``on_team``: those on whose team they are. ``leads``:
    whether they lead an office.
    """

    rows: list[Row]
    counts: list[InboxCount]
    covered: dict[UUID, UUID]
    in_cases: frozenset[UUID]
    on_team: frozenset[UUID]
    leads: bool


def first_of_each(reading: Reading, *, each: int) -> Found:
    """The first of each group of the list, of the meetings and of the good news."""
    return _ask(reading, _FIRST, each=each)


def page_of(
    reading: Reading,
    *,
    tabs: Sequence[str],
    groups: Sequence[int],
    place: InboxPlace = InboxPlace.LIST,
    party: str = "",
    after: int,
    until: int,
) -> Found:
    """Some rows of one place, those after ``after`` to ``until``; ``party``: whoever waits."""
    return _ask(
        reading, _LISTED, tabs=list(tabs), groups=list(groups), place=place.value, party=party,
        after=after, until=until,
    )  # fmt: skip


def counts_of(reading: Reading) -> list[InboxCount]:
    """How many of each sort wait."""
    return _ask(reading, _COUNT).counts


def _ask(reading: Reading, tail: str, **values: Any) -> Found:
    actor, now = reading.actor, reading.now
    standings = standings_of(actor, now=now)
    absent, covered = places_taken(actor, now=now)
    today = day_of(now)
    law = law_on(today)
    gated, gate_values = seen(reading.grounds)
    found = _execute(
        waiting() + gated + _ONCE + tail,
        {
            "cases": [one.case_id for one in standings],
            "on_team": [one.on_team for one in standings],
            "manages": [one.manages for one in standings],
            "is_open": [one.is_open for one in standings],
            "stands_for": [covered.get(one.case_id) for one in standings],
            "users": [actor.writer_id, *absent],
            "user": actor.writer_id,
            "own_person": actor.own_person_id,
            "name": actor.name,
            "label": actor.label,
            "body": actor.working_body.value,
            "office": actor.working_office_id,
            "network": actor.working_network_id,
            "here": list(towns_on(today).codes_of(actor.working_network_id)),
            "now": now,
            "today": today,
            "week": today + timedelta(days=7),
            "horizon": today + timedelta(days=LOOKS_AHEAD_DAYS),
            "midnight": start_of(today),
            "week_ends": start_of(today + timedelta(days=8)),
            "recently": now - RECENT,
            "emergencies": now - timedelta(days=law.figure("emergency_flag_days").value),
            "lives": now - timedelta(days=undo_days(now) + 1),
            **values,
            **gate_values,
        },
    )
    told = _json(found[0][0])
    counts = [
        InboxCount(place, group, tab, party, n, _moment(oldest))
        for place, group, tab, party, n, oldest in told["counts"]
    ]
    rows = [
        Row._make([*row[1:-1], _json(row[-1]) or {}]) for row in found if len(row) > 1 and row[1]
    ]
    on_team = frozenset(one.case_id for one in standings if one.on_team)
    in_cases = frozenset(one.case_id for one in standings)
    return Found(rows, counts, covered, in_cases, on_team, told["leads"])


def _execute(sql: str, values: dict[str, Any]) -> list[Any]:
    """Ask, planned once a connection: to plan so many parts takes longer than to answer them.

    The driver prepares what it sends with the values beside it, as Django's own cursors do not. A
    pool that lends connections by the transaction (PgBouncer from 1.22) follows that; a PREPARE
    written out it would not.
    """
    connection.ensure_connection()
    as_cursor = (
        connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    )
    with as_cursor(Cursor(connection.connection)) as cursor:  # type: ignore[arg-type]
        cursor.execute(sql, values)
        found: list[Any] = cursor.fetchall()
    return found


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
