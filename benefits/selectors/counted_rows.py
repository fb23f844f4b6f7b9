"""The rows behind an explanation: which spells and payments counted, which did not and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from benefits.early_signals import SignalFinding
from benefits.models import (
    Benefit,
    ManualEntry,
    ManualEntryKind,
    PaymentBasis,
    PaymentPeriod,
    UnemploymentSpell,
)
from benefits.selectors.sentences import payer_name
from benefits.shares import PaidPeriod, Share, across_tables, share_on
from consent.models import Fact
from people.models import Person
from statutes.reader import Law

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


def explained_spells(
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


def explained_periods(person: Person, law: Law) -> list[ExplainedPeriod]:
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


def explained_shares(person: Person, law: Law, by_hand: list[ManualEntry]) -> list[Share]:
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


def looked_at(
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
