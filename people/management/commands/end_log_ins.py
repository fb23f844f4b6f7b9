"""Ends every log-in of somebody, wherever they are: a phone was lost, a session was stolen."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from common import clock
from common.actor import system_actor
from people.models import User
from people.services import end_log_ins


class Command(BaseCommand):
    help = "End every log-in of somebody. They can log in again; their password stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", metavar="USERNAME")

    def handle(self, *_: Any, **options: Any) -> None:
        user = User.objects.filter(username__iexact=options["username"]).first()
        if user is None:
            raise CommandError("Nobody has this user name.")
        count = end_log_ins(actor=system_actor("operator"), user_id=user.pk, now=clock.now())
        self.stdout.write(f"{user.username}: {count} log-ins ended")
