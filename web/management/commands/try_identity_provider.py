"""Whether an identity provider can be reached and says what is needed; nobody is logged in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from web.identity.refusals import Unreachable
from web.identity.trying import own_addresses, try_provider


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
            tried = try_provider(provider)
        except Unreachable as error:
            raise CommandError(
                f"{provider.issuer} does not do what is needed: {error.why}. Look at issuer and "
                "hosts in its table, and whether this machine reaches it."
            ) from error
        ours = own_addresses(provider)
        said = [
            f"{provider.issuer} answers, with {tried.keys} keys.",
            f"It says who it is in its answers: {_yes(tried.says_issuer)}.",
            f"It has a page to log out: {_yes(tried.logs_out)}.",
            "It must know of us:",
            f"  the address to come back to: {ours.back}",
            f"  our keys: {ours.keys}",
            f"  where it tells a log-out: {ours.ended}",
            f"  after a log-out: {ours.after}",
        ]
        self.stdout.write("\n".join(said))


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"
