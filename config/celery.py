"""The Celery application: ``celery -A config.celery``."""

import logging
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
def _as_everywhere(loglevel: int | str | None = None, **_: Any) -> None:
    """Celery leaves logging alone, its own reports of failed tasks too: see ``config.logs``.

    How much it says of itself is still what it was started with (``--loglevel``).
    """
    configure(settings.LOGGING)
    if loglevel is not None:
        logging.getLogger("celery").setLevel(loglevel)


@signals.worker_init.connect(weak=False)  # type: ignore[untyped-decorator]
def _worker_in_order(**_: Any) -> None:
    """A worker of an installation that lacks something does not begin."""
    from config.checks import Part, require_all  # noqa: PLC0415

    require_all(Part.WORKER)


@signals.beat_init.connect(weak=False)  # type: ignore[untyped-decorator]
def _beat_in_order(**_: Any) -> None:
    """Nor does a beat."""
    from config.checks import Part, require_all  # noqa: PLC0415

    require_all(Part.BEAT)
