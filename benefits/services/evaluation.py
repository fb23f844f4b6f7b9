"""The evaluation: what follows from the registers, written as flags, set by set.

Finds who meets a trigger or an early signal, opens what is new, closes with a note what is no
longer so, and keeps who is coming up to a rule. Touches nothing that people decided. Running it
again on the same facts changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from benefits.early_signals import NOTICED, signal_parameters
from benefits.eligibility import MET, parameters
from benefits.forecast import EXPECTED, segments
from benefits.models import (
    ClosedBecause,
    Evaluation,
    ManualEntry,
    PaymentPeriod,
    RegisterImport,
    UnemploymentSpell,
)
from common.actor import Actor
from statutes.reader import Law, all_rules, law_on

_LOCK = "benefits.evaluation"
_OWN = "found, expected, changed, age_ends, standing, foreseen"


@dataclass(frozen=True, slots=True)
class EvaluationResult:
    """What an evaluation did. ``asked_on`` None: there is no register to ask yet."""

    asked_on: date | None
    opened: int = 0
    closed: int = 0
    coming: int = 0


# What stands now, set beside what was found: compared as whole sets, never row by row.
_STANDING = """
CREATE TEMPORARY TABLE standing ON COMMIT DROP AS
SELECT id, person_id, rule, reached_on FROM benefits_flag
WHERE closed_on IS NULL AND (%(persons)s::uuid[] IS NULL OR person_id = ANY(%(persons)s))
"""
_FORESEEN = """
CREATE TEMPORARY TABLE foreseen ON COMMIT DROP AS
SELECT id, person_id, rule, expected_on FROM benefits_expectedflag
WHERE %(persons)s::uuid[] IS NULL OR person_id = ANY(%(persons)s)
"""

_WITHOUT_THE_DEAD = """
DELETE FROM {} WHERE person_id IN (SELECT id FROM people_person WHERE died_on IS NOT NULL)
"""

_CLOSE = f"""
UPDATE benefits_flag f SET closed_on = %(on)s, closed_because = CASE
  WHEN NOT f.rule = ANY(%(known)s) THEN '{ClosedBecause.LAW.value}'
  WHEN f.rule = ANY(%(signal_names)s) THEN CASE
    WHEN f.person_id IN (SELECT person_id FROM changed)
      THEN '{ClosedBecause.REGISTER.value}' ELSE '{ClosedBecause.TIME.value}' END
  WHEN EXISTS (SELECT FROM age_ends a JOIN people_person p ON p.id = f.person_id
    WHERE a.rule = f.rule
      AND birthday(p.birth_date, a.years) <= %(on)s)
    THEN '{ClosedBecause.AGE.value}'
  WHEN f.rule = ANY(%(month_rules)s)
    AND EXISTS (SELECT FROM benefits_unemploymentspell s WHERE s.person_id = f.person_id
      AND s.corrected_at IS NULL AND s."start" <= f.reached_on
      AND (s."end" IS NULL OR s."end" >= f.reached_on))
    AND NOT EXISTS (SELECT FROM benefits_unemploymentspell s WHERE s.person_id = f.person_id
      AND s.corrected_at IS NULL AND s."start" <= %(on)s
      AND (s."end" IS NULL OR s."end" >= %(on)s))
    THEN '{ClosedBecause.UNEMPLOYMENT_ENDED.value}'
  ELSE '{ClosedBecause.REGISTER.value}' END
WHERE f.id IN (SELECT id FROM standing s
  WHERE NOT EXISTS (SELECT FROM found n
    WHERE (n.person_id, n.rule, n.reached_on) = (s.person_id, s.rule, s.reached_on)))
"""

_OPEN = """
INSERT INTO benefits_flag (person_id, rule, reached_on, opened_on, closed_because)
SELECT n.person_id, n.rule, n.reached_on, %(on)s, '' FROM found n
WHERE NOT EXISTS (SELECT FROM standing s
  WHERE (s.person_id, s.rule, s.reached_on) = (n.person_id, n.rule, n.reached_on))
ON CONFLICT (person_id, rule, reached_on) DO UPDATE SET closed_on = NULL, closed_because = ''
"""

_COMING_GONE = """
DELETE FROM benefits_expectedflag WHERE id IN (SELECT id FROM foreseen f
  WHERE NOT EXISTS (SELECT FROM expected e
    WHERE (e.person_id, e.rule, e.expected_on) = (f.person_id, f.rule, f.expected_on)))
"""

_COMING_NEW = """
INSERT INTO benefits_expectedflag (person_id, rule, expected_on)
SELECT e.person_id, e.rule, e.expected_on FROM expected e
WHERE NOT EXISTS (SELECT FROM foreseen f
  WHERE (f.person_id, f.rule, f.expected_on) = (e.person_id, e.rule, e.expected_on))
"""


@transaction.atomic
def evaluate(
    *, actor: Actor, on: date, now: datetime, changed_only: bool = False
) -> EvaluationResult:
    """Bring the flags to what the registers say on ``on``, or on the newest day they speak of.

    ``changed_only``: only the people whose rows, or hand entries, changed since the last
    evaluation, asked about the same day as then; everybody where there was none. ``actor`` is
    named by the transaction (``app.actor``); flags are derived, so no row of the log is written.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_LOCK])
    newest = (
        RegisterImport.objects.filter(newest_day__isnull=False).order_by("finished_at", "pk").last()
    )
    if newest is None or newest.newest_day is None:
        return EvaluationResult(asked_on=None)
    last = Evaluation.objects.select_related("newest_import").order_by("at", "pk").last()
    changed = _changed_since(last)
    asked_on = min(on, newest.newest_day)
    persons: list[UUID] | None = None
    if changed_only and last is not None:
        asked_on, persons = last.asked_on, changed
    counts = _write(law_on(asked_on), persons, changed)
    Evaluation.objects.create(
        asked_on=asked_on,
        at=now,
        of_everybody=persons is None,
        newest_import=newest,
        counts=asdict(counts) | {"asked_on": asked_on.isoformat()},
    )
    return counts


def _changed_since(last: Evaluation | None) -> list[UUID]:
    """The people whose register rows or hand entries changed after an evaluation."""
    if last is None:
        return []
    imports = list(
        RegisterImport.objects.filter(
            finished_at__gt=last.newest_import.finished_at, newest_day__isnull=False
        ).values_list("pk", flat=True)
    )
    people: set[UUID] = set()
    for rows in (UnemploymentSpell.objects, PaymentPeriod.objects):
        for field in ("first_import_id__in", "corrected_by_import_id__in"):
            people.update(rows.filter(**{field: imports}).values_list("person_id", flat=True))
    for field in ("entered_at__gte", "withdrawn_at__gte"):
        people.update(
            ManualEntry.objects.filter(**{field: last.at}).values_list("person_id", flat=True)
        )
    return sorted(people)


def _write(law: Law, persons: Sequence[UUID] | None, changed: Sequence[UUID]) -> EvaluationResult:
    tolerance = settings.UNEMPLOYMENT_GAP_DAYS
    signal_names = [signal.name for signal in law.signals]
    rules = all_rules()
    values: dict[str, Any] = {
        "on": law.day,
        "persons": list(persons) if persons is not None else None,
        "known": [*(rule.name for rule in law.rules), *signal_names],
        "signal_names": signal_names,
        "month_rules": sorted({rule.name for rule in rules if rule.unit == "months"}),
        "age_ends": json.dumps(
            [{"rule": r.name, "years": r.age_below} for r in law.rules if r.age_below]
        ),
        "changed": list(changed),
    }
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {_OWN}")
        cursor.execute(
            f"CREATE TEMPORARY TABLE found ON COMMIT DROP AS {MET}",
            parameters(law, tolerance=tolerance, persons=persons),
        )
        cursor.execute(f"INSERT INTO found {NOTICED}", signal_parameters(law, persons=persons))
        cursor.execute(
            "CREATE TEMPORARY TABLE expected (person_id uuid, rule text, expected_on date)"
            " ON COMMIT DROP"
        )
        cursor.execute(_WITHOUT_THE_DEAD.format("found"))
        cursor.execute("ANALYZE found")
        for segment in segments(law.day, tolerance=tolerance, persons=persons):
            cursor.execute(
                f"""INSERT INTO expected SELECT * FROM ({EXPECTED}) AS e
                WHERE NOT EXISTS (SELECT FROM found f
                  WHERE (f.person_id, f.rule) = (e.person_id, e.rule))
                AND NOT EXISTS (SELECT FROM expected x
                  WHERE (x.person_id, x.rule) = (e.person_id, e.rule))""",
                segment,
            )
        cursor.execute(_WITHOUT_THE_DEAD.format("expected"))
        cursor.execute(
            "CREATE TEMPORARY TABLE changed ON COMMIT DROP AS"
            " SELECT unnest(%(changed)s::uuid[]) AS person_id",
            values,
        )
        cursor.execute(
            "CREATE TEMPORARY TABLE age_ends ON COMMIT DROP AS SELECT * FROM"
            " jsonb_to_recordset(%(age_ends)s::jsonb) AS a(rule text, years int)",
            values,
        )
        cursor.execute(_STANDING, values)
        cursor.execute(_FORESEEN, values)
        for table in ("found", "expected", "changed", "standing", "foreseen"):
            cursor.execute(f"ANALYZE {table}")
        counts = []
        for statement in (_CLOSE, _OPEN, _COMING_GONE, _COMING_NEW):
            cursor.execute(statement, values)
            counts.append(cursor.rowcount)
        cursor.execute(f"DROP TABLE {_OWN}")
    closed, opened, _gone, coming = counts
    return EvaluationResult(asked_on=law.day, opened=opened, closed=closed, coming=coming)
