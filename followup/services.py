"""The night's making and ending of reminders, set by set; running it twice changes nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from common.actor import Actor
from common.ids import new_id
from statutes.reader import all_figures, law_on

__all__ = ["Reminded", "remind"]

REVIEW_NOTICE_DAYS = 30


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many reminders were raised, raised again, and ended."""

    raised: int
    ended: int


# Who is to be reminded of what, on the day. A reminder goes to the present case manager (or
# the action's owner) and, where it concerns them, to the client's own user.
_DUE = """
WITH law AS (
  SELECT * FROM jsonb_to_recordset(%(plan_due)s::jsonb)
    AS f(value int, valid_from date, valid_to date)
),
open_case AS (
  SELECT c.id, c.started_on, t.user_id AS manager, p.user_id AS client
  FROM cases_case c
  JOIN cases_teamterm t ON t.case_id = c.id AND t.role = 'case_manager' AND t.until IS NULL
  JOIN people_person p ON p.id = c.person_id
  WHERE c.ended_at IS NULL
),
in_force AS (
  SELECT id, case_id, review_due_on FROM caseplan_planversion
  WHERE in_force_at IS NOT NULL AND replaced_at IS NULL
),
due AS (
  SELECT 'plan_due' AS kind, c.id AS case_id, c.id AS subject_id,
    (c.started_on + make_interval(months => l.value))::date AS due_on, c.manager, c.client
  FROM open_case c JOIN law l
    ON c.started_on >= l.valid_from AND (l.valid_to IS NULL OR c.started_on <= l.valid_to)
  WHERE c.started_on <= %(on)s AND NOT EXISTS (SELECT FROM in_force v WHERE v.case_id = c.id)
  UNION ALL
  SELECT 'review_due', c.id, v.id, v.review_due_on, c.manager, c.client
  FROM open_case c JOIN in_force v ON v.case_id = c.id
  WHERE v.review_due_on <= %(on)s + %(notice)s
  UNION ALL
  SELECT 'action_overdue', c.id, a.id, a.due_on,
    CASE WHEN a.owner_party = 'client' THEN NULL ELSE a.owner_id END,
    CASE WHEN a.owner_party = 'client' THEN c.client END
  FROM open_case c JOIN caseplan_action a ON a.case_id = c.id
  WHERE a.state IN ('planned', 'in_progress', 'waiting') AND a.due_on < %(on)s
  UNION ALL
  -- A request the client has not answered: the client and the one who asked, if still on the team.
  SELECT 'consent_asked', c.id, q.id,
    (q.asked_at AT TIME ZONE 'Europe/Helsinki')::date + %(consent_days)s,
    (SELECT t.user_id FROM cases_teamterm t
      WHERE t.case_id = c.id AND t.user_id = q.asked_by_id AND t.until IS NULL),
    c.client
  FROM open_case c JOIN consent_consentrequest q ON q.case_id = c.id
  WHERE q.closed_at IS NULL
    AND (q.asked_at AT TIME ZONE 'Europe/Helsinki')::date + %(consent_days)s <= %(on)s
),
wanted AS (
  SELECT kind, case_id, subject_id, due_on, manager AS user_id FROM due WHERE manager IS NOT NULL
  UNION SELECT kind, case_id, subject_id, due_on, client FROM due WHERE client IS NOT NULL
)
"""

_END = (
    _DUE
    + """
UPDATE followup_reminder r SET ended_on = greatest(%(on)s, r.raised_on)
WHERE r.ended_on IS NULL AND NOT EXISTS (
  SELECT FROM wanted w WHERE (w.kind, w.subject_id, w.due_on, w.user_id)
    = (r.kind, r.subject_id, r.due_on, r.for_user_id))
"""
)

_MISSING = (
    _DUE
    + """
SELECT w.kind, w.case_id, w.subject_id, w.due_on, w.user_id FROM wanted w
WHERE NOT EXISTS (SELECT FROM followup_reminder r
  WHERE (r.kind, r.subject_id, r.due_on, r.for_user_id)
    = (w.kind, w.subject_id, w.due_on, w.user_id) AND r.ended_on IS NULL)
ORDER BY w.case_id, w.subject_id, w.user_id
"""
)

# A reminder that ended too early (a case manager who came back, an action opened again)
# stands again rather than being made a second time.
_RAISE = """
INSERT INTO followup_reminder (id, kind, case_id, subject_id, due_on, for_user_id, raised_on)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (kind, subject_id, due_on, for_user_id) DO UPDATE SET ended_on = NULL
"""


@transaction.atomic
def remind(*, actor: Actor, on: date) -> Reminded:
    """Bring the reminders to what is due on the day: raise the missing, end those without cause.

    ``actor`` is the named system actor of the night. Idempotent: a second run on the same day
    raises and ends nothing.
    """
    assert actor.kind == "system"
    figures = [
        {"value": f.value, "valid_from": f.valid_from, "valid_to": f.valid_to}
        for f in all_figures()
        if f.name == "plan_due_months"
    ]
    values: dict[str, str | date | int] = {
        "on": on,
        "notice": REVIEW_NOTICE_DAYS,
        "consent_days": law_on(on).figure("consent_request_reminder_days").value,
        "plan_due": json.dumps(figures, default=str),
    }
    with connection.cursor() as cursor:
        cursor.execute(_END, values)
        ended = cursor.rowcount
        cursor.execute(_MISSING, values)
        missing = cursor.fetchall()
        cursor.executemany(_RAISE, [(new_id(), *row, on) for row in missing])
    return Reminded(raised=len(missing), ended=ended)
