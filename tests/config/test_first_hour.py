"""From an empty folder to the first case, without the demo; killed, and started again.

Real processes throughout: what ``make run`` starts, and the commands beside it.
"""

from __future__ import annotations

import base64
import hmac
import os
import re
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
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import psutil
import pytest

from devservers.run import _free_port

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "Kuu-kiertaa-77-maata"
# In their order, by one process: what one leaves running the next one finds.
pytestmark = [pytest.mark.deep, pytest.mark.xdist_group("first_hour")]


class Form(HTMLParser):
    """What the page's form would send if nothing were typed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.choices: dict[str, list[tuple[str, str]]] = {}
        self._select, self._option, self._in_main = "", "", False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._in_main = self._in_main or tag == "main"
        if not self._in_main:
            return
        name = given.get("name", "")
        if tag == "input" and given.get("type") in {"checkbox", "radio"}:
            self.choices.setdefault(name, []).append((given.get("value", "on"), ""))
            if "checked" in given:
                self.fields.append((name, given.get("value", "on")))
        elif tag == "input" and name:
            self.fields.append((name, given.get("value", "")))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            self._option = given.get("value", "")
            self.choices.setdefault(self._select, []).append((self._option, ""))
            if "selected" in given:
                self.fields.append((self._select, self._option))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        self._in_main = self._in_main and tag != "main"


class Person:
    """Somebody with a browser of their own."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.opener.addheaders = [("Accept-Language", "fi")]
        self.at, self.page = "", ""

    def goes(self, path: str) -> str:
        return self._asks(urllib.parse.urljoin(self.url, path))

    def sends(self, path: str = "", **typed: Any) -> str:
        """Send the form of a page, or of the page one is on, with what is typed into it."""
        if path:
            self.goes(path)
        fields = [(name, value) for name, value in Form(self.page).fields if name not in typed]
        for name, value in typed.items():
            fields += [(name, v) for v in (value if isinstance(value, list) else [value])]
        return self._asks(self.at, urllib.parse.urlencode(fields).encode())

    def _asks(self, url: str, data: bytes | None = None) -> str:
        with self.opener.open(urllib.request.Request(url, data), timeout=30) as answer:
            self.at, self.page = answer.url, answer.read().decode()
        return self.page

    def chooses_a_password(self, link: str, username: str) -> None:
        self.goes(link)
        self.sends(new_password1=PASSWORD, new_password2=PASSWORD)
        self.sends("/login/", username=username, password=PASSWORD)
        assert "/login/" not in self.at, self.page[:2000]
        self.adds_an_app()

    def adds_an_app(self) -> None:
        """Nothing else opens to whoever works here before a second factor stands."""
        secret = re.search(
            r'<p class="secret"><code>([A-Z2-7 ]+)<', self.goes("/log-ins/second/app/")
        )
        assert secret, self.page[:2000]
        self.sends(code=code_shown_now(secret[1]))
        assert re.search(r"<li><code>\d{8}<", self.page), self.page[-2500:]  # the recovery codes


def code_shown_now(secret: str) -> str:
    """What an authenticator app shows (RFC 6238: six figures, half a minute, SHA-1)."""
    key = base64.b32decode(secret.replace(" ", ""))
    digest = hmac.digest(key, int(time.time() // 30).to_bytes(8, "big"), "sha1")
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


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


def test_from_nothing_to_the_first_case(trial: Trial, tmp_path: Path) -> None:
    assert "Demo log-ins" not in trial.log.read_text()
    said = trial.command("found_network", "docs/network.toml")
    links = dict(re.findall(r"^(\S+) \(.*?\): (\S+)$", said, re.MULTILINE))
    assert {"oona.officer", "leena.leader", "diana.director"} <= set(links)
    assert all(link.startswith(trial.url) for link in links.values())

    # The officers read and sign the ready-made table, one after the other.
    officer, second = Person(trial.url), Person(trial.url)
    officer.chooses_a_password(links["oona.officer"], "oona.officer")
    second.chooses_a_password(links["otso.officer"], "otso.officer")
    assert "/grounds/national/" in officer.goes("/grounds/")
    officer.sends("/grounds/national/")
    officer.sends("/grounds/sign/", read="on")
    second.sends("/grounds/sign/", read="on")
    assert "/grounds/national/" not in officer.goes("/grounds/")

    # A register is imported, and the night finds who is to be asked about.
    _extract(tmp_path)
    trial.command("import_register", str(tmp_path), "--commit")
    trial.command("nightly")

    # Whoever leads the office of employment services opens the case.
    leaders = {name: Person(trial.url) for name in ("leena.leader", "sisko.social", "kaisa.kela")}
    for name, leader in leaders.items():
        leader.chooses_a_password(links[name], name)
    leena = leaders["leena.leader"]
    found = re.search(r'href="(/triggers/[^"?]+/unemployed_12_months/)', leena.goes("/triggers/"))
    assert found is not None, re.sub(r"<[^>]+>", " ", leena.page)[-3000:]
    leena.goes(f"{found[1]}open/")
    form = Form(leena.page)
    team = [value for value, _ in form.choices["members"] if not value.startswith("office:")]
    assert len(team) == 3
    leena.sends(
        needs=form.choices["needs"][0][0], reason="Työttömyys on jatkunut yli vuoden.", members=team
    )
    assert "/cases/" in leena.at, re.sub(r"<[^>]+>", " ", leena.page)[-3000:]
    assert "Ensimmäinen" in leaders["kaisa.kela"].goes(leena.at)  # the others see it, by its name


def _extract(folder: Path) -> None:
    """Somebody unemployed for 16 months, and a neighbour since this week: the registers are new."""
    today = date.today()
    (folder / "persons.csv").write_text(
        "hetu;last_name;first_names;language;municipality;email;phone;non_disclosure\n"
        "010190-900P;Ensimmäinen;Asiakas;fi;734;;;0\n"
        "010190-901R;Naapuri;Uusi;fi;734;;;0\n",
        "utf-8",
    )
    (folder / "unemployment.csv").write_text(
        "hetu;start;end\n"
        f"010190-900P;{today - timedelta(days=500)};\n"
        f"010190-901R;{today - timedelta(days=2)};\n"
    )
    (folder / "benefits.csv").write_text("hetu;benefit;start;end;paid_days;basis\n")


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
    assert "Kirjaudu" in Person(trial.url).goes("/login/")


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
