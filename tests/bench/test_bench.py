"""A short run of the bench: it works from an empty folder to the table, and stops what it began."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.deep
def test_the_bench_measures_and_leaves_nothing_behind(tmp_path: Path) -> None:
    # No server of the tests': it starts its own. What pip needs to find packages stays.
    kept = ("PATH", "HOME", "LANG", "PIP_", "HTTP", "SSL_")
    env = {k: v for k, v in os.environ.items() if k.upper().startswith(kept)}
    env["TMPDIR"] = str(tmp_path)
    out = tmp_path / "bench.md"
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--persons", "1500", "--compared", "200",
         "--write", str(out), "--on", "2026-01-01"],
        cwd=ROOT, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    table = out.read_text("utf-8")
    assert "same answers" in table, done.stderr[-2000:]
    ratio = dict(re.findall(r"\| ([^|]+?) \|(?:[^|]+\|){3} ([\d.]+)x \|", table))
    # At this size starting costs more than rows: only what would be badly wrong is told.
    assert float(ratio["a night that writes half of the flags"]) < 4
    assert float(ratio["the triggers of everybody"]) > 15
    assert not [p for p in psutil.process_iter(["cmdline"]) if str(tmp_path) in str(p.info)]
    assert [path.name for path in tmp_path.iterdir()] == ["bench.md"]
