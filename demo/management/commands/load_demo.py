"""Build the artificial network, once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from common import clock
from common.transactions import acting_as
from demo.network import DEMO, load


class Command(BaseCommand):
    help = "Build the demo network; does nothing when it stands already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--stories", action="store_true", help="also a plan in force and a case that has ended"
        )

    def handle(self, *_: Any, stories: bool, **_options: Any) -> None:
        with acting_as(DEMO):
            load(now=clock.now(), with_stories=stories)
