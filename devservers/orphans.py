"""What a run leaves behind when it and its guardian are killed both: the next run ends it.

Each run writes down the process groups it starts, in a file of its own beside its data. A file
whose run is gone tells what may be left; only what runs the project's web or Celery is taken for
it, as a number is given again to strangers.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil

_PATIENCE = 7.0
_OURS = ("config.wsgi", "config.celery")


class Started:
    """The process groups of this run, written down as they start."""

    def __init__(self, var_dir: Path) -> None:
        me = psutil.Process()
        self._file = var_dir / f"run.{me.pid}.groups"
        self._file.write_text(f"{me.create_time()}\n")

    def note(self, group: int) -> None:
        with self._file.open("a") as file:
            file.write(f"{group}\n")

    def forget(self) -> None:
        self._file.unlink(missing_ok=True)


def end_orphans(var_dir: Path, say: Callable[[str], None]) -> None:
    """End what runs that are gone have left running."""
    for file in sorted(var_dir.glob("run.*.groups")):
        with suppress(OSError, ValueError, IndexError):
            began, *groups = file.read_text().split()
            if _lives(int(file.name.split(".")[1]), float(began)):
                continue
            left = list(_of({int(group) for group in groups}))
            if left:
                say("A run that was killed has left processes behind. Ending them ...")
                _end(left)
            file.unlink()


def _lives(pid: int, began: float) -> bool:
    try:
        return bool(abs(psutil.Process(pid).create_time() - began) < 1)
    except psutil.Error:
        return False


def _of(groups: set[int]) -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            command = process.cmdline()
            if os.getpgid(process.pid) in groups and any(name in command for name in _OURS):
                yield process


def _end(processes: list[psutil.Process]) -> None:
    for number, patience in ((signal.SIGTERM, _PATIENCE), (signal.SIGKILL, 1.0)):
        for process in processes:
            with suppress(psutil.Error):
                process.send_signal(number)
        _gone, processes = psutil.wait_procs(processes, timeout=patience)
