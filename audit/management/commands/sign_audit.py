"""Signs the head of the log by hand: where the night could not, or after a backup was restored."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.heads import NoKey
from audit.sealing import LogDoesNotHold, attest, seal, sign
from audit.verification import verify
from common.clock import day_of, machine_now


class Command(BaseCommand):
    help = "Seal, verify and sign the head of the audit log. Exit status 1 when it does not hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--despite",
            metavar="WHY",
            default="",
            help="sign although it does not hold, and say why for ever: a backup was restored",
        )

    def handle(self, *_: Any, **options: Any) -> None:
        seal()
        now = machine_now()
        try:
            if options["despite"]:
                found = verify(whole=True, on=day_of(now), now=now)
                for fault in found.faults:
                    self.stdout.write(str(fault))
                sign(found, now=now, despite=options["despite"])
            else:
                found = attest(on=day_of(now), now=now)
        except (NoKey, LogDoesNotHold) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Signed: seal {found.number}, head {found.hash}")
