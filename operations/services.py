"""The order of the night. Holds no rule: each step is a service of the room that owns it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from audit.services import expire
from benefits.services import evaluate, vanish
from cases.services import clear_exceptions, end_of, rehome_cases
from common.actor import Actor
from common.clock import day_of, unmoved
from common.dates import add_months
from followup.services import remind
from operations.erasure import let_go
from operations.models import NightlyRun
from people.services import forget_old_drafts
from statutes.reader import law_on

_LOCK = "operations.night"
logger = logging.getLogger(__name__)


class NightFailed(RuntimeError):
    """A night ended in an error: nothing of its work stands, its record does."""


@transaction.atomic
def run_night(*, actor: Actor, on: date, now: Callable[[], datetime]) -> NightlyRun:
    """Do the night's work for a day and record it. Repeating a day makes nothing twice.

    Two runs at once follow each other: the second waits for the first one's lock. An error
    undoes the whole night and is recorded in the run, which is returned so that the record is
    committed; the caller then calls :func:`require_success`.
    """
    started_at = now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_LOCK])
    counts: dict[str, int] = {}
    failure = ""
    try:
        with transaction.atomic():
            counts = _steps(actor, on, started_at)
    except Exception as error:
        failure = _kind_of(error)
        # Never its message, which may carry what stands in a case.
        logger.error("The night of %s failed: %s", on, failure)
    return NightlyRun.objects.create(
        on=on, started_at=started_at, finished_at=now(), counts=counts, failure=failure
    )


def _kind_of(error: Exception) -> str:
    """The class of an error, and of one from the database the rule of ours that it broke."""
    diagnosis = getattr(error.__cause__, "diag", None)
    rule = getattr(diagnosis, "constraint_name", None)
    return f"{type(error).__name__} {rule}"[:100] if rule else type(error).__name__


def require_success(run: NightlyRun) -> None:
    """Raise :class:`NightFailed` for a night that failed, so that whoever started it knows."""
    if run.failure:
        raise NightFailed(f"The night of {run.on} failed: {run.failure}")


def _steps(actor: Actor, on: date, now: datetime) -> dict[str, int]:
    vanished = vanish(actor=actor, on=on, now=now)
    evaluated = evaluate(actor=actor, on=on, now=now)
    reminded = remind(actor=actor, on=on)
    cleared = clear_exceptions(actor=actor, now=now)
    rehomed = rehome_cases(actor=actor, now=now)
    gone = let_go(actor=actor, on=on, now=now)
    drafts = forget_old_drafts(now=now)
    years = law_on(on).figure("audit_years").value
    # The database keeps the log by its own clock, which no demo sets ahead.
    kept_from = add_months(min(on, day_of(now), day_of(unmoved())), -12 * years)
    expired = expire(before=end_of(kept_from - timedelta(days=1)))
    return {
        "people_vanished": vanished.people,
        "corrected_rows_vanished": vanished.rows,
        "flags_opened": evaluated.opened,
        "flags_closed": evaluated.closed,
        "reminders_raised": reminded.raised,
        "reminders_ended": reminded.ended,
        "exceptions_over": cleared,
        "cases_rehomed": rehomed,
        "cases_closed": gone.closed,
        "cases_erased": gone.erased,
        "cases_not_erased": gone.failed,
        "drafts_forgotten": drafts,
        "log_rows_expired": expired,
    }
