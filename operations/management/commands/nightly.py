"""The nightly job's work, in the foreground."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from common import clock
from common.actor import system_actor
from common.database_roles import KEEPER, SEALER, has_log_in
from operations.services import NightFailed, require_success, run_night


class Command(BaseCommand):
    help = "Do the night's work for a day (today unless --on)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD")

    def handle(self, *_: Any, **options: Any) -> None:
        if not all(map(has_log_in, (SEALER, KEEPER))) or not settings.AUDIT_SIGNING_KEY:
            raise CommandError(
                "Beside DATABASE_URL the night needs DATABASE_SEALER_URL, DATABASE_KEEPER_URL and"
                " AUDIT_SIGNING_KEY, as the worker has them (docs/install.md)."
            )
        actor = system_actor("night")
        on = options["on"] or clock.day_of(clock.now())
        run = run_night(actor=actor, on=on, now=clock.now)
        try:
            require_success(run)
        except NightFailed as failed:
            raise CommandError(str(failed)) from failed
        for name, count in run.counts.items():
            self.stdout.write(f"{name}: {count}")
