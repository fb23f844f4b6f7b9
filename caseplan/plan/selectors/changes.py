"""Changes in a client's life as the team of a case reads them (docs/adr/0011)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from audit.models import Purpose
from audit.services import record_access
from audit.shown import ShownData
from benefits.access import get_person
from cases.access import (
    can_confirm_change,
    can_end_because_moved,
    can_record_change,
    can_undo_change,
    cases_moved_away,
    duplicates_to_judge,
    get_case,
    get_possible_duplicate,
    life_events_visible_to,
    on_team_of,
)
from cases.models import Case
from common.actor import Actor
from common.clock import day_of
from common.crypto import decrypt
from common.identity_code import mask
from consent.models import Category
from people.models import (
    FormerName,
    LifeEvent,
    LifeEventSeen,
    LifeKind,
    LifeState,
    Network,
    Person,
    ProtectionQuestion,
)
from people.selectors import municipality_shown, towns_on
from people.services.life import before_and_after, pending_change, undo_days
from records.selectors import reading_of

_SHOWN = (Category.IDENTITY_CONTACT, Category.CASE_HANDLING)


@dataclass(frozen=True, slots=True)
class LifeChange:
    """One change, with the case it is read in and what its reader may do.

    ``until``: the last day on which it can be taken back. ``was`` and ``became``: the name or the
    municipality before and after, while that is known; empty where the reader may not know them.
    """

    event: LifeEvent
    case: Case
    may_undo: bool = False
    may_confirm: bool = False
    until: date | None = None
    was: str = ""
    became: str = ""

    @property
    def waits(self) -> bool:
        return self.event.state == LifeState.ASKED


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """What has changed in the client's life, the newest first, and whether more can be written."""

    case: Case
    changes: list[LifeChange]
    may_record: bool
    protection_asked: ProtectionQuestion | None = None
    lives_elsewhere: bool = False
    lives_in: Network | None = None
    may_end: bool = False
    former_names: list[FormerName] = field(default_factory=list)


def open_changes(actor: Actor, case_id: UUID, *, now: datetime) -> ChangesPage:
    """The changes in the life of the client of a case on whose team the actor stands; logged.

    Raises ``NotVisible`` where the case does not exist for them, and ``NotAllowed`` where they only
    read it for a time.
    """
    case = get_case(actor, case_id, now=now)
    events = life_events_visible_to(actor, now=now).filter(person=case.person_id)
    rows = events.select_related("recorded_by", "done_by", "closed_by").order_by(
        "-recorded_at", "-pk"
    )
    changes = [_change(actor, event, case, now) for event in rows]
    _log(actor, "changes_read", [case], now)
    may_record = can_record_change(actor, case, now=now).allowed
    asked = ProtectionQuestion.objects.filter(person=case.person_id, answered_at=None).first()
    moved = cases_moved_away(actor, now=now).filter(pk=case.pk).exists()
    names_open = bool(case.person.last_name)  # after the log: a name that is not open is away
    if names_open:
        changes = [_with_values(change) for change in changes]
    return ChangesPage(
        case,
        changes,
        may_record,
        asked if may_record else None,
        lives_elsewhere=moved,
        lives_in=_network_of(case.person, now) if moved else None,
        may_end=can_end_because_moved(actor, case, now=now).allowed,
        former_names=list(
            FormerName.objects.filter(person=case.person_id).order_by("-changed_at", "-pk")
            if names_open
            else ()
        ),
    )


def open_change(actor: Actor, event: LifeEvent, *, now: datetime) -> LifeChange:
    """One change, in the newest case of the client on whose team the actor stands; logged."""
    case = (
        on_team_of(actor, now=now)
        .filter(person=event.person_id)
        .select_related("person")
        .order_by("-opened_at", "-pk")[0]
    )
    _log(actor, "change_read", [case], now)
    return _change(actor, event, case, now)


def changes_for_day(actor: Actor, *, now: datetime) -> list[LifeChange]:
    """What has changed for the actor's clients and they have not seen yet; logged.

    What waits for a second person stays until it is answered; what took effect, or was taken back,
    until they have seen it, or its days are over.
    """
    since = now - timedelta(days=undo_days(now) + 1)
    seen = LifeEventSeen.objects.filter(event=OuterRef("pk"), user=actor.writer_id)
    news = Q(state=LifeState.DONE, done_at__gt=since) & ~Q(done_by=actor.writer_id)
    back = Q(state__in=[LifeState.UNDONE, LifeState.TURNED_DOWN], closed_at__gt=since) & ~Q(
        closed_by=actor.writer_id
    )
    waiting = Q(state=LifeState.ASKED) & ~Q(recorded_by=actor.writer_id)
    events = list(
        life_events_visible_to(actor, now=now)
        .filter(waiting | ((news | back) & ~Exists(seen)))
        .select_related("recorded_by")
        .order_by("-recorded_at", "-pk")
    )
    if not events:
        return []
    cases = {
        case.person_id: case
        for case in on_team_of(actor, now=now)
        .filter(person__in=[event.person_id for event in events])
        .select_related("person")
        .order_by("opened_at", "pk")
    }
    _log(actor, "day_opened", cases.values(), now)
    return [_change(actor, event, cases[event.person_id], now) for event in events]


def protections_asked(actor: Actor, *, now: datetime) -> list[Case]:
    """The open cases of whose clients a register says that the non-disclosure has ended; logged."""
    waiting = LifeEvent.objects.filter(
        person=OuterRef("person"), kind=LifeKind.UNPROTECTED, state=LifeState.ASKED
    )
    cases = list(
        on_team_of(actor, now=now)
        .filter(
            ~Exists(waiting),
            ended_at=None,
            person__protection_question__isnull=False,
            person__protection_question__answered_at=None,
        )
        .select_related("person")
        .order_by("opened_at", "pk")
    )
    if cases:
        _log(actor, "day_opened", cases, now)
    return cases


def moved_from(actor: Actor, *, now: datetime) -> list[Case]:
    """The cases whose client lives in another network now: handed on, or ended; logged."""
    cases = list(
        cases_moved_away(actor, now=now).select_related("person").order_by("opened_at", "pk")
    )
    if cases:
        _log(actor, "day_opened", cases, now)
    return cases


def case_elsewhere(actor: Actor, person_id: UUID, *, now: datetime) -> Network | None:
    """The network in which somebody has an open joint case already, for whoever opens one here.

    Told to a body that may know of the person before a case, because there is one joint plan (Act
    381/2023): that it is there and where, nothing of what is in it; logged in that case's
    log. Raises ``NotVisible`` where the actor may not know of the person.
    """
    person = get_person(actor, person_id, now=now)
    return _elsewhere(actor, person.pk, now)


def other_case_of(actor: Actor, case: Case, *, now: datetime) -> Network | None:
    """The same of the client of a visible case: whoever has begun one is told of the other."""
    return _elsewhere(actor, case.person_id, now)


def _elsewhere(actor: Actor, person_id: UUID, now: datetime) -> Network | None:
    case = (
        Case.objects.filter(person=person_id, ended_at=None)
        .exclude(network_id=actor.working_network_id)
        .select_related("network")
        .order_by("opened_at", "pk")
        .first()
    )
    if case is None:
        return None
    record_access(
        actor=actor,
        action="case_elsewhere_told",
        purpose=Purpose.ASSESS_NEED,
        shown=[ShownData(person_id, case.pk, frozenset({Category.CASE_HANDLING.value}))],
        now=now,
    )
    return case.network


def _network_of(person: Person, now: datetime) -> Network | None:
    """The network in whose municipalities somebody lives now."""
    network_id = towns_on(day_of(now)).network_of.get(person.municipality_code)
    return Network.objects.filter(pk=network_id).first() if network_id else None


@dataclass(frozen=True, slots=True)
class Record:
    """One of two records that may be of one person; ``code`` is masked."""

    person: Person
    code: str
    municipality: str
    cases: list[Case]


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """Two records, and the code of the second, which two workers have typed for the first."""

    event: LifeEvent
    first: Record
    second: Record | None


def list_possible_duplicates(actor: Actor) -> list[LifeEvent]:
    """What the officer is asked: which two records are one person; nobody is named."""
    return list(
        duplicates_to_judge(actor).select_related("recorded_by").order_by("recorded_at", "pk")
    )


def open_possible_duplicate(actor: Actor, event_id: UUID, *, now: datetime) -> PossibleDuplicate:
    """Two records side by side, for the officer; logged for both. Raises ``NotVisible``."""
    event = get_possible_duplicate(actor, event_id)
    other = Person.objects.filter(pk=pending_change(event)["other"]).first()
    records = [_record(person) for person in (event.person, other) if person is not None]
    record_access(
        actor=actor,
        action="records_compared",
        purpose=Purpose.ANSWER,
        shown=[
            ShownData(
                record.person.pk,
                record.cases[0].pk if record.cases else None,
                frozenset({Category.IDENTITY_CONTACT.value, Category.CASE_HANDLING.value}),
            )
            for record in records
        ],
        now=now,
    )
    return PossibleDuplicate(event, records[0], records[1] if len(records) > 1 else None)


def _record(person: Person) -> Record:
    cases = (
        Case.objects.filter(person=person).select_related("network").order_by("-opened_at", "-pk")
    )
    return Record(
        person,
        mask(decrypt(person.identity_code_encrypted)),
        municipality_shown(person.municipality_code),
        list(cases),
    )


def own_changes(actor: Actor, *, now: datetime) -> list[LifeEvent]:
    """What has changed in the client's own record within the days of undoing, the newest first."""
    since = now - timedelta(days=undo_days(now) + 1)
    news = Q(state=LifeState.DONE, done_at__gt=since) | Q(
        state=LifeState.UNDONE, closed_at__gt=since
    )
    events = LifeEvent.objects.filter(news, person=actor.person_id)
    return list(events.exclude(kind=LifeKind.DIED).order_by("-recorded_at", "-pk"))


def _change(actor: Actor, event: LifeEvent, case: Case, now: datetime) -> LifeChange:
    done_on = day_of(event.done_at) if event.done_at else None
    return LifeChange(
        event,
        case,
        may_undo=can_undo_change(actor, event, now=now).allowed,
        may_confirm=can_confirm_change(actor, event, now=now).allowed,
        until=done_on + timedelta(days=undo_days(now)) if done_on else None,
    )


def _with_values(change: LifeChange) -> LifeChange:
    """The change with the name or the municipality before and after it."""
    values = before_and_after(change.event)
    if values is None:
        return change
    if change.event.kind == LifeKind.MOVED:
        was, became = (municipality_shown(one["municipality_code"]) for one in values)
    else:
        was, became = (f"{one['last_name']}, {one['first_names']}" for one in values)
    return replace(change, was=was, became=became)


def _log(actor: Actor, action: str, cases: Iterable[Case], now: datetime) -> None:
    reading_of(actor, now=now).log_and_hide_names(
        action, Purpose.KEEP_CASE, [(case, []) for case in cases], beside=_SHOWN
    )
