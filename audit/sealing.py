"""The log is sealed in batches, verified, its head signed: the sealer's work, never the web's.

Where this runs is the only place that has the sealer's log-in to the database and the key that
signs (``docs/adr/0022-the-sealed-log.md``).
"""

from __future__ import annotations

import logging
from datetime import date, datetime

from django.db import connection

from audit import heads
from audit.verification import Tampering, Verified, verify
from common.database_roles import SEALER, logged_in_as

ROWS_A_SEAL = 1000
"""At most so many rows lie under one seal: as near as a fault is found."""
logger = logging.getLogger(__name__)


class LogDoesNotHold(RuntimeError):
    """The log is not what was sealed; what was found stands in the log of the process."""


def seal(*, laid_down: bool = False) -> int:
    """Seal everything that is at its end and not sealed yet. Returns how many seals that took.

    Done by the sealer's log-in, in transactions of its own. ``laid_down``: an artificial past,
    whose rows say other moments than that of writing; only while nothing else is sealed.
    """
    made = 0
    with logged_in_as(SEALER), connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT audit_seal_rows(%s, %s)", [ROWS_A_SEAL, laid_down])
            (number,) = cursor.fetchone()
            if number is None:
                return made
            made += 1


def attest(*, on: date, now: datetime) -> Verified:
    """Verify what was sealed since the last head and sign a new one.

    ``on``: the night it is for; ``now``: the machine's own moment. Raises :class:`LogDoesNotHold`
    after having told every fault to the process's log, and signs nothing then; that nothing was
    signed for long is told and mended.
    """
    found = verify(whole=False, on=on, now=now)
    for fault in found.faults:
        logger.error("The audit log does not hold: %s", fault)
    hinders = [fault for fault in found.faults if fault.what is not Tampering.NOT_SIGNED]
    if hinders:
        raise LogDoesNotHold(f"{len(hinders)} places where the log does not hold.")
    sign(found, now=now)
    return found


def sign(found: Verified, *, now: datetime, despite: str = "") -> None:
    """Sign what a verification found at the end of the log; ``despite``: and why all the same."""
    heads.append(number=found.number, digest=found.hash, rows=found.rows, at=now, despite=despite)
