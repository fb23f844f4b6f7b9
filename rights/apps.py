"""Supplies this room's clocks to the reminders, and listens to the rooms below, when ready."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "rights"

    def ready(self) -> None:
        from followup.rules import supply  # noqa: PLC0415 - models must be loaded first
        from rights import receivers  # noqa: F401, PLC0415 - it listens from here on
        from rights.reminders import RULES  # noqa: PLC0415

        supply(RULES)
