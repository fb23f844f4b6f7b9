"""Names the room: Django has ``messages`` of its own."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "caseplan.messages"
    label = "case_messages"
