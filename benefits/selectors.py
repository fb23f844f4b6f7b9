"""Reads of what follows from the registers: who meets a trigger, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.models import Purpose
from audit.services import Shown, record_access
from benefits.access import facts_known_to, may_know, municipalities_of
from benefits.eligibility import Finding, eligibility
from benefits.models import (
    Benefit,
    PaymentBasis,
    PaymentPeriod,
    RegisterImport,
    TriggerDecline,
    UnemploymentSpell,
)
from cases.models import Case
from common.actor import Actor
from common.crypto import decrypt
from common.decision import NotVisible
from consent.models import Category, Fact
from people.models import Person
from statutes.reader import Law, Rule, Unit, law_on

RULE_NAMES = {
    "subsidy_300_days": gettext_lazy("300 days of labour-market subsidy"),
    "unemployed_12_months": gettext_lazy("12 months of unbroken unemployment"),
    "unemployed_6_months_under_25": gettext_lazy(
        "6 months of unbroken unemployment, under 25 years"
    ),
}


def newest_day() -> date | None:
    """The newest day the imported extracts speak of; None before the first import."""
    return (
        RegisterImport.objects.filter(newest_day__isnull=False)
        .order_by("-started_at")
        .values_list("newest_day", flat=True)
        .first()
    )


def eligibility_on(day: date) -> Iterator[tuple[str, Finding]]:
    """Every rule for everybody on a day, with the identity code: for the export to the bodies."""
    codes = {
        person_id: decrypt(code)
        for person_id, code in Person.objects.order_by("pk")
        .values_list("pk", "identity_code_encrypted")
        .iterator()
    }
    for finding in eligibility(day):
        yield codes[finding.person_id], finding


@dataclass(frozen=True, slots=True)
class Trigger:
    """Somebody who meets a rule on the day asked, with the inputs it rests on."""

    person: Person
    rule: Rule
    asked_on: date
    reached_on: date
    measured: int

    @property
    def statute(self) -> str:
        return self.rule.statute

    @property
    def rule_name(self) -> str:
        return str(RULE_NAMES.get(self.rule.name, self.rule.name))

    @property
    def days_since(self) -> int:
        return (self.asked_on - self.reached_on).days

    @property
    def sentence(self) -> str:
        """The inputs in plain words."""
        said = {
            "threshold": self.rule.threshold,
            "reached": _day(self.reached_on),
            "measured": self.measured,
            "asked": _day(self.asked_on),
        }
        if self.rule.unit is Unit.PAID_DAYS:
            return (
                _("%(threshold)d paid days reached on %(reached)s: %(measured)d by %(asked)s.")
                % said
            )
        return (
            _(
                "%(threshold)d months of unbroken unemployment reached on %(reached)s: "
                "%(measured)d full months by %(asked)s."
            )
            % said
        )


@dataclass(frozen=True, slots=True)
class TriggerList:
    """One page of triggers, longest ago first, and how many there are in all."""

    rows: list[Trigger]
    total: int
    known_rules: list[str]


def list_triggers(
    actor: Actor, *, on: date, now: datetime, limit: int = 25, offset: int = 0
) -> TriggerList:
    """Who in the actor's network meets a rule the actor's body may know of; logged.

    People with an open case in the network, and those declined on the same facts, are left out.
    """
    law = law_on(on)
    known = _known_rules(actor, law, now=now)
    findings = sorted(
        _open_findings(actor, law, known), key=lambda f: (f.reached_on, f.person_id, f.rule)
    )
    page = findings[offset : offset + limit]
    people = Person.objects.in_bulk({finding.person_id for finding in page})
    rows = [_trigger(people[f.person_id], known[f.rule], on, f) for f in page]
    _log(actor, "triggers_listed", rows, now)
    return TriggerList(
        rows=rows,
        total=len(findings),
        known_rules=[str(RULE_NAMES.get(name, name)) for name in known],
    )


def trigger_of(
    actor: Actor, person_id: UUID, *, rule: str, on: date | None, now: datetime
) -> Trigger:
    """One person's trigger. Raises ``NotVisible`` when there is none the actor may know of."""
    if on is None:
        raise NotVisible
    law = law_on(on)
    known = _known_rules(actor, law, now=now)
    person = Person.objects.filter(
        pk=person_id, municipality_code__in=municipalities_of(actor)
    ).first()
    if person is None or rule not in known:
        raise NotVisible
    for finding in eligibility(on, persons=[person_id], only_met=True, law=law):
        if finding.rule == rule:
            return _trigger(person, known[rule], on, finding)
    raise NotVisible


@dataclass(frozen=True, slots=True)
class Counted:
    """One spell or payment period, whether it counted, and why not."""

    what: str
    start: date
    end: date | None
    paid_days: int | None
    counted: bool
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class TriggerExplained:
    """A trigger with the rows that counted and those that did not, as far as the body may know."""

    trigger: Trigger
    rows: list[Counted]

    @property
    def sentence(self) -> str:
        return self.trigger.sentence

    @property
    def asked_on(self) -> date:
        return self.trigger.asked_on


def open_trigger(
    actor: Actor, person_id: UUID, *, rule: str, on: date | None, now: datetime
) -> TriggerExplained:
    """A trigger explained; logged. Raises ``NotVisible``."""
    trigger = trigger_of(actor, person_id, rule=rule, on=on, now=now)
    facts = facts_known_to(actor, now=now)
    if trigger.rule.unit is Unit.MONTHS:
        rows = _spells(trigger)
    elif Fact.BENEFITS_DETAIL in facts:
        rows = _periods(trigger, law_on(trigger.asked_on))
    else:
        rows = []  # the count is known, not the periods behind it
    _log(actor, "trigger_opened", [trigger], now)
    return TriggerExplained(trigger, rows)


def _spells(trigger: Trigger) -> list[Counted]:
    spells = UnemploymentSpell.objects.filter(
        person=trigger.person, corrected_at__isnull=True, start__lte=trigger.asked_on
    ).order_by("start", "pk")
    ordered = list(spells)
    run: list[UnemploymentSpell] = []
    last: date | None = None
    for spell in ordered:
        if run and last is not None and (spell.start - last).days > 1:
            run = []
        run.append(spell)
        end = spell.end or date.max
        last = end if last is None or len(run) == 1 else max(last, end)
    counted = {spell.pk for spell in run}
    why = _("Ended before the present unbroken run began.")
    return [
        Counted(
            _("Unemployed"), s.start, s.end, None, s.pk in counted, "" if s.pk in counted else why
        )
        for s in ordered
    ]


def _periods(trigger: Trigger, law: Law) -> list[Counted]:
    periods = PaymentPeriod.objects.filter(
        person=trigger.person, corrected_at__isnull=True, start__lte=trigger.asked_on
    ).order_by("start", "pk")
    rows = []
    for period in periods:
        why = ""
        if period.benefit not in law.counted_benefits:
            why = _("Another benefit.")
        elif period.basis != PaymentBasis.UNEMPLOYMENT:
            why = _("Paid during a service, not on the basis of unemployment.")
        rows.append(
            Counted(
                str(Benefit(period.benefit).label),
                period.start,
                period.end,
                period.paid_days,
                not why,
                why,
            )
        )
    return rows


def _known_rules(actor: Actor, law: Law, *, now: datetime) -> dict[str, Rule]:
    facts = facts_known_to(actor, now=now)
    return {rule.name: rule for rule in law.rules if may_know(rule, facts)}


def _open_findings(actor: Actor, law: Law, known: dict[str, Rule]) -> list[Finding]:
    if not known:
        return []
    found = [
        finding
        for finding in eligibility(
            law.day, municipalities=municipalities_of(actor), only_met=True, law=law
        )
        if finding.rule in known
    ]
    taken = set(
        Case.objects.filter(network_id=actor.working_network_id, ended_at__isnull=True).values_list(
            "person_id", flat=True
        )
    )
    declined = set(
        TriggerDecline.objects.filter(network_id=actor.working_network_id).values_list(
            "person_id", "rule", "reached_on"
        )
    )
    return [
        f
        for f in found
        if f.person_id not in taken and (f.person_id, f.rule, f.reached_on) not in declined
    ]


def _trigger(person: Person, rule: Rule, on: date, finding: Finding) -> Trigger:
    assert finding.reached_on is not None
    return Trigger(person, rule, on, finding.reached_on, finding.measured)


def _log(actor: Actor, action: str, rows: list[Trigger], now: datetime) -> None:
    shown: dict[UUID, set[str]] = {}
    for row in rows:
        fact = Fact.PAID_DAY_COUNTS if row.rule.unit is Unit.PAID_DAYS else Fact.UNEMPLOYMENT_SPELLS
        shown.setdefault(row.person.pk, {Category.IDENTITY_CONTACT.value}).add(fact.value)
    record_access(
        actor=actor,
        action=action,
        purpose=Purpose.ASSESS_NEED,
        shown=[Shown(person, None, frozenset(what)) for person, what in shown.items()],
        now=now,
    )


def _day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
