"""Everything recorded about one person, for that person: by who recorded it and answers for it.

What there is, and how it is told, stands in ``kinds``; this walks it. Who has looked is told as
the access log tells it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Field, Model
from django.utils.functional import Promise
from django.utils.translation import gettext

from audit.models import Purpose
from benefits.models import Flag, RegisterImport
from benefits.selectors import name_of
from caseplan.meetings.models import Meeting
from caseplan.messages.models import Message, Thread
from caseplan.plan.models import (
    Action,
    ActionState,
    Goal,
    GoalKind,
    PlannedService,
    PlanVersion,
    SeenNeed,
    VersionItem,
)
from caseplan.plan.selectors import frozen_fields, users_in
from cases.access import visible_to
from cases.models import Case
from common.actor import Actor
from common.bodies import Party
from common.clock import day_of
from common.crypto import decrypt
from common.decision import NotVisible
from consent.models import (
    Category,
    ClientInformation,
    Consent,
    ConsentRequest,
    OutsideParty,
    PolicyText,
)
from followup.models import FollowUpPoint
from people.languages import language_name
from people.models import Network, Office, Person, User
from people.selectors import body_at, codes_of
from records.selectors import reading_of
from rights.selectors.kinds import KIND_OF, KINDS, Recorder, RecordKind
from rights.selectors.visits import AccessVisit, all_visits
from statutes.reader import law_on

# How a row is named where another row points to it.
_SHORT: dict[type[Model], Callable[[Any], str]] = {
    User: lambda row: row.full_name,
    Office: lambda row: row.name,
    Network: lambda row: row.name,
    OutsideParty: lambda row: row.label,
    RegisterImport: lambda row: str(row.newest_day or day_of(row.started_at)),
    PolicyText: lambda row: f"{row.version} ({row.language})",
    Goal: lambda row: row.text,
    Thread: lambda row: row.topic,
    Message: lambda row: row.text,
    Meeting: lambda row: str(day_of(row.starts_at)),
    Action: lambda row: row.text,
    PlannedService: lambda row: row.name,
    PlanVersion: lambda row: str(row.number),
    Flag: lambda row: name_of(row.rule),
    Consent: lambda row: str(day_of(row.given_at)),
    ConsentRequest: lambda row: row.purpose,
    FollowUpPoint: lambda row: str(row.due_on),
}


@dataclass(frozen=True, slots=True)
class Value:
    """One field: its name and value as kept, and both in words."""

    name: str
    label: str
    raw: Any
    display: Any


@dataclass(frozen=True, slots=True)
class RecordedItem:
    """One thing recorded: what, by whom, when, and every value it holds.

    ``past``: a former wording. ``correctable``: one of the three bodies answers for it.
    ``typed_by``: the body whose worker wrote the client's own with them beside.
    """

    kind: str
    title: str
    subject_id: str
    recorder: Recorder
    category: str
    at: datetime | date | None
    by: str
    values: list[Value]
    past: bool = False
    typed_by: Recorder | None = None

    @property
    def answers(self) -> Recorder:
        """Who answers for it: whoever recorded it, or the body whose worker typed the client's."""
        return self.typed_by or self.recorder

    @property
    def body(self) -> str:
        return str(self.answers.label)

    @property
    def correctable(self) -> bool:
        return not self.past and self.answers in (
            Recorder.EMPLOYMENT,
            Recorder.SOCIAL,
            Recorder.KELA,
        )

    @property
    def category_name(self) -> str:
        return str(Category(self.category).label)


@dataclass(frozen=True, slots=True)
class Everything:
    """All of it: what each party recorded, with its former wordings, and who has looked."""

    made_at: datetime
    name: str
    identity_code: str
    items: list[RecordedItem]
    visits: list[AccessVisit]

    def by_recorder(self) -> Iterator[tuple[Recorder, list[RecordedItem]]]:
        """Each party with what it recorded, also where that is nothing."""
        for recorder in Recorder:
            yield recorder, [item for item in self.items if item.recorder == recorder]


def open_everything(actor: Actor, *, now: datetime) -> Everything:
    """Everything recorded about the client who asks; logged. Raises ``NotVisible`` for others."""
    person = _person_of(actor)
    cases = list(visible_to(actor, now=now).order_by("opened_at", "pk"))
    found = [(kind, row, past) for kind in KINDS for row, past in _rows(kind, person)]
    telling = _Telling(found, now=now)
    items = [telling.tell(kind, row, past) for kind, row, past in found]
    visits = all_visits(actor, person, cases, now=now)[:]
    reading_of(actor, now=now).log_and_hide_names(
        "everything_opened", Purpose.OWN_DATA, [(case, []) for case in cases], beside=Category
    )
    return Everything(
        made_at=now,
        name=person.full_name,
        identity_code=decrypt(person.identity_code_encrypted),
        items=items,
        visits=visits,
    )


def recorded_item(actor: Actor, kind: str, subject_id: str, *, now: datetime) -> RecordedItem:
    """One thing a body recorded about the client who asks. Raises ``NotVisible`` for any other."""
    thing = find_recorded_item(_person_of(actor), kind, subject_id, now=now)
    if thing is None:
        raise NotVisible
    return thing


def open_recorded_item(
    actor: Actor, case: Case, kind: str, subject_id: str, *, now: datetime
) -> RecordedItem:
    """The same, for a page: logged in the case that the client's pages are about."""
    thing = recorded_item(actor, kind, subject_id, now=now)
    reading_of(actor, now=now).log_and_hide_names(
        "recorded_item_opened", Purpose.OWN_DATA, [(case, [])], beside=(Category(thing.category),)
    )
    return thing


def find_recorded_item(
    person: Person, kind: str, subject_id: str, *, now: datetime
) -> RecordedItem | None:
    """One thing as it stands that a body answers for, or None. Asks nobody's leave: the caller
    has seen to it that whoever reads it is the person, or of the body that recorded it.
    """
    rows = _rows(KIND_OF[kind], person) if kind in KIND_OF else ()
    for row, past in rows:
        if not past and str(row.pk) == subject_id:
            thing = _Telling([(KIND_OF[kind], row, False)], now=now).tell(KIND_OF[kind], row, False)
            return thing if thing.correctable else None
    return None


def _person_of(actor: Actor) -> Person:
    person = Person.objects.filter(user=actor.user_id).first() if actor.is_client else None
    if person is None:
        raise NotVisible
    return person


def _rows(kind: RecordKind, person: Person) -> Iterator[tuple[Any, bool]]:
    """The rows of one kind, oldest first; before each, its former wordings (True beside them)."""
    by_code = kind.whose == "code_hash"
    whose = {"code_hash__in": codes_of(person)} if by_code else {kind.whose: person.pk}
    order = (kind.at, "pk") if kind.at else ("pk",)
    rows = list(kind.model._default_manager.filter(**whose).order_by(*order))
    former: dict[Any, list[Any]] = {}
    if kind.history:
        past = kind.model.history.model.objects.filter(**whose)  # type: ignore[attr-defined]
        for writing in past.order_by("history_date", "history_id"):
            former.setdefault(writing.id, []).append(writing)
    for row in rows:
        # The last writing is the row as it stands.
        yield from ((writing, True) for writing in former.pop(row.pk, [])[:-1])
        yield row, False
    for gone in former.values():
        yield from ((writing, True) for writing in gone)


class _Telling:
    """Rows in words. The rows they point to are named with one query a model."""

    def __init__(self, found: Iterable[tuple[RecordKind, Any, bool]], *, now: datetime) -> None:
        self.named = bool(law_on(day_of(now)).figure("access_log_names").value)
        wanted: dict[type[Model], set[Any]] = {}
        self.names: dict[tuple[type[Model], Any], str] = {}
        for kind, row, past in found:
            if not past and kind.model in _SHORT:
                self.names[kind.model, row.pk] = _SHORT[kind.model](row)
            for field in row._meta.concrete_fields:
                model = field.related_model
                if model in _SHORT:
                    wanted.setdefault(model, set()).add(getattr(row, field.attname))
            if past:
                wanted.setdefault(User, set()).add(row.history_user_id)
            if isinstance(row, VersionItem):
                wanted.setdefault(User, set()).update(users_in(row))
        for model, keys in wanted.items():
            missing = {key for key in keys if key is not None and (model, key) not in self.names}
            rows = model._default_manager.filter(pk__in=missing) if missing else []
            self.names |= {(model, row.pk): _SHORT[model](row) for row in rows}
        # Keys that do not say of what: a key is unique.
        self.by_id = {key: name for (_model, key), name in self.names.items()}
        self.by_key = {str(key): name for key, name in self.by_id.items() if isinstance(key, UUID)}

    def tell(self, kind: RecordKind, row: Any, past: bool) -> RecordedItem:
        told = self._values(kind, row)
        if past:
            at, by = row.history_date, self.names.get((User, row.history_user_id), "")
        else:
            at = getattr(row, kind.at) if kind.at else None
            by = self._who(kind, row, kind.by) if kind.by else ""
        title = str(kind.what)
        return RecordedItem(
            kind=kind.code,
            title=gettext("Earlier wording: %(what)s") % {"what": title} if past else title,
            subject_id=str(row.id if past else row.pk),
            recorder=_recorder(kind, row),
            category=str(
                kind.category if kind.category in Category.values else getattr(row, kind.category)
            ),
            at=at,
            by=by,
            values=told,
            past=past,
            typed_by=self._typed_by(row) if not past else None,
        )

    def _typed_by(self, row: Any) -> Recorder | None:
        """The body whose worker wrote down what is the client's own; None for all else."""
        if not isinstance(row, ClientInformation) or row.recorded_for != Party.CLIENT:
            return None
        if row.spoken_for is None:
            return None
        body = body_at(row.recorded_by_id, row.recorded_at)
        return Recorder(body.value) if body else None

    def _who(self, kind: RecordKind, row: Any, name: str) -> str:
        if kind.as_log and not self.named:
            return ""
        return self.names.get((User, getattr(row, f"{name}_id")), "")

    def _values(self, kind: RecordKind, row: Any) -> list[Value]:
        values = []
        for name, label in kind.told.items():
            field = row._meta.get_field(name)
            raw = getattr(row, field.attname)
            if raw in (None, "", [], {}) or (name == "with_client" and not raw):
                continue
            if kind.as_log and not self.named and field.related_model is User:
                continue
            if isinstance(row, VersionItem) and name == "content":
                values += [
                    Value(part.column, str(part.label), part.kept, part.said)
                    for part in frozen_fields(row, self.by_id)
                    if part.said
                ]
            else:
                raw = decrypt(raw) if name == "identity_code_encrypted" else raw
                in_words = kind.in_words.get(name)
                said = in_words(raw) if in_words else self._said(name, raw, row, field)
                values.append(Value(name, str(label), raw, said))
        return values

    def _said(self, name: str, raw: Any, row: Any, field: Field[Any, Any]) -> Any:
        if field.choices:
            return str(getattr(row, f"get_{name}_display")())
        if field.related_model in _SHORT:
            return self.names.get((field.related_model, raw), "")
        return self._spoken(name, raw)

    def _spoken(self, name: str, raw: Any) -> Any:
        """A value without its field's help: codes by their names, keys by what they point to."""
        if name == "rule":
            return name_of(raw)
        if name in ("language", "interpreter_language"):
            return language_name(raw)
        if isinstance(raw, list):
            return ", ".join(_coded(part) for part in raw)
        if isinstance(raw, dict):
            return "; ".join(f"{key}: {part}" for key, part in raw.items())
        if isinstance(raw, (str, UUID)):
            return self.by_key.get(str(raw)) or _coded(str(raw))
        return raw


_CODES: dict[str, Promise | str] = {
    choice.value: choice.label
    for choices in (Category, Party, ActionState, GoalKind, SeenNeed)
    for choice in choices
}


def _coded(value: str) -> str:
    return str(_CODES.get(value, value))


def _recorder(kind: RecordKind, row: Any) -> Recorder:
    if kind.recorder in Recorder.values:
        return Recorder(kind.recorder)
    return Recorder(getattr(row, kind.recorder))
