"""Import the three register extracts of a folder; a dry run unless --commit."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from benefits.services import PROTECTION_KEPT, ImportReport, evaluate, import_register
from common import clock
from common.actor import system_actor

_SHOWN = 20


class Command(BaseCommand):
    help = "Import persons.csv, unemployment.csv and benefits.csv. Dry run unless --commit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--commit", action="store_true", help="Write what was read.")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *_: Any, **options: Any) -> None:
        actor = system_actor("import_register")
        report = import_register(
            actor=actor,
            folder=options["folder"],
            commit=options["commit"],
            now=clock.now(),
            progress=lambda name, rows: self.stderr.write(f"{name}: {rows} rows read"),
        )
        if report.committed:
            # A step of its own: the rows stand already, and the night does it too.
            now = clock.now()
            evaluate(actor=actor, on=clock.day_of(now), now=now, changed_only=True)
        if options["format"] == "json":
            self.stdout.write(json.dumps(_as_json(report), ensure_ascii=False))
        else:
            self.stdout.write(_as_text(report))
        sys.exit(report.exit_status)


def _as_json(report: ImportReport) -> dict[str, Any]:
    return {
        "status": report.exit_status,
        "committed": report.committed,
        "rows": dict(report.rows),
        "changes": report.changes,
        PROTECTION_KEPT: report.protection_kept,
        "newest_day": report.newest_day.isoformat() if report.newest_day else None,
        "bad_file": {"file": report.bad_file.file, "reason": report.bad_file.reason}
        if report.bad_file
        else None,
        "unknown_columns": {n: c for n, c in report.unknown_columns.items() if c},
        "municipalities_without_network": report.unknown_municipalities,
        "rejected": [
            {
                "file": r.file,
                "line": r.line,
                "column": r.column,
                "reason": r.reason,
                "value": r.value,
            }
            for r in report.rejected
        ],
    }


def _as_text(report: ImportReport) -> str:
    if report.bad_file:
        return f"Nothing imported. {report.bad_file.file}: {report.bad_file.reason}"
    lines = ["Imported." if report.committed else "Dry run: nothing written. Use --commit."]
    lines += [f"{name}: {count} rows" for name, count in report.rows.items()]
    lines += [f"{name}: {count}" for name, count in report.changes.items()]
    lines.append(f"{PROTECTION_KEPT}: {report.protection_kept}")
    for name, columns in report.unknown_columns.items():
        if columns:
            lines.append(f"{name}: columns not known, ignored: {', '.join(columns)}")
    for code, count in report.unknown_municipalities.items():
        lines.append(f"municipality {code} belongs to no network here: {count} persons")
    lines.append(f"rejected rows: {len(report.rejected)}")
    lines += [
        f"  {r.file} line {r.line}, {r.column}: {r.reason} {r.value}"
        for r in report.rejected[:_SHOWN]
    ]
    if len(report.rejected) > _SHOWN:
        lines.append(f"  and {len(report.rejected) - _SHOWN} more (--format json lists all)")
    return "\n".join(lines)
