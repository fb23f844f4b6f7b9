"""The practice network: asked for on a page, made in the practice database, anew each night.

Holds no rule of the joint service: inside ``common.practice.in_practice`` every room does what it
does elsewhere, among people who are artificial. What stands here is when that network is made, and
that it is wholly made or not at all.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from datetime import time as clock_time

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from common.actor import Actor, system_actor
from common.clock import HELSINKI, day_of
from common.decision import Decision
from common.practice import in_practice
from common.transactions import acting_as
from followup.services.reminding import FIRST_OF_ALL, LAST_OF_ALL
from operations.models import PracticeState
from operations.night import STEPS, StepInput
from people.models import Person, User

ANEW_FROM = clock_time(3, 30)
"""From when on a new day's practice network is made, by the clock in Finland."""
GIVEN_UP_AFTER = timedelta(minutes=20)
_NOT_IN_PRACTICE = {"log"}  # its heads are signed beside those of the real log
logger = logging.getLogger(__name__)


def can_make_practice(actor: Actor) -> Decision:
    """May they have it made, or put back to its beginning? Whoever keeps the organisation."""
    if actor.is_keeper:
        return Decision.yes()
    return Decision.no(_("Whoever keeps the organisation does this."))


def practice_state() -> PracticeState | None:
    """How the practice network stands; None: the operator has not prepared its database yet."""
    return PracticeState.objects.first()


@transaction.atomic
def ask_for_practice(*, actor: Actor, now: datetime) -> None:
    """Have the practice network made, or put back to its beginning, within a minute or two."""
    if actor.user_id is not None:
        can_make_practice(actor).require()
    asked = {"asked_at": now, "asked_by_id": actor.user_id, "failure": ""}
    PracticeState.objects.update_or_create(pk=1, defaults=asked)
    record_change(
        actor=actor, action="practice_asked", subject_type="practice", subject_id=None, now=now
    )


def tend_practice(*, build: Callable[[], object], now: datetime) -> bool:
    """Make the practice network where it is asked for, and anew each night. Whether it was made.

    ``build``: makes the artificial people, in the database it is called in. Called outside a
    transaction. Repeated for nothing it does nothing; a process that died is given up after 20
    minutes.
    """
    if not _claim(now):
        return False
    failure = ""
    try:
        make_practice(build=build, now=now)
    except Exception as error:
        failure = type(error).__name__
        logger.error("The practice network was not made: %s", failure)
    done = {"built_at": now} if not failure else {}
    PracticeState.objects.filter(pk=1).update(begun_at=None, failure=failure, **done)
    return not failure


def make_practice(*, build: Callable[[], object], now: datetime) -> None:
    """Clear the practice database and make its people anew, with a night behind them; or nothing.

    The night is that of the rooms, in order; no letter leaves, and its log is nobody's evidence.
    """
    with in_practice():
        with acting_as(system_actor("practice")):
            clear_practice()
            build()
            _give_addresses()
        for step in STEPS:
            if step.name not in _NOT_IN_PRACTICE:
                with acting_as(system_actor("night")):
                    step.do(
                        StepInput(
                            system_actor("night"), day_of(now), now, FIRST_OF_ALL, LAST_OF_ALL
                        )
                    )


def clear_practice() -> None:
    """Empty the practice database. Its function is in no other one (``prepare_practice``)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT practice_clear()")


def _give_addresses() -> None:
    """Everybody who logs in has an address: else there would be no letter to be read.

    The domain is nobody's (RFC 2606).
    """
    for user in User.objects.filter(email=""):
        address = f"{user.username}@example.org"
        User.objects.filter(pk=user.pk).update(email=address)
        Person.objects.filter(user=user, email="").update(email=address)


@transaction.atomic
def _claim(now: datetime) -> bool:
    """Whether it is to be made now, by us."""
    state = PracticeState.objects.select_for_update(skip_locked=True, of=("self",)).first()
    if state is None or (state.begun_at and now - state.begun_at < GIVEN_UP_AFTER):
        return False
    is_due = state.built_at is None or state.asked_at > state.built_at or _is_old(state, now)
    if state.failure or not is_due:  # what failed is asked for again on the page
        return False
    state.begun_at = now
    state.save(update_fields=["begun_at"])
    return True


def _is_old(state: PracticeState, now: datetime) -> bool:
    """Whether it is of another day, and this one's night is over."""
    if state.built_at is None or day_of(state.built_at) >= day_of(now):
        return False
    return now.astimezone(HELSINKI).time() >= ANEW_FROM
