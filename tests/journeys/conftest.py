"""A browser against the running system: web, worker and beat as real processes."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests import servers

ROOT = Path(__file__).resolve().parents[2]
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 740}
CHROMIUM = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass(frozen=True)
class System:
    """The running system: its address, and how to run a command beside it."""

    url: str
    env: dict[str, str]

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.env, check=False, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def stand_ahead(self, days: int) -> None:
        """Everything that reads the time from now on reads it so many days later."""
        Path(self.env["DAYS_AHEAD_FILE"]).write_text(str(days))


@pytest.fixture(scope="session")
def system(running_servers: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """The system the journeys share."""
    with running(tmp_path_factory, "journey", queue=1) as system:
        yield system


@pytest.fixture(scope="session")
def clients_own(
    running_servers: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[System]:
    """One of its own for what a client does with their plan: the taps, then the whole evenings."""
    told = {"MIRRORED_LANGUAGE": "1"}
    with running(tmp_path_factory, "taps", queue=4, told=told) as system:
        yield system


@pytest.fixture(scope="session")
def untouched(running_servers: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """One that is only read: it stays as the demo leaves it, and has the mirrored language."""
    told = {"MIRRORED_LANGUAGE": "1"}
    with running(tmp_path_factory, "untouched", queue=5, told=told) as system:
        yield system


@contextmanager
def running(
    tmp_path_factory: pytest.TempPathFactory,
    what: str,
    *,
    queue: int,
    without_demo: Callable[[int], dict[str, str]] | None = None,
    told: dict[str, str] | None = None,
) -> Iterator[System]:
    """``make run`` on a database of its own; stopped at the end, also when tests fail.

    ``without_demo``: an installation with nobody in it, and what more it is told in its
    environment, for the port it answers at. ``told``: the same for one with the demo.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    name = servers.name_of(what)
    # A broker of its own: two systems on one queue would take each other's tasks.
    broker = re.sub(r"/\d*$", "", os.environ["REDIS_URL"])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {
        **os.environ,
        "DATABASE_URL": servers.clone(name, empty=without_demo is not None),
        "REDIS_URL": f"{broker}/{queue + int(worker.removeprefix('gw'))}",
        "VAR_DIR": str(tmp_path_factory.mktemp("var")),
        "PORT": str(port),
        "DAYS_AHEAD_FILE": str(tmp_path_factory.mktemp("clock") / "days"),
        "DEMO": "1",
        **(told or {}),
    }
    if without_demo is not None:
        env = {**env, "DEMO": "", **without_demo(port)}
    # The keys that the people in the cloned database were encrypted with.
    shutil.copy(Path(os.environ["VAR_DIR"]) / "secrets.json", env["VAR_DIR"])
    log = Path(env["VAR_DIR"]) / "run.log"
    process = subprocess.Popen(
        [sys.executable, "-m", "devservers"],
        cwd=ROOT, env=env, stdout=log.open("w"), stderr=subprocess.STDOUT,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, process, log)
        yield System(url, env)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            assert process.wait(10) == 0, log.read_text()[-2000:]
        finally:
            process.kill()
            servers.drop(name)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/login/", timeout=2).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
        else:
            return
    raise AssertionError(f"the system did not start:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def browser(pytestconfig: pytest.Config) -> Iterator[Browser]:
    """The system's Chromium, installed first where root may; else Playwright's own."""
    shown = pytestconfig.getoption("--headed")
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False)
        program = shutil.which("chromium")
    if program is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=program, args=CHROMIUM, headless=not shown, slow_mo=400 * shown
        )
        yield launched
        launched.close()


LEAVES_THE_PAGE = """element => {
  const byScript = one => window.htmx && one.matches("[hx-get], [hx-post]");
  const link = element.closest("a[href]");
  if (link) {
    const inPlace = link.target || link.hasAttribute("download") || link.hash || byScript(link);
    return !inPlace && !link.matches("[data-leave]");
  }
  const button = element.closest("button, input");
  if (!button || button.type !== "submit" || !button.form) return false;
  const form = button.form;
  return !byScript(button) && !byScript(form) && (form.noValidate || form.checkValidity());
}"""


def follow(what: Locator) -> None:
    """Click, and where the click leaves the page, wait for the page that answers.

    A click alone is over before the answer has come: whoever looked at once would look at the page
    they had left, and a clock put on meanwhile would be that of the answer. So it is with what is
    answered in its row.
    """
    if what.evaluate(LEAVES_THE_PAGE):
        with what.page.expect_navigation():
            what.click()
    else:
        what.click()
        expect(what.page.locator(".htmx-request")).to_have_count(0, timeout=15_000)


@dataclass
class Visitor:
    """One person in the browser. Every page they open is looked at for barriers."""

    page: Page
    url: str
    seen: list[str] = field(default_factory=list)

    def go(self, path: str) -> Visitor:
        self.page.goto(self.url + path)
        return self.check()

    def click(self, text: str, *, role: str = "link", exact: bool = False) -> Visitor:
        follow(self.page.get_by_role(role, name=text, exact=exact).first)  # type: ignore[arg-type]
        return self.check()

    def press(self, text: str) -> Visitor:
        return self.click(text, role="button")

    def check(self) -> Visitor:
        """No barrier that axe finds, and nothing wider than the screen."""
        try:
            barriers = self._barriers()
        except PlaywrightError:  # the page gave way to the next one meanwhile
            self.page.wait_for_load_state()
            barriers = self._barriers()
        assert barriers == [], f"{self.page.url}: {barriers}"
        return self.fits()

    def fits(self) -> Visitor:
        """Nothing is wider than the screen."""
        fits = self.page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
        assert fits, f"{self.page.url} is wider than the screen"
        return self

    def _barriers(self) -> list[str]:
        """What axe says against the page; what it has nothing against is not told over."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        found = self.page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules},"
            " rules: {'target-size': {enabled: true}}, resultTypes: ['violations']})",
            RULES,
        )
        return [
            f"{v['id']}: {node['html'][:120]}" for v in found["violations"] for node in v["nodes"]
        ]

    def picture(self, name: str) -> None:
        """Kept for the README where PICTURES is set."""
        if os.environ.get("PICTURES"):
            self.page.screenshot(path=str(ROOT / "docs" / "pictures" / f"{name}.png"))


Enter = Callable[..., Visitor]


@pytest.fixture
def enter(system: System, browser: Browser) -> Iterator[Enter]:
    """Log somebody in, in English: ``enter("client", PHONE)``."""
    contexts: list[BrowserContext] = []

    def log_in(username: str, viewport: dict[str, int] = DESKTOP, **options: Any) -> Visitor:
        context = browser.new_context(viewport=viewport, **options)  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{system.url}/login/")
        page.fill("[name=username]", username)
        page.fill("[name=password]", "demo")
        follow(page.locator("main button[type=submit]"))
        # At the log-in what is kept with the person has won over what the browser held.
        context.add_cookies([{"name": "django_language", "value": "en", "url": system.url}])
        page.goto(system.url)
        return Visitor(page, system.url)

    yield log_in
    for context in contexts:
        context.close()
