"""Draws the life of a case into ``docs/lifecycle.md``; with ``--check`` only compares."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from cases.lifecycle import lifecycle_page


class Command(BaseCommand):
    help = "Draw the states of a case and the moves between them into docs/lifecycle.md."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say whether it is the same")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        page = Path(settings.BASE_DIR) / "docs" / "lifecycle.md"
        with override("en"):
            drawn = lifecycle_page()
        if not check:
            page.write_text(drawn)
        elif not page.exists() or page.read_text() != drawn:
            raise CommandError(
                "docs/lifecycle.md is not what cases/lifecycle.py says. Draw it again."
            )
