"""Migrations that render the models once: the tables of a room, and what is changed in them.

For each table it creates and each column it changes, Django renders every model that a key can
reach once more: five thousand renderings for the hundred tables of a fresh database, and half of
its seconds. The models are needed once, as they stand after the last operation.
"""

from __future__ import annotations

import gc
from typing import Any

from django.db import migrations
from django.db.migrations.state import ProjectState


class _InOneStep(migrations.Migration):
    def apply(
        self, project_state: ProjectState, schema_editor: Any, collect_sql: bool = False
    ) -> ProjectState:
        before = project_state.clone()
        vars(project_state).pop("apps", None)  # rendered anew when the first table asks for it
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        for operation in self.operations:
            operation.database_forwards(self.app_label, schema_editor, before, project_state)
        return project_state


class CreatesTables(_InOneStep):
    """A migration of nothing but ``CreateModel`` and extensions."""


class ChangesTables(_InOneStep):
    """A migration of columns and constraints added, altered or removed, and SQL beside them.

    Each column is named by one operation at most; a table it creates comes with its keys and its
    rules in one step. Rows are moved by SQL that stands first, or that has the keys looked at
    (``SET CONSTRAINTS ALL IMMEDIATE``) before a column goes.
    """


def collect_garbage_seldom(**_: Any) -> None:
    """A program that migrates ends soon: a fifth of its seconds went into looking for garbage.

    Rendered models lead to each other, so that the collector follows them all, time and again.
    """
    gc.set_threshold(50_000, 10, 10)
