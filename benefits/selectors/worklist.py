"""The worklist: who reached, or is coming to, what a body may know; one row a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from benefits.access import facts_known_to, known_names
from benefits.models import FlagDecision, FlagState
from benefits.selectors.reasons import (
    WorklistRow,
    coming_rows,
    decisions_on,
    flag_rows,
    log_rows,
)
from benefits.selectors.register import evaluated_on, newest_day
from benefits.selectors.sentences import may_have_changed
from benefits.selectors.standing import (
    NEW,
    Asking,
    WorklistFilter,
    WorklistPart,
    coming_in,
    counts_of,
    fits,
    flags_in,
    ordered,
    part_of,
    people_in,
)
from common.actor import Actor
from common.clock import day_of
from common.dates import age_on
from people.models import Person
from people.selectors import municipality_names, names_of
from statutes.reader import Law, law_on


@dataclass(frozen=True, slots=True)
class WorklistPerson:
    """Somebody of the worklist, with the reasons the reader's body may know, the oldest first.

    ``municipality`` is empty of whoever is protected. ``status`` is what was decided last of the
    reasons shown: by whom (``who``; ``is_reader``) and on which day (``decided_on``), with the
    words written then (``note``). ``earlier``: when the network declined other reasons of theirs.
    """

    person: Person
    age: int
    municipality: str
    reasons: list[WorklistRow]
    asked_on: date
    status: str = NEW
    who: str = ""
    is_reader: bool = False
    decided_on: date | None = None
    until: date | None = None
    note: str = ""
    earlier: list[date] = field(default_factory=list)

    @property
    def since(self) -> date:
        """The day of the oldest reason; of the soonest where they are coming."""
        return self.reasons[0].on

    @property
    def days_away(self) -> int:
        """Days between the day asked and ``since``, either way."""
        return abs((self.asked_on - self.since).days)


@dataclass(frozen=True, slots=True)
class Worklist:
    """One page of the worklist, and how many people there are in all.

    ``names`` are the rules and signals the reader's body may know of, ``asked_on`` the day asked.
    ``counts``: how many people each of the other choices shows that were asked about beside.
    ``next_on``: where nobody is there, the day on which the next is expected. ``aged``, where the
    day asked is long past, says so of all the rows.
    """

    rows: list[WorklistPerson] = field(default_factory=list)
    total: int = 0
    names: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    asked_on: date | None = None
    next_on: date | None = None
    aged: str = ""


def list_people(
    actor: Actor,
    choices: WorklistFilter,
    *,
    now: datetime,
    limit: int = 25,
    offset: int = 0,
    only: Collection[UUID] | None = None,
    beside: Sequence[WorklistFilter] = (),
    exported: bool = False,
) -> Worklist:
    """Who in the actor's network reached, or is coming to, what the actor's body may know; logged.

    People with an open case in the network are left out, save under "taken", which shows only
    the cases the actor may see. ``only``: of these people. The same number of questions to the
    database, whatever the page holds and however many choices are counted ``beside``.
    """
    on = evaluated_on()
    if on is None:
        return Worklist()
    law = law_on(on)
    asking = Asking.of(actor, known_names(law, facts_known_to(actor, now=now)), on=on, now=now)
    found = people_in(part_of(choices), asking, narrowed_by=[choices]).filter(fits(choices, asking))
    if only is not None:
        found = found.filter(person_id__in=only)
    page = ordered(found, choices, asking)[offset : offset + limit]
    people = [row["person_id"] for row in page]
    total, *counts = counts_of([choices, *beside], asking)
    rows = _people(people, choices, asking, law)
    reasons = [reason for row in rows for reason in row.reasons]
    log_rows(actor, "worklist_exported" if exported else "triggers_listed", reasons, law, now)
    return Worklist(
        rows=rows,
        total=len(rows) if only is not None else total,
        names=asking.names,
        counts=counts,
        asked_on=on,
        next_on=None if total else _next_on(asking),
        aged=may_have_changed(asked=on, told_to=newest_day() or on, today=day_of(now)),
    )


def count_people(actor: Actor, choices: WorklistFilter, *, now: datetime) -> int:
    """How many people the list so narrowed shows this reader. Shows nobody: not logged."""
    on = evaluated_on()
    if on is None:
        return 0
    names = known_names(law_on(on), facts_known_to(actor, now=now))
    return counts_of([choices], Asking.of(actor, names, on=on, now=now))[0]


def _next_on(asking: Asking) -> date | None:
    """The day on which the next of the network is expected to reach something."""
    coming = coming_in(asking).order_by("expected_on")
    return coming.values_list("expected_on", flat=True).first()


def _people(
    ids: list[UUID], choices: WorklistFilter, asking: Asking, law: Law
) -> list[WorklistPerson]:
    """These people with their reasons, in this order; the figures counted for them only."""
    part, now = part_of(choices), asking.now
    decided: dict[int, FlagDecision] = {}
    if part == WorklistPart.COMING:
        last = asking.on + timedelta(days=choices.within)
        coming = coming_in(asking).filter(person_id__in=ids, expected_on__lte=last)
        soon = coming.select_related("person").order_by("expected_on", "pk")
        reasons = coming_rows(list(soon), law)
    else:
        decided = decisions_on(ids, asking.actor, asking.names)
        flags = flags_in(part, asking).filter(person_id__in=ids).select_related("person")
        reasons = flag_rows(list(flags.order_by("reached_on", "pk")), decided, law, now)
    by_person: dict[UUID, list[WorklistRow]] = defaultdict(list)
    for reason in reasons:
        by_person[reason.person.pk].append(reason)
    towns = dict(municipality_names(asking.actor.working_network_id, on=day_of(now)))
    who = names_of({d.assessed_by_id or d.handled_by_id for d in decided.values()})
    return [_person(by_person[key], decided, who, towns, asking) for key in ids if key in by_person]


def _person(
    reasons: list[WorklistRow],
    decided: dict[int, FlagDecision],
    who: dict[UUID, str],
    towns: dict[str, str],
    asking: Asking,
) -> WorklistPerson:
    person = reasons[0].person
    shown = {reason.flag_id for reason in reasons}
    stands = [r for r in reasons if r.status != NEW] or reasons
    last = max(
        (decided[r.flag_id] for r in stands if r.status != NEW and r.flag_id in decided),
        key=lambda decision: decision.handled_at,
        default=None,
    )
    holder = (last.assessed_by_id or last.handled_by_id) if last else None
    town = "" if person.non_disclosure else asking.towns.now_called(person.municipality_code)
    declined = [
        d for d in decided.values()
        if d.flag.person_id == person.pk and d.flag_id not in shown
        and d.state == FlagState.DECLINED
    ]  # fmt: skip
    return WorklistPerson(
        person=person,
        age=age_on(person.birth_date, asking.on),
        municipality=towns.get(town, town),
        reasons=reasons,
        asked_on=asking.on,
        status=stands[0].status,
        who=who.get(holder, "") if holder else "",
        is_reader=holder is not None and holder == asking.actor.user_id,
        decided_on=day_of(last.handled_at) if last else None,
        until=last.snoozed_until if last else None,
        note=last.reason if last else "",
        earlier=sorted({day_of(d.handled_at) for d in declined}),
    )
