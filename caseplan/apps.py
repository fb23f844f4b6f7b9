"""Connects the room's receivers when Django is ready."""

from django.apps import AppConfig


class CasePlanConfig(AppConfig):
    name = "caseplan"

    def ready(self) -> None:
        from caseplan import receivers  # noqa: F401, PLC0415 - models must be loaded first
