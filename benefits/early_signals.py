"""The early signals: one set-based statement over the registers. They only ever advise.

Every threshold comes from ``statutes`` (``early-signals.toml``). Each signal has a day it was
reached on that stays the same while the facts do: a person who was dismissed stays so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from benefits.models import Benefit
from statutes.reader import Law


@dataclass(frozen=True, slots=True)
class SignalFinding:
    """One person and one signal: since when, and its measure (payers, days or times)."""

    person_id: UUID
    signal: str
    reached_on: date
    measured: int


SIGNALS = f"""
WITH threshold AS (
  SELECT * FROM jsonb_to_recordset(%(signals)s::jsonb) AS s(name text, payers int,
    within_days int, shown_days int, days int, within_years int, now_within_days int, times int)
),
period AS (
  SELECT person_id, benefit, basis, "start", "end", paid_days FROM benefits_paymentperiod
  WHERE corrected_at IS NULL AND "start" <= %(on)s
    AND (%(persons)s::uuid[] IS NULL OR person_id = ANY(%(persons)s))
),
-- Benefits from so many different payers in the calendar year of the day asked (ADR 0010).
many_benefits AS (
  SELECT person_id, 'many_benefits' AS name, first AS reached_on, n AS measured FROM (
    SELECT person_id, first, count(*) OVER (PARTITION BY person_id) AS n,
      row_number() OVER (PARTITION BY person_id ORDER BY first, payer) AS number
    FROM (
      SELECT person_id, payer, min(greatest("start", date_trunc('year', %(on)s::date)::date))
        AS first
      FROM period JOIN jsonb_to_recordset(%(payers)s::jsonb) AS y(benefit text, payer text)
        USING (benefit)
      WHERE "end" >= date_trunc('year', %(on)s::date)::date
      GROUP BY person_id, payer) AS by_payer) AS numbered
  JOIN threshold t ON t.name = 'many_benefits' AND number = t.payers
),
-- Sickness allowance ended, and soon after it subsidy or basic allowance for unemployment.
sickness_end AS (
  SELECT person_id, upper(days) - 1 AS day FROM (
    SELECT person_id, unnest(range_agg(daterange("start", "end", '[]'))) AS days
    FROM period WHERE benefit = '{Benefit.SICKNESS.value}' GROUP BY person_id) AS stretches
  WHERE upper(days) - 1 < %(on)s
),
back_from_sickness AS (
  SELECT DISTINCT ON (person_id) person_id, 'back_from_sickness' AS name,
    back AS reached_on, back - day AS measured
  FROM (
    SELECT e.person_id, e.day, min(greatest(p."start", e.day + 1)) AS back
    FROM sickness_end e JOIN threshold t ON t.name = 'back_from_sickness'
    JOIN period p ON p.person_id = e.person_id AND p.benefit = ANY(%(back_to)s)
      AND p.basis = 'unemployment' AND p."end" > e.day AND p."start" <= e.day + t.within_days
    GROUP BY e.person_id, e.day) AS returned
  JOIN threshold t ON t.name = 'back_from_sickness'
  WHERE back <= %(on)s AND back > %(on)s - t.shown_days
  ORDER BY person_id, back DESC, day DESC
),
-- Many paid sickness days within two years, and neither rehabilitation nor pension since. Only
-- those with enough days in the window are looked at day by day.
much_sick AS (
  SELECT p.person_id FROM period p JOIN threshold t ON t.name = 'long_sickness'
  WHERE p.benefit = '{Benefit.SICKNESS.value}' AND p.paid_days > 0
    AND p."end" > add_months(%(on)s, -12 * t.within_years)
  GROUP BY p.person_id, t.days HAVING sum(p.paid_days) >= t.days
),
sick_day AS (
  SELECT DISTINCT p.person_id, nth_weekday(n.number, 6) AS day
  FROM period p JOIN much_sick USING (person_id)
  JOIN threshold t ON t.name = 'long_sickness'
  CROSS JOIN LATERAL generate_series(weekdays_to(p."start" - 1, 6) + 1,
    weekdays_to(p."start" - 1, 6) + p.paid_days) AS n(number)
  WHERE p.benefit = '{Benefit.SICKNESS.value}' AND p.paid_days > 0
    AND p."end" > add_months(%(on)s, -24 * t.within_years)
),
sick_count AS (
  -- Enough on a day: the earliest of the last so many sick days still lies within the years.
  SELECT person_id, day, lag(day, t.days - 1) OVER (PARTITION BY person_id ORDER BY day)
    > add_months(day, -12 * t.within_years) AS enough
  FROM sick_day JOIN threshold t ON t.name = 'long_sickness' WHERE day <= %(on)s
),
long_sickness AS (
  SELECT c.person_id, 'long_sickness' AS name,
    min(c.day) FILTER (WHERE c.enough) AS reached_on,
    count(*) AS measured
  FROM sick_count c JOIN threshold t ON t.name = 'long_sickness'
  WHERE c.day > add_months(%(on)s, -12 * t.within_years)
  GROUP BY c.person_id, t.days
  HAVING count(*) >= t.days
),
long_sickness_alone AS (
  SELECT * FROM long_sickness s WHERE NOT EXISTS (
    SELECT FROM period p WHERE p.person_id = s.person_id AND p."end" >= s.reached_on
      AND p.benefit IN ('{Benefit.REHABILITATION.value}', '{Benefit.DISABILITY_PENSION.value}'))
),
-- Now on earnings-related allowance, with a long unemployment behind it.
earnings_related AS (
  SELECT person_id, lower(r) AS since FROM (
    SELECT person_id, unnest(range_agg(daterange("start", "end" + 1 + t.now_within_days))) AS r
    FROM period JOIN threshold t ON t.name = 'long_history_on_earnings_related'
    WHERE benefit = '{Benefit.EARNINGS_RELATED.value}' GROUP BY person_id) AS stretches
  WHERE upper(r) > %(on)s
),
long_history AS (
  SELECT person_id, 'long_history_on_earnings_related' AS name, since AS reached_on,
    sum(coalesce(least(upper(days), %(on)s + 1), %(on)s + 1)
      - greatest(lower(days), first))::int AS measured
  FROM (
    SELECT s.person_id, e.since, t.days AS needed,
      add_months(%(on)s, -12 * t.within_years) + 1 AS first,
      unnest(range_agg(daterange(s."start", s."end" + 1))) AS days
    FROM earnings_related e JOIN threshold t ON t.name = 'long_history_on_earnings_related'
    JOIN benefits_unemploymentspell s ON s.person_id = e.person_id AND s.corrected_at IS NULL
      AND s."start" <= %(on)s
    GROUP BY s.person_id, e.since, t.days, t.within_years) AS history
  WHERE upper_inf(days) OR upper(days) > first
  GROUP BY person_id, since, needed
  HAVING sum(coalesce(least(upper(days), %(on)s + 1), %(on)s + 1)
    - greatest(lower(days), first)) > needed
),
-- The same again: separate stretches paid on the basis of a service.
service_again AS (
  SELECT person_id, 'service_again' AS name, max(lower(r)) AS reached_on, count(*) AS measured
  FROM (SELECT person_id, unnest(range_agg(daterange("start", "end", '[]'))) AS r
    FROM period WHERE basis = 'service' GROUP BY person_id) AS stretches
  JOIN threshold t ON t.name = 'service_again'
  WHERE lower(r) > add_months(%(on)s, -12 * t.within_years)
  GROUP BY person_id, t.times HAVING count(*) >= t.times
),
-- Everything paid has ended, and no extract tells of work.
nothing_paid AS (
  SELECT person_id, 'nothing_paid' AS name, (max("end") + t.days + 1)::date AS reached_on,
    %(on)s - max("end") AS measured
  FROM period JOIN threshold t ON t.name = 'nothing_paid'
  GROUP BY person_id, t.days, t.shown_days
  HAVING max("end") < %(on)s - t.days AND max("end") + t.days + 1 > %(on)s - t.shown_days
),
noticed AS (
  SELECT * FROM many_benefits UNION ALL SELECT * FROM back_from_sickness
  UNION ALL SELECT * FROM long_sickness_alone UNION ALL SELECT * FROM long_history
  UNION ALL SELECT * FROM service_again UNION ALL SELECT * FROM nothing_paid
)
"""

NOTICED = f"{SIGNALS} SELECT person_id, name AS rule, reached_on FROM noticed"


def signal_parameters(law: Law, *, persons: Sequence[UUID] | None = None) -> dict[str, Any]:
    """What the statement is given: the day, the thresholds of the day, and whom to look at."""
    return {
        "on": law.day,
        "persons": list(persons) if persons is not None else None,
        "signals": json.dumps([{"name": s.name, **s.figures} for s in law.signals]),
        "payers": json.dumps([{"benefit": p.benefit, "payer": p.payer} for p in law.payers]),
        "back_to": [*law.counted_benefits, Benefit.BASIC_ALLOWANCE.value],
    }


def signals(law: Law, *, persons: Sequence[UUID] | None = None) -> Iterator[SignalFinding]:
    """The signals of the law's day, for everybody or for ``persons``."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{SIGNALS} SELECT person_id, name, reached_on, measured FROM noticed",
            signal_parameters(law, persons=persons),
        )
        while rows := cursor.fetchmany(5000):
            for row in rows:
                yield SignalFinding(*row)
