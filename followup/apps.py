"""Connects the room's receivers when Django is ready."""

from django.apps import AppConfig


class FollowUpConfig(AppConfig):
    name = "followup"

    def ready(self) -> None:
        from followup import receivers  # noqa: F401, PLC0415 - models must be loaded first
