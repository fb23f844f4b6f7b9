"""``make run``: servers, migrations, the demo network, then web, worker and beat until Ctrl-C.

Everything started here is stopped here, within ten seconds, however the run ends; where it is
killed, its guardian does it; where that is killed too, the next run (``devservers.orphans``).
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from config import env
from config.messages import compile_messages
from config.migrating import migrate_if_changed
from config.stylesheets import bundle_stylesheets
from demo.logins import LOGINS, PASSWORD
from devservers.embedded import servers
from devservers.guardian import Guardian, guarded
from devservers.orphans import Started, end_orphans
from devservers.provider import run as provider
from devservers.troubles import told

BASE_DIR = Path(__file__).resolve().parent.parent
PARENT = os.getppid()
PATIENCE = 7  # seconds a child gets to end by itself
ENDING = 12.0  # seconds a killed run's guardian needs, at most
_APART, _LAST_PORT = 20_000, 65_535
ROOM = 300  # MB that the servers and the demo take


class Stopped(Exception):
    """Somebody asked the run to end."""


class CannotStart(Exception):
    """Why, and the way out, in a line."""


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    var_dir = env.folder("VAR_DIR", BASE_DIR / "var")
    try:
        if env.flag("PRODUCTION"):
            raise CannotStart("PRODUCTION=1: this is for trying out. See docs/install.md.")
        return _run(var_dir)
    except Stopped:
        return 0
    except CannotStart as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    except Exception as error:
        line = told(error, var_dir)
        if line is None:
            raise
        print(line, file=sys.stderr, flush=True)
        return 1


def _run(var_dir: Path) -> int:
    demo = env.flag("DEMO")
    port = env.number("PORT", 8000, least=1, most=65535)
    env.require_sound()
    end_orphans(var_dir, _say)
    address = _address(port)
    _find_room(var_dir)
    children: dict[str, subprocess.Popen[bytes]] = {}
    preparing: subprocess.Popen[bytes] | None = None
    started = Started(var_dir)
    with guarded(var_dir) as guardian, servers(var_dir, has_guardian=True):
        try:
            _say("Preparing the database ...")
            migrate_if_changed(var_dir)
            compile_messages(BASE_DIR / "locale")
            bundle_stylesheets(BASE_DIR / "static" / "css")
            os.environ["STATICS_COLLECTED"] = "1"  # as where people are served
            _manage("collectstatic", "--noinput", "--verbosity", "0")
            others = {}
            if demo:
                _say("Loading the demo network ...")
                _manage("load_demo", "--stories")
                # Unless whoever tries it out has providers of their own to try.
                if not os.environ.get("IDENTITY_PROVIDERS"):
                    others = {"provider": _prepare_provider(var_dir, port)}
            _start(address, children, guardian, started, others)
            if demo:
                preparing = _prepare_practice(guardian, started)
            _say(_welcome(port, demo=demo))
            return _watch(children)
        except Stopped:
            _say("Stopping ...")
            return 0
        finally:
            # A second Ctrl-C must not leave half of it running.
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            _end({**children, **({"practice": preparing} if preparing else {})})
            started.forget()


def _stop(*_: object) -> None:
    raise Stopped


def _address(port: int) -> socket.socket:
    """The address, taken before anything starts. Raises CannotStart where somebody has it."""
    begun = time.monotonic()
    while True:
        address = socket.socket()
        address.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            address.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise CannotStart(
                f"Port {port} is not for everybody. Choose another one: PORT={_free_port()}"
            ) from error
        except OSError as error:
            address.close()
            # A run that was killed a moment ago is still being ended.
            waited = time.monotonic() - begun
            if waited > (ENDING if _is_being_ended(port) else 1):
                raise CannotStart(
                    f"Port {port} is in use by another program. Choose another one: "
                    f"PORT={_free_port()} make run"
                ) from error
            time.sleep(0.3)
        else:
            address.set_inheritable(True)
            return address


def _is_being_ended(port: int) -> bool:
    """Does nobody at this port answer any more?"""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.5).close()
    except OSError:
        return True
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _find_room(var_dir: Path) -> None:
    var_dir.mkdir(parents=True, exist_ok=True)
    probe = var_dir / f".probe.{os.getpid()}"
    probe.touch()
    probe.unlink()
    free = shutil.disk_usage(var_dir).free // 1024**2
    if free < ROOM and not (var_dir / "migrated").exists():
        raise CannotStart(
            f"The disk of {var_dir} has {free} MB left; {ROOM} are needed. Make room, or choose "
            "another folder: VAR_DIR=/some/folder make run"
        )


def _manage(*arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=BASE_DIR, check=True)


def _prepare_provider(var_dir: Path, port: int) -> socket.socket:
    """An identity provider that knows the demo's people; where it will answer."""
    address = socket.socket()
    address.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # The same each time, and no neighbour's: trials beside each other have ports in a row.
    own = port + _APART if port + _APART <= _LAST_PORT else port - _APART
    try:
        address.bind(("127.0.0.1", own))
    except OSError:
        address.close()
        address = socket.socket()
        address.bind(("127.0.0.1", 0))
    address.set_inheritable(True)
    at, folder = int(address.getsockname()[1]), var_dir / "provider"
    service = os.environ.get("PUBLIC_URL") or f"http://127.0.0.1:{port}"
    os.environ["IDENTITY_PROVIDERS"] = str(provider.prepare(folder, port=at, service=service))
    known = [f"--{whom}={issuer}" for whom, issuer in provider.issuers(at).items()]
    people = subprocess.run(
        [sys.executable, "manage.py", "demo_identities", *known],
        cwd=BASE_DIR, check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    (folder / "people.json").write_bytes(people.stdout)
    return address


def _prepare_practice(guardian: Guardian, started: Started) -> subprocess.Popen[bytes]:
    """The database in which people practise, made meanwhile: nobody waits for it to begin."""
    child = subprocess.Popen(
        [sys.executable, "manage.py", "prepare_practice", "--verbosity", "0"],
        cwd=BASE_DIR, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    guardian.ends_with_us(child.pid)
    started.note(child.pid)
    return child


def _start(
    address: socket.socket,
    children: dict[str, subprocess.Popen[bytes]],
    guardian: Guardian,
    started: Started,
    others: dict[str, socket.socket],
) -> None:
    celery = [sys.executable, "-m", "celery", "--quiet", "-A", "config.celery"]
    quiet = ["--loglevel", "WARNING"]
    commands = {
        "web": [
            *(sys.executable, "-m", "gunicorn", "config.wsgi"),
            *("--bind", f"fd://{address.fileno()}"),
            *("--workers", "2", "--worker-class", "gthread", "--threads", "4"),
            *("--graceful-timeout", "3", "--log-level", "warning", "--no-control-socket"),
        ],
        "worker": [*celery, "worker", "--concurrency", "2", *quiet],
        "beat": [*celery, "beat", "--pidfile", "", *quiet],
    }
    sockets = {"web": address, **others}
    for name, at in others.items():
        commands[name] = [
            *(sys.executable, "-m", "gunicorn", f"devservers.{name}.wsgi"),
            *("--bind", f"fd://{at.fileno()}", "--worker-class", "gthread", "--threads", "4"),
            *("--graceful-timeout", "3", "--log-level", "warning", "--no-control-socket"),
        ]
    folder = env.folder("VAR_DIR", BASE_DIR / "var") / "provider"
    for name, command in commands.items():
        child = subprocess.Popen(
            command,
            cwd=BASE_DIR,
            env=provider.environment(folder) if name in others else None,
            start_new_session=True,
            pass_fds=[sockets[name].fileno()] if name in sockets else [],
        )
        guardian.ends_with_us(child.pid)
        started.note(child.pid)
        children[name] = child
    for at in sockets.values():
        at.close()


def _watch(children: dict[str, subprocess.Popen[bytes]]) -> int:
    while True:
        for name, child in children.items():
            if child.poll() is not None:
                _say(f"The {name} process ended by itself ({child.returncode}). Stopping the rest.")
                return 1
        # Under ``make`` this is make's only child: it must not outlive a make that was killed.
        if os.environ.get("MAKELEVEL") and os.getppid() != PARENT:
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


def _welcome(port: int, *, demo: bool) -> str:
    at = (
        f"\nYhdessä is at http://127.0.0.1:{port}/\n"
        f"For passkeys, which no browser makes for a number: http://localhost:{port}/\n"
    )
    if not demo:
        said = "python manage.py begin_keeper (docs/install.md)"
        return f"{at}\nNobody is in it yet: {said}\n"
    width = max(map(len, LOGINS))
    names = "\n".join(f"    {name:{width}}  {who}" for name, who in LOGINS.items())
    return f"{at}\nDemo log-ins, password {PASSWORD}:\n{names}\n"


def _say(text: str) -> None:
    print(text, flush=True)
