"""What keeps a trial from starting is told in a line, before anything is started or written."""

from __future__ import annotations

import errno
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError

from demo.logins import LOGINS, PASSWORD
from devservers import run
from devservers.processes import ServersFailed
from devservers.troubles import told
from people.models import User
from tests.personas import PERSONAS, World

ROOT = Path(__file__).resolve().parents[2]


def starts(*command: str, **given: str) -> subprocess.CompletedProcess[str]:
    plain = {"PATH": os.environ["PATH"], "DEMO": "1", **given}
    return subprocess.run(
        [sys.executable, *(command or ("-m", "devservers"))],
        cwd=ROOT, env=plain, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def is_one_line(said: str, *words: str) -> bool:
    return len(said.strip().splitlines()) == 1 and all(word in said for word in words)


def test_a_port_in_use_is_told_before_anything_starts(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as somebody:
        port = somebody.getsockname()[1]
        ended = starts(PORT=str(port), VAR_DIR=str(tmp_path / "v"))
    assert ended.returncode == 1
    assert is_one_line(ended.stderr, f"Port {port} is in use", "PORT=")
    assert not (tmp_path / "v").exists()


def test_values_that_cannot_be_are_told_together(tmp_path: Path) -> None:
    ended = starts(PORT="70000", DEMO="perhaps", VAR_DIR=str(tmp_path / "v"))
    assert is_one_line(ended.stderr, "PORT must be 1 to 65535", "DEMO must be 1 or 0")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [("-m", "devservers"), ("manage.py", "nightly")])
def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "file").touch()
    for folder in (
        tmp_path / "file", tmp_path / "file" / "under", tmp_path / ("x" * 300),
        tmp_path / "/".join(["y" * 200] * 5), Path("/proc/yhdessa"),
    ):  # fmt: skip
        ended = starts(*command, VAR_DIR=str(folder), PORT=str(run._free_port()))
        assert ended.returncode == 1
        assert is_one_line(ended.stderr, "VAR_DIR"), ended.stderr


def test_a_trial_is_no_production(tmp_path: Path) -> None:
    assert is_one_line(starts(PRODUCTION="1", VAR_DIR=str(tmp_path / "v")).stderr, "PRODUCTION=1")


def _caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        _caused(RuntimeError(), OSError(errno.EDQUOT, "Quota exceeded")),
        _caused(OperationalError(), psycopg.errors.DiskFull()),
        ServersFailed("PostgreSQL did not start:\nwrite: No space left on device"),
        ServersFailed("could not extend file\nHINT:  Check free disk space."),
    ],
)
def test_a_full_disk_is_told_wherever_it_is_met(error: Exception, tmp_path: Path) -> None:
    said = told(error, tmp_path)
    assert said is not None and is_one_line(said, "no space left", str(tmp_path), "VAR_DIR")


def test_a_disk_too_small_for_the_servers_is_told_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "ROOM", 10**9)
    with pytest.raises(run.CannotStart, match="MB left"):
        run._find_room(tmp_path / "v")


def test_a_fault_of_the_program_stays_one(tmp_path: Path) -> None:
    assert told(ValueError("x"), tmp_path) is None
    assert told(FileNotFoundError(errno.ENOENT, "No such file", "/other/file"), tmp_path) is None


def test_letters_lead_to_the_port_that_was_chosen(tmp_path: Path) -> None:
    asked = "import config.settings as s; print(s.PUBLIC_URL)"
    there = {"VAR_DIR": str(tmp_path)}
    assert starts("-c", asked, **there).stdout.strip() == "http://127.0.0.1:8000"
    assert starts("-c", asked, PORT="8123", **there).stdout.strip() == "http://127.0.0.1:8123"
    given = starts("-c", asked, PORT="8123", PUBLIC_URL="https://a.example.org/", **there)
    assert given.stdout.strip() == "https://a.example.org"


def test_every_log_in_of_the_demo_is_printed_and_told_in_the_readme(world: World) -> None:
    printed = run._welcome(8000, demo=True)
    there = set(User.objects.values_list("username", flat=True))
    assert set(PERSONAS) <= there <= set(LOGINS)  # the rest come with the stories
    for name, who in LOGINS.items():
        assert re.search(rf"^    {name} +{re.escape(who)}$", printed, re.MULTILINE)
    readme = (ROOT / "README.md").read_text("utf-8")
    told_there = readme[readme.index("Demo log-ins, password `demo`") :].split("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", told_there)) == {PASSWORD, *LOGINS}


@pytest.mark.parametrize("demo", [True, False])
def test_where_passkeys_work_is_printed(demo: bool) -> None:
    said = [line for line in run._welcome(8123, demo=demo).splitlines() if "asskey" in line]
    assert len(said) == 1 and said[0].endswith("http://localhost:8123/")


def test_without_the_demo_no_log_in_is_printed() -> None:
    printed = run._welcome(8000, demo=False)
    assert PASSWORD not in printed and "begin_keeper" in printed
