"""What contradicts in a case, told to those who see both sides, with how it was settled.

Clients get contradictory messages (report 2020:40, Palveluintegraatio 2.3.2 and 3.3.3). Three sorts
are looked for, our own choice: the same service from two bodies at the same time, work ability
rated far apart by two bodies, and what the client has said "no" to. Nothing is stored but the
notes: a conflict is found anew in the rows its reader sees, and only in those.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import combinations
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from audit.models import Purpose
from caseplan.assessments.models import ExpertRating
from caseplan.plan.catalogue import ServiceType
from caseplan.plan.models import Action, ConflictKind, ConflictNote, Objection, PlannedService
from cases.access import get_case
from cases.models import Case
from common.actor import Actor
from common.bodies import Party, Receiver
from common.clock import day_of
from common.dates import add_months
from common.decision import NotVisible
from consent.access import Grounds
from consent.models import Category, ClientInformation
from records.access import get_row, rows_of_case, visible_to
from records.models import Revised
from records.selectors import Reading, reading_of
from statutes.reader import law_on

Thing = TypeVar("Thing", Action, PlannedService)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two things that contradict. ``rows``: two services, two ratings, or the thing said no to.

    ``objection_id`` is the "no" itself, and ``objection`` where its words are shown. ``note``:
    how it was settled, if it was and both stand as they stood then.
    """

    kind: ConflictKind
    rows: tuple[Revised, ...]
    objection_id: UUID | None = None
    objection: Objection | None = None
    note: ConflictNote | None = None

    @property
    def _standing(self) -> list[tuple[UUID, int]]:
        """The ids of the two, sorted, each with the revision it stands at."""
        pairs = [(row.pk, row.revision) for row in self.rows]
        if self.objection_id is not None:
            pairs.append((self.objection_id, 1))  # said once, never reworded
        return sorted(pairs)

    @property
    def subjects(self) -> list[UUID]:
        return [subject for subject, _revision in self._standing]

    @property
    def revisions(self) -> list[int]:
        return [revision for _subject, revision in self._standing]

    @property
    def is_settled(self) -> bool:
        return self.note is not None

    @property
    def category(self) -> Category:
        """What a note about it concerns: the narrower of the two, never the plan if one is not."""
        categories = sorted(Category(row.category) for row in self.rows)
        return next((c for c in categories if c != Category.PLAN_FOLLOW_UP), categories[0])

    @property
    def sentence(self) -> str:
        """The contradiction in one line."""
        first, second = self.rows[0], self.rows[-1]
        bodies = {"first": _body(first), "second": _body(second)}
        if isinstance(first, ExpertRating) and isinstance(second, ExpertRating):
            scores = {"one": first.work_ability, "other": second.work_ability}
            return _(
                "Work ability is rated differently: %(first)s %(one)s, %(second)s %(other)s "
                "(of 10)."
            ) % {**bodies, **scores}
        if self.kind == ConflictKind.SAME_SERVICE:
            said = _("The same service from two bodies: %(what)s (%(first)s, %(second)s).")
            return said % {**bodies, "what": first.title}
        return _("The client does not want this: %(what)s") % {"what": first.title}


@dataclass(frozen=True, slots=True)
class ConflictsPage:
    """Everything that contradicts in one case, as far as this reader sees both sides."""

    case: Case
    conflicts: list[Conflict]

    @property
    def open(self) -> list[Conflict]:
        return [conflict for conflict in self.conflicts if not conflict.is_settled]

    @property
    def settled(self) -> list[Conflict]:
        return [conflict for conflict in self.conflicts if conflict.is_settled]


@dataclass(frozen=True, slots=True)
class OwnNo:
    """What the client has said no to, in their words, and what the bodies have agreed since."""

    objection: Objection
    thing: Action | PlannedService
    note: ConflictNote | None


def standing_objections(grounds: Grounds, case_id: UUID) -> list[Objection]:
    """The "no"s of the client that stand in a visible case, as far as the reader may see them."""
    return list(rows_of_case(grounds, case_id, Objection).filter(withdrawn_at__isnull=True))


def mark_refused(
    things: Iterable[Action | PlannedService], objections: Iterable[Objection]
) -> None:
    """Put on each action or service, as ``client_no``, the id of the "no" that stands against it.

    At most one does: the database holds it.
    """
    by_thing = {row.action_id or row.planned_service_id: row.pk for row in objections}
    for thing in things:
        thing.client_no = by_thing.get(thing.pk)


def newest_work_ability(grounds: Grounds, case_id: UUID) -> QuerySet[ExpertRating]:
    """The newest rating of each body: what it thinks today. A rating of its own replaces it."""
    return (
        rows_of_case(grounds, case_id, ExpertRating)
        .order_by("recorded_for", "-on", "-pk")
        .distinct("recorded_for")
    )


def notes_of_conflicts(grounds: Grounds, case_id: UUID) -> QuerySet[ConflictNote]:
    """How conflicts of a visible case were settled, the newest last."""
    return rows_of_case(grounds, case_id, ConflictNote).order_by("recorded_at", "pk")


def conflicts_among(
    reading: Reading,
    actions: Iterable[Action],
    planned_services: Iterable[PlannedService],
    ratings: Iterable[ExpertRating],
    notes: Iterable[ConflictNote],
) -> list[Conflict]:
    """What contradicts among the rows a reader was shown, marked by :func:`mark_refused`.

    ``ratings``: the ``newest_work_ability``. ``notes``: what was settled, the newest last; read
    only where something contradicts. The client is told of their own "no"s; the contradictions
    of the bodies are the bodies' to settle. Nobody outside the three is told of any.
    """
    if reading.grounds.receiver == Receiver.OUTSIDE:
        return []
    today = day_of(reading.now)
    running = [
        planned_service
        for planned_service in planned_services
        if not planned_service.has_ended(today)
    ]
    found = _refused([*(action for action in actions if action.is_open), *running])
    if reading.grounds.person_id is None:
        found += _same_service(running)
        found += _rated_apart(list(ratings), today)
    return _with_notes(found, notes)


def open_conflicts(actor: Actor, case_id: UUID, *, now: datetime) -> ConflictsPage:
    """Everything that contradicts in a visible case, with the client's words; logged."""
    case = get_case(actor, case_id, now=now)
    reading = reading_of(actor, now=now)
    conflicts = _read(reading, case)
    rows = [row for conflict in conflicts for row in rows_of(conflict)]
    reading.log_and_hide_names("conflicts_opened", Purpose.MAKE_PLAN, [(case, rows)])
    return ConflictsPage(case, conflicts)


def conflict_between(
    actor: Actor, case_id: UUID, first: UUID, second: UUID, *, now: datetime
) -> tuple[Case, Conflict]:
    """One conflict by the ids of its two things, for a writer. Raises ``NotVisible``."""
    case = get_case(actor, case_id, now=now)
    for conflict in _read(reading_of(actor, now=now), case):
        if set(conflict.subjects) == {first, second}:
            return case, conflict
    raise NotVisible


def open_own_no(actor: Actor, objection_id: UUID, *, now: datetime) -> OwnNo:
    """What was said no to, with the newest note about it; logged. Raises ``NotVisible``."""
    objection = get_row(actor, Objection, objection_id, now=now)
    thing = objection.action or objection.planned_service
    assert thing is not None  # the database holds that it is about one of them
    reading = reading_of(actor, now=now)
    notes = visible_to(actor, ConflictNote, now=now, grounds=reading.grounds)
    note = notes.filter(subjects__contains=[objection.pk]).order_by("-recorded_at", "-pk").first()
    shown: list[ClientInformation] = [objection, thing, *([note] if note else [])]
    reading.log_and_hide_names("objection_opened", Purpose.OWN_DATA, [(objection.case, shown)])
    return OwnNo(objection, thing, note)


def rows_of(conflict: Conflict) -> list[ClientInformation]:
    """The rows a conflict shows, for the log."""
    beside = (row for row in (conflict.objection, conflict.note) if row is not None)
    return [*conflict.rows, *beside]


def _read(reading: Reading, case: Case) -> list[Conflict]:
    grounds = reading.in_case(case).grounds
    actions = rows_of_case(grounds, case.pk, Action).filter(state__in=Action.OPEN_STATES)
    planned_services = rows_of_case(grounds, case.pk, PlannedService)
    found = (
        list(actions.order_by("due_on", "pk")),
        list(planned_services.order_by("starts_on", "pk")),
    )
    objections = standing_objections(grounds, case.pk)
    mark_refused([*found[0], *found[1]], objections)
    conflicts = conflicts_among(
        reading,
        *found,
        newest_work_ability(grounds, case.pk),
        notes_of_conflicts(grounds, case.pk),
    )
    words = {objection.pk: objection for objection in objections}
    return [
        replace(conflict, objection=words[conflict.objection_id]) if conflict.objection_id
        else conflict
        for conflict in conflicts
    ]  # fmt: skip


def _refused(things: Iterable[Any]) -> list[Conflict]:
    return [
        Conflict(ConflictKind.CLIENT_NO, (thing,), objection_id=thing.client_no)
        for thing in things
        if thing.client_no
    ]


def _same_service(running: list[PlannedService]) -> list[Conflict]:
    return [
        Conflict(ConflictKind.SAME_SERVICE, (one, other))
        for one, other in combinations(running, 2)
        if one.body != other.body and _same_kind(one, other) and _overlap(one, other)
    ]


def _same_kind(one: PlannedService, other: PlannedService) -> bool:
    """The same kind of the catalogue, or the same name in whatever words it was kept."""
    same = one.service == other.service and one.service != ServiceType.OTHER
    return same or _normal(one.name) == _normal(other.name)


def _normal(name: str) -> str:
    """A service's name however it was typed: no difference of case, nor of space."""
    return " ".join(name.casefold().split())


def _overlap(one: PlannedService, other: PlannedService) -> bool:
    """Do they share a day? One without a first or last day is open at that end."""

    def begins_in_time(this: PlannedService, that: PlannedService) -> bool:
        return (this.from_on or date.min) <= (that.to_on or date.max)

    return begins_in_time(one, other) and begins_in_time(other, one)


def _rated_apart(ratings: list[ExpertRating], today: date) -> list[Conflict]:
    law = law_on(today)
    points = law.figure("work_ability_apart_points").value
    months = law.figure("work_ability_apart_months").value
    return [
        Conflict(ConflictKind.WORK_ABILITY, (one, other))
        for one, other in combinations(ratings, 2)
        if abs(one.work_ability - other.work_ability) >= points
        and max(one.on, other.on) <= add_months(min(one.on, other.on), months)
    ]


def _with_notes(found: list[Conflict], notes: Iterable[ConflictNote]) -> list[Conflict]:
    """Each conflict with the note that settles it as both stand now."""
    if not found:
        return []
    written = {(note.kind, tuple(note.subjects), tuple(note.revisions)): note for note in notes}
    return [replace(conflict, note=written.get(_key(conflict))) for conflict in found]


def _key(conflict: Conflict) -> tuple[str, tuple[UUID, ...], tuple[int, ...]]:
    return conflict.kind.value, tuple(conflict.subjects), tuple(conflict.revisions)


def _body(row: ClientInformation) -> str:
    return str(Party(row.recorded_for).label)
