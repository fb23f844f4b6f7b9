"""The import as a Celery task: reads the clock at the edge, then one call."""

from uuid import UUID

from celery import shared_task

from benefits.services import work_on_import
from common import clock
from common.actor import system_actor


# A worker that is killed gives the task back; what was laid down is not read again.
@shared_task(reject_on_worker_lost=True)  # type: ignore[untyped-decorator]
def read_extract(run_id: str, commit: bool) -> None:
    """Check an import that waits, or write one that was checked."""
    work_on_import(
        actor=system_actor("import_register"), run_id=UUID(run_id), commit=commit, now=clock.now()
    )
