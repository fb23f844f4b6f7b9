"""What concerns a client now: the one thing to do next, what waits, and what others do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from audit.models import Purpose
from cases.models import Case
from cases.selectors import TeamMember, team_of
from common.actor import Actor
from common.clock import day_of
from common.reminders import ReminderKind
from consent.models import Category
from followup.rules import rule_in
from inbox.own_parts import OwnKind, OwnRow, rows_of_own
from records.selectors import reading_of

WAITS = (
    OwnKind.VERSION, OwnKind.ENDING, OwnKind.TASK, OwnKind.OPTIONS, OwnKind.MEETING, OwnKind.POINT,
    OwnKind.WRITTEN, OwnKind.MESSAGE, OwnKind.CONSENT, OwnKind.CHECK_IN,
)  # fmt: skip
"""What waits for a client, and which of it goes first where no day says so."""
SOON = timedelta(days=2)
"""What is due so soon goes before an answer that has no day: our own choice."""


@dataclass(frozen=True, slots=True)
class OwnThing:
    """One thing that concerns the client.

    ``text``: the words somebody wrote of it. ``who``: whoever asks or acts, by name, of ``party``.
    ``at``: since when, or when a meeting begins. ``fact``: of a version its number; of a task
    whether it is a duty today (``caseplan.plan.selectors.duty``); of a meeting whether the client
    comes; of what they are told which reminder it is; of time asked for, until which day.
    """

    kind: OwnKind
    subject_id: UUID
    text: str
    who: str
    party: str
    due_on: date | None
    at: datetime | None
    category: str
    recorded_for: str
    fact: str

    @property
    def day(self) -> date | None:
        """By when, or on which day."""
        if self.kind in (OwnKind.MEETING, OwnKind.MEETING_AHEAD) and self.at:
            return day_of(self.at)
        return self.due_on

    def is_late(self, today: date) -> bool:
        return self.day is not None and self.day < today


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A client's first page.

    ``next_thing``: always the client's own; None where they need do nothing. ``waits``: the rest
    of what waits for them. ``feedback``: that they may tell how it has gone, which waits for
    nobody. ``contact``: whoever looks after the case. ``going``: how it went when the client last
    told.
    """

    next_thing: OwnThing | None
    waits: list[OwnThing]
    others: list[OwnThing]
    told: list[OwnThing]
    meetings: list[OwnThing]
    new_manager: OwnThing | None
    feedback: OwnThing | None
    going: OwnThing | None
    team: list[TeamMember]

    @property
    def contact(self) -> TeamMember | None:
        return next((member for member in self.team if member.is_case_manager), None)

    @property
    def messages(self) -> int:
        """In how many topics it is the client's turn."""
        waiting = [*self.waits, *([self.next_thing] if self.next_thing else [])]
        return sum(thing.kind is OwnKind.MESSAGE for thing in waiting)


def open_own_day(actor: Actor, case: Case, *, now: datetime) -> OwnDay:
    """What concerns the client of a visible case now; logged. Few questions, however much it is."""
    reading = reading_of(actor, now=now).in_case(case)
    things = [_thing(row) for row in rows_of_own(reading, case)]
    team = team_of(case, now=now) if reading.opens(Category.CASE_HANDLING, [case.pk]) else []
    beside = [Category.IDENTITY_CONTACT, *([Category.CASE_HANDLING] if team else [])]
    shown = [thing for thing in things if thing.category]
    reading.log_and_hide_names("own_day_opened", Purpose.OWN_DATA, [(case, shown)], beside=beside)  # type: ignore[list-item]
    today = day_of(now)
    going = _first(things, OwnKind.CHECK_IN)
    waits = [one for one in things if one.kind in WAITS and one.kind is not OwnKind.CHECK_IN]
    if _is_asked(case, going, today):
        waits.append(_how_it_goes(case))
    waits.sort(key=lambda one: _order(one, today))
    return OwnDay(
        next_thing=waits[0] if waits else None,
        waits=waits[1:],
        others=[
            *(one for one in things if one.kind is OwnKind.TIME_ASKED),
            *_by_day(one for one in things if one.kind is OwnKind.OTHERS),
        ],
        told=[one for one in things if one.kind is OwnKind.TOLD],
        meetings=_by_day(
            one for one in things if one.kind in (OwnKind.MEETING, OwnKind.MEETING_AHEAD)
        ),
        new_manager=_first(things, OwnKind.NEW_MANAGER),
        feedback=_first(things, OwnKind.FEEDBACK),
        going=going,
        team=team,
    )


def _thing(row: OwnRow) -> OwnThing:
    kind = OwnKind(row.kind)
    if kind is OwnKind.MEETING and row.fact not in ("", "unknown"):
        kind = OwnKind.MEETING_AHEAD
    if kind is OwnKind.TOLD and row.fact == ReminderKind.POINT_DUE:
        kind = OwnKind.POINT
    return OwnThing(
        kind, row.subject_id, row.text or "", f"{row.first or ''} {row.last or ''}".strip(),
        row.party or "", row.due_on, row.at, row.category, row.recorded_for, row.fact or "",
    )  # fmt: skip


def _order(thing: OwnThing, today: date) -> tuple[bool, int, date, float]:
    """What is late or due soon goes first; then what holds up the plan; then by day."""
    day = thing.day or date.max
    since = thing.at.timestamp() if thing.at else 0.0
    return day > today + SOON, WAITS.index(thing.kind), day, since


def _by_day(things: Iterable[OwnThing]) -> list[OwnThing]:
    return sorted(things, key=lambda one: (one.day or date.max, str(one.subject_id)))


def _first(things: Iterable[OwnThing], kind: OwnKind) -> OwnThing | None:
    return next((thing for thing in things if thing.kind is kind), None)


def _is_asked(case: Case, last: OwnThing | None, today: date) -> bool:
    """Is it time to ask how it goes? Every so many days, as the network has decided."""
    if not case.is_open:
        return False
    rule = rule_in(case.network_id, ReminderKind.CHECK_IN)
    since = last.at if last is not None and last.at is not None else case.opened_at
    return rule.is_on and day_of(since) + timedelta(days=rule.allowed or 0) <= today


def _how_it_goes(case: Case) -> OwnThing:
    return OwnThing(OwnKind.CHECK_IN, case.pk, "", "", "", None, None, "", "", "")
