"""Whom the list is of: the network's people with flags a body may know, put together by person.

What a reader's body may not know is not part of these statements, so it is neither shown, counted
nor sorted by.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Case as Either
from django.db.models import (
    Count,
    Exists,
    F,
    FilteredRelation,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from benefits.models import ExpectedFlag, Flag, FlagDecision, FlagState
from cases.access import visible_to
from cases.models import Case
from common.actor import Actor
from common.clock import day_of
from common.dates import born_by
from people.models import Language
from people.selectors import municipality_names, towns_on
from people.selectors.networks import Towns

NEW, CLOSED, OPEN, MINE = "new", "closed", "open", "mine"
OTHER_LANGUAGE = "other"
"""The choice of whoever speaks a language there are no texts in."""

# Whole years on the day asked: from (inclusive) and below.
AGE_GROUPS: dict[str, tuple[int, int]] = {
    "under_25": (0, 25),
    "under_30": (0, 30),
    "25_54": (25, 55),
    "55_over": (55, 200),
}
SORTS = ("name", "age", "municipality", "language", "since")


@dataclass(frozen=True, slots=True)
class WorklistFilter:
    """What the list is narrowed to and how it is ordered; empty is everybody, the longest first.

    ``rule``: who has this reason, whatever others they have. ``status``: "open" (nobody has taken
    them, somebody assesses them, or they are back from a snooze), "new" (nobody has taken them),
    "mine" (the reader assesses them), a state, or "closed". ``within``: days ahead; who is coming
    instead of who is there. ``sort``: one of ``SORTS``, with a "-" before it the other way round.
    """

    rule: str = ""
    municipality: str = ""
    age_group: str = ""
    language: str = ""
    status: str = OPEN
    within: int = 0
    sort: str = ""


class WorklistPart(StrEnum):
    """Which flags a list is made of: a person may stand in several."""

    STANDING = "standing"
    SNOOZED = "snoozed"
    DECLINED = "declined"
    TAKEN = "taken"
    CLOSED = "closed"
    COMING = "coming"


_PARTS = {
    FlagState.BEING_ASSESSED.value: WorklistPart.STANDING,
    FlagState.SNOOZED.value: WorklistPart.SNOOZED,
    FlagState.DECLINED.value: WorklistPart.DECLINED,
    FlagState.TAKEN.value: WorklistPart.TAKEN,
    CLOSED: WorklistPart.CLOSED,
}


def part_of(choices: WorklistFilter) -> WorklistPart:
    """The flags that somebody who chose this is shown."""
    return (
        WorklistPart.COMING if choices.within else _PARTS.get(choices.status, WorklistPart.STANDING)
    )


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks about which day, and the rules and signals their body may know of (``names``)."""

    actor: Actor
    now: datetime
    on: date
    names: list[str]
    towns: Towns

    @classmethod
    def of(cls, actor: Actor, names: list[str], *, on: date, now: datetime) -> Asking:
        return cls(actor, now, on, names, towns_on(day_of(now)))


def with_decision(actor: Actor, flags: QuerySet[Flag]) -> QuerySet[Any]:
    """The flags with what the actor's network has decided on each."""
    return flags.annotate(
        own=FilteredRelation(
            "decisions", condition=Q(decisions__network_id=actor.working_network_id)
        ),
        state=F("own__state"),
        until=F("own__snoozed_until"),
        holder=F("own__assessed_by"),
    )


def _known(asking: Asking) -> Q:
    """What the reader's body may know, of the living of their network, themselves left out."""
    actor = asking.actor
    known = Q(
        rule__in=asking.names,
        person__municipality_code__in=asking.towns.codes_of(actor.working_network_id),
        person__died_on__isnull=True,
    )
    return known if actor.own_person_id is None else known & ~Q(person=actor.own_person_id)


def _without_a_case(asking: Asking) -> Q:
    cases = Case.objects.filter(
        person=OuterRef("person"),
        ended_at__isnull=True,
        network_id=asking.actor.working_network_id,
    )
    return Q(~Exists(cases))


def coming_in(asking: Asking) -> QuerySet[ExpectedFlag]:
    """What is expected of people without a joint case, after the day asked."""
    return ExpectedFlag.objects.filter(
        _known(asking), _without_a_case(asking), expected_on__gt=asking.on
    )


def flags_in(part: WorklistPart, asking: Asking) -> QuerySet[Any]:
    """The flags of a part, of people without a joint case; those taken, of cases one is in."""
    flags = with_decision(asking.actor, Flag.objects.filter(_known(asking)))
    if part == WorklistPart.TAKEN:
        mine = visible_to(asking.actor, now=asking.now).filter(person=OuterRef("person"))
        return flags.filter(Exists(mine), state=FlagState.TAKEN)
    flags = flags.filter(_without_a_case(asking), closed_on__isnull=part != WorklistPart.CLOSED)
    today = day_of(asking.now)
    if part == WorklistPart.STANDING:
        # Asked as "none that takes it off", since the database reckons with few of the others: it
        # then looks up the person of every flag there is, of any network.
        taken_off = FlagDecision.objects.filter(
            flag=OuterRef("pk"), network_id=asking.actor.working_network_id
        ).exclude(
            Q(state=FlagState.BEING_ASSESSED) | Q(state=FlagState.SNOOZED, snoozed_until__lte=today)
        )
        return flags.filter(~Exists(taken_off))
    if part == WorklistPart.SNOOZED:
        return flags.filter(state=FlagState.SNOOZED, until__gt=today)
    if part == WorklistPart.DECLINED:
        return flags.filter(state=FlagState.DECLINED)
    return flags


def people_in(
    part: WorklistPart, asking: Asking, *, narrowed_by: Iterable[WorklistFilter]
) -> QuerySet[Any]:
    """One row a person: what they are narrowed and ordered by, and since when they are there.

    ``narrowed_by``: what the rows are to be held against (:func:`fits`).
    """
    flags: QuerySet[Any] = (
        coming_in(asking) if part == WorklistPart.COMING else flags_in(part, asking)
    )
    assessed = Q(state=FlagState.BEING_ASSESSED)
    rules = {one.rule for one in narrowed_by} & set(asking.names)
    counted: dict[str, Any] = {
        f"has_{name}": Count("pk", filter=Q(rule=name)) for name in sorted(rules)
    }
    if part == WorklistPart.STANDING:
        counted["held"] = Count("pk", filter=assessed)
        counted["mine"] = Count("pk", filter=assessed & Q(holder=asking.actor.writer_id))
    rows: QuerySet[Any] = flags.values(
        "person_id",
        key=F("person__sort_key"),
        code=F("person__municipality_code"),
        protected=F("person__non_disclosure"),
        language=F("person__language"),
        born=F("person__birth_date"),
    ).annotate(since=Min("expected_on" if part == WorklistPart.COMING else "reached_on"), **counted)
    return rows


def fits(choices: WorklistFilter, asking: Asking) -> Q:
    """The condition on a row of :func:`people_in`. No municipality finds whoever is protected."""
    wanted = Q()
    if choices.municipality:
        within = asking.towns.codes_within(choices.municipality)
        wanted &= Q(code__in=within, protected=False)
    if choices.language == OTHER_LANGUAGE:
        wanted &= ~Q(language__in=Language.values)
    elif choices.language:
        wanted &= Q(language=choices.language)
    if choices.age_group in AGE_GROUPS:
        youngest, below = AGE_GROUPS[choices.age_group]
        wanted &= Q(born__lte=born_by(asking.on, youngest), born__gt=born_by(asking.on, below))
    if choices.rule:
        known = choices.rule in asking.names
        wanted &= Q(**{f"has_{choices.rule}__gt": 0}) if known else Q(person_id__isnull=True)
    if choices.within:
        return wanted & Q(since__lte=asking.on + timedelta(days=choices.within))
    if choices.status == NEW:
        wanted &= Q(held=0)
    elif choices.status == FlagState.BEING_ASSESSED:
        wanted &= Q(held__gt=0)
    elif choices.status == MINE:
        wanted &= Q(mine__gt=0)
    return wanted


def ordered(rows: QuerySet[Any], choices: WorklistFilter, asking: Asking) -> QuerySet[Any]:
    """By what was chosen, else the longest first; whoever is protected has no municipality."""
    name, down = choices.sort.removeprefix("-"), choices.sort.startswith("-")
    by: Any = {"name": F("key"), "age": F("born"), "language": F("language")}.get(name, F("since"))
    if name == "municipality":
        by = Either(
            When(protected=True, then=Value(0)),
            *(
                When(code__in=asking.towns.codes_within(code), then=Value(place))
                for place, (code, _name) in enumerate(
                    municipality_names(asking.actor.working_network_id, on=day_of(asking.now)), 1
                )
            ),
            default=Value(0),
        )
    if name == "age":  # the youngest were born last
        down = not down
    return rows.order_by(by.desc() if down else by.asc(), "since", "key", "person_id")


def counts_of(chosen: Sequence[WorklistFilter], asking: Asking) -> list[int]:
    """How many people each choice shows. One query for each part they speak of."""
    found = [0] * len(chosen)
    for part in sorted({part_of(one) for one in chosen}):
        places = [place for place, one in enumerate(chosen) if part_of(one) == part]
        rows = people_in(part, asking, narrowed_by=chosen)
        counted: Mapping[str, int] = rows.aggregate(
            **{f"n{p}": Count("person_id", filter=fits(chosen[p], asking)) for p in places}
        )
        for place in places:
            found[place] = counted[f"n{place}"]
    return found
