"""What has been written and changed in a case: former values, through the same gate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import IntegerField, Model, QuerySet, Value
from django.utils.functional import Promise

from audit.models import Purpose
from cases.access import get_case
from cases.models import Case
from common.actor import Actor
from common.bodies import Party
from common.spoken_for import Speaking, SpokenFor
from consent.access import filter_by_grounds
from consent.models import Category, ClientInformation
from people.models import User
from people.selectors import names_of
from records.access import rows_of_case
from records.fields import ToldField, declared_models, declared_of, told_fields
from records.models import MayComeOnPaper
from records.selectors import Reading, reading_in


@dataclass(frozen=True, slots=True)
class Written:
    """One field of a writing: what it said before (None for a new row) and what it says then.

    ``in_summary``: whoever takes over the case reads it too.
    """

    label: Promise
    before: Any
    said: Any
    in_summary: bool


@dataclass(frozen=True, slots=True)
class PastValue:
    """One writing of one row: when, by whom, and field by field what changed."""

    at: datetime
    who: str
    kind: Promise
    subject_id: UUID
    category: Category
    recorded_for: Party
    is_new: bool
    fields: list[Written]
    with_client: bool = False
    paper: str = ""

    @property
    def spoken_for(self) -> SpokenFor | None:
        """The worker who typed it, with the client beside them or from the client's paper."""
        if self.paper:
            return SpokenFor(self.who, Speaking.TYPED)
        return SpokenFor(self.who, Speaking.BESIDE) if self.with_client else None

    @property
    def body(self) -> str:
        return str(self.recorded_for.label)

    @property
    def summary(self) -> list[Written]:
        """What of it whoever takes over the case needs to read."""
        return [field for field in self.fields if field.in_summary]


@cache
def models_with_history() -> tuple[type[ClientInformation], ...]:
    """The models of client information whose former wordings are kept."""
    return tuple(model for model in declared_models() if hasattr(model, "history"))


@cache
def _past_model(model: type[ClientInformation]) -> type[Model]:
    """The model of the former wordings. Kept, since each look at ``history`` makes a class."""
    past: type[Model] = model.history.model  # type: ignore[attr-defined]
    return past


def history_fields(model: type[ClientInformation]) -> list[ToldField]:
    """The fields of a model whose changes are told, in the order they are read."""
    return [field for field in told_fields(model) if field.told.history]


def open_history(actor: Actor, case_id: UUID, *, now: datetime) -> list[PastValue]:
    """Every writing in a visible case that this reader may see, the newest first; logged.

    A former value is judged by its own category and by what the row is today: what was moved
    out of a reader's sight takes its past with it. Raises ``NotVisible``.
    """
    case = get_case(actor, case_id, now=now)
    return history_of(reading_in(actor, case, now=now), case)


def history_of(reading: Reading, case: Case) -> list[PastValue]:
    """The same of a visible case, as far as ``reading`` sees it; logged."""
    pasts = {model: _past_of(reading, model, case.pk) for model in _written_in(case.pk)}
    rows = [row for past in pasts.values() for row in past]
    reading.log_and_hide_names("history_opened", Purpose.KEEP_CASE, [(case, rows)])
    names = names_of(_users_in(pasts))
    if not case.person.last_name and case.person.user_id in names:
        # The client's name is not open to this reader.
        names[case.person.user_id] = str(Party.CLIENT.label)
    found = [
        value
        for model, past in pasts.items()
        for value in _told(model, past, names, client=reading.actor.is_client)
    ]
    return sorted(found, key=lambda value: (value.at, str(value.subject_id)), reverse=True)


def _written_in(case_id: UUID) -> list[type[ClientInformation]]:
    """The models of which something was written in a case, in one query: the others are not asked.

    In a case that has just begun they are few.
    """
    models = models_with_history()
    written = [
        _past_model(model)
        ._default_manager.filter(case_id=case_id)
        .order_by()
        .values_list(Value(number, IntegerField()))[:1]
        for number, model in enumerate(models)
    ]
    found = set(written[0].union(*written[1:], all=True))
    return [model for number, model in enumerate(models) if (number,) in found]


def _past_of(reading: Reading, model: type[ClientInformation], case_id: UUID) -> list[Any]:
    live = rows_of_case(reading.grounds, case_id, model)
    past = _past_model(model)._default_manager.filter(case_id=case_id, id__in=live.values("pk"))
    seen: QuerySet[Any] = filter_by_grounds(reading.grounds, past)
    return list(seen.order_by("id", "history_date", "history_id"))


def _users_in(pasts: Mapping[type[ClientInformation], list[Any]]) -> set[UUID]:
    """Who wrote, and whom the fields name."""
    keys = {row.history_user_id for past in pasts.values() for row in past}
    for model, past in pasts.items():
        for field in history_fields(model):
            if field.field.related_model is User:
                keys |= {field.value(row) for row in past}
    return keys - {None}


def _told(
    model: type[ClientInformation], past: Iterable[Any], names: Mapping[Any, str], *, client: bool
) -> list[PastValue]:
    found: list[PastValue] = []
    before: dict[UUID, Any] = {}
    for row in past:
        earlier = before.get(row.id)
        before[row.id] = row
        fields = [
            Written(
                field.label_for(client=client),
                None if earlier is None else field.in_words(field.value(earlier), names),
                field.in_words(field.value(row), names),
                field.told.summary,
            )
            for field in history_fields(model)
            if _changed(field, row, earlier)
        ]
        if fields:
            found.append(
                PastValue(
                    at=row.history_date,
                    who=names.get(row.history_user_id, ""),
                    kind=declared_of(model).row,
                    subject_id=row.id,
                    category=Category(row.category),
                    recorded_for=Party(row.recorded_for),
                    is_new=earlier is None,
                    fields=fields,
                    with_client=row.with_client,
                    paper=row.paper if issubclass(model, MayComeOnPaper) else "",
                )
            )
    return found


def _changed(field: ToldField, row: Any, earlier: Any) -> bool:
    """A new row tells what it says; a later writing what it changed."""
    kept = field.value(row)
    return kept not in (None, "", False) if earlier is None else kept != field.value(earlier)
