"""Names the room."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "caseplan.contacts"
