"""Build the artificial network, once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from audit.models import Seal
from audit.sealing import seal
from common import clock
from common.actor import system_actor
from common.transactions import acting_as
from demo.network import DEMO, load
from operations.services import run_night


class Command(BaseCommand):
    help = "Build the demo network; does nothing when it stands already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--stories", action="store_true", help="also a plan in force and a case that has ended"
        )

    def handle(self, *_: Any, stories: bool, **_options: Any) -> None:
        now = clock.now()
        with acting_as(DEMO):
            is_built = load(now=now, with_stories=stories)
        # Its rows say when things would have happened, and not when they were written.
        if not Seal.objects.exists():
            seal(laid_down=True)
        if is_built:
            run_night(actor=system_actor("night"), on=clock.day_of(now), now=clock.now)
