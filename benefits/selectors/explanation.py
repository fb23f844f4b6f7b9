"""Why somebody is, or is not, on the list: what counted, what did not and why, day and section.

For a worker as far as their body may know; for the client everything about themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from benefits.access import facts_known_to, get_person, known_names
from benefits.early_signals import SignalFinding, signals
from benefits.eligibility import Finding, eligibility
from benefits.forecast import EXPECTED, segments
from benefits.models import (
    Benefit,
    ManualEntry,
    ManualEntryKind,
    PaymentBasis,
    PaymentPeriod,
    UnemploymentSpell,
)
from benefits.selectors.register import evaluated_on, newest_day
from benefits.selectors.sentences import (
    client_sentence,
    client_signal_sentence,
    coming_sentence,
    may_have_changed,
    met_sentence,
    name_of,
    not_met_sentence,
    payer_name,
    signal_sentence,
)
from benefits.selectors.worklist import WorklistRow, log_rows
from benefits.shares import PaidPeriod, Share, across_tables, share_on
from common.actor import Actor
from common.clock import day_of
from common.dates import age_on
from common.decision import NotVisible
from consent.models import Fact
from people.models import Person
from statutes.reader import Law, TriggerRule, Unit, UnknownFigure, law_on

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ExplainedPeriod:
    """One spell or payment period: its days (inclusive), whether it counted, and why not."""

    what: str
    start: date
    end: date | None
    paid_days: int | None
    counted: bool
    why_not: str = ""


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
        ManualEntry.objects.filter(person=person, withdrawn_at__isnull=True).order_by("first")
    )
    known = Fact.UNEMPLOYMENT_SPELLS if rule.unit is Unit.MONTHS else Fact.BENEFIT_PERIODS
    rows: list[ExplainedPeriod] = []
    if known in facts:
        gaps = [(e.first, e.last) for e in by_hand if e.kind == ManualEntryKind.GAP]
        rows = (
            _spells(person, law.day, tolerance, gaps)
            if rule.unit is Unit.MONTHS
            else _periods(person, law)
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
        shares=_shares(person, law, by_hand) if share_known else [],
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


def _spells(
    person: Person, on: date, tolerance: int, gaps: list[tuple[date, date]]
) -> list[ExplainedPeriod]:
    """The spells, newest run marked as counted, and what lies between them said."""
    spells = list(
        UnemploymentSpell.objects.filter(person=person, corrected_at__isnull=True).order_by(
            "start", "pk"
        )
    )
    rows: list[ExplainedPeriod] = []
    run: list[int] = []
    run_last: date | None = None
    for spell in spells:
        if spell.start > on:
            rows.append(
                ExplainedPeriod(_("Unemployed"), spell.start, spell.end, None, False,
                        _("Begins after the day asked about."))
            )  # fmt: skip
            continue
        if run_last is not None and (spell.start - run_last).days > 1:
            first, last = run_last + _DAY, spell.start - _DAY
            days = (last - first).days + 1
            if (first, last) in gaps:
                rows.append(
                    ExplainedPeriod(
                        _("Between, entered by hand as no break"), first, last, None, True
                    )
                )
            elif days <= tolerance:
                rows.append(
                    ExplainedPeriod(_("Short break that is tolerated"), first, last, None, True)
                )
            else:
                run = []
        run.append(len(rows))
        rows.append(ExplainedPeriod(_("Unemployed"), spell.start, spell.end, None, True))
        end = spell.end or date.max
        run_last = end if run_last is None else max(run_last, end)
    covers = run_last is not None and run_last >= on
    why = (
        _("Ended before the present unbroken run began.")
        if covers
        else _("Not unemployed on the day asked about.")
    )
    first_counted = min(run, default=len(rows)) if covers else len(rows)
    return [
        row if row.why_not or number >= first_counted
        else ExplainedPeriod(row.what, row.start, row.end, None, False, why)
        for number, row in enumerate(rows)
    ]  # fmt: skip


def _payments(person: Person) -> list[PaymentPeriod]:
    return list(
        PaymentPeriod.objects.filter(person=person, corrected_at__isnull=True).order_by(
            "start", "pk"
        )
    )


def _periods(person: Person, law: Law) -> list[ExplainedPeriod]:
    rows = []
    seen: set[date] = set()
    for period in _payments(person):
        days = set(_paid(period).paid_days()) if period.paid_days else set()
        why = ""
        if period.start > law.day:
            why = _("Begins after the day asked about.")
        elif period.benefit not in law.counted_benefits:
            why = (
                _("General support counts only when asked about 1.5.2026 or later.")
                if period.benefit == Benefit.GENERAL_SUPPORT
                else _("Another benefit.")
            )
        elif period.basis == PaymentBasis.SERVICE:
            why = _("Paid during a service, not on the basis of unemployment.")
        elif period.basis != PaymentBasis.UNEMPLOYMENT:
            why = _("The register gives no basis.")
        elif not days:
            why = _("No paid days.")
        elif not {d for d in days if d <= law.day} - seen:
            why = _("The same days have been counted already.")
        if not why:
            seen |= days
        rows.append(
            ExplainedPeriod(
                str(Benefit(period.benefit).label),
                period.start,
                period.end,
                period.paid_days,
                not why,
                why,
            )
        )
    return rows


def _paid(period: PaymentPeriod) -> PaidPeriod:
    return PaidPeriod(period.benefit, period.basis, period.start, period.end, period.paid_days or 0)


def _shares(person: Person, law: Law, by_hand: list[ManualEntry]) -> list[Share]:
    payments = [_paid(period) for period in _payments(person)]
    requalified = [e.first for e in by_hand if e.kind == ManualEntryKind.REQUALIFIED]
    integration = [(e.first, e.last) for e in by_hand if e.kind == ManualEntryKind.INTEGRATION]
    shares = []
    for table in law.municipal_shares:
        share = share_on(law.day, table, payments, requalified=requalified, integration=integration)
        if share:
            shares.append(
                across_tables(
                    law.day, share, payments, requalified=requalified, integration=integration
                )
            )
    return shares


# What each signal looks at, for the rows of its explanation.
_LOOKS_AT: dict[str, set[str] | None] = {
    "many_benefits": None,
    "back_from_sickness": {"sairauspaivaraha", "tyomarkkinatuki", "peruspaivaraha", "yleistuki"},
    "long_sickness": {"sairauspaivaraha", "kuntoutusraha", "tyokyvyttomyyselake"},
    "long_history_on_earnings_related": {"ansiopaivaraha"},
    "service_again": None,
    "nothing_paid": None,
}


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
        rows=_looked_at(person, noticed, law, facts),
    )


def _looked_at(
    person: Person, noticed: SignalFinding, law: Law, facts: frozenset[Fact]
) -> list[ExplainedPeriod]:
    benefits = _LOOKS_AT.get(noticed.signal)
    paid_by = {p.benefit: payer_name(p.payer) for p in law.payers}
    year = date(law.day.year, 1, 1)
    rows = []
    for period in _payments(person):
        if period.start > law.day:
            why = _("Begins after the day asked about.")
        elif benefits is not None and period.benefit not in benefits:
            why = _("This signal does not look at this benefit.")
        elif noticed.signal == "many_benefits" and period.benefit not in paid_by:
            why = _("General support counts only when asked about 1.5.2026 or later.")
        elif noticed.signal == "many_benefits" and period.end < year:
            why = _("Ended before this calendar year.")
        elif noticed.signal == "service_again" and period.basis != PaymentBasis.SERVICE:
            why = _("Not paid on the basis of a service.")
        else:
            why = ""
        label = str(Benefit(period.benefit).label)
        if noticed.signal == "many_benefits" and period.benefit in paid_by:
            label = f"{label} ({paid_by[period.benefit]})"
        rows.append(
            ExplainedPeriod(label, period.start, period.end, period.paid_days, not why, why)
        )
    if noticed.signal == "long_history_on_earnings_related" and Fact.UNEMPLOYMENT_SPELLS in facts:
        spells = UnemploymentSpell.objects.filter(
            person=person, corrected_at__isnull=True, start__lte=law.day
        ).order_by("start", "pk")
        rows += [ExplainedPeriod(_("Unemployed"), s.start, s.end, None, True) for s in spells]
    return rows


def _log(actor: Actor, action: str, found: list[Explanation], now: datetime) -> None:
    by_law: dict[date, list[WorklistRow]] = {}
    for e in found:
        by_law.setdefault(e.asked_on, []).append(
            WorklistRow(e.person, e.rule, e.statute, e.asked_on, e.asked_on, e.measured, e.sentence)
        )
    for day, rows in by_law.items():
        log_rows(actor, action, rows, law_on(day), now)
