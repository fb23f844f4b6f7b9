"""Names the room."""

from django.apps import AppConfig


class OptionsConfig(AppConfig):
    name = "caseplan.options"

    def ready(self) -> None:
        from caseplan.options import receivers  # noqa: F401, PLC0415 - models must be loaded first
