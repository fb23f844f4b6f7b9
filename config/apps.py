"""The installation as an app: its commands and its checks."""

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class InstallationConfig(AppConfig):
    name = "config"
    verbose_name = "Installation"

    def ready(self) -> None:
        from config import checks  # noqa: F401, PLC0415


class StaticsConfig(StaticFilesConfig):
    """Django's own; what no page of ours asks for is not collected, compressed and served."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        *("rest_framework", "guardian", "account", "mfa", "ext", "htmax-*", "htmx-4*"),
    ]
