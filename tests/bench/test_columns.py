"""The rows the bench lays down by hand keep step with the models, column by column."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps

SQL = Path(__file__).resolve().parents[2] / "bench"
MODELS = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
INSERTS = [
    (path.name, table, frozenset(name.strip() for name in columns.split(",")))
    for path in sorted(SQL.glob("*.py"))
    for table, columns in re.findall(r"INSERT INTO (\w+)\s*\(([^)]*)\)", path.read_text("utf-8"))
    if table in MODELS
]


@pytest.mark.parametrize(("file", "table", "given"), INSERTS)
def test_the_bench_gives_every_column_a_row_must_have(
    file: str, table: str, given: frozenset[str]
) -> None:
    fields = MODELS[table]._meta.concrete_fields
    must = {
        field.column
        for field in fields
        if not (field.null or field.primary_key or field.has_db_default() or field.generated)
    }
    assert must - given == set(), file
    assert given - {field.column for field in fields} == set(), file


def test_the_bench_fills_tables() -> None:
    assert len(INSERTS) > 10
