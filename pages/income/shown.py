"""The consequences of a step as a page shows them, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.dateparse import parse_date
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from caseplan.plan.catalogue import IncomeStep
from common.bodies import Body
from components.templatetags.formatting import day
from pages.responses import Text
from statutes.steps import (
    DAY,
    LANGUAGES,
    Aspect,
    QuestionToSend,
    Sentence,
    StepKind,
    all_questions,
    consequences_of,
)

HEADINGS = {
    Aspect.PAYS: gettext_lazy("Which benefit"),
    Aspect.TELL: gettext_lazy("What to tell, and to whom"),
    Aspect.MIXES: gettext_lazy("What affects the payment"),
    Aspect.GAP: gettext_lazy("When money can stop or be late"),
    Aspect.NEGLECT: gettext_lazy("If it is not done"),
    Aspect.COUNTS: gettext_lazy("Which days count"),
}


@dataclass(frozen=True, slots=True)
class ToldConsequence:
    """A sentence, where it stands and who said so. ``begins``: the day, where it is to come."""

    text: str
    section: str
    source: str
    read_on: date
    whom: list[Text]
    begins: date | None


@dataclass(frozen=True, slots=True)
class ConsequenceGroup:
    heading: Text
    told: list[ToldConsequence]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What the texts do not tell, and the question written out, with its day."""

    id: str
    unknown: str
    text: str
    whom: Text


@dataclass(frozen=True, slots=True)
class ShownStep:
    """All of one step from one day."""

    name: Text
    begins_on: date
    groups: list[ConsequenceGroup]
    questions: list[OpenQuestion]
    whom: list[Text]


def shown_step(step: StepKind, begins_on: date, *, today: date) -> ShownStep:
    """What a step that begins on that day does to the income, in the reader's language."""
    known = consequences_of(step, begins_on)
    return ShownStep(
        IncomeStep(step.value).label,
        begins_on,
        [
            ConsequenceGroup(HEADINGS[aspect], [_told(one, today) for one in sentences])
            for aspect, sentences in known.by_aspect()
        ],
        [_asked(question, begins_on) for question in known.questions],
        [body.label for body in known.whom],
    )


def written_out(sent: Mapping[str, str]) -> str:
    """The question whose button was pressed, with its day; empty for one that is not known."""
    found = next((one for one in all_questions() if one.id == sent.get("question")), None)
    begins_on = _day(sent.get("day", ""))
    return _asked(found, begins_on).text if found and begins_on else ""


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _told(sentence: Sentence, today: date) -> ToldConsequence:
    return ToldConsequence(
        text=sentence.says[_language()],
        section=_section(sentence),
        source=sentence.source.name,
        read_on=sentence.source.read_on,
        whom=[Body(body).label for body in sentence.whom],
        begins=sentence.valid_from if sentence.valid_from > today else None,
    )


def _asked(question: QuestionToSend, begins_on: date) -> OpenQuestion:
    language = _language()
    text = question.ask[language].replace(DAY, day(begins_on))
    return OpenQuestion(question.id, question.unknown[language], text, question.whom.label)


def _section(sentence: Sentence) -> str:
    """Where the matter stands: the Act by name, chapter and section."""
    parts = [sentence.act[_language()]]
    if sentence.chapter:
        parts.append(_("chapter %(number)s") % {"number": sentence.chapter})
    if sentence.section:
        parts.append(_("section %(number)s") % {"number": sentence.section})
    return ", ".join(parts)


def _language() -> str:
    language = (get_language() or "fi")[:2]
    return language if language in LANGUAGES else "fi"
