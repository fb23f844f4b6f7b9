"""The log-in by identity providers as an app: its command."""

from django.apps import AppConfig


class LoginConfig(AppConfig):
    name = "login"
    verbose_name = "Identity providers"
