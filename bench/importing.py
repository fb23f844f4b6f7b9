"""The import in a process of its own, so that its memory can be told: figures as JSON."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import django

django.setup()

from bench.memory import peak_megabytes  # noqa: E402
from benefits.services import import_register  # noqa: E402
from common import clock  # noqa: E402
from common.actor import system_actor  # noqa: E402

began = time.perf_counter()
seen: dict[str, float] = {}


def said(what: str, count: int) -> None:
    now = time.perf_counter() - began
    seen[what] = now
    print(f"{now:6.1f} s {what} {count}", file=sys.stderr, flush=True)


report = import_register(
    actor=system_actor("bench"), folder=Path(sys.argv[1]), commit=True, now=clock.now(),
    progress=said,
)  # fmt: skip
seconds = time.perf_counter() - began
# A file not taken, or rows turned away, would only look like speed.
assert report.exit_status == 0, report.rejected[:3]
json.dump(
    {
        "seconds": seconds,
        "staged": seen["benefits.csv"],
        "megabytes": peak_megabytes(),
        "steps": seen,
    },
    sys.stdout,
)
