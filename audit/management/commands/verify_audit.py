"""Finds any row of the log that was changed, removed, added or back-dated, and any seal."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.heads import NoKey
from audit.verification import verify
from common.clock import day_of, machine_now


class Command(BaseCommand):
    help = "Check the audit log against its seals and signed heads. Exit status 1 when it fails."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="read every row, not only those since the last head"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        now = machine_now()
        try:
            found = verify(whole=options["all"], on=day_of(now), now=now)
        except NoKey as error:
            raise CommandError(str(error)) from error
        for fault in found.faults:
            self.stdout.write(str(fault))
        self.stdout.write(
            f"{found.number} seals over {found.rows} rows, {found.rows_read} read,"
            f" head {found.hash}"
        )
        if found.faults:
            raise CommandError(f"{len(found.faults)} places where the log does not hold.")
