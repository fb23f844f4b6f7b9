"""Names the room."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "caseplan.assessments"
