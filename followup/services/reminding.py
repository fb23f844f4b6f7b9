"""The night's making and ending of reminders, set by set; running it twice changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from common.actor import Actor
from common.reminders import DueRule
from followup.models.reminder import OF_NO_CASE
from followup.rules import BESIDE_CASES, all_rules, rules_in
from people.models import Network
from statutes.reader import all_figures, law_on

FIRST_OF_ALL, LAST_OF_ALL = UUID(int=0), UUID(int=(1 << 128) - 1)


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many reminders were raised, raised again, and ended."""

    raised: int
    ended: int


# What every rule may ask from: the cases of the range, as they stand.
_GIVEN = """
WITH plan_law AS (
  SELECT * FROM jsonb_to_recordset(%(plan_due)s::jsonb)
    AS f(value int, valid_from date, valid_to date)
),
rule AS (
  SELECT * FROM jsonb_to_recordset(%(rules)s::jsonb)
    AS r(network uuid, kind text, notice int, days int, leader_after int, director_after int)
),
allowed AS (SELECT network, kind, days FROM rule WHERE days IS NOT NULL),
open_case AS MATERIALIZED (
  SELECT c.id, c.network_id AS network, c.person_id AS person, c.started_on, c.opened_at,
    t.user_id AS manager, p.user_id AS client
  FROM cases_case c
  JOIN cases_teammembership t ON t.case_id = c.id AND t.role = 'case_manager' AND t.until IS NULL
  JOIN people_person p ON p.id = c.person_id
  WHERE c.ended_at IS NULL AND c.id BETWEEN %(first)s AND %(last)s
),
ended_case AS (
  SELECT c.id, c.network_id AS network, p.user_id AS client
  FROM cases_case c JOIN people_person p ON p.id = c.person_id
  WHERE c.state = 'follow_up' AND c.id BETWEEN %(first)s AND %(last)s
),
standing AS (
  SELECT p.user_id, p.role, p.leads, p.office_id, coalesce(p.network_id, o.network_id) AS network,
    o.body
  FROM people_position p LEFT JOIN people_office o ON o.id = p.office_id WHERE p.until IS NULL
),
due (kind, case_id, subject_id, due_on, worker, client) AS (
"""
# A rule's own network decides its figures; what is about no client goes by its worker's network.
# Late, it goes up: to whoever leads the worker's office, then to the director and their
# deputy.
_WANTED = """
),
ready AS (
  SELECT d.*, r.leader_after, r.director_after, w.office_id, coalesce(c.network, w.network) AS net
  FROM due d
  LEFT JOIN (SELECT id, network FROM open_case UNION ALL SELECT id, network FROM ended_case) c
    ON c.id = d.case_id
  LEFT JOIN standing w ON w.user_id = d.worker
  JOIN rule r ON r.network = coalesce(c.network, w.network) AND r.kind = d.kind
  WHERE d.due_on - r.notice <= %(on)s
),
named AS (
  SELECT kind, case_id, subject_id, due_on, worker AS user_id, 0 AS level, NULL::uuid AS about
  FROM ready WHERE worker IS NOT NULL
  UNION ALL
  SELECT kind, case_id, subject_id, due_on, client, 0, NULL FROM ready WHERE client IS NOT NULL
  UNION ALL
  SELECT r.kind, r.case_id, r.subject_id, r.due_on, l.user_id, 1, r.worker
  FROM ready r JOIN standing l ON l.office_id = r.office_id AND l.leads
  WHERE r.worker IS NOT NULL AND l.user_id <> r.worker AND r.due_on + r.leader_after < %(on)s
  UNION ALL
  SELECT r.kind, r.case_id, r.subject_id, r.due_on, l.user_id, 2, r.worker
  FROM ready r JOIN standing l ON l.network = r.net AND l.role IN ('director', 'deputy')
  WHERE r.worker IS NOT NULL AND r.due_on + r.director_after < %(on)s
),
wanted AS MATERIALIZED (
  SELECT DISTINCT ON (kind, subject_id, due_on, user_id) *
  FROM named ORDER BY kind, subject_id, due_on, user_id, level
),
standing_ones AS MATERIALIZED (
  SELECT r.id, r.kind, r.subject_id, r.due_on, r.for_user_id FROM followup_reminder r
  WHERE r.ended_on IS NULL AND {range}
),
-- One that ended too early (a case manager who came back, an action opened again) stands again
-- rather than being made a second time.
raised AS (
  INSERT INTO followup_reminder AS mine
    (id, kind, case_id, subject_id, due_on, for_user_id, level, about_id, raised_on)
  SELECT gen_random_uuid(), w.kind, w.case_id, w.subject_id, w.due_on, w.user_id, w.level,
    w.about, %(on)s
  FROM wanted w WHERE NOT EXISTS (SELECT FROM standing_ones r
    WHERE (r.kind, r.subject_id, r.due_on, r.for_user_id)
      = (w.kind, w.subject_id, w.due_on, w.user_id))
  ON CONFLICT (kind, subject_id, due_on, for_user_id) DO UPDATE SET ended_on = NULL
    WHERE mine.ended_on IS NOT NULL
  RETURNING 1
),
ended AS (
  UPDATE followup_reminder r SET ended_on = greatest(%(on)s, r.raised_on)
  FROM standing_ones s WHERE s.id = r.id AND NOT EXISTS (SELECT FROM wanted w
    WHERE (w.kind, w.subject_id, w.due_on, w.user_id)
      = (s.kind, s.subject_id, s.due_on, s.for_user_id))
  RETURNING 1
)
SELECT (SELECT count(*) FROM raised), (SELECT count(*) FROM ended)
"""
_OF_CASES = "r.case_id BETWEEN %(first)s AND %(last)s"
_BESIDE_CASES = f"r.kind IN ({', '.join(repr(kind.value) for kind in OF_NO_CASE)})"


@transaction.atomic
def remind(
    *, actor: Actor, on: date, first: UUID = FIRST_OF_ALL, last: UUID = LAST_OF_ALL
) -> Reminded:
    """Bring the reminders of the cases from ``first`` to ``last`` to what is due on the day.

    The missing are raised, those without cause ended. ``actor`` is the named system actor of the
    night. Idempotent: a second run on the same day raises and ends nothing. One statement for any
    number of cases.
    """
    assert actor.kind == "system"
    return _bring(all_rules(), _OF_CASES, on, first, last)


@transaction.atomic
def remind_beside_cases(*, actor: Actor, on: date) -> Reminded:
    """The same for what is about no case: covers, and what waits before a case."""
    assert actor.kind == "system"
    return _bring(BESIDE_CASES, _BESIDE_CASES, on, FIRST_OF_ALL, LAST_OF_ALL)


def statement(rules: Iterable[DueRule], of: str = _OF_CASES) -> str:
    """The one statement that asks all the rules and writes what follows."""
    asked = "\n  UNION ALL".join(
        f"\n  SELECT '{rule.kind}', q.* FROM ({rule.sql}\n  ) q" for rule in rules
    )
    return _GIVEN + asked + _WANTED.format(range=of)


def values_on(on: date, first: UUID, last: UUID) -> dict[str, Any]:
    """What :func:`statement` is asked with on a day."""
    figures = [
        {"value": f.value, "valid_from": f.valid_from, "valid_to": f.valid_to}
        for f in all_figures()
        if f.name == "plan_due_months"
    ]
    decided = [
        {
            "network": str(one.network),
            "kind": one.rule.kind.value,
            "notice": one.notice,
            "days": one.allowed,
            "leader_after": one.leader_after,
            "director_after": one.director_after,
        }
        for one in rules_in(list(Network.objects.order_by("pk").values_list("pk", flat=True)))
        if one.is_on
    ]
    return {
        "on": on,
        "first": first,
        "last": last,
        "consent_days": law_on(on).figure("consent_request_reminder_days").value,
        "plan_due": json.dumps(figures, default=str),
        "rules": json.dumps(decided),
    }


def _bring(rules: Iterable[DueRule], of: str, on: date, first: UUID, last: UUID) -> Reminded:
    with connection.cursor() as cursor:
        cursor.execute(statement(rules, of), values_on(on, first, last))
        raised, ended = cursor.fetchone()
    return Reminded(raised=raised, ended=ended)
