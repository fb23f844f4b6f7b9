"""Connects the room's receivers when Django is ready."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "consent"

    def ready(self) -> None:
        from consent import receivers  # noqa: F401, PLC0415 - models must be loaded first
