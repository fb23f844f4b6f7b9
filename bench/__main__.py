"""``python -m bench [--persons N] [--cases N] [--write FILE --on DATE]``: measure, print, stop all.

Nought persons leaves out the register, nought cases the lists through the gate.
"""

from __future__ import annotations

import argparse
import os
import platform
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from bench.table import (
    Row,
    as_markdown,
    as_text,
    gate_section,
    night_section,
    pages_section,
    register_section,
)

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def database(var_dir: Path) -> Iterator[None]:
    """Servers of the bench's own (or those given), migrated; Django ready to be used."""
    os.environ["VAR_DIR"] = str(var_dir)
    from devservers.embedded import servers

    with servers(var_dir, durable=False), _own_database(os.environ["DATABASE_URL"]):
        command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, check=True)
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        os.environ["DATABASE_AS_OWNER"] = "1"  # VACUUM and the floor tables need the owner
        import django

        django.setup()
        from django.db import connection

        try:
            yield
        finally:
            connection.close()


@contextmanager
def _own_database(url: str) -> Iterator[None]:
    """A database made for this run and dropped after it: never one that holds anything."""
    name = f"yhdessa_bench_{os.getpid()}"
    server = make_conninfo(url, dbname="postgres")

    def say(statement: str) -> None:
        with psycopg.connect(server, autocommit=True) as session:
            session.execute(statement)

    say(f"CREATE DATABASE {name}")
    os.environ["DATABASE_URL"] = make_conninfo(url, dbname=name)
    try:
        yield
    finally:
        os.environ["DATABASE_URL"] = url
        say(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def machine() -> str:
    """What the figures were measured on: no names, no places."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0].split()[0]
    info = Path("/proc/cpuinfo")
    models = [
        line.partition(":")[2].strip()
        for line in (info.read_text() if info.exists() else "").splitlines()
        if line.startswith("model name")
    ]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores ({models[0] if models else platform.machine()}),"
        f" {memory:.0f} GiB of memory, PostgreSQL {server} as for data that is"
        " thrown away (no fsync, synchronous commit, full page writes or JIT),"
        f" Python {platform.python_version()}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--persons", type=int, default=300_000)
    parser.add_argument("--compared", type=int, default=3_000, help="persons for OpenFisca")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=100, help="times each list is read")
    parser.add_argument("--write", type=Path, help="write the table as Markdown")
    parser.add_argument("--on", type=date.fromisoformat, help="the day to write in it")
    options = parser.parse_args()
    # Whoever stops it, Ctrl-C or a time limit: what was started is stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        var_dir = Path(folder)
        var_dir.chmod(0o755)
        with database(var_dir):
            from bench import benefits, caseload, gate, night, pages

            parts: list[str] = []
            rows: list[Row] = []
            described = machine()
            if options.persons:
                found = benefits.measure(var_dir, options.persons, options.compared)
                print(f"\n{described}; {options.persons} persons\n\n{as_text(found)}")
                parts.append(register_section(found, options.persons))
                rows += found
            if options.cases:
                print(f"laying down {options.cases} cases", file=sys.stderr)
                readers = caseload.fill(options.cases)
                found = gate.measure(readers, options.rounds)
                print(f"\n{described}; {options.cases} cases\n\n{as_text(found)}")
                parts.append(gate_section(found, options.cases, options.rounds))
                rows += found
                found = pages.measure(readers[1], readers[2], options.rounds)
                print(f"\n{described}; whole pages\n\n{as_text(found)}")
                parts.append(pages_section(found, options.cases, options.rounds))
                rows += found
                found = night.measure(options.cases)
                print(f"\n{described}; a night\n\n{as_text(found)}")
                parts.append(night_section(found, options.cases))
                rows += found
            if options.write:
                options.write.write_text(as_markdown(parts, described, options.on), "utf-8")
    return 0 if all(row.holds for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
