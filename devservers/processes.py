"""Programs started beside the project, apart from our terminal, and ended again."""

from __future__ import annotations

import pwd
import signal
import socket
import subprocess
from pathlib import Path
from typing import IO

import psutil

LOOPBACK = "127.0.0.1"
START_SECONDS = 30.0
_STOP_SECONDS = 5
_children: dict[int, subprocess.Popen[bytes]] = {}


class ServersFailed(RuntimeError):
    """An embedded server did not start; the message ends with the end of its log."""


def free_port() -> int:
    """A port of the loopback address that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def tail(log: Path) -> str:
    """The end of a log, for an error's message; empty where there is none."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-15:]) if log.exists() else ""


def start_apart(
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


def end_process(process: psutil.Process, number: signal.Signals) -> None:
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
