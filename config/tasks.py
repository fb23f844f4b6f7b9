"""What no room may do alone: the practice network is made with the demo's people."""

from celery import shared_task

from common import clock
from demo.network import load
from operations import practice


@shared_task  # type: ignore[untyped-decorator]
def tend_practice() -> None:
    """Make the practice network where it is asked for, and anew each night."""
    now = clock.now()
    practice.tend_practice(build=lambda: load(now=now, with_stories=True), now=now)
