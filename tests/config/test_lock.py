"""The lock holds whatever any Python from 3.11.0 on needs, and a step that fails is not hidden."""

from __future__ import annotations

import re
import subprocess
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.markers import Marker, default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PYTHONS = ["3.11.0", "3.11.2", "3.11.9", "3.12.1", "3.13.0"]
LINE = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)(?: ; (?P<marker>[^\\]+))?")

Locked = dict[str, tuple[str, Marker | None]]


def locked(*files: str) -> Locked:
    found: Locked = {}
    for file in files:
        for line in (ROOT / file).read_text("utf-8").splitlines():
            if row := LINE.match(line):
                marker = Marker(row["marker"]) if row["marker"] else None
                found.setdefault(canonicalize_name(row["name"]), (row["version"], marker))
    return found


def asked_for(file: str) -> list[Requirement]:
    lines = (line.partition("#")[0].strip() for line in (ROOT / file).read_text().splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


def missing(lock: Locked, first: list[Requirement], python: str) -> list[str]:
    """What an installation with this Python needs by the packages' own words and does not get."""
    here = {
        **default_environment(),
        "python_version": python.rpartition(".")[0],
        "python_full_version": python,
        "implementation_version": python,
    }
    holes, seen, waiting = [], set(), [(need, "") for need in first]
    while waiting:
        need, asked_by = waiting.pop()
        name = canonicalize_name(need.name)
        version, marker = lock.get(name, ("", None))
        if not version or (marker and not marker.evaluate(here)) or version not in need.specifier:
            holes.append(f"{asked_by or 'the project'} needs {need}")
            continue
        try:
            requires = distribution(name).requires or []
        except PackageNotFoundError:
            continue  # what it needs itself is looked at where another Python has installed it
        for extra in {"", *need.extras}:
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            waiting += [
                (further, name)
                for further in map(Requirement, requires)
                if not further.marker or further.marker.evaluate({**here, "extra": extra})
            ]
    return holes


@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_is_whole_for_every_python(python: str) -> None:
    assert missing(locked("requirements.txt"), asked_for("requirements.in"), python) == []
    both = locked("requirements.txt", "requirements-dev.txt")
    assert missing(both, asked_for("requirements-dev.in"), python) == []


def test_a_hole_in_the_lock_is_found() -> None:
    lock = locked("requirements.txt")
    del lock["async-timeout"]
    first = asked_for("requirements.in")
    assert any("redis needs async-timeout" in hole for hole in missing(lock, first, "3.11.2"))
    assert missing(lock, first, "3.11.9") == []


@pytest.mark.parametrize(
    "file", ["requirements.txt", "requirements-dev.txt", "requirements-mutants.txt"]
)
def test_every_line_of_the_lock_has_its_hash_and_none_names_a_place(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    packages = [line for line in text.splitlines() if LINE.match(line)]
    assert packages
    assert all(line.endswith("\\") for line in packages)  # a hash follows
    assert "://" not in text
    assert "index-url" not in text


@pytest.mark.parametrize("failing", ["pip", "python"])
def test_a_step_of_the_set_up_that_fails_ends_it(tmp_path: Path, failing: str) -> None:
    """An interpreter that makes an environment in which one program fails."""
    fake = tmp_path / "python"
    fake.write_text(
        "#!/bin/sh\n"
        '[ "$2" = venv ] || exit 0\n'
        'mkdir -p "$3/bin"\n'
        "for program in pip python; do\n"
        f'  printf "#!/bin/sh\\n[ $program != {failing} ]\\n" > "$3/bin/$program"\n'
        '  chmod +x "$3/bin/$program"\n'
        "done\n"
    )
    fake.chmod(0o755)
    set_up = subprocess.run(
        ["make", "setup-dev", f"PYTHON={fake}", f"VENV={tmp_path}/env"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert set_up.returncode != 0
    assert not (tmp_path / "env" / "ready").exists()


def test_no_failure_is_thrown_away() -> None:
    for file in (ROOT / "Makefile", ROOT / ".ci" / "run"):
        text = file.read_text("utf-8")
        assert "|| true" not in text and "|| :" not in text
        assert "pipefail" in text
    recipes = [
        line for line in (ROOT / "Makefile").read_text().splitlines() if re.match(r"\t@?-", line)
    ]
    assert recipes == []
