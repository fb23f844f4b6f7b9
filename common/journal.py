"""What an act changed, row by row, so that it can be undone exactly.

An act that may be undone within some days writes through a :class:`Journal`: what each field was
and what it became, which rows it made, which it deleted. Undoing it restores the same values
and refuses where somebody has changed one of them since: nothing later is overwritten. Knows rows
and fields, not what an act means.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.db.models import QuerySet

from common.actor import Actor
from common.history import save_with_history


class ChangedSince(Exception):
    """A row is no longer as the act left it. ``model``: what kind of row it is."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(model._meta.label)
        self.model = model


class Journal:
    """The changes of one act, in order. Rows with a history get a row of it for each change."""

    def __init__(self, actor: Actor, now: datetime, lines: Iterable[dict[str, Any]] = ()) -> None:
        self.actor, self.now = actor, now
        self.lines: list[dict[str, Any]] = list(lines)

    def change(self, rows: QuerySet[Any], *, lenient: bool = False, **values: Any) -> int:
        """Give fields (by their column's name) new values in every row. Returns how many rows.

        ``lenient``: a row that somebody has changed since is left as it is when the act is undone.
        """
        found = list(rows.select_for_update(of=("self",)).order_by("pk"))
        for row in found:
            before = {name: _plain(getattr(row, name)) for name in values}
            for name, value in values.items():
                setattr(row, name, value)
            self._save(row, values)
            self.lines.append(
                {
                    "did": "changed",
                    "model": row._meta.label_lower,
                    "pk": _plain(row.pk),
                    "before": before,
                    "after": {name: _plain(value) for name, value in values.items()},
                    "lenient": lenient,
                }
            )
        return len(found)

    def delete(self, rows: QuerySet[Any]) -> int:
        """Delete rows on which nothing hangs, keeping them to be put back. Returns how many."""
        found = list(rows.select_for_update(of=("self",)).order_by("pk"))
        for row in found:
            self.lines.append(
                {
                    "did": "deleted",
                    "model": row._meta.label_lower,
                    "pk": _plain(row.pk),
                    "before": {
                        field.attname: _plain(getattr(row, field.attname))
                        for field in row._meta.concrete_fields
                    },
                }
            )
            row.delete()
        return len(found)

    def record_changed(self, row: models.Model, before: dict[str, Any]) -> None:
        """Note what another service has just changed in a row: ``before`` are the values it had."""
        self.lines.append(
            {
                "did": "changed",
                "model": row._meta.label_lower,
                "pk": _plain(row.pk),
                "before": {name: _plain(value) for name, value in before.items()},
                "after": {name: _plain(getattr(row, name)) for name in before},
                "lenient": False,
            }
        )

    def record_created(self, row: models.Model) -> None:
        """Note a row that the act has just made: it goes when the act is undone."""
        self.lines.append({"did": "created", "model": row._meta.label_lower, "pk": _plain(row.pk)})

    def changed_keys(self, model: type[models.Model]) -> list[str]:
        """The keys of the rows of a model whose values this act changed, in order."""
        label = model._meta.label_lower
        return [
            line["pk"] for line in self.lines if line["model"] == label and line["did"] == "changed"
        ]

    def undo(self) -> None:
        """Undo every line, the last first. Raises :class:`ChangedSince`; then nothing is undone
        once the caller's transaction is rolled back."""
        with connection.cursor() as cursor:
            # What the database itself keeps of a change (a former name) is not kept of its undoing.
            cursor.execute("SELECT set_config('app.taking_back', 'on', true)")
            self._undo_lines()
            cursor.execute("SELECT set_config('app.taking_back', '', true)")

    def _undo_lines(self) -> None:
        for line in reversed(self.lines):
            model = apps.get_model(line["model"])
            rows = model._base_manager.filter(pk=line["pk"])
            if line["did"] == "created":
                rows.delete()
            elif line["did"] == "deleted":
                _put_back(model, line["before"])
            else:
                self._restore(model, rows, line)

    def to_json(self) -> str:
        """The lines as text, to be kept."""
        return json.dumps(self.lines)

    @classmethod
    def from_json(cls, text: str, actor: Actor, now: datetime) -> Journal:
        """The journal again that :meth:`to_json` gave."""
        return cls(actor, now, json.loads(text))

    def _restore(
        self, model: type[models.Model], rows: QuerySet[Any], line: dict[str, Any]
    ) -> None:
        row = rows.select_for_update(of=("self",)).first()
        stands = row and {name: _plain(getattr(row, name)) for name in line["after"]}
        if stands != line["after"]:
            if line["lenient"]:
                return
            raise ChangedSince(model)
        assert row is not None
        for name, value in line["before"].items():
            setattr(row, name, _value(model, name, value))
        self._save(row, line["before"])

    def _save(self, row: models.Model, values: Iterable[str]) -> None:
        if hasattr(type(row), "history"):
            save_with_history(self.actor, row, now=self.now)
        else:
            type(row)._base_manager.filter(pk=row.pk).update(
                **{name: getattr(row, name) for name in values}
            )


def _put_back(model: type[models.Model], kept: dict[str, Any]) -> None:
    row = model(**{name: _value(model, name, value) for name, value in kept.items()})
    row.save_base(raw=True, force_insert=True)


def _plain(value: Any) -> Any:
    """A value as JSON holds it, with nothing of it lost."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, memoryview | bytes):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, str):
        return str(value)
    return value


def _value(model: type[models.Model], name: str, plain: Any) -> Any:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)
    if plain is None:
        return None
    if isinstance(field, models.BinaryField):
        return base64.b64decode(plain)
    if isinstance(field, models.ForeignKey):
        return field.target_field.to_python(plain)
    return field.to_python(plain)
