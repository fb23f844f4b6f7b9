"""Connects the room's receivers when Django is ready."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "caseplan.intake"

    def ready(self) -> None:
        from benefits.services import keep_people_of  # noqa: PLC0415
        from caseplan.intake import receivers  # noqa: F401, PLC0415

        keep_people_of("intake_ownrequest")
        keep_people_of("intake_assessmentreferral")
