"""Proposes a data-protection officer, where none is left who could; a leader decides on a page."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from common import clock
from common.actor import system_actor
from common.decision import NotAllowed, Refused
from people.models import Language, Role, User
from people.services import Newcomer, propose_role


class Command(BaseCommand):
    help = "Propose a data-protection officer. Whoever leads an office, or an officer, decides."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        for name in ("--first-name", "--last-name", "--email", "--title"):
            parser.add_argument(name, default="")
        parser.add_argument("--language", choices=Language.values, default=Language.FINNISH.value)

    def handle(self, *_: Any, **options: Any) -> None:
        user = User.objects.filter(username__iexact=options["username"]).first()
        who = user or Newcomer(
            options["username"], options["first_name"], options["last_name"], options["email"],
            options["language"],
        )  # fmt: skip
        if user is None and not (options["first_name"] and options["last_name"]):
            raise CommandError("Nobody has this user name: give --first-name, --last-name, --email")
        now = clock.now()
        try:
            change = propose_role(
                actor=system_actor("operator"), role=Role.OFFICER, successor=who, since=now,
                title=options["title"], now=now,
            )  # fmt: skip
        except (Refused, NotAllowed) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{change.pk}: proposed; whoever leads an office decides under Roles")
