"""Founds a network from a file, and says where those who are new choose their passwords."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from common import clock
from common.actor import system_actor
from common.decision import Refused
from people.models import Position, Role
from people.services import found_network, read_plan


class Command(BaseCommand):
    help = "Found a network, or add to it, as a TOML file says (docs/network.toml is one)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            plan = read_plan(options["file"].read_text("utf-8"))
            links = found_network(actor=system_actor("installation"), plan=plan, now=clock.now())
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        except Refused as refusal:
            raise CommandError(
                f"{refusal.field or options['file']}: {refusal.message}"
            ) from refusal
        self.stdout.write(f"{plan.name}: {len(links)} new log-ins")
        if Position.objects.filter(role=Role.OFFICER, until=None).count() < 2:
            self.stderr.write(
                "One data-protection officer alone signs no ground: name a [second_officer] too."
            )
        for link in links:
            address = reverse("choose_password", args=[link.user_key, link.token])
            user = link.user
            self.stdout.write(f"{user.username} ({user.full_name}): {settings.PUBLIC_URL}{address}")
