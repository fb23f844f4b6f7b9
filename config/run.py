"""``make run``: servers, migrations, the demo network, then web, worker and beat until Ctrl-C.

Everything started here is stopped here, within ten seconds, however the run ends.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from config import env
from config.embedded import servers
from config.messages import compile_messages
from config.migrating import migrate_if_changed

BASE_DIR = Path(__file__).resolve().parent.parent
LOGINS = (
    "employment",
    "social",
    "kela",
    "colleague",
    "outsider",
    "director",
    "client",
    "client2",
    "client3",
    "leader",
)
PATIENCE = 7  # seconds a child gets to end by itself


class Stopped(Exception):
    """Somebody asked the run to end."""


def main() -> int:
    port = env.text("PORT", "8000")
    var_dir = env.folder("VAR_DIR", BASE_DIR / "var")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        with servers(var_dir):
            try:
                _say("Preparing the database ...")
                migrate_if_changed(var_dir)
                compile_messages(BASE_DIR / "locale")
                if env.flag("DEMO"):
                    _say("Loading the demo network ...")
                    _manage("load_demo", "--stories")
                children.update(_start(port, var_dir))
                _say(_welcome(port))
                return _watch(children)
            except Stopped:
                _say("Stopping ...")
                return 0
            finally:
                # A second Ctrl-C must not leave half of it running.
                for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                    signal.signal(number, signal.SIG_IGN)
                _end(children)
    except Stopped:
        return 0


def _stop(*_: object) -> None:
    raise Stopped


def _manage(*arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=BASE_DIR, check=True)


def _start(port: str, var_dir: Path) -> dict[str, subprocess.Popen[bytes]]:
    celery = [sys.executable, "-m", "celery", "--quiet", "-A", "config.celery"]
    quiet = ["--loglevel", "WARNING"]
    commands = {
        "web": [
            *(sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"),
            *("--workers", "2", "--worker-class", "gthread", "--threads", "4"),
            *("--graceful-timeout", "3", "--log-level", "warning", "--no-control-socket"),
        ],
        "worker": [*celery, "worker", "--concurrency", "2", *quiet],
        "beat": [*celery, "beat", "--pidfile", "", *quiet],
    }
    return {
        name: subprocess.Popen(command, cwd=BASE_DIR, start_new_session=True)
        for name, command in commands.items()
    }


def _watch(children: dict[str, subprocess.Popen[bytes]]) -> int:
    while True:
        for name, child in children.items():
            if child.poll() is not None:
                _say(f"The {name} process ended by itself ({child.returncode}). Stopping the rest.")
                return 1
        time.sleep(0.3)


def _end(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    end = time.monotonic() + PATIENCE
    for child in children.values():
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, end - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)  # whatever the child itself left behind


def _welcome(port: str) -> str:
    names = "\n".join(f"    {name}" for name in LOGINS)
    return f"\nYhdessä is at http://127.0.0.1:{port}/\n\nDemo logins, password demo:\n{names}\n"


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
