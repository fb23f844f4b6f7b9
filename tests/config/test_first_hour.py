"""From an empty folder, without the demo: killed, and started again.

Real processes throughout: what ``make run`` starts, and the commands beside it. What people do in
such an installation is a journey (``tests/journeys/test_installation.py``).
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import psutil
import pytest

from devservers.run import _free_port

ROOT = Path(__file__).resolve().parents[2]
# In their order, by one process: what one leaves running the next one finds.
pytestmark = [pytest.mark.deep, pytest.mark.xdist_group("first_hour")]


class Trial:
    """A run on a folder whose name is not an easy one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "oma kansio ä"
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        plain = ("PATH", "HOME", "LANG")
        self.env = {name: os.environ[name] for name in plain if name in os.environ}
        self.env |= {"VAR_DIR": str(self.folder), "PORT": str(self.port)}
        self.log = folder / "run.log"
        self.process: subprocess.Popen[bytes] | None = None

    def starts(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "devservers"],
            cwd=ROOT, env=self.env, stdout=self.log.open("w"), stderr=subprocess.STDOUT,
        )  # fmt: skip
        end = time.monotonic() + 240
        while time.monotonic() < end and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/login/", timeout=5).close()
            except (urllib.error.URLError, OSError):
                time.sleep(0.3)
            else:
                return
        raise AssertionError(self.log.read_text()[-3000:])

    def command(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.env, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def everything(self) -> list[psutil.Process]:
        """All that runs because of this run, the servers too."""
        assert self.process is not None
        found = psutil.Process(self.process.pid).children(recursive=True)
        return [*found, *self.servers()]

    def servers(self) -> list[psutil.Process]:
        pids = ("postgres/data/postmaster.pid", "valkey/pid")
        return [psutil.Process(int((self.folder / pid).read_text().split()[0])) for pid in pids]


@pytest.fixture(scope="module")
def trial() -> Iterator[Trial]:
    # Not below pytest's own folder: every run that begins closes it, and PostgreSQL, whom root
    # starts as somebody else, is to pass.
    folder = Path(tempfile.mkdtemp(prefix="yhdessa-first-"))
    folder.chmod(0o755)
    made = Trial(folder)
    made.starts()
    yield made
    if made.process is not None and made.process.poll() is None:
        made.process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            made.process.wait(15)
        made.process.kill()
    shutil.rmtree(folder, ignore_errors=True)


def test_these_run_in_their_order_by_one_process(request: pytest.FixtureRequest) -> None:
    """Between processes a test would find what another one leaves: it must be told its group."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        assert request.node.nodeid.endswith("@first_hour")


def test_a_register_is_imported_where_nobody_is_yet(trial: Trial, tmp_path: Path) -> None:
    """By the log-ins of an installation, each with its own rights, and by no demo's."""
    assert "Demo log-ins" not in trial.log.read_text()
    today = date.today()
    began, lately = today - timedelta(days=500), today - timedelta(days=2)
    (tmp_path / "persons.csv").write_text(
        "hetu;last_name;first_names;language;municipality;email;phone;non_disclosure\n"
        "010190-900P;Ensimmäinen;Asiakas;fi;734;;;0\n"
        "010190-901R;Naapuri;Uusi;fi;734;;;0\n",
        "utf-8",
    )
    (tmp_path / "unemployment.csv").write_text(
        f"hetu;start;end\n010190-900P;{began};\n010190-901R;{lately};\n"
    )
    (tmp_path / "benefits.csv").write_text("hetu;benefit;start;end;paid_days;basis\n")
    asked = ("eligibility", "--on", today.isoformat())
    assert "Dry run: nothing written" in trial.command("import_register", str(tmp_path))
    assert len(trial.command(*asked).splitlines()) == 1
    assert "Imported." in trial.command("import_register", str(tmp_path), "--commit")
    met = [line.split(";") for line in trial.command(*asked).splitlines()[1:]]
    assert {(row[0], row[1]) for row in met if row[3] == "1"} == {
        ("010190-900P", "unemployed_12_months")
    }
    trial.command("nightly")


def test_a_killed_run_leaves_nothing_behind_and_the_next_one_starts(trial: Trial) -> None:
    assert trial.process is not None
    running = trial.everything()
    names = " ".join(" ".join(process.cmdline()) for process in running)
    for part in ("gunicorn", "worker", "beat", "postgres", "guardian"):
        assert part in names
    trial.process.kill()
    trial.process.wait()
    _, alive = psutil.wait_procs(running, timeout=20)
    assert [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []
    trial.starts()
    with urllib.request.urlopen(f"{trial.url}/login/", timeout=30) as page:
        assert "Kirjaudu" in page.read().decode()


def test_started_again_at_once_it_takes_over(trial: Trial) -> None:
    assert trial.process is not None
    trial.process.kill()
    trial.starts()


def test_what_was_killed_with_its_guardian_is_used_again_and_stopped(trial: Trial) -> None:
    """Everything of Python's is killed at once: only the two servers stay, for the next start."""
    assert trial.process is not None
    for process in [psutil.Process(trial.process.pid), *trial.everything()]:
        if "postgres" not in process.name() and "valkey" not in process.name():
            process.kill()
    trial.process.wait()
    trial.starts()
    running = trial.everything()
    trial.process.send_signal(signal.SIGINT)
    assert trial.process.wait(10) == 0
    _, alive = psutil.wait_procs(running, timeout=1)
    assert [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []


def test_a_command_that_is_killed_leaves_no_server(trial: Trial) -> None:
    """Nothing else runs: the command has started the servers for itself."""
    if trial.process is not None and trial.process.poll() is None:
        trial.process.send_signal(signal.SIGINT)
        assert trial.process.wait(15) == 0
    waits = "import time; print('up', flush=True); time.sleep(60)"
    asking = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-c", waits],
        cwd=ROOT, env=trial.env, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert asking.stdout is not None
    assert any(line.strip() == "up" for line in asking.stdout)
    trial.process = None
    running = trial.servers()
    asking.kill()
    asking.wait()
    _, alive = psutil.wait_procs(running, timeout=20)
    assert [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []
