"""The room's configuration: after migrations, the web role gets its rights."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from common.database_roles import grant_web_role


class CommonConfig(AppConfig):
    name = "common"

    def ready(self) -> None:
        post_migrate.connect(grant_web_role, dispatch_uid="grant_web_role")
