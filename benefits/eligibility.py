"""The counting of the triggers: one set-based statement over spells and payment periods.

Every figure comes as a parameter from ``statutes``. Counting, as the law and the interface
have it: a period's paid days are its first ``paid_days`` weekdays (Mon-Fri; public holidays
are paid), a calendar day counts once; spells that touch are one run; months run from date to
date from the run's start, to the month's last day where there is no such date. The rules of dates
are functions of the database, with twins in ``common.dates``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from statutes.reader import Law, all_rules, law_on, rule_names


@dataclass(frozen=True, slots=True)
class Finding:
    """One person and one rule on the day asked.

    ``measured`` is paid days, or whole months; ``reached_on`` is None when not met.
    """

    person_id: UUID
    rule: str
    statute: str
    met: bool
    reached_on: date | None
    measured: int


# Gaps that a worker has said do not break the run, with the reason. Only between two spells: an
# entry whose neighbours the register no longer has bridges nothing.
BRIDGES = """
      SELECT h.person_id, h.first, h.last FROM benefits_manualentry h
      WHERE h.kind = 'gap' AND h.withdrawn_at IS NULL
        AND (%(persons)s::uuid[] IS NULL OR h.person_id = ANY(%(persons)s))
        AND EXISTS (SELECT FROM benefits_unemploymentspell s WHERE s.person_id = h.person_id
          AND s.corrected_at IS NULL AND s."start" < h.first AND s."end" >= h.first - 1)
        AND EXISTS (SELECT FROM benefits_unemploymentspell s WHERE s.person_id = h.person_id
          AND s.corrected_at IS NULL AND s."start" <= h.last + 1
          AND (s."end" IS NULL OR s."end" > h.last))"""

# What is counted for each person up to the day asked: paid days, and the run that covers the day.
COUNTED = f"""
asked AS (
  SELECT id, birth_date FROM people_person
  WHERE died_on IS NULL AND (%(persons)s::uuid[] IS NULL OR id = ANY(%(persons)s))
    AND (%(municipalities)s::text[] IS NULL OR municipality_code = ANY(%(municipalities)s))
),
rules AS (
  SELECT * FROM jsonb_to_recordset(%(rules)s::jsonb) AS r(
    name text, unit text, threshold int, age_from int, age_below int, statute text,
    in_force boolean)
),
-- The days each period really paid for, up to the day asked, as ranges; a day counts once.
paid_range AS (
  SELECT person_id, unnest(range_agg(daterange(
    "start", least(nth_weekday(weekdays_to("start" - 1) + paid_days), %(on)s), '[]')))
    AS days
  FROM benefits_paymentperiod
  WHERE corrected_at IS NULL AND basis = 'unemployment' AND benefit = ANY(%(counted)s)
    AND paid_days > 0 AND "start" <= %(on)s
    AND (%(persons)s::uuid[] IS NULL OR person_id = ANY(%(persons)s))
  GROUP BY person_id
),
paid_step AS (
  SELECT person_id, weekdays_to(lower(days) - 1) AS before,
    weekdays_to(upper(days) - 1) - weekdays_to(lower(days) - 1) AS paid,
    sum(weekdays_to(upper(days) - 1) - weekdays_to(lower(days) - 1))
      OVER (PARTITION BY person_id ORDER BY lower(days)) AS total
  FROM paid_range
),
paid AS (SELECT person_id, max(total)::int AS days FROM paid_step GROUP BY person_id),
paid_reached AS (
  SELECT s.person_id, r.name,
    nth_weekday((s.before + r.threshold - (s.total - s.paid))::int) AS day
  FROM paid_step s JOIN rules r
    ON r.unit = 'paid_days' AND s.total >= r.threshold AND s.total - s.paid < r.threshold
),
-- The run of unemployment that covers the day asked. A tolerance joins spells over a gap of
-- that many days, but lengthens no run at its end.
run AS (
  SELECT person_id, lower(days) AS start, upper(days) - %(tolerance)s AS until FROM (
    SELECT person_id, unnest(range_agg(daterange(
      "start", ("end" + 1 + %(tolerance)s)::date, '[)'))) AS days
    FROM (
      SELECT person_id, "start", "end" FROM benefits_unemploymentspell
      WHERE corrected_at IS NULL
        AND (%(persons)s::uuid[] IS NULL OR person_id = ANY(%(persons)s))
      UNION ALL {BRIDGES}) AS spells
    GROUP BY person_id) AS runs
  WHERE lower(days) <= %(on)s
    AND (upper_inf(days) OR upper(days) - %(tolerance)s > %(on)s)
),
months AS (
  SELECT person_id, start, until, full_months(start, %(on)s) AS n FROM run
)"""

_MEASURED = """,
measured AS (
  SELECT a.id, r.*,
    CASE r.unit WHEN 'paid_days' THEN coalesce(p.days, 0) ELSE coalesce(m.n, 0) END AS measured,
    CASE r.unit WHEN 'paid_days' THEN x.day
      ELSE greatest(add_months(m.start, r.threshold), b.day) END AS day,
    r.in_force
      AND (r.age_from IS NULL OR b.day <= %(on)s)
      AND (r.age_below IS NULL OR c.day > %(on)s) AS open
  FROM asked a CROSS JOIN rules r
  LEFT JOIN paid p ON p.person_id = a.id
  LEFT JOIN paid_reached x ON x.person_id = a.id AND x.name = r.name
  LEFT JOIN months m ON m.person_id = a.id
  CROSS JOIN LATERAL (SELECT birthday(a.birth_date, r.age_from) AS day) AS b
  CROSS JOIN LATERAL (SELECT birthday(a.birth_date, r.age_below) AS day) AS c
)
"""

_SQL = f"""WITH {COUNTED}{_MEASURED}
SELECT id, name, CASE WHEN in_force THEN statute ELSE '' END,
  (open AND measured >= threshold) AS met,
  CASE WHEN open AND measured >= threshold THEN day END AS reached_on, measured
FROM measured
WHERE NOT %(only_met)s OR (open AND measured >= threshold)
ORDER BY id, name
"""

# Who meets which rule, for whoever goes on with it in the database.
MET = f"""WITH {COUNTED}{_MEASURED}
SELECT id AS person_id, name AS rule, day AS reached_on FROM measured
WHERE open AND measured >= threshold
"""


def eligibility(
    day: date,
    *,
    tolerance: int = 0,
    persons: Sequence[UUID] | None = None,
    municipalities: Sequence[str] | None = None,
    only_met: bool = False,
    law: Law | None = None,
) -> Iterator[Finding]:
    """Every rule for every person on ``day``, streamed in a fixed order.

    ``tolerance`` is the number of gap days that do not break a run (the statute has none).
    ``persons`` and ``municipalities`` narrow whom it is asked about.
    """
    law = law or law_on(day)
    values = parameters(
        law, tolerance=tolerance, persons=persons, municipalities=municipalities, on=day
    )
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {**values, "only_met": only_met})
        while rows := cursor.fetchmany(5000):
            for row in rows:
                yield Finding(*row)


def parameters(
    law: Law,
    *,
    tolerance: int,
    on: date | None = None,
    persons: Sequence[UUID] | None = None,
    municipalities: Sequence[str] | None = None,
) -> dict[str, Any]:
    """What the statements of the counting are given; asked about the law's day unless ``on``."""
    return {
        "on": on or law.day,
        "tolerance": tolerance,
        "persons": list(persons) if persons is not None else None,
        "municipalities": list(municipalities) if municipalities is not None else None,
        "counted": list(law.counted_benefits) or ["tyomarkkinatuki"],
        "rules": json.dumps(_rules(law)),
    }


def _rules(law: Law) -> list[dict[str, object]]:
    """The rules of the day; one not in force that day is measured all the same, never met."""
    in_force = {rule.name: rule for rule in law.rules}
    some_version = {rule.name: rule for rule in reversed(all_rules())}
    names = dict.fromkeys([*rule_names(), *in_force])
    return [
        {
            "name": name,
            "unit": rule.unit.value,
            "threshold": rule.threshold,
            "age_from": rule.age_from,
            "age_below": rule.age_below,
            "statute": rule.statute,
            "in_force": name in in_force,
        }
        for name in names
        for rule in [in_force.get(name) or some_version[name]]
    ]
