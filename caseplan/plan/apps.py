"""Connects the room's receivers when Django is ready."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "caseplan.plan"

    def ready(self) -> None:
        from caseplan.plan import receivers  # noqa: F401, PLC0415 - models must be loaded first
