"""Brings a database up to date, as its owner, when the set of migrations has changed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

_BASE = Path(__file__).resolve().parent.parent


def migrate_if_changed(var_dir: Path) -> None:
    """Migrate in a process of its own unless this database has just these migrations already."""
    names = sorted(
        str(path.relative_to(_BASE))
        for pattern in ("*/migrations/*", "*/*/migrations/*")
        for path in _BASE.glob(pattern)
        if path.suffix in {".py", ".sql"}
    )
    sources = "".join(name + (_BASE / name).read_text() for name in names)
    stamp = hashlib.sha256((os.environ["DATABASE_URL"] + sources).encode()).hexdigest()
    kept = var_dir / "migrated"
    if kept.exists() and kept.read_text() == stamp:
        return
    subprocess.run(
        [sys.executable, str(_BASE / "manage.py"), "migrate", "--verbosity", "0"],
        env={**os.environ, "DATABASE_AS_OWNER": "1"},
        stdout=sys.stderr,
        check=True,
    )
    var_dir.mkdir(parents=True, exist_ok=True)
    kept.write_text(stamp)
