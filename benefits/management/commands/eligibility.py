"""Three rows for every person on a day, as CSV on stdout and nothing else there."""

from __future__ import annotations

import csv
import io
import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from benefits.selectors import eligibility_on


class Command(BaseCommand):
    help = "Who meets which rule on a day, and since when."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
        parser.add_argument("--format", choices=["csv"], default="csv")

    def handle(self, *_: Any, **options: Any) -> None:
        out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=False)
        writer = csv.writer(out, delimiter=";", lineterminator="\n")
        writer.writerow(["hetu", "rule", "statute", "met", "reached_on", "measured"])
        for code, found in eligibility_on(options["on"]):
            writer.writerow(
                [
                    code,
                    found.rule,
                    found.statute,
                    int(found.met),
                    found.reached_on.isoformat() if found.reached_on else "",
                    found.measured,
                ]
            )
        out.flush()
        out.detach()
