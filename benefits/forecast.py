"""Who will reach a rule within the next days if nothing changes.

"Nothing changes": who is unemployed on the day asked stays so, to the end a spell already has;
whose newest counted payment ended lately (a payment period is paid after it ends) is paid every
weekday from the day after; the law of each coming day holds on that day. Turning 25 is part of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from benefits.eligibility import COUNTED, parameters
from statutes.reader import changes_between, law_on

EXPECTED = f"""WITH {COUNTED},
paid_lately AS (
  SELECT person_id, coalesce(max(p.days), 0) AS days
  FROM benefits_paymentperiod LEFT JOIN paid p USING (person_id)
  WHERE corrected_at IS NULL AND basis = 'unemployment' AND benefit = ANY(%(counted)s)
    AND paid_days > 0 AND "start" <= %(on)s AND "end" >= %(on)s - %(lag)s
    AND (%(persons)s::uuid[] IS NULL OR person_id = ANY(%(persons)s))
  GROUP BY person_id
),
expected AS (
  SELECT a.id, r.name, greatest(%(from)s, CASE
      WHEN l.days >= r.threshold THEN %(from)s
      ELSE nth_weekday((weekdays_to(%(on)s) + r.threshold - l.days)::int)
    END, b.day) AS day, c.day AS age_ends
  FROM asked a JOIN paid_lately l ON l.person_id = a.id
  JOIN rules r ON r.unit = 'paid_days' AND r.in_force
  CROSS JOIN LATERAL (SELECT birthday(a.birth_date, r.age_from) AS day) AS b
  CROSS JOIN LATERAL (SELECT birthday(a.birth_date, r.age_below) AS day) AS c
  UNION ALL
  SELECT a.id, r.name, x.day, c.day
  FROM asked a JOIN run m ON m.person_id = a.id
  JOIN rules r ON r.unit = 'months' AND r.in_force
  CROSS JOIN LATERAL (SELECT birthday(a.birth_date, r.age_from) AS day) AS b
  CROSS JOIN LATERAL (SELECT birthday(a.birth_date, r.age_below) AS day) AS c
  CROSS JOIN LATERAL (SELECT greatest(%(from)s,
    add_months(m.start, r.threshold), b.day) AS day) AS x
  WHERE m.until IS NULL OR m.until > x.day
)
SELECT id AS person_id, name AS rule, day AS expected_on FROM expected
WHERE day > %(on)s AND day <= %(to)s AND (age_ends IS NULL OR age_ends > day)
"""


def segments(
    day: date, *, tolerance: int, persons: Sequence[UUID] | None = None
) -> Iterator[dict[str, Any]]:
    """The parameters of :data:`EXPECTED`, once for each law that holds within the forecast."""
    law = law_on(day)
    horizon = day + timedelta(days=law.figure("forecast_days").value)
    starts = [day + timedelta(days=1), *changes_between(day + timedelta(days=1), horizon)]
    ends = [*(start - timedelta(days=1) for start in starts[1:]), horizon]
    for first, last in zip(starts, ends, strict=True):
        yield {
            **parameters(law_on(first), tolerance=tolerance, persons=persons, on=day),
            "lag": law.figure("payment_lag_days").value,
            "from": first,
            "to": last,
        }
