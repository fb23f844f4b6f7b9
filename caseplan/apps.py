"""Connects the room's receivers when Django is ready."""

from django.apps import AppConfig


class CasePlanConfig(AppConfig):
    name = "caseplan"

    def ready(self) -> None:
        from caseplan.meetings import receivers as of_meetings  # noqa: F401, PLC0415 - models first
        from caseplan.plan import receivers  # noqa: F401, PLC0415 - models must be loaded first
