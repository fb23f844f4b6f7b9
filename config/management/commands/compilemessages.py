"""Compiles the interface texts where they have changed; takes the place of Django's command."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.messages import compile_messages


class Command(BaseCommand):
    help = "Compile the texts of locale/. Django's own command would need the gettext tools."
    requires_system_checks: list[str] = []

    def handle(self, *_: Any, **_options: Any) -> None:
        for locale in settings.LOCALE_PATHS:
            for source in compile_messages(locale):
                self.stdout.write(f"Compiled {source.relative_to(settings.BASE_DIR)}")
