"""How register facts vanish (docs/adr/0004): nothing is kept of people nobody needs to know of.

A person no extract has named for the months that ``statutes`` sets, who has never had a case
here, of whom nothing before a case speaks (:func:`keep_people_of`) and about whom nothing was
declined within the retention of the law, is erased with every register fact. Rows closed as
corrected are erased after the same months, for everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from audit.services import record_change
from common.actor import Actor
from common.clock import start_of
from common.database_roles import KEEPER, logged_in_as
from common.dates import add_months
from statutes.reader import law_on


@dataclass(frozen=True, slots=True)
class ErasedFacts:
    """How many people, and how many corrected rows of others, were erased."""

    people: int = 0
    rows: int = 0


_GONE = """
CREATE TEMPORARY TABLE gone ON COMMIT DROP AS
SELECT p.id FROM people_person p
JOIN benefits_registermention m ON m.person_id = p.id
JOIN benefits_registerimport i ON i.id = m.last_import_id
WHERE i.started_at < %(before)s AND p.user_id IS NULL
  AND NOT EXISTS (SELECT FROM cases_case c WHERE c.person_id = p.id)
  AND NOT EXISTS (SELECT FROM benefits_flagdecision h JOIN benefits_flag f ON f.id = h.flag_id
    WHERE f.person_id = p.id AND h.handled_at >= %(decided)s)
"""
_kept_by: list[str] = []


def keep_people_of(table: str) -> None:
    """Nobody vanishes whom a row of this table of a room above still speaks of (``person_id``).

    Called once, when the applications are ready.
    """
    _kept_by.append(table)


def _gone() -> str:
    """The statement that finds who vanishes."""
    needed = (
        f" AND NOT EXISTS (SELECT FROM {table} k WHERE k.person_id = p.id)" for table in _kept_by
    )
    return _GONE + "".join(needed)


# In this order: what refers to a row goes before it.
_ERASE = [
    "DELETE FROM benefits_historicalflagdecision h USING benefits_flagdecision g, benefits_flag f"
    " WHERE h.id = g.id AND f.id = g.flag_id AND f.person_id IN (SELECT id FROM gone)",
    "DELETE FROM benefits_flagdecision h USING benefits_flag f"
    " WHERE f.id = h.flag_id AND f.person_id IN (SELECT id FROM gone)",
    *(
        f"DELETE FROM {table} WHERE person_id IN (SELECT id FROM gone)"
        for table in (
            "benefits_flag",
            "benefits_expectedflag",
            "benefits_historicalmanualentry",
            "benefits_manualentry",
            "benefits_paymentperiod",
            "benefits_unemploymentspell",
            "benefits_registermention",
            "people_formercode",
            "people_protectionquestion",
        )
    ),
    "DELETE FROM people_lifeeventseen s USING people_lifeevent e"
    " WHERE e.id = s.event_id AND e.person_id IN (SELECT id FROM gone)",
    "DELETE FROM people_formername WHERE person_id IN (SELECT id FROM gone)",
    "DELETE FROM people_lifeevent WHERE person_id IN (SELECT id FROM gone)",
    "DELETE FROM people_person WHERE id IN (SELECT id FROM gone)",
]


@logged_in_as(KEEPER)
@transaction.atomic
def erase_unneeded_facts(*, actor: Actor, on: date, now: datetime) -> ErasedFacts:
    """Erase what the rule of this module lets go on a day. Repeating it changes nothing.

    ``actor`` is the named system actor of the night. The log keeps one row with opaque ids only.
    Done by the keeper's log-in.
    """
    law = law_on(on)
    if not law.act:
        return ErasedFacts()  # before 2015 no law here says how long anything is kept
    months, years = law.figure("register_facts_months").value, law.retention_years.value
    values: dict[str, Any] = {
        "before": start_of(add_months(on, -months)),
        "decided": start_of(add_months(on, -12 * years)),
    }
    rows = 0
    with connection.cursor() as cursor:
        cursor.execute(_gone(), values)
        for statement in _ERASE:
            cursor.execute(statement)
        people = cursor.rowcount
        cursor.execute("DROP TABLE gone")
        for table in ("benefits_paymentperiod", "benefits_unemploymentspell"):
            cursor.execute(
                f"DELETE FROM {table} WHERE corrected_at < %(before)s",
                values,
            )
            rows += cursor.rowcount
    if people or rows:
        record_change(
            actor=actor,
            action="register_facts_vanished",
            subject_type="register",
            subject_id=None,
            now=now,
        )
    return ErasedFacts(people=people, rows=rows)
