"""The nightly job's work, in the foreground."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from common import clock
from common.actor import system_actor
from operations.services import NightFailed, require_success, run_night


class Command(BaseCommand):
    help = "Do the night's work for a day (today unless --on)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD")

    def handle(self, *_: Any, **options: Any) -> None:
        actor = system_actor("night")
        on = options["on"] or clock.day_of(clock.now())
        run = run_night(actor=actor, on=on, now=clock.now)
        try:
            require_success(run)
        except NightFailed as failed:
            raise CommandError(str(failed)) from failed
        for name, count in run.counts.items():
            self.stdout.write(f"{name}: {count}")
