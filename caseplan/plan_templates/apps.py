"""Names the room."""

from django.apps import AppConfig


class PlanTemplatesConfig(AppConfig):
    name = "caseplan.plan_templates"
