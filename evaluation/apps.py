"""Connects the room's receivers when Django is ready."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "evaluation"

    def ready(self) -> None:
        from evaluation import receivers  # noqa: F401, PLC0415 - models must be loaded first
