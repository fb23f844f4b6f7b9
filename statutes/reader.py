"""Reads the Acts in ``acts/`` and answers: what did the law say on this day?

A new Act is a new file there and no change here. Days are inclusive at both ends; a figure
without ``valid_to`` is still in force.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

ACTS = Path(__file__).parent / "acts"


class UnknownFigure(LookupError):
    """No Act at hand sets this figure on this day."""


class Unit(StrEnum):
    """What a rule counts: paid weekdays, or whole months of unbroken unemployment."""

    PAID_DAYS = "paid_days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the law: a number, its section, the days it is in force (inclusive).

    ``sourced`` is False where no source at hand carries the wording.
    """

    name: str
    value: int
    section: str
    valid_from: date
    valid_to: date | None = None
    sourced: bool = True


@dataclass(frozen=True, slots=True)
class Provision:
    """Where the law says something that is no figure, and on which days (inclusive)."""

    name: str
    section: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class TriggerRule:
    """A trigger: reached when ``threshold`` units are full, for those of the given age.

    ``age_from`` and ``age_below`` are whole years on the day asked about. ``statute`` is the
    section, or "advisory" where the number no longer binds anybody.
    """

    name: str
    unit: Unit
    threshold: int
    statute: str
    valid_from: date
    valid_to: date | None = None
    age_from: int | None = None
    age_below: int | None = None

    @property
    def is_advisory(self) -> bool:
        return self.statute == "advisory"


@dataclass(frozen=True, slots=True)
class EarlySignal:
    """An early signal: advice, never a gate. ``figures`` are its thresholds by name.

    ``rests_on`` names the register facts a body must be allowed to know to see it; ``source``
    where the advice comes from.
    """

    name: str
    figures: Mapping[str, int]
    rests_on: tuple[str, ...]
    source: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class LegalName:
    """What somebody or something in the law is called, by language, on which days (inclusive)."""

    of: str
    names: Mapping[str, str]
    section: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays a benefit, on which days (inclusive); both as codes."""

    benefit: str
    payer: str
    valid_from: date
    valid_to: date | None = None


class ChangesWith(StrEnum):
    """When a share changes: with the day after the limit, or with the next payment period."""

    DAY = "day"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class MunicipalShare:
    """The home municipality's share of a benefit, growing with the days counted.

    ``steps`` are (days, percent): the percent holds for days after that many. Days of
    ``counted_benefits`` count (with ``counted_bases``, any where empty), days of
    ``counted_before`` only where a day of the shared benefit follows them, nothing before
    ``counted_from``. ``restarts``: counting begins anew after requalifying.
    """

    name: str
    shared_benefit: str
    counted_benefits: tuple[str, ...]
    changes_with: ChangesWith
    steps: tuple[tuple[int, int], ...]
    section: str
    valid_from: date
    valid_to: date | None = None
    counted_bases: tuple[str, ...] = ()
    counted_before: tuple[str, ...] = ()
    counted_from: date | None = None
    restarts: bool = False
    leaves_out_integration: bool = False

    def percent(self, days: int) -> int:
        """The share when ``days`` days have been counted already."""
        return max((percent for limit, percent in self.steps if days >= limit), default=0)


@dataclass(frozen=True, slots=True)
class Law:
    """The law of one day. ``act`` is the Act on joint service in force ("" before 2015)."""

    day: date
    act: str
    rules: tuple[TriggerRule, ...]
    counted_benefits: tuple[str, ...]
    figures: tuple[Figure, ...]
    signals: tuple[EarlySignal, ...] = ()
    municipal_shares: tuple[MunicipalShare, ...] = field(default=())
    provisions: tuple[Provision, ...] = ()
    payers: tuple[Payer, ...] = ()
    names: tuple[LegalName, ...] = ()

    def section_of(self, name: str) -> str:
        """The section that says so on the day; empty where none does."""
        return next((p.section for p in self.provisions if p.name == name), "")

    def name_of(self, of: str, *, language: str) -> str:
        """What it is called on the day, in Finnish where there is no other name; else empty."""
        found = next((named.names for named in self.names if named.of == of), None)
        return found.get(language, found["fi"]) if found else ""

    def figure(self, name: str) -> Figure:
        """The figure of that name in force on the day. Raises :class:`UnknownFigure`."""
        for figure in self.figures:
            if figure.name == name:
                return figure
        raise UnknownFigure(f"{name} on {self.day}")

    @property
    def plan_due_months(self) -> Figure:
        """Whole months from the start of the case within which the plan is made."""
        return self.figure("plan_due_months")

    @property
    def review_months(self) -> Figure:
        """Whole months within which a plan in force is reviewed."""
        return self.figure("review_months")

    @property
    def retention_years(self) -> Figure:
        """Years after the end of the service after which the data are erased."""
        return self.figure("retention_years")


def law_on(day: date, *, acts: Path = ACTS) -> Law:
    """The law of that day. ``acts`` may name another folder of Acts."""
    corpus = _read(acts)
    return Law(
        day=day,
        act=next((a for a, first, last in corpus.acts if _covers(first, last, day)), ""),
        rules=tuple(r for r in corpus.rules if _covers(r.valid_from, r.valid_to, day)),
        counted_benefits=tuple(b for b, first in corpus.counted if first <= day),
        figures=tuple(f for f in corpus.figures if _covers(f.valid_from, f.valid_to, day)),
        signals=tuple(s for s in corpus.signals if _covers(s.valid_from, s.valid_to, day)),
        municipal_shares=tuple(m for m in corpus.shares if _covers(m.valid_from, m.valid_to, day)),
        provisions=tuple(p for p in corpus.provisions if _covers(p.valid_from, p.valid_to, day)),
        payers=tuple(p for p in corpus.payers if _covers(p.valid_from, p.valid_to, day)),
        names=tuple(n for n in corpus.names if _covers(n.valid_from, n.valid_to, day)),
    )


def changes_between(after: date, until: date, *, acts: Path = ACTS) -> tuple[date, ...]:
    """The days, after ``after`` up to and including ``until``, on which what is counted changes."""
    corpus = _read(acts)
    days = {rule.valid_from for rule in corpus.rules} | {first for _b, first in corpus.counted}
    days |= {rule.valid_to + timedelta(days=1) for rule in corpus.rules if rule.valid_to}
    return tuple(sorted(day for day in days if after < day <= until))


def all_municipal_shares(*, acts: Path = ACTS) -> tuple[MunicipalShare, ...]:
    """Every version of every municipal share."""
    return _read(acts).shares


def all_signals(*, acts: Path = ACTS) -> tuple[EarlySignal, ...]:
    """Every version of every early signal."""
    return _read(acts).signals


def rule_names(*, acts: Path = ACTS) -> tuple[str, ...]:
    """The names of all rules any Act has known, in the order they stand in the Acts."""
    return tuple(dict.fromkeys(rule.name for rule in _read(acts).rules))


def all_rules(*, acts: Path = ACTS) -> tuple[TriggerRule, ...]:
    """Every version of every rule, also those no longer or not yet in force."""
    return _read(acts).rules


def all_figures(*, acts: Path = ACTS) -> tuple[Figure, ...]:
    """Every version of every figure."""
    return _read(acts).figures


def _covers(first: date, last: date | None, day: date) -> bool:
    return first <= day and (last is None or day <= last)


@dataclass(frozen=True, slots=True)
class _Corpus:
    acts: tuple[tuple[str, date, date | None], ...]
    rules: tuple[TriggerRule, ...]
    counted: tuple[tuple[str, date], ...]
    figures: tuple[Figure, ...]
    signals: tuple[EarlySignal, ...]
    shares: tuple[MunicipalShare, ...]
    provisions: tuple[Provision, ...]
    payers: tuple[Payer, ...]
    names: tuple[LegalName, ...]


@cache
def _read(folder: Path) -> _Corpus:
    files = [tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))]

    def entries(kind: str) -> Iterator[dict[str, Any]]:
        for content in files:
            yield from content.get(kind, [])

    return _Corpus(
        acts=tuple(
            (content["act"], content["in_force"]["from"], content["in_force"].get("to"))
            for content in files
            if "in_force" in content
        ),
        rules=tuple(TriggerRule(**{**e, "unit": Unit(e["unit"])}) for e in entries("rules")),
        counted=tuple((e["benefit"], e["asked_from"]) for e in entries("counted_benefits")),
        figures=tuple(Figure(**e) for e in entries("figures")),
        signals=tuple(
            EarlySignal(**{**e, "rests_on": tuple(e["rests_on"])}) for e in entries("signals")
        ),
        shares=tuple(_share(e) for e in entries("municipal_shares")),
        provisions=tuple(Provision(**e) for e in entries("provisions")),
        payers=tuple(Payer(**e) for e in entries("payers")),
        names=tuple(LegalName(**e) for e in entries("names")),
    )


def _share(entry: dict[str, Any]) -> MunicipalShare:
    lists = ("counted_benefits", "counted_bases", "counted_before")
    return MunicipalShare(
        **{
            **entry,
            **{name: tuple(entry[name]) for name in lists if name in entry},
            "steps": tuple((days, percent) for days, percent in entry["steps"]),
            "changes_with": ChangesWith(entry["changes_with"]),
        }
    )
