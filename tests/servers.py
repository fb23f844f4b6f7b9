"""A pytest plugin: starts PostgreSQL and Valkey once for the whole run, before settings are read.

The controlling process makes one template database; every worker clones it. All is stopped
at the end, also when tests fail or are interrupted.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from config.embedded import servers
from config.messages import compile_messages

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = "yhdessa_template"

_stack = ExitStack()


def _is_worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ


def url_of(database: str) -> str:
    """The connection string of another database on the servers of this run."""
    parts = conninfo_to_dict(os.environ["DATABASE_SERVER_URL"])
    return make_conninfo(**{**parts, "dbname": database})


def on_server(*statements: str) -> None:
    """Run statements as the owner, outside any test's database."""
    parts = {**conninfo_to_dict(os.environ["DATABASE_SERVER_URL"]), "dbname": "postgres"}
    with psycopg.connect(make_conninfo(**parts), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def clone(name: str) -> str:
    """Make a fresh database from the template; returns its connection string."""
    drop(name)
    on_server(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    return url_of(name)


def drop(name: str) -> None:
    """Drop a database with whoever is in it. The server's own cleaner is waited for.

    An autovacuum worker belongs to the server's superuser, whom the owner of a test's database
    may not send away.
    """
    for patience in range(60, -1, -1):
        try:
            on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        except psycopg.errors.InsufficientPrivilege:
            if not patience:
                raise
            time.sleep(0.5)
        else:
            return


def _start() -> None:
    compile_messages(ROOT / "locale")
    var_dir = Path(tempfile.mkdtemp(prefix="yhdessa-"))
    var_dir.chmod(0o755)
    _stack.callback(shutil.rmtree, var_dir, ignore_errors=True)
    atexit.register(_stack.close)
    os.environ["VAR_DIR"] = str(var_dir)
    os.environ["DEMO"] = "1"
    # The browser of the journeys leaves an event loop in its thread; the tests after it are plain.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    os.environ["DATABASE_SERVER_URL"] = os.environ.get("DATABASE_URL", "")
    urls = _stack.enter_context(servers(var_dir, durable=False))
    os.environ["DATABASE_SERVER_URL"] = urls["DATABASE_URL"]
    drop(TEMPLATE)
    on_server(f"CREATE DATABASE {TEMPLATE}")
    env = {**os.environ, "DATABASE_URL": url_of(TEMPLATE), "DATABASE_OWNER_URL": ""}
    for command in (["migrate", "--verbosity", "0"], ["load_demo"]):
        subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *command], env=env, check=True, cwd=ROOT
        )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Have servers and a template before Django reads its settings."""
    if "DATABASE_SERVER_URL" not in os.environ:
        _start()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    os.environ["DATABASE_URL"] = clone(f"yhdessa_test_{worker}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What a test counted (``record_property("counts", ...)``) is said at the end."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, said in report.user_properties:
            if name == "counts" and report.when == "call":
                terminalreporter.write_line(f"{report.nodeid.rpartition('::')[2]}: {said}")


def pytest_unconfigure() -> None:
    drop(f"yhdessa_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")
    if not _is_worker():
        _stack.close()
