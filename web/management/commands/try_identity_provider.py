"""Whether an identity provider can be reached and says what is needed; nobody is logged in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from web.identity.metadata import keys_of, metadata_of
from web.identity.refusals import Unreachable


class Command(BaseCommand):
    help = "Asks an identity provider what it says of itself, and says what to tell it of us."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", help="its table's name in the file of IDENTITY_PROVIDERS")

    def handle(self, *args: Any, **options: Any) -> None:
        found = {one.key: one for one in settings.IDENTITY_PROVIDERS}
        provider = found.get(options["key"])
        if provider is None:
            known = ", ".join(found) or "none: IDENTITY_PROVIDERS is not set"
            raise CommandError(f"There is no provider {options['key']}. Known: {known}.")
        try:
            metadata = metadata_of(provider)
            keys = keys_of(provider)
        except Unreachable as error:
            raise CommandError(
                f"{provider.issuer} does not do what is needed: {error.why}. Look at issuer and "
                "hosts in its table, and whether this machine reaches it."
            ) from error
        said = [
            f"{provider.issuer} answers, with {len(keys.keys)} keys.",
            f"It says who it is in its answers: {'yes' if metadata.says_issuer else 'no'}.",
            f"It has a page to log out: {'yes' if metadata.end_session_endpoint else 'no'}.",
            "It must know of us:",
        ]
        for what, name in (
            ("the address to come back to", "login:back"),
            ("our keys", "login:keys"),
            ("where it tells a log-out", "login:ended"),
        ):
            said.append(f"  {what}: {settings.PUBLIC_URL}{reverse(name, args=[provider.key])}")
        said.append(f"  after a log-out: {settings.PUBLIC_URL}{reverse('account_login')}")
        self.stdout.write("\n".join(said))
