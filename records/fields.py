"""What each field of client information is called, and where it is told: one declaration a model.

A model of client information holds ``declared``: what a row of it is called, and each of its own
fields by name, :class:`Told` or :class:`LeftOut`. History, versions, the handover summary and
"everything about me" are made from it. ``manage.py check`` refuses a field that is not declared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.apps import apps
from django.db.models import Field, ForeignKey, Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consent.models import ClientInformation


@dataclass(frozen=True, slots=True)
class Told:
    """A field that the client is told among everything recorded about them.

    ``label``: where it is not the field's ``verbose_name``; ``to_client``: as the client reads it,
    where it speaks of them. ``history``: a change of it stands in
    the history of the case, where the model keeps one. ``version``: it is frozen into each version
    of the plan. ``summary``: whoever takes over the case reads it in the handover summary.
    ``in_words``: how a kept value is read that is neither a choice, a key nor plain.
    """

    label: Promise | None = None
    history: bool = True
    version: bool = False
    summary: bool = False
    in_words: Callable[[Any], str] | None = None
    to_client: Promise | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A field that is nowhere told, and why not."""

    because: str


class Declared:
    """What a row of one model is called, and its own fields by name, in the order they are read."""

    def __init__(self, row: Promise, /, **fields: Told | LeftOut) -> None:
        self.row = row
        self.fields = fields


#: What every row has. Who recorded it, when and for whom heads each thing that is told.
SHARED: dict[str, Told | LeftOut] = {
    "id": LeftOut("an opaque key; stands in the JSON as the id of the thing"),
    "case": LeftOut("the case the row stands in"),
    "category": LeftOut("heads each thing that is told"),
    "recorded_for": LeftOut("heads each thing that is told"),
    "recorded_by": LeftOut("heads each thing that is told"),
    "recorded_at": LeftOut("heads each thing that is told"),
    "with_client": Told(history=False, to_client=_("Written with you present")),
    "paper": Told(history=False),
    "revision": LeftOut("counts the edits, which are told one by one"),
}


@dataclass(frozen=True, slots=True)
class ToldField:
    """One told field of one model: its name, its label, and a value of it in words."""

    model: type[Model]
    name: str
    told: Told

    @property
    def field(self) -> Field[Any, Any]:
        return cast("Field[Any, Any]", self.model._meta.get_field(self.name))

    @property
    def label(self) -> Promise:
        return self.told.label or cast("Promise", self.field.verbose_name)

    def label_for(self, *, client: bool) -> Promise:
        """What it is called, by the client or by anybody else."""
        return self.told.to_client if client and self.told.to_client else self.label

    @property
    def column(self) -> str:
        """The attribute that holds the value as kept: of a key, the key itself."""
        return self.field.attname

    def value(self, row: Any) -> Any:
        """The value as kept, of a row or of a former wording of one."""
        return getattr(row, self.column)

    def in_words(self, kept: Any, names: Mapping[Any, str]) -> Any:
        """A kept value as it is read: a code's word, the name of what a key points to, else itself.

        ``names``: of the rows that keys point to, by key. Nothing kept is the empty text.
        """
        if kept in (None, "", [], {}):
            return ""
        if self.told.in_words:
            return self.told.in_words(kept)
        if self.field.choices:
            return str(dict(self.field.flatchoices).get(kept, kept))
        return names.get(kept, "") if self.field.is_relation else kept

    def frozen(self, row: Any) -> Any:
        """The value as a version of the plan keeps it, in JSON."""
        kept = self.value(row)
        if isinstance(kept, date):
            return kept.isoformat()
        return str(kept) if isinstance(kept, UUID) else kept

    def thawed(self, frozen: Any) -> Any:
        """The value that :meth:`frozen` was made from."""
        field = self.field
        return (field.target_field if isinstance(field, ForeignKey) else field).to_python(frozen)


def declared_models() -> Iterator[type[ClientInformation]]:
    """Every model of client information; the histories of them are no models of their own here."""
    return (model for model in apps.get_models() if issubclass(model, ClientInformation))


def declared_of(model: type[Model]) -> Declared:
    """The declaration beside the model. Without one the project does not start."""
    found: Declared = model.declared  # type: ignore[attr-defined]
    return found


def all_fields(model: type[Model]) -> dict[str, Told | LeftOut]:
    """Each field of the model, its own first, then what every row has."""
    own = declared_of(model).fields
    columns = {field.name for field in model._meta.concrete_fields}
    return own | {name: how for name, how in SHARED.items() if name not in own and name in columns}


def told_fields(model: type[Model]) -> list[ToldField]:
    """The told fields of a model in the order they are read."""
    return [
        ToldField(model, name, how)
        for name, how in all_fields(model).items()
        if isinstance(how, Told)
    ]


def version_fields(model: type[Model]) -> list[ToldField]:
    """Those of them that each version of the plan keeps."""
    return [field for field in told_fields(model) if field.told.version]
