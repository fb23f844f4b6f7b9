"""Why somebody is, or is not, on the list: what counted, what did not and why, day and section.

For a worker as far as their body may know; for the client everything about themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import connection

from benefits.access import facts_known_to, get_person, known_names
from benefits.early_signals import signals
from benefits.eligibility import Finding, eligibility
from benefits.forecast import EXPECTED, segments
from benefits.models import ManualEntry, ManualEntryKind
from benefits.selectors.counted_rows import (
    ExplainedPeriod,
    explained_periods,
    explained_shares,
    explained_spells,
    looked_at,
)
from benefits.selectors.reasons import WorklistRow, log_rows
from benefits.selectors.register import evaluated_on, newest_day
from benefits.selectors.sentences import (
    client_sentence,
    client_signal_sentence,
    coming_sentence,
    may_have_changed,
    met_sentence,
    name_of,
    not_met_sentence,
    signal_sentence,
)
from benefits.shares import Share
from common.actor import Actor
from common.clock import day_of
from common.dates import age_on
from common.decision import NotVisible
from consent.models import Fact
from people.models import Person
from statutes.reader import Law, TriggerRule, Unit, UnknownFigure, law_on


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rule or signal for one person on a day, with what it rests on.

    ``reached_on`` is the day it was reached where it is met, ``expected_on`` the day it will be if
    nothing changes (within the forecast), else both None. ``threshold`` and ``measured`` are paid
    days, whole months, or the signal's measure. ``rows`` is empty where the reader's body may know
    the figure but not the periods behind it (``rows_known`` False). ``referral_section``: where the
    law of the day makes it a duty to refer whoever needs the joint service; empty before 2016.
    """

    person: Person
    rule: str
    statute: str
    asked_on: date
    met: bool
    measured: int
    threshold: int
    sentence: str
    client_sentence: str
    is_signal: bool
    unit: str = ""
    reached_on: date | None = None
    expected_on: date | None = None
    rows: list[ExplainedPeriod] = field(default_factory=list)
    rows_known: bool = True
    by_hand: list[ManualEntry] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    shares_known: bool = False
    referral_section: str = ""

    @property
    def rule_name(self) -> str:
        return name_of(self.rule)

    @property
    def is_advisory(self) -> bool:
        return self.is_signal or self.statute == "advisory"


def explain_rule(
    actor: Actor, person_id: UUID, *, rule: str, on: date | None, now: datetime
) -> Explanation:
    """One rule or signal explained on a day, under the law of that day; logged.

    Without ``on``: the day the flags were asked about. Raises ``NotVisible`` where the actor may
    not know of it. For a worker a signal that is not there does not exist, and a trigger not met
    and not coming neither: whom nothing brings to the list is nobody's business.
    """
    found = _explained(actor, person_id, rule, on, now)
    if not actor.is_client and not (found.met or found.expected_on):
        raise NotVisible
    _log(actor, "trigger_opened", [found], now)
    return found


def explain_person(
    actor: Actor, person_id: UUID, *, rules: Iterable[str], now: datetime
) -> list[Explanation]:
    """Several of a person's reasons, as the list of them stands; logged as :func:`explain_rule`.

    What does not stand is left out. Raises ``NotVisible`` where the actor may not know of them.
    """
    found = [_explained(actor, person_id, rule, None, now) for rule in rules]
    standing = [one for one in found if one.met or one.expected_on]
    _log(actor, "trigger_opened", standing, now)
    return standing


def own_explanations(actor: Actor, *, now: datetime) -> list[Explanation]:
    """The triggers for somebody of the client's age, and the signals that stand; logged."""
    assert actor.person_id is not None
    on = evaluated_on() or newest_day()
    if on is None:
        return []
    law = law_on(on)
    person_id = actor.person_id
    noticed = {n.signal for n in signals(law, persons=[person_id])}
    age = age_on(get_person(actor, person_id, now=now).birth_date, on)
    of_age = [r for r in law.rules if (r.age_from or 0) <= age < (r.age_below or 200)]
    names = [*(rule.name for rule in of_age), *sorted(noticed)]
    found = [_explained(actor, person_id, name, on, now) for name in names]
    _log(actor, "own_register_read", found, now)
    return found


def trigger_of(
    actor: Actor, person_id: UUID, *, rule: str, on: date | None, now: datetime
) -> Explanation:
    """A trigger or signal that stands on a day. Raises ``NotVisible``; not logged."""
    found = _explained(actor, person_id, rule, on, now)
    if not found.met:
        raise NotVisible
    return found


def _explained(
    actor: Actor, person_id: UUID, name: str, on: date | None, now: datetime
) -> Explanation:
    on = on or evaluated_on() or newest_day()
    if on is None:
        raise NotVisible
    law = law_on(on)
    facts = facts_known_to(actor, now=now)
    person = get_person(actor, person_id, now=now)
    rule = next((r for r in law.rules if r.name == name), None)
    if name not in known_names(law, facts):
        raise NotVisible
    found = (
        _signal(person, name, law, facts) if rule is None else _trigger(person, rule, law, facts)
    )
    found = replace(found, referral_section=_referral_section(law))
    return _with_its_age(found, today=day_of(now))


def _referral_section(law: Law) -> str:
    try:
        duty = law.figure("referral_is_a_duty")
    except UnknownFigure:
        return ""
    return duty.section if duty.value else ""


def _with_its_age(found: Explanation, *, today: date) -> Explanation:
    """Said with it, where the newest day the registers tell of is long past."""
    aged = may_have_changed(
        asked=found.asked_on, told_to=newest_day() or found.asked_on, today=today
    )
    if not aged:
        return found
    return replace(
        found,
        sentence=f"{found.sentence} {aged}",
        client_sentence=f"{found.client_sentence} {aged}",
    )


def _trigger(person: Person, rule: TriggerRule, law: Law, facts: frozenset[Fact]) -> Explanation:
    tolerance = settings.UNEMPLOYMENT_GAP_DAYS
    finding = next(
        f for f in eligibility(law.day, tolerance=tolerance, persons=[person.pk], law=law)
        if f.rule == rule.name
    )  # fmt: skip
    expected = None if finding.met else _expected(person, rule, law.day)
    by_hand = list(
        ManualEntry.objects.filter(person=person, withdrawn_at__isnull=True).order_by("first", "pk")
    )
    known = Fact.UNEMPLOYMENT_SPELLS if rule.unit is Unit.MONTHS else Fact.BENEFIT_PERIODS
    rows: list[ExplainedPeriod] = []
    if known in facts:
        gaps = [(e.first, e.last) for e in by_hand if e.kind == ManualEntryKind.GAP]
        rows = (
            explained_spells(person, law.day, tolerance, gaps)
            if rule.unit is Unit.MONTHS
            else explained_periods(person, law)
        )
    share_known = rule.unit is Unit.PAID_DAYS and Fact.BENEFIT_PERIODS in facts
    return Explanation(
        person=person,
        rule=rule.name,
        statute=rule.statute,
        asked_on=law.day,
        met=finding.met,
        measured=finding.measured,
        threshold=rule.threshold,
        sentence=_sentence(rule, finding, law.day, expected),
        client_sentence=client_sentence(
            rule.unit,
            threshold=rule.threshold,
            measured=finding.measured,
            reached=finding.reached_on,
            expected=expected,
            asked=law.day,
        ),
        is_signal=False,
        unit=rule.unit.value,
        reached_on=finding.reached_on,
        expected_on=expected,
        rows=rows,
        rows_known=known in facts,
        by_hand=by_hand if known in facts else [],
        shares=explained_shares(person, law, by_hand) if share_known else [],
        shares_known=share_known,
    )


def _sentence(rule: TriggerRule, finding: Finding, asked: date, expected: date | None) -> str:
    if finding.met and finding.reached_on:
        return met_sentence(
            rule.unit, threshold=rule.threshold, reached=finding.reached_on,
            measured=finding.measured, asked=asked,
        )  # fmt: skip
    if expected:
        return coming_sentence(rule.unit, threshold=rule.threshold, expected=expected, asked=asked)
    return not_met_sentence(
        rule.unit, threshold=rule.threshold, measured=finding.measured, asked=asked
    )


def _expected(person: Person, rule: TriggerRule, on: date) -> date | None:
    for segment in segments(on, tolerance=settings.UNEMPLOYMENT_GAP_DAYS, persons=[person.pk]):
        with connection.cursor() as cursor:
            cursor.execute(EXPECTED, segment)
            for _person, name, day in cursor.fetchall():
                if name == rule.name:
                    found: date = day
                    return found
    return None


def _signal(person: Person, name: str, law: Law, facts: frozenset[Fact]) -> Explanation:
    noticed = next((n for n in signals(law, persons=[person.pk]) if n.signal == name), None)
    if noticed is None:
        raise NotVisible
    signal = next(s for s in law.signals if s.name == name)
    figures = signal.figures
    threshold = figures.get("payers") or figures.get("days") or figures.get("times")
    return Explanation(
        person=person,
        rule=name,
        statute=signal.source,
        asked_on=law.day,
        met=True,
        measured=noticed.measured,
        threshold=threshold or figures["within_days"],
        sentence=signal_sentence(
            name, reached=noticed.reached_on, measured=noticed.measured, asked=law.day
        ),
        client_sentence=client_signal_sentence(
            name, reached=noticed.reached_on, measured=noticed.measured, asked=law.day
        ),
        is_signal=True,
        reached_on=noticed.reached_on,
        rows=looked_at(person, noticed, law, facts),
    )


def _log(actor: Actor, action: str, found: list[Explanation], now: datetime) -> None:
    by_law: dict[date, list[WorklistRow]] = {}
    for e in found:
        by_law.setdefault(e.asked_on, []).append(
            WorklistRow(e.person, e.rule, e.statute, e.asked_on, e.asked_on, e.measured, e.sentence)
        )
    for day, rows in by_law.items():
        log_rows(actor, action, rows, law_on(day), now)
