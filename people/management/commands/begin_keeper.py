"""Lets the first keeper of the organisation in; everybody after them comes in by the pages."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from common import clock
from common.actor import system_actor
from common.decision import Refused
from people.models import Language
from people.services import Newcomer, begin_keeper


class Command(BaseCommand):
    help = "Let the first keeper of the organisation in, and print where they choose a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        for name in ("--first-name", "--last-name", "--email"):
            parser.add_argument(name, required=True)
        parser.add_argument("--title", default="")
        parser.add_argument("--language", choices=Language.values, default=Language.FINNISH.value)

    def handle(self, *_: Any, **options: Any) -> None:
        who = Newcomer(
            options["username"], options["first_name"], options["last_name"], options["email"],
            options["language"],
        )  # fmt: skip
        try:
            link = begin_keeper(
                actor=system_actor("operator"), who=who, title=options["title"], now=clock.now()
            )
        except Refused as refusal:
            raise CommandError(f"{refusal.field or 'keeper'}: {refusal.message}") from refusal
        address = reverse("choose_password", args=[link.user_key, link.token])
        self.stdout.write(f"{link.user.username}: {settings.PUBLIC_URL}{address}")
