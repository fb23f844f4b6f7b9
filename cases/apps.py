"""Connects the room's receivers when Django is ready."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"

    def ready(self) -> None:
        from cases import receivers  # noqa: F401, PLC0415 - models must be loaded first
