"""The night and the outbox as Celery tasks: they read the clock at the edge, then one call.

None of them carries anything: what is to be done stands in the database. A message of the broker
that is lost, comes twice or late changes nothing; :func:`resume` finds what was not done.
"""

from celery import shared_task

from audit.sealing import seal
from common import clock
from common.actor import system_actor
from common.transactions import acting_as
from followup.models import Channel
from followup.services import deliver, notify_of_messages, notify_outside_parties
from operations.services import missed_nights, needs_resuming, require_success, run_night


@shared_task  # type: ignore[untyped-decorator]
def nightly() -> None:
    """The night's work for today, and before it for the nights that were missed.

    Which are missed is asked anew each time: an older night is never done after a newer one,
    also where somebody else did that meanwhile.
    """
    actor, today = system_actor("night"), clock.day_of(clock.now())
    runs = []
    while missed := missed_nights(today):
        runs.append(run_night(actor=actor, on=missed[0], now=clock.now))
    for run in runs or [run_night(actor=actor, on=today, now=clock.now)]:
        require_success(run)


@shared_task  # type: ignore[untyped-decorator]
def resume() -> None:
    """Go on with a night that was left unfinished, or that nobody began."""
    if needs_resuming(clock.now()):
        nightly()


@shared_task  # type: ignore[untyped-decorator]
def send_notifications() -> None:
    """Tell clients what is new, invite whom they let in, and hand over what is in the outbox."""
    actor = system_actor("outbox")
    with acting_as(actor):
        notify_of_messages(actor=actor, now=clock.now())
        notify_outside_parties(actor=actor, now=clock.now())
    for channel in Channel:
        deliver(actor=actor, channel=channel, now=clock.now)


@shared_task  # type: ignore[untyped-decorator]
def seal_log() -> None:
    """Seal what was written since the last time. The night verifies and signs."""
    seal()
