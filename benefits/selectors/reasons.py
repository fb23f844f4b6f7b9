"""One reason why somebody is on the list: a flag with its figures and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from audit.models import Purpose
from audit.services import record_access
from audit.shown import ShownData
from benefits.access import facts_known_to, get_person, known_names
from benefits.early_signals import signals
from benefits.eligibility import eligibility
from benefits.models import ClosedBecause, ExpectedFlag, Flag, FlagDecision, FlagState
from benefits.selectors.register import evaluated_on
from benefits.selectors.sentences import (
    closed_sentence,
    coming_reason,
    coming_sentence,
    name_of,
    progress_sentence,
    short_reason,
    signal_sentence,
)
from benefits.selectors.standing import CLOSED, NEW, Asking, WorklistPart, flags_in
from common.actor import Actor
from common.clock import day_of
from common.decision import NotVisible
from consent.models import Category, Fact
from people.models import Person
from statutes.reader import Law, TriggerRule, Unit, law_on


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One reason of somebody's. ``on`` is the day reached, or expected where it is coming.

    ``short`` says it in a few words beside other reasons, ``sentence`` whole.
    """

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
    short: str = ""

    @property
    def rule_name(self) -> str:
        return name_of(self.rule)


def flags_of(
    actor: Actor, person_id: UUID, *, now: datetime, part: WorklistPart | None = None
) -> list[WorklistRow]:
    """A person's standing flags that the actor may know of, the oldest first. Not logged.

    ``part``: those of one part of the list alone. Raises ``NotVisible`` where the actor may know
    of no such person; empty where nothing stands.
    """
    on = evaluated_on()
    if on is None:
        raise NotVisible
    law = law_on(on)
    names = known_names(law, facts_known_to(actor, now=now))
    get_person(actor, person_id, now=now)
    flags: QuerySet[Any] = (
        Flag.objects.filter(rule__in=names, closed_on__isnull=True)
        if part is None
        else flags_in(part, Asking.of(actor, names, on=on, now=now))
    )
    theirs = flags.filter(person_id=person_id).select_related("person")
    rows: list[Flag] = list(theirs.order_by("reached_on", "pk"))
    decided = decisions_on([person_id], actor, names)
    return flag_rows(rows, decided, law, now)


def flag_of(actor: Actor, person_id: UUID, *, rule: str, now: datetime) -> WorklistRow:
    """A person's newest standing flag of a rule. Raises ``NotVisible``. Not logged."""
    found = [row for row in flags_of(actor, person_id, now=now) if row.rule == rule]
    if not found:
        raise NotVisible
    return found[-1]


def decisions_on(ids: list[UUID], actor: Actor, names: list[str]) -> dict[int, FlagDecision]:
    """What the actor's network has decided on what their body may know of these people."""
    found = FlagDecision.objects.filter(
        flag__person__in=ids, flag__rule__in=names, network_id=actor.working_network_id
    ).select_related("flag")
    return {decision.flag_id: decision for decision in found}


def flag_rows(
    flags: list[Flag], decided: dict[int, FlagDecision], law: Law, now: datetime
) -> list[WorklistRow]:
    """The day's figures, counted for these people only: two queries, whatever the page holds."""
    persons = list({flag.person_id for flag in flags})
    measured: dict[tuple[UUID, str], int] = {}
    if persons:
        for found in eligibility(
            law.day, tolerance=settings.UNEMPLOYMENT_GAP_DAYS, persons=persons
        ):
            measured[found.person_id, found.rule] = found.measured
        for noticed in signals(law, persons=persons):
            measured[noticed.person_id, noticed.signal] = noticed.measured
    return [
        _flag_row(flag, decided.get(flag.pk), law, measured.get((flag.person_id, flag.rule), 0),
                  now)
        for flag in flags
    ]  # fmt: skip


def _flag_row(
    flag: Flag, decision: FlagDecision | None, law: Law, measured: int, now: datetime
) -> WorklistRow:
    rule = _rule(law, flag.rule)
    asked = law.day
    if rule:
        sentence = progress_sentence(rule.unit, measured=measured, asked=asked)
    else:
        sentence = signal_sentence(
            flag.rule, reached=flag.reached_on, measured=measured, asked=asked
        )
    short = short_reason(rule.unit if rule else flag.rule, measured=measured)
    status = decision.state if decision else NEW
    until = decision.snoozed_until if decision else None
    if status == FlagState.SNOOZED and until and until <= day_of(now):
        status = NEW
    if flag.closed_on:
        why = str(ClosedBecause(flag.closed_because).label)
        status, sentence = CLOSED, closed_sentence(why, closed=flag.closed_on)
        short = f"{name_of(flag.rule)} ({sentence})"
    return WorklistRow(
        person=flag.person,
        rule=flag.rule,
        statute=rule.statute if rule else _source(law, flag.rule),
        asked_on=asked,
        on=flag.reached_on,
        measured=measured,
        sentence=sentence,
        status=status,
        reason=decision.reason if decision else "",
        snoozed_until=until,
        flag_id=flag.pk,
        is_signal=rule is None,
        short=short,
    )


def coming_rows(coming: list[ExpectedFlag], law: Law) -> list[WorklistRow]:
    rows = []
    for row in coming:
        rule = _rule(law_on(row.expected_on), row.rule)
        assert rule is not None
        unit, threshold, day = rule.unit, rule.threshold, row.expected_on
        rows.append(
            WorklistRow(
                row.person,
                row.rule,
                rule.statute,
                law.day,
                day,
                0,
                coming_sentence(unit, threshold=threshold, expected=day, asked=law.day),
                short=coming_reason(unit, threshold=threshold, expected=day),
            )
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
