"""A log says what broke and where, and nothing of what anybody wrote."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from celery import Celery

from tests import servers
from tests.config.breaking import KINDS, PLANTED, SAID
from tests.personas import World

ROOT = Path(__file__).resolve().parents[2]


def run(*what: str) -> str:
    """What a program says to whoever watches it, both ways, with the installation's own logging."""
    done = subprocess.run(
        [sys.executable, *what],
        cwd=ROOT, env={**os.environ, "DEBUG": ""}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr


def looked_into(said: str, kinds: dict[str, tuple[str, ...]] = SAID) -> None:
    """Nothing planted stands in it, and of each kind its class, its state and its rule do."""
    assert [words for words in PLANTED if words in said] == [], said[:6000]
    assert [want for kind in kinds.values() for want in kind if want not in said] == [], said[
        -6000:
    ]
    assert "breaking.py" in said  # where it was


@pytest.mark.django_db
def test_a_view_that_breaks_leaves_nobodys_words_in_the_log(world: World) -> None:
    said = run("-m", "tests.config.breaking", "web")
    looked_into(said)
    assert "break/<str:kind>/<str:words>/" in said  # by its route, not by its address
    assert "/break/twice" not in said


@pytest.mark.django_db
def test_a_command_that_breaks_leaves_nobodys_words_on_the_screen(world: World) -> None:
    said = run("-m", "tests.config.breaking", "command")
    looked_into(said)
    assert said.rstrip().endswith("RuntimeError")


@pytest.mark.django_db
def test_a_task_that_breaks_in_a_worker_leaves_nobodys_words_in_its_log(
    world: World, tmp_path: Path
) -> None:
    """A real worker, as it is started, with the same tasks and those that break."""
    broker = re.sub(r"/\d*$", "", os.environ["REDIS_URL"]) + "/9"
    log = tmp_path / "worker.log"
    command = ["-m", "celery", "--quiet", "-A", "config.celery", "worker", "--concurrency", "1"]
    with log.open("w") as file:
        worker = subprocess.Popen(
            [sys.executable, *command, "--loglevel", "INFO", "--include", "tests.config.breaking"],
            cwd=ROOT, env={**os.environ, "REDIS_URL": broker}, stdout=file, stderr=file,
            start_new_session=True,
        )  # fmt: skip
    try:
        with Celery(broker=broker, set_as_current=False) as app:
            for kind in KINDS:
                app.send_task("tests.break", [kind], {"words": PLANTED[0]})
        end = time.monotonic() + 90
        while time.monotonic() < end and _broken_in(log) < len(KINDS):
            time.sleep(0.2)
    finally:
        os.killpg(worker.pid, signal.SIGTERM)
        worker.wait(20)
    looked_into(log.read_text())


def _broken_in(log: Path) -> int:
    return len(re.findall(r"tests\.break\[[^]]*\] raised", log.read_text()))


@pytest.mark.django_db
def test_nor_does_the_database_that_comes_with_it_write_them_down(world: World) -> None:
    log = servers.KEPT / "postgres" / "server.log"  # another server writes somewhere else
    before = len(log.read_text(errors="replace")) if log.exists() else 0
    run("-m", "tests.config.breaking", "command")
    if log.exists():
        said = log.read_text(errors="replace")[before:]
        assert [words for words in PLANTED[:4] if words in said] == []


def test_every_process_says_it_in_the_same_way(settings: Any) -> None:
    """One formatter, and no logger with a handler of its own: Django's writes to admins."""
    assert settings.LOGGING_CONFIG == "config.logs.configure"
    assert {f["()"] for f in settings.LOGGING["formatters"].values()} == {"config.logs.Sparing"}
    assert list(settings.LOGGING["handlers"]) == ["stderr"]
    assert all(not one["handlers"] for one in settings.LOGGING["loggers"].values())


def test_no_line_of_ours_writes_an_error_itself_into_a_log() -> None:
    """The class of an error at most: ``type(error).__name__``, or ``kind_of_error(error)``."""
    call = re.compile(r"logg(?:er|ing)\.\w+\((?:[^()]|\([^()]*\))*\)")
    found = [
        f"{path.relative_to(ROOT)}: {one}"
        for path in ROOT.rglob("*.py")
        if path.relative_to(ROOT).parts[0] not in {".venv", "tests", "bench", "var", "config"}
        for one in call.findall(path.read_text())
        if re.search(
            r"(?<!type\()(?<!kind_of_error\()\berror\b(?!\()|exc_info|\bf\"|\.exception\(",
            one.partition("(")[2],
        )
    ]
    assert found == []
