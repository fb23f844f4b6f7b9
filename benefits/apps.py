"""Connects the room's receivers when Django is ready."""

from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    name = "benefits"

    def ready(self) -> None:
        from benefits import receivers  # noqa: F401, PLC0415 - models must be loaded first
