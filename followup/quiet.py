"""Quiet hours: when a message may be handed over, by the clock in Finland."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from common.clock import HELSINKI


def first_allowed(moment: datetime, quiet_from: time, quiet_until: time) -> datetime:
    """The first moment, from ``moment`` on, outside the quiet hours.

    Quiet from ``quiet_from`` to before ``quiet_until``, over midnight or within a day; the same
    twice is never quiet. In a night with an hour twice or missing the clock on the wall decides.
    """
    local = moment.astimezone(HELSINKI)
    clock = local.time()
    if quiet_from == quiet_until:
        return moment
    over_midnight = quiet_from > quiet_until
    quiet = (
        (clock >= quiet_from or clock < quiet_until)
        if over_midnight
        else quiet_from <= clock < quiet_until
    )
    if not quiet:
        return moment
    day = local.date()
    if over_midnight and clock >= quiet_from:
        day += timedelta(days=1)
    return datetime.combine(day, quiet_until, HELSINKI)
