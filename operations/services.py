"""The doing of a night: planned in batches, each done once, by as many processes as come.

Holds no rule: what a step does is in ``operations.night``. A batch is claimed with SKIP LOCKED and
done in the transaction that marks it done. One that fails is done again in halves until a single
case is left, which is tried again with growing waits and then parked: it never keeps the rest.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Q

from audit.services import record_change
from cases.models import Case
from common.actor import Actor
from common.clock import HELSINKI
from common.transactions import acting_as, kind_of_error
from followup.services import try_letters_again
from followup.services.reminding import FIRST_OF_ALL, LAST_OF_ALL
from operations.models import Batch, BatchState, NightlyRun
from operations.night import STEP_OF, STEPS, StepInput

_LOCK = "operations.night"
# By the clock in Finland; the beat rings a quarter past.
BEGINS = clock_time(2, 30)
TRIES = 5
FIRST_WAIT = timedelta(seconds=2)
# Nights further back than this are not done one by one: the newest does all that still matters.
CATCH_UP_DAYS = 31
logger = logging.getLogger(__name__)


class NightFailed(RuntimeError):
    """Some batches of a night were given up; all the others are done, and the run says which."""


def missed_nights(today: date) -> list[date]:
    """The days whose night is still to be done, up to and with ``today``, in order.

    From the day after the last finished night; today alone where there has been none.
    """
    last = (
        NightlyRun.objects.filter(finished_at__isnull=False, on__lte=today)
        .order_by("-on")
        .values_list("on", flat=True)
        .first()
    )
    first = (
        today if last is None else max(last + timedelta(days=1), today - timedelta(CATCH_UP_DAYS))
    )
    return [first + timedelta(days=n) for n in range((today - first).days + 1)]


def needs_resuming(now: datetime) -> bool:
    """Whether a night was left unfinished, or today's should have been begun by now and was not."""
    if NightlyRun.objects.filter(finished_at__isnull=True).exists():
        return True
    local = now.astimezone(HELSINKI)
    return local.time() >= BEGINS and local.date() in missed_nights(local.date())


def run_night(
    *,
    actor: Actor,
    on: date,
    now: Callable[[], datetime],
    pause: Callable[[float], None] = time.sleep,
) -> NightlyRun:
    """Do the night's work for a day to its end. Repeating a day makes nothing twice.

    Called outside a transaction. Another night that was left unfinished is finished first; where
    another process is doing this one, it is helped. Call :func:`require_success` afterwards.
    """
    while True:
        run = _begin_or_join(actor, on, now())
        _work(run, actor, now, pause)
        if run.on == on:
            return run


def require_success(run: NightlyRun) -> None:
    """Raise :class:`NightFailed` for a night that failed, so that whoever started it knows."""
    if run.failure:
        raise NightFailed(f"The night of {run.on} failed: {run.failure}")


@transaction.atomic
def try_parked_again(*, actor: Actor, now: datetime) -> int:
    """Put what the newest run gave up, and every parked letter, back to work. Returns how many.

    Done within ten minutes, when the night is next tended. Older runs are left: a newer night has
    done all that they could.
    """
    count = try_letters_again(now=now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_LOCK])
    run = NightlyRun.objects.order_by("-started_at", "-pk").first()
    if run is not None:
        batches = run.batches.filter(state=BatchState.PARKED).update(
            state=BatchState.WAITING, tries=1, not_before=now
        )
        if batches:
            run.finished_at, run.failure = None, ""
            run.save(update_fields=["finished_at", "failure"])
        count += batches
    record_change(
        actor=actor, action="parked_tried_again", subject_type="night", subject_id=None, now=now
    )
    return count


def _begin_or_join(actor: Actor, on: date, now: datetime) -> NightlyRun:
    """The unfinished run, whatever its day, or a new one for ``on`` with its batches."""
    with acting_as(actor):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_LOCK])
        run = NightlyRun.objects.filter(finished_at__isnull=True).first()
        if run is None:
            run = NightlyRun.objects.create(on=on, started_at=now)
            Batch.objects.bulk_create(
                Batch(
                    run=run,
                    step=step.name,
                    stage=step.stage,
                    first=first,
                    last=last,
                    not_before=now,
                )
                for step in STEPS
                for first, last in (_ranges() if step.by_case else [(FIRST_OF_ALL, LAST_OF_ALL)])
            )
    return run


def _ranges() -> Iterator[tuple[UUID, UUID]]:
    """The whole space of ids cut where the cases are: about so many cases in each."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM cases_case) c"
            " WHERE n %% %s = 0 ORDER BY id",
            [settings.CASES_PER_BATCH],
        )
        cuts = [row[0] for row in cursor.fetchall()]
    first = FIRST_OF_ALL
    for cut in cuts:
        yield first, cut
        first = UUID(int=cut.int + 1)
    yield first, LAST_OF_ALL


def _work(
    run: NightlyRun, actor: Actor, now: Callable[[], datetime], pause: Callable[[float], None]
) -> None:
    """Do batches until none is left, then close the run; others may be doing the same.

    A connection that breaks undoes one batch, which is done again on a new one.
    """
    broken = 0
    while True:
        try:
            if _do_next(run, actor, now):
                continue
            if _close(run, actor, now):
                return
        except (InterfaceError, OperationalError):
            broken += 1
            if broken > TRIES:
                raise
            connection.close()
            logger.warning("The connection to the database broke. Going on.")
        # What is left is another's, or waits to be tried again.
        pause(0.2)


def _do_next(run: NightlyRun, actor: Actor, now: Callable[[], datetime]) -> bool:
    """Do one batch in one transaction. False: none is free."""
    with acting_as(actor):
        batch = _claim(run, now())
        if batch is not None:
            _do(batch, run, actor, now)
    return batch is not None


def _claim(run: NightlyRun, now: datetime) -> Batch | None:
    """The next batch nobody holds. A stage waits until every batch before it has been tried."""
    first_untried = (
        run.batches.filter(state=BatchState.WAITING, tries=0)
        .order_by("stage")
        .values_list("stage", flat=True)
        .first()
    )
    # Only what has failed waits for a time: a clock set back does not hold up the night.
    waiting = run.batches.select_for_update(skip_locked=True).filter(
        Q(tries=0) | Q(not_before__lte=now), state=BatchState.WAITING
    )
    if first_untried is not None:
        waiting = waiting.filter(stage__lte=first_untried)
    return waiting.order_by("stage", "tries", "first").first()


def _do(batch: Batch, run: NightlyRun, actor: Actor, now: Callable[[], datetime]) -> None:
    began, moment = time.monotonic(), now()
    try:
        with transaction.atomic():
            given = StepInput(actor, run.on, moment, batch.first, batch.last)
            batch.counts = STEP_OF[batch.step].do(given)
    except Exception as error:
        batch.failure = kind_of_error(error)
        # Never its message, which may carry what stands in a case.
        logger.error("The step %s of %s failed: %s", batch.step, run.on, batch.failure)
        _failed(batch, moment)
    else:
        batch.state, batch.failure = BatchState.DONE, ""
    batch.seconds = time.monotonic() - began
    batch.save()


def _failed(batch: Batch, moment: datetime) -> None:
    """In halves where several cases are in it; else again later, and in the end never."""
    cut = _middle(batch) if STEP_OF[batch.step].by_case else None
    if cut is not None:
        batch.state = BatchState.SPLIT
        for first, last in ((batch.first, cut), (UUID(int=cut.int + 1), batch.last)):
            Batch.objects.create(
                run_id=batch.run_id,
                step=batch.step,
                stage=batch.stage,
                first=first,
                last=last,
                not_before=moment,
            )
        return
    batch.tries += 1
    if batch.tries >= TRIES:
        batch.state = BatchState.PARKED
    else:
        batch.not_before = moment + FIRST_WAIT * 2 ** (batch.tries - 1)


def _middle(batch: Batch) -> UUID | None:
    """The case that ends the first half; None where there is one case or none."""
    cases = Case.objects.filter(pk__range=(batch.first, batch.last)).order_by("pk")
    count = cases.count()
    return cases.values_list("pk", flat=True)[count // 2 - 1] if count > 1 else None


def _close(run: NightlyRun, actor: Actor, now: Callable[[], datetime]) -> bool:
    """Close the run if nothing waits; whoever comes second finds it closed."""
    with acting_as(actor):
        if run.batches.filter(state=BatchState.WAITING).exists():
            return False
        locked = NightlyRun.objects.select_for_update().get(pk=run.pk)
        if locked.finished_at is None:
            counts: dict[str, int] = {}
            for batch in run.batches.filter(state=BatchState.DONE).order_by("stage", "step"):
                for name, count in batch.counts.items():
                    counts[name] = counts.get(name, 0) + count
            parked = run.batches.filter(state=BatchState.PARKED).order_by("stage", "first")
            kinds = sorted({f"{batch.step}: {batch.failure}" for batch in parked})
            locked.counts, locked.failure = counts, "; ".join(kinds)[:300]
            # A clock that was set back does not undo the night.
            locked.finished_at = max(now(), locked.started_at)
            locked.save()
        run.finished_at, run.counts, run.failure = (
            locked.finished_at,
            locked.counts,
            locked.failure,
        )
    return True
