"""Supplies this room's clocks to the reminders when Django is ready."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "rights"

    def ready(self) -> None:
        from followup.rules import supply  # noqa: PLC0415 - models must be loaded first
        from rights.reminders import RULES  # noqa: PLC0415

        supply(RULES)
