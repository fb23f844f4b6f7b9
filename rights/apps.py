"""Supplies this room's clocks to the reminders when Django is ready."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "rights"

    def ready(self) -> None:
        from rights import reminders  # noqa: F401, PLC0415 - models must be loaded first
