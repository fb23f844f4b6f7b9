"""A pytest plugin: PostgreSQL and Valkey for the tests that ask for them, and for the run's length.

They start with the first test that needs the database or says ``running_servers``: a test of plain
values waits for none. With several workers (``-n``) the controlling process starts them at once and
sees to one template database, which every worker clones. All is stopped at the end, also when tests
fail or are interrupted.

What takes long to make is kept in ``var/tests`` for the next run: a migrated database for as long
as the migrations are the same, and the template with the demo network for as long as the code and
data it is built from, and the day, are. A run of one process takes a demo built by earlier code of
the rooms too, and says so. Where ``DATABASE_URL`` is set, that server keeps them.
"""

from __future__ import annotations

import atexit
import fcntl
import gc
import hashlib
import inspect
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import psutil
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from common.clock import HELSINKI
from common.database_roles import KEEPER, SEALER, WEB
from config import keys
from config.messages import compile_messages
from devservers.embedded import servers
from devservers.postgres import Postgres

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "var" / "tests"
# The demo is built through the services: all that stands below the faces goes into it.
_FACES = {"pages", "api", "components", "web", "templates", "static", "locale"}
_NOT_IN_THE_DEMO = _FACES | {"tests", "bench", "docs"}

_stack = ExitStack()


def _is_worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ


def url_of(database: str) -> str:
    """The connection string of another database on the servers of this run."""
    parts = conninfo_to_dict(os.environ["DATABASE_SERVER_URL"])
    return make_conninfo(**{**parts, "dbname": database})


def name_of(what: str) -> str:
    """The name of a database of this process's own; no other run or worker has the same."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return f"yhdessa_run_{os.environ['TEST_RUN']}_{worker}_{what}"


def tester_url(database: str) -> str:
    """The connection string of whoever may do everything on the servers of this run."""
    parts = conninfo_to_dict(os.environ["DATABASE_TESTER_URL"])
    return make_conninfo(**{**parts, "dbname": database})


def on_server(*statements: str) -> None:
    """Run statements as the owner, outside any test's database."""
    with psycopg.connect(url_of("postgres"), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def clone(name: str, *, empty: bool = False) -> str:
    """Make a fresh database, with the demo or ``empty`` of rows; returns its connection string."""
    like = os.environ["DATABASE_MIGRATED" if empty else "DATABASE_TEMPLATE"]
    drop(name)
    on_server(f"CREATE DATABASE {name} TEMPLATE {like}")
    return url_of(name)


def drop(name: str) -> None:
    """Drop a database with whoever is in it. The server's own cleaner is waited for.

    An autovacuum worker belongs to the server's superuser, whom a tester who is none may not send
    away.
    """
    for patience in range(60, -1, -1):
        try:
            with psycopg.connect(tester_url("postgres"), autocommit=True) as connection:
                connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        except psycopg.errors.InsufficientPrivilege:
            if not patience:
                raise
            time.sleep(0.5)
        else:
            return


def _prepare() -> None:
    """What the settings read: a folder and keys of this run's own. No server yet."""
    compile_messages(ROOT / "locale")
    KEPT.mkdir(parents=True, exist_ok=True)
    var_dir = Path(tempfile.mkdtemp(prefix="yhdessa-"))
    var_dir.chmod(0o755)
    _stack.callback(shutil.rmtree, var_dir, ignore_errors=True)
    atexit.register(_stack.close)
    os.environ["TEST_RUN"] = str(os.getpid())
    os.environ["VAR_DIR"] = str(var_dir)
    os.environ["DEMO"] = "1"
    # The browser of the journeys leaves an event loop in its thread; the tests after it are plain.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # The kept demo's identity codes were hashed with these keys.
    keys.load(KEPT, production=False)
    shutil.copy(KEPT / "secrets.json", var_dir)


def start(*, exact: bool) -> None:
    """Have what ``running_servers`` promises; ``exact``: a demo as the code builds it now."""
    if "DATABASE_TEMPLATE" not in os.environ:
        _start(exact=exact)
        _tell_settings()


def _start(*, exact: bool) -> None:
    """Have servers and a template, and a database of this process's own to work in."""
    if "DATABASE_SERVER_URL" not in os.environ:
        given = os.environ.get("DATABASE_URL")
        os.environ["DATABASE_SERVER_URL"] = given or ""
        # The broker and the cache begin empty; the database server has kept what takes long.
        var_dir = Path(os.environ["VAR_DIR"])
        _stack.enter_context(servers(var_dir, durable=False, only=["REDIS_URL"]))
        urls = _stack.enter_context(servers(KEPT, durable=False, only=["DATABASE_URL"]))
        os.environ["DATABASE_SERVER_URL"] = urls["DATABASE_URL"]
        os.environ["DATABASE_TESTER_URL"] = given or Postgres(KEPT).administrator()
        with (KEPT / "template.lock").open("w") as alone:
            fcntl.flock(alone, fcntl.LOCK_EX)
            _forget_ended_runs()
            migrated, template = _template((KEPT / "secrets.json").read_text(), exact=exact)
            os.environ.update(DATABASE_MIGRATED=migrated, DATABASE_TEMPLATE=template)
    os.environ["DATABASE_URL"] = clone(name_of("own"))


def _tell_settings() -> None:
    """Settings were read before the servers had addresses: they get them now, in place."""
    from django.conf import settings  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    parts = conninfo_to_dict(os.environ["DATABASE_TESTER_URL"])
    # A test's own connection has the web's rights and can step aside from them (RESET ROLE), in
    # the one transaction that is undone at its end; programs it starts log in as anywhere else.
    connections.settings["default"].update(
        NAME=conninfo_to_dict(os.environ["DATABASE_URL"])["dbname"],
        USER=parts.get("user", ""), PASSWORD=parts.get("password", ""),
        HOST=parts.get("host", ""), PORT=str(parts.get("port", "")),
        OPTIONS={"assume_role": WEB},
    )  # fmt: skip
    _let_become(WEB, KEEPER, SEALER)
    settings.REDIS_URL = settings.CELERY_BROKER_URL = os.environ["REDIS_URL"]
    settings.CACHES["default"]["LOCATION"] = settings.REDIS_URL


def _let_become(*roles: str) -> None:
    """A superuser can be anybody; another tester, who made the roles, says that they may."""
    with psycopg.connect(os.environ["DATABASE_TESTER_URL"], autocommit=True) as session:
        for role in roles:
            may = session.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", [role])
            if may.fetchone() != (True,):
                session.execute(f"GRANT {role} TO CURRENT_USER")


def _template(secrets: str, *, exact: bool) -> tuple[str, str]:
    """The migrated database and the one every test starts from, made where they are not there yet.

    Unless ``exact``, a demo serves that was built by other code of the rooms from the same
    migrations, law and demo: whoever changes a service and runs its test again waits for no demo.
    """
    sources = _sources()
    migrations = [p for p in sources if "migrations" in p.parts]
    migrated = f"yhdessa_migrated_{_hash_of(migrations, *_rights(sources))}"
    laid_down = [p for p in sources if p.relative_to(ROOT).parts[0] in {"demo", "statutes"}]
    day = f"{datetime.now(HELSINKI):%Y%m%d}"
    hashed = inspect.getsource(hash_quickly)
    alike = f"yhdessa_template_{_hash_of(migrations + laid_down, secrets, day, hashed)}_"
    template = f"{alike}{_hash_of(sources)}"
    found = _databases()
    if migrated in found:
        if template in found:
            return migrated, template
        like_it = [name for name in found if name.startswith(alike)]
        if like_it and not exact:
            os.environ["DEMO_OF_EARLIER_CODE"] = "1"
            return migrated, like_it[0]
    if exact:
        _compile_tests()
    if not any(name.startswith("yhdessa_run_") for name in found):
        for name in found:
            if name.startswith(("yhdessa_migrated_", "yhdessa_template_")) and name != migrated:
                drop(name)
    if migrated not in found:
        _build(migrated, "", ["migrate", "--verbosity", "0"])
    _build(template, f"TEMPLATE {migrated}", ["load_demo"])
    return migrated, template


def _compile_tests() -> None:
    """Have the tests of a fresh clone compiled once, while the demo is laid down on another core.

    Each worker would do it by itself, all of them at the same time.
    """
    gathers = [sys.executable, "-m", "pytest", "--collect-only", "-qq", "-p", "no:cacheprovider"]
    subprocess.Popen(gathers, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _build(name: str, like: str, command: list[str]) -> None:
    """Make a database under another name and rename it when it is whole."""
    drop("yhdessa_making")
    on_server(f"CREATE DATABASE yhdessa_making {like}")
    env = {
        **os.environ,
        "DATABASE_URL": url_of("yhdessa_making"),
        "DATABASE_OWNER_URL": "",
        "DATABASE_AS_OWNER": "1" if command[0] == "migrate" else "",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "AUDIT_HEADS_DIR": str(Path(os.environ["VAR_DIR"]) / f"heads-{name}"),
    }
    # Past manage.py, which would see to servers and migrations of its own.
    program = (
        "from tests.servers import hash_quickly; hash_quickly(); import sys;"
        " from django.core.management import execute_from_command_line as run; run(sys.argv)"
    )
    subprocess.run([sys.executable, "-c", program, *command], env=env, check=True, cwd=ROOT)
    on_server(f"ALTER DATABASE yhdessa_making RENAME TO {name}")


def hash_quickly() -> None:
    """Passwords are hashed as ever, with a thousandth of the work: no rule is about being slow."""
    from django.contrib.auth.hashers import ScryptPasswordHasher  # noqa: PLC0415

    ScryptPasswordHasher.work_factor = 2**4


def _sources() -> list[Path]:
    """What the template is built from: code, law and sample data of the rooms below the faces."""
    rooms = [p for p in ROOT.iterdir() if p.is_dir() and p.name not in _NOT_IN_THE_DEMO]
    return sorted(
        file
        for room in rooms
        if not room.name.startswith(".") and room.name != "var"
        for kind in ("py", "toml", "csv", "sql")
        for file in room.rglob(f"*.{kind}")
    )


def _rights(sources: list[Path]) -> list[str]:
    """What is given to the roles after a migration: it follows the models too."""
    roles = (ROOT / "common" / "database_roles.py").read_text("utf-8")
    said = [line for p in sources for line in p.read_text("utf-8").splitlines()]
    return [roles, *(line for line in said if "only_changes" in line)]


def _hash_of(files: list[Path], *more: str) -> str:
    found = hashlib.sha256("".join(more).encode())
    for file in files:
        found.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return found.hexdigest()[:16]


def _databases() -> list[str]:
    """The newest first."""
    parts = {**conninfo_to_dict(os.environ["DATABASE_SERVER_URL"]), "dbname": "postgres"}
    with psycopg.connect(make_conninfo(**parts)) as connection:
        rows = connection.execute("SELECT datname FROM pg_database ORDER BY oid DESC")
        return [name for (name,) in rows]


def _forget_ended_runs() -> None:
    """Drop the databases of runs that were killed: their number is nobody's any more."""
    for name in _databases():
        number = name.removeprefix("yhdessa_run_").split("_")[0]
        if name.startswith("yhdessa_run_") and not psutil.pid_exists(int(number)):
            drop(name)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Before Django reads its settings."""
    gc.disable()  # what is imported and collected stays; on again from pytest_collection_finish
    if not _is_worker():
        _prepare()
    if _is_worker() or getattr(early_config.known_args_namespace, "numprocesses", None):
        _start(exact=True)


def pytest_configure() -> None:
    """Where the servers were there before the settings, a test's own connection is the same one."""
    if "DATABASE_TEMPLATE" in os.environ:
        _tell_settings()


def pytest_collection_finish() -> None:
    """What is imported by now stays to the end: the collector of garbage looks at it no more.

    At the rest it looks more seldom than Python does by itself, which took a fifteenth of a run.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--fresh-demo",
        action="store_true",
        help="build the demo with the code as it is now, as a run with -n does",
    )
    parser.addoption(
        "--headed",
        action="store_true",
        help="show the browser of the journeys, a little slowed down",
    )


@pytest.fixture(scope="session")
def running_servers(pytestconfig: pytest.Config) -> None:
    """PostgreSQL and Valkey run; ``DATABASE_URL`` and ``REDIS_URL`` stand in the environment.

    Whatever has ``db`` has it; who starts a program of its own, or asks the cache, names it.
    """
    start(exact=pytestconfig.getoption("--fresh-demo"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What a test counted (``record_property("counts", ...)``) is said at the end."""
    if os.environ.pop("DEMO_OF_EARLIER_CODE", None):
        terminalreporter.write_line(
            "The demo was built by earlier code; --fresh-demo, or make test."
        )
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, said in report.user_properties:
            if name == "counts" and report.when == "call":
                terminalreporter.write_line(f"{report.nodeid.rpartition('::')[2]}: {said}")


def pytest_unconfigure() -> None:
    if "DATABASE_TEMPLATE" in os.environ:
        drop(name_of("own"))
    if not _is_worker():
        _stack.close()
