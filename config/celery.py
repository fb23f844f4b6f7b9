"""The Celery application: ``celery -A config.celery``."""

import os
from typing import Any

from celery import Celery, signals
from django.conf import settings

from config.logs import configure

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("yhdessa")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.setup_logging.connect(weak=False)  # type: ignore[untyped-decorator]
def _as_everywhere(**_: Any) -> None:
    """Celery leaves logging alone, its own reports of failed tasks too: see ``config.logs``."""
    configure(settings.LOGGING)
