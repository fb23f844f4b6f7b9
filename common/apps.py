"""The room's configuration: migrations run unhindered; after them, each role gets its rights."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, pre_migrate

from common.database_roles import grant_rights
from common.tables import collect_garbage_seldom, render_once


class CommonConfig(AppConfig):
    name = "common"

    def ready(self) -> None:
        # Sent for each app with models, all before the first table or when every one stands: one
        # of them is enough.
        once = apps.get_app_config("contenttypes")
        pre_migrate.connect(collect_garbage_seldom, sender=once, dispatch_uid="seldom")
        pre_migrate.connect(render_once, sender=once, dispatch_uid="once")
        post_migrate.connect(grant_rights, sender=once, dispatch_uid="grant_rights")
