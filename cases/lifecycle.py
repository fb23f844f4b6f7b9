"""The life of a case: its states and the only transitions between them, in one table.

The database holds the same table (``migrations/0003_lifecycle.sql``), and ``docs/lifecycle.md`` is
drawn from it by ``manage.py draw_lifecycle``. Knows no person, no plan and no clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class CaseState(models.TextChoices):
    """Where a case stands. What is ended can be read, not written, until it is erased.

    No case comes to ``DECLINED`` any more: it was only referred, when a referral still made a case
    (docs/adr/0029-a-case-begins-by-need.md). Those that stand there are kept their time.
    """

    DECLINED = "declined", _("Not started")
    MAPPING = "mapping", _("Mapping")
    IN_FORCE = "in_force", _("Plan in force")
    ENDING = "ending", _("Ending is being assessed")
    FOLLOW_UP = "follow_up", _("Ended, being followed up")
    CLOSED = "closed", _("Ended")


class ImmediateEnding(models.TextChoices):
    """Why a case ended without being assessed by the three bodies (docs/adr/0011)."""

    DIED = "died", _("The client has died")
    MOVED = "moved", _("The client has moved to another area")
    JOINED = "joined", _("It was of the same person as another case")


class TransitionKind(StrEnum):
    """How a transition comes about: as the work goes, by a change in life, or that undone."""

    USUAL = "usual"
    IMMEDIATE = "immediate"
    UNDONE = "undone"


ENDED_STATES = (CaseState.DECLINED, CaseState.FOLLOW_UP, CaseState.CLOSED)


@dataclass(frozen=True, slots=True)
class Transition:
    """One way from a state to another; ``before`` None is the beginning, ``after`` None the end.

    ``verb`` is what stands in the log (``case_started``); ``rests_on`` the section of law, or of
    the report, that asks for it.
    """

    before: CaseState | None
    after: CaseState | None
    verb: str
    what: Promise
    rests_on: str = ""
    kind: TransitionKind = TransitionKind.USUAL


ENDS_IMMEDIATELY = (
    (CaseState.MAPPING, CaseState.CLOSED),
    (CaseState.IN_FORCE, CaseState.CLOSED),
    (CaseState.ENDING, CaseState.CLOSED),
    (CaseState.FOLLOW_UP, CaseState.CLOSED),
)
"""From where to where a case goes when a change in the client's life ends it."""
_OVER = _("the client has died or moved, or two records are one person")
_MISTAKEN = _("that was a mistake, and is taken back within 14 days")

TRANSITIONS: tuple[Transition, ...] = (
    Transition(None, CaseState.MAPPING, "opened", _("the joint assessment begins"), "381/2023 4 §"),
    Transition(
        CaseState.MAPPING,
        CaseState.IN_FORCE,
        "plan_agreed",
        _("the client and the bodies have accepted the first plan"),
        "1377/2014 1 §",
    ),
    Transition(
        CaseState.MAPPING,
        CaseState.ENDING,
        "ending_proposed",
        _("a body says that the need has ended, or that there is none"),
        "381/2023 8 §",
    ),
    Transition(
        CaseState.IN_FORCE,
        CaseState.ENDING,
        "ending_proposed",
        _("a body says that the need has ended"),
        "381/2023 8 §",
    ),
    Transition(
        CaseState.ENDING,
        CaseState.IN_FORCE,
        "ending_not_agreed",
        _("a body sees the need still; the plan goes on"),
        "381/2023 8 §",
    ),
    Transition(
        CaseState.ENDING,
        CaseState.MAPPING,
        "ending_not_agreed",
        _("a body sees the need still; there is no plan yet"),
        "381/2023 8 §",
    ),
    Transition(
        CaseState.ENDING,
        CaseState.FOLLOW_UP,
        "ended",
        _("the three bodies assess together that the need has ended"),
        "381/2023 8 §",
    ),
    Transition(
        CaseState.FOLLOW_UP,
        CaseState.IN_FORCE,
        "reopened",
        _("the need is back; the plan goes on"),
        "381/2023 3 §",
    ),
    Transition(
        CaseState.FOLLOW_UP,
        CaseState.MAPPING,
        "reopened",
        _("the need is back; there was no plan"),
        "381/2023 3 §",
    ),
    Transition(
        CaseState.FOLLOW_UP,
        CaseState.CLOSED,
        "followed_up",
        _("the last follow-up point has passed"),
        "2020:40, Vaikuttavuuden arviointi 2.1",
    ),
    Transition(
        CaseState.CLOSED,
        None,
        "erased",
        _("the retention time is over, nothing holds"),
        "381/2023 12 §",
    ),
    Transition(
        CaseState.DECLINED,
        None,
        "erased",
        _("the retention time is over, nothing holds"),
        "381/2023 12 §",
    ),
    *(
        Transition(before, after, "ended_immediately", _OVER, "ADR 0011", TransitionKind.IMMEDIATE)
        for before, after in ENDS_IMMEDIATELY
    ),
    *(
        Transition(after, before, "goes_on", _MISTAKEN, "ADR 0011", TransitionKind.UNDONE)
        for before, after in ENDS_IMMEDIATELY
    ),
)


def transition_between(
    before: CaseState | None, after: CaseState | None, kind: TransitionKind = TransitionKind.USUAL
) -> Transition | None:
    """The transition from one state to another, or None where there is no such way."""
    return next(
        (m for m in TRANSITIONS if (m.before, m.after, m.kind) == (before, after, kind)), None
    )


def lifecycle_page() -> str:
    """The table as a page with a state diagram: what ``docs/lifecycle.md`` holds."""
    lines = [
        "# The life of a case",
        "",
        "Drawn from `cases/lifecycle.py` by `python manage.py draw_lifecycle`; a check compares.",
        "",
        "```mermaid",
        "stateDiagram-v2",
    ]
    lines += [f"    {state.value}: {state.label}" for state in CaseState]
    lines += [f"    {_end(m.before)} --> {_end(m.after)}: {m.verb}" for m in TRANSITIONS]
    lines += [
        "```",
        "",
        "| from | to | in the log | what happens | rests on |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {_name(m.before)} | {_name(m.after)} | `case_{m.verb}` | {m.what} | {m.rests_on} |"
        for m in TRANSITIONS
    ]
    lines += ["", "2020:40 is the report, with the part and the section of it.", ""]
    return "\n".join(lines)


def _end(state: CaseState | None) -> str:
    return "[*]" if state is None else state.value


def _name(state: CaseState | None) -> str:
    return "–" if state is None else str(state.label)
