"""How long one waits for one test."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.servers import ROOT

Told = Callable[[str, str], None]
OF_THIS_RUN = ("DATABASE_", "REDIS_", "TEST_RUN", "VAR_DIR", "PYTEST_")
# Nobody answers there: a test that asked a server would fail.
NOWHERE = {
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1",
}
PLAIN = "tests/benefits/test_shares.py"
WITH_DATABASE = "tests/cases/test_lifecycle.py"


def seconds_of(test: str, **more: str) -> float:
    """Of a core, from the command to its end as somebody types it, the first time left out.

    What runs beside it makes it wait, and is no fault of it.
    """
    env = {k: v for k, v in os.environ.items() if not k.startswith(OF_THIS_RUN)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test]
    taken = []
    for _ in range(3):
        before = _spent()
        done = subprocess.run(
            command, cwd=ROOT, env={**env, **more}, capture_output=True, text=True, check=False
        )
        taken.append(_spent() - before)
        assert done.returncode == 0, done.stdout[-3000:]
    return min(taken[1:])


def _spent() -> float:
    """What the commands that have ended took of a core, in seconds."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


@pytest.mark.deep
def test_a_test_of_plain_values_asks_no_server_and_ends_in_five_seconds(
    record_property: Told,
) -> None:
    taken = seconds_of(f"{PLAIN}::test_until_2024_days_in_a_service_never_count", **NOWHERE)
    record_property("counts", f"{taken:.1f} s")
    assert taken < 5


@pytest.mark.deep
@pytest.mark.usefixtures("running_servers")
def test_a_test_against_the_database_ends_in_ten_seconds(record_property: Told) -> None:
    taken = seconds_of(f"{WITH_DATABASE}::test_no_case_stands_there_before_it_has_started")
    record_property("counts", f"{taken:.1f} s")
    assert taken < 10
