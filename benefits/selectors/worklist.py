"""The worklist: flags and what is coming, just as far as a body may know, sorted by the day due."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Exists as ExistsIn
from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet

from audit.models import Purpose
from audit.services import record_access
from audit.shown import ShownData
from benefits.access import facts_known_to, get_person, known_names
from benefits.early_signals import signals
from benefits.eligibility import eligibility
from benefits.models import ClosedBecause, ExpectedFlag, Flag, FlagState, SavedFilter
from benefits.selectors.register import evaluated_on, newest_day
from benefits.selectors.sentences import (
    closed_sentence,
    coming_sentence,
    may_have_changed,
    name_of,
    progress_sentence,
    signal_sentence,
)
from cases.access import visible_to
from cases.models import Case
from common.actor import Actor
from common.clock import day_of
from common.dates import born_by
from common.decision import NotVisible
from consent.models import Category, Fact
from people.models import Language, Person
from people.selectors import towns_on
from statutes.reader import Law, TriggerRule, Unit, law_on

NEW, CLOSED, OPEN = "new", "closed", "open"
OTHER_LANGUAGE = "other"
"""The choice of whoever speaks a language there are no texts in."""

# Whole years on the day asked: from (inclusive) and below.
AGE_GROUPS: dict[str, tuple[int, int]] = {
    "under_25": (0, 25),
    "25_54": (25, 55),
    "55_over": (55, 200),
}


@dataclass(frozen=True, slots=True)
class WorklistFilter:
    """What the worklist is narrowed to; empty is everything.

    ``status`` is "open" (new, being assessed, or back from a snooze), "new", a state, or
    "closed". ``within`` is days ahead: what is coming instead of what is met.
    """

    rule: str = ""
    municipality: str = ""
    age_group: str = ""
    language: str = ""
    status: str = OPEN
    within: int = 0


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One line of the worklist. ``on`` is the day reached, or expected where it is coming."""

    person: Person
    rule: str
    statute: str
    asked_on: date
    on: date
    measured: int
    sentence: str
    status: str = NEW
    reason: str = ""
    snoozed_until: date | None = None
    flag_id: int = 0
    is_signal: bool = False

    @property
    def rule_name(self) -> str:
        return name_of(self.rule)

    @property
    def days_since(self) -> int:
        """Days from the day reached to the day asked; negative where it is coming."""
        return (self.asked_on - self.on).days

    @property
    def days_away(self) -> int:
        """Days between the day asked and the day of the row, either way."""
        return abs(self.days_since)


@dataclass(frozen=True, slots=True)
class Worklist:
    """One page of the worklist, and how many rows there are in all.

    ``names`` are the rules and signals the reader's body may know of, ``asked_on`` the day asked.
    ``aged``, where that day is long past, says so of all the rows.
    """

    rows: list[WorklistRow] = field(default_factory=list)
    total: int = 0
    names: list[str] = field(default_factory=list)
    asked_on: date | None = None
    aged: str = ""


def list_flags(
    actor: Actor,
    choices: WorklistFilter,
    *,
    now: datetime,
    limit: int = 25,
    offset: int = 0,
    exported: bool = False,
) -> Worklist:
    """Who in the actor's network reached, or is coming to, what the actor's body may know; logged.

    People with an open case in the network are left out, save under "taken", which shows only
    the cases the actor may see.
    """
    on = evaluated_on()
    if on is None:
        return Worklist()
    law = law_on(on)
    names = known_names(law, facts_known_to(actor, now=now))
    if choices.within:
        coming = _coming(actor, choices, names, on, now)
        total = coming.count()
        rows = _coming_rows(list(coming[offset : offset + limit]), law)
    else:
        flags = _flags(actor, choices, names, on, now)
        total = flags.count()
        rows = _flag_rows(list(flags[offset : offset + limit]), law, now)
    action = "worklist_exported" if exported else "triggers_listed"
    log_rows(actor, action, rows, law, now)
    aged = may_have_changed(asked=on, told_to=newest_day() or on, today=day_of(now))
    return Worklist(rows=rows, total=total, names=names, asked_on=on, aged=aged)


def flag_of(actor: Actor, person_id: UUID, *, rule: str, now: datetime) -> WorklistRow:
    """A person's newest standing flag of a rule. Raises ``NotVisible``. Not logged."""
    on = evaluated_on()
    if on is None:
        raise NotVisible
    law = law_on(on)
    names = known_names(law, facts_known_to(actor, now=now))
    if rule not in names:
        raise NotVisible
    get_person(actor, person_id, now=now)
    found = _with_decision(actor, Flag.objects.filter(person_id=person_id, rule=rule)).filter(
        closed_on__isnull=True
    )
    rows = _flag_rows(list(found.order_by("-reached_on", "-pk")[:1]), law, now)
    if not rows:
        raise NotVisible
    return rows[0]


def saved_filters(actor: Actor) -> list[SavedFilter]:
    """The actor's own saved filters, by name."""
    return list(SavedFilter.objects.filter(user_id=actor.writer_id).order_by("name", "pk"))


def _with_decision(actor: Actor, flags: QuerySet[Flag]) -> QuerySet[Flag]:
    return flags.select_related("person").annotate(
        own=FilteredRelation(
            "decisions", condition=Q(decisions__network_id=actor.working_network_id)
        ),
        state=F("own__state"),
        reason=F("own__reason"),
        until=F("own__snoozed_until"),
    )


def _flags(
    actor: Actor, choices: WorklistFilter, names: list[str], on: date, now: datetime
) -> QuerySet[Flag]:
    today = day_of(now)
    flags = _with_decision(
        actor, Flag.objects.filter(_narrowed(actor, choices, on, now), rule__in=names)
    )
    cases = Case.objects.filter(person=OuterRef("person"), ended_at__isnull=True)
    if choices.status == FlagState.TAKEN:
        mine = visible_to(actor, now=now).filter(person=OuterRef("person"))
        return flags.filter(ExistsIn(mine), Q(state=FlagState.TAKEN)).order_by("reached_on", "pk")
    flags = flags.exclude(ExistsIn(cases.filter(network_id=actor.working_network_id)))
    snoozed = Q(state=FlagState.SNOOZED, until__gt=today)
    chosen = {
        OPEN: Q(closed_on__isnull=True)
        & (
            Q(state__isnull=True)
            | Q(state=FlagState.BEING_ASSESSED)
            | Q(state=FlagState.SNOOZED, until__lte=today)
        ),
        NEW: Q(closed_on__isnull=True)
        & (Q(state__isnull=True) | Q(state=FlagState.SNOOZED, until__lte=today)),
        FlagState.BEING_ASSESSED.value: Q(closed_on__isnull=True, state=FlagState.BEING_ASSESSED),
        FlagState.DECLINED.value: Q(closed_on__isnull=True, state=FlagState.DECLINED),
        FlagState.SNOOZED.value: Q(closed_on__isnull=True) & snoozed,
        CLOSED: Q(closed_on__isnull=False),
    }
    return flags.filter(chosen.get(choices.status, chosen[OPEN])).order_by("reached_on", "pk")


def _coming(
    actor: Actor, choices: WorklistFilter, names: list[str], on: date, now: datetime
) -> QuerySet[ExpectedFlag]:
    case = Case.objects.filter(
        person=OuterRef("person"), ended_at__isnull=True, network_id=actor.working_network_id
    )
    return (
        ExpectedFlag.objects.filter(
            _narrowed(actor, choices, on, now),
            ~ExistsIn(case),
            rule__in=names,
            expected_on__gt=on,
            expected_on__lte=on + timedelta(days=choices.within),
        )
        .select_related("person")
        .order_by("expected_on", "pk")
    )


def _narrowed(actor: Actor, choices: WorklistFilter, on: date, now: datetime) -> Q:
    """The network's people, narrowed. Somebody under non-disclosure is found by no municipality."""
    towns = towns_on(day_of(now))
    here = towns.codes_of(actor.working_network_id)
    narrowed = Q(person__municipality_code__in=here, person__died_on__isnull=True)
    if choices.municipality:
        within = towns.codes_within(choices.municipality)
        narrowed &= Q(person__municipality_code__in=within, person__non_disclosure=False)
    if choices.rule:
        narrowed &= Q(rule=choices.rule)
    if choices.language == OTHER_LANGUAGE:
        narrowed &= ~Q(person__language__in=Language.values)
    elif choices.language:
        narrowed &= Q(person__language=choices.language)
    if choices.age_group in AGE_GROUPS:
        youngest, below = AGE_GROUPS[choices.age_group]
        narrowed &= Q(
            person__birth_date__lte=born_by(on, youngest),
            person__birth_date__gt=born_by(on, below),
        )
    return narrowed


def _flag_rows(flags: list[Flag], law: Law, now: datetime) -> list[WorklistRow]:
    """The day's figures, counted for these people only: two queries, whatever the page holds."""
    persons = [flag.person_id for flag in flags]
    measured: dict[tuple[UUID, str], int] = {}
    if persons:
        for found in eligibility(
            law.day, tolerance=settings.UNEMPLOYMENT_GAP_DAYS, persons=persons
        ):
            measured[found.person_id, found.rule] = found.measured
        for noticed in signals(law, persons=persons):
            measured[noticed.person_id, noticed.signal] = noticed.measured
    return [
        _flag_row(flag, law, measured.get((flag.person_id, flag.rule), 0), now) for flag in flags
    ]


def _flag_row(flag: Flag, law: Law, measured: int, now: datetime) -> WorklistRow:
    rule = _rule(law, flag.rule)
    asked = law.day
    if rule:
        sentence = progress_sentence(rule.unit, measured=measured, asked=asked)
    else:
        sentence = signal_sentence(
            flag.rule, reached=flag.reached_on, measured=measured, asked=asked
        )
    state, until = getattr(flag, "state", None), getattr(flag, "until", None)
    status = state or NEW
    if state == FlagState.SNOOZED and until and until <= day_of(now):
        status = NEW
    if flag.closed_on:
        why = str(ClosedBecause(flag.closed_because).label)
        status, sentence = CLOSED, closed_sentence(why, closed=flag.closed_on)
    return WorklistRow(
        person=flag.person,
        rule=flag.rule,
        statute=rule.statute if rule else _source(law, flag.rule),
        asked_on=asked,
        on=flag.reached_on,
        measured=measured,
        sentence=sentence,
        status=status,
        reason=getattr(flag, "reason", "") or "",
        snoozed_until=until,
        flag_id=flag.pk,
        is_signal=rule is None,
    )


def _coming_rows(coming: list[ExpectedFlag], law: Law) -> list[WorklistRow]:
    rows = []
    for row in coming:
        rule = _rule(law_on(row.expected_on), row.rule)
        assert rule is not None
        sentence = coming_sentence(
            rule.unit, threshold=rule.threshold, expected=row.expected_on, asked=law.day
        )
        rows.append(
            WorklistRow(row.person, row.rule, rule.statute, law.day, row.expected_on, 0, sentence)
        )
    return rows


def _rule(law: Law, name: str) -> TriggerRule | None:
    return next((rule for rule in law.rules if rule.name == name), None)


def _source(law: Law, name: str) -> str:
    return next((signal.source for signal in law.signals if signal.name == name), "")


def log_rows(actor: Actor, action: str, rows: list[WorklistRow], law: Law, now: datetime) -> None:
    """Log the register facts that were really shown of each person."""
    shown: dict[UUID, set[str]] = {}
    for row in rows:
        facts = shown.setdefault(row.person.pk, {Category.IDENTITY_CONTACT.value})
        rule = _rule(law, row.rule)
        if rule is None:
            facts.update(s for sig in law.signals if sig.name == row.rule for s in sig.rests_on)
        else:
            paid = rule.unit is Unit.PAID_DAYS
            facts.add(Fact.PAID_DAY_COUNTS.value if paid else Fact.UNEMPLOYMENT_SPELLS.value)
    record_access(
        actor=actor,
        action=action,
        purpose=Purpose.OWN_DATA if actor.is_client else Purpose.ASSESS_NEED,
        shown=[ShownData(person, None, frozenset(what)) for person, what in shown.items()],
        now=now,
    )
