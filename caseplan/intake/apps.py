"""Names the room."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "caseplan.intake"
