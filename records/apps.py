"""Registers the check that every field of client information is declared."""

from django.apps import AppConfig
from django.core import checks


class RecordsConfig(AppConfig):
    name = "records"

    def ready(self) -> None:
        from records.checks import check_declarations  # noqa: PLC0415 - models must be loaded first

        checks.register(check_declarations, checks.Tags.models)
