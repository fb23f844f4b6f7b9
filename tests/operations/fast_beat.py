"""The settings with a clock that rings every few seconds: two beats of these run at once."""

from config.settings import *  # noqa: F403

CELERY_BEAT_SCHEDULE = {
    "night": {
        "task": "operations.tasks.nightly", "schedule": 4.0, "options": {"expires": 8},
    },
    "outbox": {
        "task": "operations.tasks.send_notifications", "schedule": 2.0, "options": {"expires": 8},
    },
}  # fmt: skip
