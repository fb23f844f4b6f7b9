"""The room's configuration: after migrations, each role gets its rights."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

from common.database_roles import grant_rights


class CommonConfig(AppConfig):
    name = "common"

    def ready(self) -> None:
        # Sent for each app with models, all when every table stands: one of them is enough.
        once = apps.get_app_config("contenttypes")
        post_migrate.connect(grant_rights, sender=once, dispatch_uid="grant_rights")
