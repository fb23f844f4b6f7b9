"""Brings the catalogues in step with the texts; takes the place of Django's command."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Find the texts of the interface. Django's own command would need the gettext tools."
    requires_system_checks: list[str] = []

    def handle(self, *_: Any, **_options: Any) -> None:
        # Babel is with whoever changes texts, not where people are served.
        from config.extracting import update_catalogues  # noqa: PLC0415

        for catalogue in update_catalogues(settings.BASE_DIR):
            self.stdout.write(f"Changed {catalogue.relative_to(settings.BASE_DIR)}")
