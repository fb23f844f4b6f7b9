"""PostgreSQL and Valkey for trying out and for tests, started beside the project and stopped again.

Where DATABASE_URL or REDIS_URL is set, that server is used instead. Both embedded servers
listen on a free port of the loopback address only and ask for a password: a socket file would
fail where VAR_DIR has a long path, or where root starts the server as another user.

Several processes on one VAR_DIR share the servers. Each holds a shared lock on one file as
long as it uses them; whoever leaves and gets that lock for itself was the last, and stops
them. The kernel gives the lock of a killed process back: its guardian
(``devservers.guardian``) stops what nobody uses any more; where that was killed too, the next
start uses what runs, and stops it.
Owns the servers; must not know what is kept in them.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import threading
from collections.abc import Collection, Iterator
from pathlib import Path

from config.log_ins import is_derived
from devservers.guardian import guarded
from devservers.log_ins import make_log_ins
from devservers.postgres import Postgres
from devservers.processes import ServersFailed
from devservers.valkey import Valkey

_LONGEST_PATH = 900  # PostgreSQL's own limit is 1024, with what it adds itself
_USERS = "servers.users"


_STARTERS: dict[str, type[Postgres | Valkey]] = {"DATABASE_URL": Postgres, "REDIS_URL": Valkey}


@contextlib.contextmanager
def servers(
    var_dir: Path,
    *,
    durable: bool = True,
    only: Collection[str] | None = None,
    has_guardian: bool = False,
) -> Iterator[dict[str, str]]:
    """Have PostgreSQL and Valkey for the time of the block; yields DATABASE_URL and REDIS_URL.

    The first is the owner's, beside whom the log-ins of web, sealer and keeper are made.

    ``only`` names those of the two that are wanted here.

    The two also stand in ``os.environ`` meanwhile, for child processes. ``durable=False``
    gives up the data's safety in a crash for speed: for data that is thrown away.
    ``has_guardian``: the caller is guarded already. Raises ``ServersFailed``, and OSError where
    the folder cannot be used.
    """
    given = {name: os.environ[name] for name in _STARTERS if os.environ.get(name)}
    if "DATABASE_URL" in given and is_derived(production=False):
        make_log_ins(given["DATABASE_URL"])
    wanted = [name for name in only or _STARTERS if name not in given]
    if not wanted:
        yield given
        return
    var_dir.mkdir(parents=True, exist_ok=True)
    var_dir = var_dir.resolve()
    if len(os.fsencode(var_dir)) > _LONGEST_PATH:
        raise ServersFailed("VAR_DIR is too long for PostgreSQL: choose a shorter one.")
    users = (var_dir / _USERS).open("w")
    urls = dict(given)
    with contextlib.nullcontext() if has_guardian else guarded(var_dir):
        try:
            with _alone(var_dir):
                fcntl.flock(users, fcntl.LOCK_SH)
                for name in wanted:
                    urls[name] = _STARTERS[name](var_dir).start(durable=durable)
            os.environ.update(urls)
            yield urls
        finally:
            with _undisturbed(), _alone(var_dir):
                for name in wanted:
                    os.environ.pop(name, None)
                _stop_if_last(var_dir, users)
                users.close()


def stop_unused(var_dir: Path) -> None:
    """Stop what a killed process left running, unless another one uses it."""
    var_dir = var_dir.resolve()
    if not (var_dir / _USERS).exists():
        return
    with _alone(var_dir), (var_dir / _USERS).open("w") as users:
        _stop_if_last(var_dir, users)


def _stop_if_last(var_dir: Path, users: object) -> None:
    if _last(users):
        for server in _STARTERS.values():
            server(var_dir).stop()


@contextlib.contextmanager
def _alone(var_dir: Path) -> Iterator[None]:
    """Start and stop by one process at a time."""
    with (var_dir / "servers.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _last(users: object) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[arg-type]
    except BlockingIOError:
        return False
    return True


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Let no second Ctrl-C or SIGTERM break off the stopping."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(number, signal.SIG_IGN) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
