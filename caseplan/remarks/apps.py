"""Names the room."""

from django.apps import AppConfig


class RemarksConfig(AppConfig):
    name = "caseplan.remarks"
