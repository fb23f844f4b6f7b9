"""A run and its guardian were killed both: the next run ends what they left, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from devservers.orphans import Started, end_orphans

SLEEPS = "import time; time.sleep(60)"


@pytest.fixture
def left() -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Each in a group of its own: one of the project's web, and a stranger."""
    found = {
        name: subprocess.Popen([sys.executable, "-c", SLEEPS, word], start_new_session=True)
        for name, word in (("web", "config.wsgi"), ("stranger", "another.program"))
    }
    yield found
    for process in found.values():
        process.kill()
        process.wait()


def of_a_dead_run(folder: Path, *groups: int) -> Path:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    began = psutil.Process(gone.pid).create_time()
    gone.wait()
    file = folder / f"run.{gone.pid}.groups"
    file.write_text("\n".join(map(str, (began, *groups))))
    return file


def test_what_a_killed_run_left_is_ended_and_told(
    tmp_path: Path, left: dict[str, subprocess.Popen[bytes]]
) -> None:
    said: list[str] = []
    file = of_a_dead_run(tmp_path, *(process.pid for process in left.values()))
    end_orphans(tmp_path, said.append)
    left["web"].wait(1)  # it has ended; whoever waited for it first has its code
    assert left["stranger"].poll() is None  # its number was the killed run's once
    assert len(said) == 1
    assert not file.exists()
    end_orphans(tmp_path, said.append)
    assert len(said) == 1


def test_a_run_that_lives_keeps_its_own(
    tmp_path: Path, left: dict[str, subprocess.Popen[bytes]]
) -> None:
    started = Started(tmp_path)
    started.note(left["web"].pid)
    end_orphans(tmp_path, print)
    assert left["web"].poll() is None
    started.forget()
    assert list(tmp_path.iterdir()) == []


def test_a_number_given_again_is_not_the_run_that_had_it(
    tmp_path: Path, left: dict[str, subprocess.Popen[bytes]]
) -> None:
    alive = left["stranger"].pid
    (tmp_path / f"run.{alive}.groups").write_text(f"12345.0\n{left['web'].pid}\n")
    end_orphans(tmp_path, lambda _text: None)
    left["web"].wait(1)  # it has ended; whoever waited for it first has its code


def test_a_file_that_says_nothing_stops_no_start(tmp_path: Path) -> None:
    (tmp_path / "run.x.groups").write_text("")
    end_orphans(tmp_path, print)
    end_orphans(tmp_path / "not there", print)
