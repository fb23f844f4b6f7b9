"""Prints where somebody chooses a new password: for whoever no letter can reach."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from common import clock
from common.actor import system_actor
from people.models import User
from people.services import print_password_link


class Command(BaseCommand):
    help = "Print a link by which somebody chooses a password, once, within 24 hours. It is logged."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", metavar="USERNAME")

    def handle(self, *_: Any, **options: Any) -> None:
        user = User.objects.filter(username__iexact=options["username"]).first()
        if user is None or not user.is_active:
            raise CommandError("Nobody who can log in has this user name.")
        link = print_password_link(actor=system_actor("operator"), user=user, now=clock.now())
        address = reverse("choose_password", args=[link.user_key, link.token])
        self.stdout.write(f"{user.username} ({user.full_name}): {settings.PUBLIC_URL}{address}")
