"""The tables 10 to 14 of report 2020:40, counted from an extract, as text on stdout."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from evaluation.extracts.reading import UnreadableExtract, read_extract
from evaluation.extracts.report import in_plain_text, report_tables


class Command(BaseCommand):
    help = "The report's tables 10 to 14 from an extract."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="the files of an extract")

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            extract = read_extract(options["folder"])
        except UnreadableExtract as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(in_plain_text(report_tables(extract)))
