"""Migrations that render the models once: the tables of a room, and what is changed in them.

For each table it creates and each column it changes, Django renders every model that a key can
reach once more: five thousand renderings for the hundred tables of a fresh database, and half of
its seconds. The models are needed once, as they stand after the last operation.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from types import MethodType
from typing import Any

from django.db import migrations
from django.db.migrations import operations as to_do
from django.db.migrations.state import ProjectState


class _InOneStep(migrations.Migration):
    def apply(
        self, project_state: ProjectState, schema_editor: Any, collect_sql: bool = False
    ) -> ProjectState:
        before = project_state.clone()
        rendered = vars(project_state).pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        if rendered is not None and not any(map(_leads_elsewhere, self.operations)):
            # A new table changes none that stood. Without a new key in one of those, only the
            # models are rendered that are changed, and those beside.
            vars(project_state)["apps"] = rendered
            new = [o.name_lower for o in self.operations if isinstance(o, to_do.CreateModel)]
            rendered.render_multiple([project_state.models[self.app_label, n] for n in new])
            changed = {o.model_name_lower for o in self.operations if isinstance(o, _OF_ONE_MODEL)}
            project_state.reload_models([(self.app_label, name) for name in sorted(changed)])
        for operation in self.operations:
            operation.database_forwards(self.app_label, schema_editor, before, project_state)
        return project_state


_OF_ONE_MODEL = (
    to_do.AddField,
    to_do.AlterField,
    to_do.AddConstraint,
    to_do.RemoveConstraint,
    to_do.AddIndex,
)


def _leads_elsewhere(operation: Any) -> bool:
    """Whether an operation may make or change a key: all models are rendered anew."""
    if isinstance(operation, to_do.AddField | to_do.AlterField):
        return bool(operation.field.is_relation)
    return not isinstance(operation, (*_OF_ONE_MODEL, to_do.CreateModel, to_do.RunSQL))


class CreatesTables(_InOneStep):
    """A migration of nothing but ``CreateModel`` and extensions."""


class ChangesTables(_InOneStep):
    """A migration of columns and constraints added, altered or removed, and SQL beside them.

    Each column is named by one operation at most; a table it creates comes with its keys and its
    rules in one step. Rows are moved by SQL that stands first, or that has the keys looked at
    (``SET CONSTRAINTS ALL IMMEDIATE``) before a column goes.
    """


def render_once(*, plan: list[tuple[migrations.Migration, bool]], **_: Any) -> None:
    """Each migration that may be is applied in one step, whatever class it was written with.

    So are those that are kept for good, and those of libraries, which rendered half of all models.
    """
    for migration, is_undone in plan:
        if not is_undone and is_in_one_step(migration):
            step = MethodType(_InOneStep.apply, migration)
            migration.apply = step  # type: ignore[method-assign]


def is_in_one_step(migration: migrations.Migration) -> bool:
    """Whether each thing is named by one operation, so that all may see the models of the end.

    A table that is created has its columns and rules by then: nothing else may name it.
    """
    created, named = set[str](), list[tuple[str, str]]()
    for operation in migration.operations:
        if isinstance(operation, to_do.CreateModel):
            created.add(operation.name_lower)
        elif isinstance(operation, _OF_ONE_MODEL):
            named += _named(operation)
        elif not isinstance(operation, to_do.RunSQL) or operation.state_operations:
            return False
    return len(named) == len(set(named)) and not created & {model for model, _thing in named}


def _named(operation: Any) -> Iterator[tuple[str, str]]:
    """A model and the column of it that an operation names; a rule may go and come anew."""
    kind = type(operation).__name__.removesuffix("Field").replace("Alter", "Add")
    thing = getattr(operation, "constraint", None) or getattr(operation, "index", operation)
    yield operation.model_name_lower, f"{kind} {thing.name}".lower()


def collect_garbage_seldom(**_: Any) -> None:
    """A program that migrates ends soon: a fifth of its seconds went into looking for garbage.

    Rendered models lead to each other, so that the collector follows them all, time and again.
    """
    gc.set_threshold(50_000, 10, 10)
