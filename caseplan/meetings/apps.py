"""Connects the room's receivers when Django is ready."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "caseplan.meetings"

    def ready(self) -> None:
        from caseplan.meetings import receivers  # noqa: F401, PLC0415 - models must be loaded first
