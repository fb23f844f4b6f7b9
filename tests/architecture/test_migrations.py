"""Migrations are kept for good: each reads alone, leans on the floors below, and a new database
is there in seconds (docs/adr/0014-migrations.md)."""

from __future__ import annotations

import hashlib
import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations import (
    AddConstraint,
    AddField,
    AlterField,
    CreateModel,
    Migration,
    RemoveConstraint,
    RemoveField,
    RunPython,
)
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.special import RunSQL

from common.tables import ChangesTables, CreatesTables, is_in_one_step
from tests.architecture.test_walls import FLOORS, ROOMS, ROOT
from tests.servers import drop, name_of, on_server, url_of

# Seconds of CPU for a fresh database: 6.5 beside three other processes on two cores.
LIMIT = 8.0

KEPT = Path(__file__).with_name("migrations.sha256")
"""The digest of each migration and its SQL, as ``sha256sum`` writes them."""


def own() -> Iterator[tuple[str, str, Migration]]:
    """Each migration of the project's: its room, its name, itself."""
    for (label, name), migration in MigrationLoader(None).disk_migrations.items():
        room = apps.get_app_config(label).name.replace(".", "/")
        if room in ROOMS:
            yield room, name, migration


def test_a_migration_is_as_it_was_released() -> None:
    """Installations have run it: what it should have been is told by a new one."""
    kept = [line.split() for line in KEPT.read_text("utf-8").splitlines()]
    assert len(kept) > 30
    changed = [
        name
        for digest, name in kept
        if not (ROOT / name).exists()
        or hashlib.sha256((ROOT / name).read_bytes()).hexdigest() != digest
    ]
    assert changed == [], "a new migration changes what these made (docs/adr/0014-migrations.md)"


def test_a_migration_leans_on_the_floors_below_alone() -> None:
    upward = [
        f"{room}.{name}: {other}"
        for room, name, migration in own()
        for other, _ in migration.dependencies
        if (below := apps.get_app_config(other).name.replace(".", "/")) in ROOMS
        if ROOMS.index(below) > ROOMS.index(room)
    ]
    assert upward == []


def test_a_statement_stands_in_a_file_of_its_own_beside_the_migration_that_runs_it() -> None:
    run = set()
    for room, name, migration in own():
        statements = [o.sql for o in migration.operations if isinstance(o, RunSQL)]
        if statements:
            files = list((ROOT / room).rglob(f"migrations/{name}.sql"))
            assert [file.read_text("utf-8") for file in files] == statements, f"{room}.{name}"
            run.update(files)
    assert run == {file for room in FLOORS for file in (ROOT / room).rglob("migrations/*.sql")}


def test_an_object_of_the_database_is_made_once() -> None:
    """Another file that names it replaces it, and says so: CREATE OR REPLACE."""
    made: list[str] = []
    for room in FLOORS:
        for file in sorted((ROOT / room).rglob("migrations/*.sql")):
            made += re.findall(
                r"^CREATE (?:CONSTRAINT |UNLOGGED )?(?:FUNCTION|TRIGGER|TABLE) \w+",
                file.read_text("utf-8"),
                re.MULTILINE,
            )
    assert len(made) > 20
    assert sorted(made) == sorted(set(made))


def test_a_migration_that_creates_tables_does_so_in_one_step() -> None:
    """Else Django renders every model once more for each of them."""
    slow = [
        f"{room}.{name}"
        for room, name, migration in own()
        if sum(isinstance(o, CreateModel) for o in migration.operations) > 1
        and not isinstance(migration, CreatesTables | ChangesTables)
    ]
    assert slow == []


def migration_of(*operations: Any) -> Migration:
    migration = Migration("made_up", "cases")
    migration.operations = list(operations)
    return migration


def test_what_depends_on_the_models_between_two_operations_is_no_step_of_one() -> None:
    """Else it would be done with the models as they stand after the last."""
    one, two = models.IntegerField(null=True), models.TextField(null=True)
    table = CreateModel("thing", [("id", models.AutoField(primary_key=True))])
    rule = models.CheckConstraint(condition=models.Q(one=1), name="rule")
    goes, comes = RemoveConstraint("case", "rule"), AddConstraint("case", rule)
    assert is_in_one_step(migration_of(table, AddField("case", "one", one), goes, comes))
    assert not is_in_one_step(migration_of(table, AddField("thing", "one", one)))
    assert not is_in_one_step(migration_of(table, AddConstraint("thing", rule)))
    assert not is_in_one_step(
        migration_of(AddField("case", "one", one), AlterField("case", "one", two))
    )
    assert not is_in_one_step(migration_of(RunPython(lambda *_: None)))
    assert not is_in_one_step(migration_of(RemoveField("case", "one")))


@pytest.mark.django_db
def test_the_database_has_what_the_models_say() -> None:
    """Each column of each table, whether it may be empty, and each rule and index with a name."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")  # the web is not told of what it may not read
        cursor.execute(
            "SELECT table_name, column_name, is_nullable = 'YES' FROM information_schema.columns"
            " WHERE table_schema = 'public'"
        )
        columns = set(cursor.fetchall())
        cursor.execute("SELECT conname FROM pg_constraint UNION SELECT indexname FROM pg_indexes")
        rules = {name for (name,) in cursor.fetchall()}
    managed = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    assert len(managed) > 100
    tables = {model._meta.db_table for model in managed}
    assert {column for column in columns if column[0] in tables} == {
        (model._meta.db_table, field.column, field.null or field.generated)
        for model in managed
        for field in model._meta.local_concrete_fields
    }
    said = {r.name for m in managed for r in (*m._meta.constraints, *m._meta.indexes)}
    assert said - rules == set()


@pytest.mark.deep
def test_a_fresh_database_is_there_in_some_seconds(
    running_servers: None,
    record_property: Callable[[str, object], None],
) -> None:
    name = name_of("fresh")
    on_server(f"CREATE DATABASE {name}")
    given = {"DATABASE_URL": url_of(name), "DATABASE_OWNER_URL": "", "DATABASE_AS_OWNER": "1"}
    try:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "--verbosity", "0"],
            env={**os.environ, **given, "DJANGO_SETTINGS_MODULE": "config.settings"},
            cwd=ROOT,
            check=True,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    finally:
        drop(name)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    record_property("counts", f"a fresh database in {seconds:.1f} s of CPU")
    assert seconds < LIMIT
