"""The night as a Celery task: reads the clock at the edge, then one call."""

from celery import shared_task

from common import clock
from common.actor import system_actor
from common.transactions import acting_as
from operations.services import require_success, run_night


@shared_task  # type: ignore[untyped-decorator]
def nightly() -> None:
    """The night's work for today."""
    actor = system_actor("night")
    with acting_as(actor):
        run = run_night(actor=actor, on=clock.day_of(clock.now()), now=clock.now)
    require_success(run)
