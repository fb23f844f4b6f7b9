"""The first migration of a room: all its tables at once.

For each table it creates, Django renders every model that a key can reach once more: five thousand
renderings for the hundred tables of a fresh database, and half of its seconds. A migration that
only creates tables needs the models once, as they stand after its last operation.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.migrations.state import ProjectState


class CreatesTables(migrations.Migration):
    """A migration of nothing but ``CreateModel`` and extensions; any other is a plain one."""

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
