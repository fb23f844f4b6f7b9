"""Build the artificial network, once."""

from typing import Any

from django.core.management.base import BaseCommand

from common import clock
from common.transactions import acting_as
from demo.network import DEMO, load


class Command(BaseCommand):
    help = "Build the demo network; does nothing when it stands already."

    def handle(self, *_: Any, **_options: Any) -> None:
        with acting_as(DEMO):
            load(now=clock.now())
