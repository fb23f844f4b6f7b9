"""Every published figure against a recount, before rounding and after."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from common.database_roles import KEEPER, has_log_in
from evaluation.models import Snapshot
from evaluation.verification import FiguresDiffer, verify


class Command(BaseCommand):
    help = "Count the newest figures a second time, one by one. Exit status 1 where they differ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--network", type=UUID, help="one network's id; all without it")

    def handle(self, *_: Any, **options: Any) -> None:
        if not has_log_in(KEEPER):
            raise CommandError("This needs DATABASE_KEEPER_URL, as the worker has it.")
        networks = Snapshot.objects.values_list("network", flat=True).distinct().order_by()
        if options["network"]:
            networks = networks.filter(network=options["network"])
        try:
            looked_at = verify(list(networks))
        except FiguresDiffer as differ:
            for difference in differ.found:
                self.stdout.write(str(difference))
            raise CommandError(str(differ)) from differ
        self.stdout.write(f"{looked_at} snapshots: every figure is as it was counted.")
