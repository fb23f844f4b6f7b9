"""Makes the practice database beside the real one, and brings it up to date. The owner's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, connections
from django.db.utils import ProgrammingError

from common.actor import system_actor
from common.clock import now
from common.practice import PRACTICE, in_practice
from operations.practice import ask_for_practice

CLEARING = Path(__file__).with_name("practice_clear.sql")


class Command(BaseCommand):
    help = "Make the practice database, as the owner of the tables; again after each update."

    def handle(self, *_: Any, verbosity: int, **_options: Any) -> None:
        name = connections[PRACTICE].settings_dict["NAME"]
        if not settings.AS_OWNER:
            raise CommandError("Run it as the owner: DATABASE_OWNER_URL=... (docs/install.md)")
        _make(name)
        with in_practice():
            call_command("migrate", verbosity=verbosity)
            with connection.cursor() as cursor:
                cursor.execute(CLEARING.read_text("utf-8"))
        # What stood there was of the version before.
        ask_for_practice(actor=system_actor("operator"), now=now())
        self.stdout.write(f"{name} is prepared; its people are made within a minute or two.")


def _make(name: str) -> None:
    """Have the database, where the owner may make one."""
    try:
        connections[PRACTICE].ensure_connection()
    except OperationalError:
        quoted = connection.ops.quote_name(name)
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"CREATE DATABASE {quoted}")
        except ProgrammingError as error:
            owner = connection.settings_dict["USER"]
            raise CommandError(
                f"A superuser makes it first: CREATE DATABASE {quoted} OWNER {owner};"
            ) from error
