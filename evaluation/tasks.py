"""The making of an extract as a Celery task: reads the clock at the edge, then one call."""

from uuid import UUID

from celery import shared_task

from common import clock
from common.actor import system_actor
from evaluation.extracts.services import make_extract


# A worker that is killed gives the task back: the file is written whole or not at all.
@shared_task(reject_on_worker_lost=True)  # type: ignore[untyped-decorator]
def make_approved_extract(order_id: str) -> None:
    """Make an extract that was approved."""
    make_extract(actor=system_actor("extracts"), order_id=UUID(order_id), now=clock.now())
