"""Ends what a process leaves running when it is killed, however it is killed.

A process of its own, started beside the one it guards, holds the other end of a pipe. As long as
the guarded one lives, or says goodbye, it does nothing; when the pipe closes without a word it
ends the process groups it was told of, then the servers nobody else uses. Unlike a signal at the
parent's death this works on every Unix and for servers that run as another user.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_GOODBYE = "goodbye"
_PATIENCE = 7.0
_BASE = Path(__file__).resolve().parent.parent


class Guardian:
    """The guarded process's side of the pipe."""

    def __init__(self, pipe: IO[str]) -> None:
        self._pipe = pipe

    def ends_with_us(self, group: int) -> None:
        """This process group, whose leader has this number, is to end when we do."""
        self._say(str(group))

    def _say(self, line: str) -> None:
        with contextlib.suppress(BrokenPipeError):
            print(line, file=self._pipe, flush=True)


@contextlib.contextmanager
def guarded(var_dir: Path) -> Iterator[Guardian]:
    """Have a guardian for the time of the block."""
    # As a script, not a module: it must be there at once, and needs nothing of the project yet.
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).resolve()), str(var_dir)],
        stdin=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    assert process.stdin is not None
    guardian = Guardian(process.stdin)
    try:
        yield guardian
    finally:
        guardian._say(_GOODBYE)
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        process.wait()


def _stand_by(var_dir: Path, lines: IO[str]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: list[int] = []
    for line in lines:
        if line.strip() == _GOODBYE:
            return
        groups.append(int(line))
    for group in groups:
        _signal(group, signal.SIGTERM)
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and any(_signal(group, 0) for group in groups):
        time.sleep(0.1)
    for group in groups:
        _signal(group, signal.SIGKILL)
    sys.path.insert(0, str(_BASE))
    from devservers.embedded import stop_unused  # noqa: PLC0415

    stop_unused(var_dir)


def _signal(group: int, number: int) -> bool:
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    # Its own folder stands first in the path: the names of modules there must not hide others.
    sys.path.pop(0)
    _stand_by(Path(sys.argv[1]), sys.stdin)
