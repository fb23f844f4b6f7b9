"""What a step does to a client's income: dated sentences in ``consequences/``, and their reader.

Each sentence names the Act and the section the matter stands in, the text that says so and the day
that text was read. Where the texts are silent there is a question to send instead. All of it is
indicative: whoever pays a benefit decides. Days are inclusive; no amounts in euros, which nothing
here could keep right.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, TypeVar

from common.bodies import Body

CONSEQUENCES = Path(__file__).parent / "consequences"
LANGUAGES = ("fi", "sv", "en")
DAY = "{day}"
"""Stands in a question for the day the step begins."""


class UnclearText(ValueError):
    """A file of consequences holds something that its reader does not know or cannot accept."""


class StepKind(StrEnum):
    """What a client may do next, by what it does to benefits."""

    PART_TIME_WORK = "part_time_work"
    FULL_TIME_WORK = "full_time_work"
    PAY_SUBSIDY = "pay_subsidy"
    OWN_BUSINESS = "own_business"
    START_UP = "start_up"
    STUDY = "study"
    SUPPORTED_STUDY = "supported_study"
    SERVICE = "service"
    REHABILITATIVE_WORK = "rehabilitative_work"
    OTHER_SERVICE = "other_service"
    REHABILITATION = "rehabilitation"
    SICKNESS = "sickness"
    PARENTAL_LEAVE = "parental_leave"


class Aspect(StrEnum):
    """What of the income a sentence is about, in the order it is read."""

    PAYS = "pays"
    TELL = "tell"
    MIXES = "mixes"
    GAP = "gap"
    NEGLECT = "neglect"
    COUNTS = "counts"


@dataclass(frozen=True, slots=True)
class SourceRead:
    """A text that was read: its name, where it is, and on which day it was read."""

    name: str
    where: str
    read_on: date


@dataclass(frozen=True, slots=True)
class Sentence:
    """One consequence in three languages, on the days it holds.

    ``act``: the Act's name by language; ``chapter`` is empty where it has none, ``section`` where
    the whole chapter is about it. ``whom``: who must be told, of a sentence about telling.
    """

    id: str
    steps: tuple[StepKind, ...]
    aspect: Aspect
    says: Mapping[str, str]
    act: Mapping[str, str]
    chapter: str
    section: str
    source: SourceRead
    valid_from: date
    valid_to: date | None = None
    whom: tuple[Body, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionToSend:
    """What the texts do not tell (``unknown``), and what to ask of whom, written out."""

    id: str
    steps: tuple[StepKind, ...]
    unknown: Mapping[str, str]
    ask: Mapping[str, str]
    whom: Body
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Consequences:
    """What is known of a step on a day, and what has to be asked."""

    step: StepKind
    on: date
    sentences: tuple[Sentence, ...]
    questions: tuple[QuestionToSend, ...]

    def by_aspect(self) -> list[tuple[Aspect, list[Sentence]]]:
        """The sentences under what they are about; what none is about is left out."""
        groups = [(one, [s for s in self.sentences if s.aspect == one]) for one in Aspect]
        return [(aspect, found) for aspect, found in groups if found]

    @property
    def whom(self) -> tuple[Body, ...]:
        """Everybody to be told or asked, once each."""
        told = [body for sentence in self.sentences for body in sentence.whom]
        return tuple(dict.fromkeys([*told, *(question.whom for question in self.questions)]))


def consequences_of(step: StepKind, on: date, *, folder: Path = CONSEQUENCES) -> Consequences:
    """What a step that begins on that day does to the income. Raises :class:`UnclearText`."""
    sentences, questions = _read(folder)
    return Consequences(
        step,
        on,
        tuple(s for s in sentences if step in s.steps and _holds(s, on)),
        tuple(q for q in questions if step in q.steps and _holds(q, on)),
    )


def all_sentences(*, folder: Path = CONSEQUENCES) -> tuple[Sentence, ...]:
    """Every version of every sentence."""
    return _read(folder)[0]


def all_questions(*, folder: Path = CONSEQUENCES) -> tuple[QuestionToSend, ...]:
    """Every version of every question."""
    return _read(folder)[1]


_Kind = TypeVar("_Kind", StepKind, Aspect, Body)


def _holds(one: Sentence | QuestionToSend, on: date) -> bool:
    return one.valid_from <= on and (one.valid_to is None or on <= one.valid_to)


@cache
def _read(folder: Path) -> tuple[tuple[Sentence, ...], tuple[QuestionToSend, ...]]:
    files = {path.name: tomllib.loads(path.read_text("utf-8")) for path in folder.glob("*.toml")}
    acts: dict[str, Mapping[str, str]] = {}
    sources: dict[str, SourceRead] = {}
    for name in sorted(files):
        _only(files[name], {"acts", "sources", "sentences", "questions"}, name)
        for key, act in files[name].get("acts", {}).items():
            acts[key] = _texts(act, key)
        for key, source in files[name].get("sources", {}).items():
            sources[key] = _source(source, key)
    sentences = tuple(_sentence(e, acts, sources) for e in _entries(files, "sentences"))
    questions = tuple(_question(e) for e in _entries(files, "questions"))
    _refuse_overlaps([*sentences, *questions])
    return sentences, questions


def _entries(files: Mapping[str, Any], kind: str) -> Iterator[dict[str, Any]]:
    for name in sorted(files):
        yield from files[name].get(kind, [])


def _sentence(
    entry: dict[str, Any], acts: Mapping[str, Mapping[str, str]], sources: Mapping[str, SourceRead]
) -> Sentence:
    where = str(entry.get("id", entry))
    known = {"id", "steps", "aspect", "act", "source", "valid_from", *LANGUAGES}
    _only(entry, known | {"chapter", "section", "whom", "valid_to"}, where, needed=known)
    if not entry.get("chapter") and not entry.get("section"):
        raise UnclearText(f"{where}: names no section")
    if entry["act"] not in acts or entry["source"] not in sources:
        raise UnclearText(f"{where}: unknown act or source")
    aspect = _one_of(Aspect, entry["aspect"], where)
    whom = tuple(_one_of(Body, body, where) for body in entry.get("whom", []))
    if (aspect == Aspect.TELL) != bool(whom):
        raise UnclearText(f"{where}: who is told is said of what must be told, and of it alone")
    return Sentence(
        id=where,
        steps=_steps(entry, where),
        aspect=aspect,
        says=_texts({language: entry[language] for language in LANGUAGES}, where),
        act=acts[entry["act"]],
        chapter=entry.get("chapter", ""),
        section=entry.get("section", ""),
        source=sources[entry["source"]],
        whom=whom,
        **_days(entry, where),
    )


def _question(entry: dict[str, Any]) -> QuestionToSend:
    where = str(entry.get("id", entry))
    known = {"id", "steps", "whom", "valid_from", "unknown", "ask"}
    _only(entry, known | {"valid_to"}, where, needed=known)
    ask = _texts(entry["ask"], where)
    if any(text.count(DAY) != 1 for text in ask.values()):
        raise UnclearText(f"{where}: a question says the day, once")
    return QuestionToSend(
        id=where,
        steps=_steps(entry, where),
        unknown=_texts(entry["unknown"], where),
        ask=ask,
        whom=_one_of(Body, entry["whom"], where),
        **_days(entry, where),
    )


def _source(entry: dict[str, Any], where: str) -> SourceRead:
    _only(entry, {"name", "where", "read_on"}, where, needed={"name", "where", "read_on"})
    if not isinstance(entry["read_on"], date):
        raise UnclearText(f"{where}: the day it was read is no day")
    return SourceRead(**entry)


def _only(
    entry: Mapping[str, Any], known: set[str], where: str, *, needed: Collection[str] = ()
) -> None:
    if unknown := set(entry) - known:
        raise UnclearText(f"{where}: unknown {sorted(unknown)}")
    if missing := set(needed) - set(entry):
        raise UnclearText(f"{where}: lacks {sorted(missing)}")


def _texts(entry: Mapping[str, str], where: str) -> Mapping[str, str]:
    _only(entry, set(LANGUAGES), where, needed=set(LANGUAGES))
    for text in entry.values():
        if not text.strip():
            raise UnclearText(f"{where}: an empty text")
        if "€" in text or "euro" in text.lower():
            raise UnclearText(f"{where}: an amount in euros")
    return dict(entry)


def _steps(entry: Mapping[str, Any], where: str) -> tuple[StepKind, ...]:
    steps = tuple(_one_of(StepKind, step, where) for step in entry["steps"])
    if not steps:
        raise UnclearText(f"{where}: of no step")
    return steps


def _days(entry: Mapping[str, Any], where: str) -> dict[str, Any]:
    first, last = entry["valid_from"], entry.get("valid_to")
    if not isinstance(first, date) or not isinstance(last, date | None) or (last and last < first):
        raise UnclearText(f"{where}: the days it holds are no days, or end before they begin")
    return {"valid_from": first, "valid_to": last}


def _one_of(kinds: type[_Kind], value: str, where: str) -> _Kind:
    try:
        return kinds(value)
    except ValueError as unknown:
        raise UnclearText(f"{where}: unknown {value}") from unknown


def _refuse_overlaps(entries: list[Sentence | QuestionToSend]) -> None:
    for one, other in combinations(entries, 2):
        if one.id == other.id and (_holds(one, other.valid_from) or _holds(other, one.valid_from)):
            raise UnclearText(f"{one.id}: two versions hold on one day")
