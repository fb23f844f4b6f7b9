"""Bundles the stylesheets of each face where a part has changed."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.stylesheets import bundle_stylesheets


class Command(BaseCommand):
    help = "Bundle the parts of static/css into one stylesheet for each face."
    requires_system_checks: list[str] = []

    def handle(self, *_: Any, **_options: Any) -> None:
        for bundle in bundle_stylesheets(settings.BASE_DIR / "static" / "css"):
            self.stdout.write(f"Bundled {bundle.relative_to(settings.BASE_DIR)}")
