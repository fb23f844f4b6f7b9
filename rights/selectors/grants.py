"""Who sees what of a client, in one table to be printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from audit.models import Purpose
from cases.models import Case
from common.actor import Actor
from common.bodies import Body
from common.clock import day_of
from consent.models import Basis, Category, Consent
from consent.selectors import Visibility, consents_of, grounds_of, who_sees
from records.selectors import reading_in, reading_of


@dataclass(frozen=True, slots=True)
class Grant:
    """Whether one body sees one kind of information, and why.

    ``section``: of the law that opens it, empty where the law does not. ``is_choice``: the client
    decides. ``sees`` is None where that is the client's to tell and not the reader's to know.
    """

    body: Body
    sees: bool | None
    section: str = ""
    is_choice: bool = False
    denied: bool = False
    until: date | None = None


@dataclass(frozen=True, slots=True)
class GrantTable:
    """By kind of information, what each body sees; to the client their decisions and others too."""

    rows: list[tuple[Category, list[Grant]]]
    outside: list[Visibility] = field(default_factory=list)
    decisions: list[Consent] = field(default_factory=list)

    @property
    def bodies(self) -> list[Body]:
        return list(Body)

    @property
    def sections(self) -> list[str]:
        """The sections of law that the table rests on, each once."""
        found = (one.section for _category, grants in self.rows for one in grants)
        return list(dict.fromkeys(section for section in found if section))


def open_grants(actor: Actor, case: Case, *, now: datetime) -> GrantTable:
    """Who sees what of a visible case; logged.

    To a worker: what the law gives each body, and what their own sees. What the client has
    allowed another body, or refused it, is theirs to tell.
    """
    on = day_of(now)
    if not actor.is_client:
        return GrantTable(_of_the_law(actor, case, now))
    reading_of(actor, now=now).log_access(
        "who_sees_opened",
        Purpose.OWN_DATA,
        [(case, [])],
        beside=(Category.CASE_HANDLING, Category.IDENTITY_CONTACT),
    )
    seen = who_sees(case, on=on)
    rows = [
        (one.category, [_of_choice(row) for row in one.by_receiver if row.party is None])
        for one in seen
    ]
    outside = [row for one in seen for row in one.by_receiver if row.party and row.sees]
    return GrantTable(rows, outside, list(consents_of(case)[:10]))


def _of_choice(row: Visibility) -> Grant:
    by_law = row.ground is not None and row.ground.basis == Basis.STATUTE
    section = row.ground.section if row.ground is not None and by_law else ""
    return Grant(
        Body(row.receiver.value), row.sees, section, row.is_clients_choice, row.denied, row.until
    )


def _of_the_law(actor: Actor, case: Case, now: datetime) -> list[tuple[Category, list[Grant]]]:
    reading = reading_in(actor, case, now=now)
    reading.log_and_hide_names("who_sees_opened", Purpose.EXPLAIN, [(case, [])])
    table = {
        body: grounds_of(receiver=body, network_id=case.network_id, on=day_of(now)) for body in Body
    }

    def grants(category: Category) -> Iterator[Grant]:
        for body, grounds in table.items():
            ground = grounds.for_category(category.value)
            if ground is None:
                yield Grant(body, False)
            elif ground.basis == Basis.STATUTE:
                yield Grant(body, True, ground.section)
            else:
                own = body == actor.body
                sees = bool(reading.opens(category, [case.pk])) if own else None
                yield Grant(body, sees, is_choice=True)

    return [(category, list(grants(category))) for category in Category]
