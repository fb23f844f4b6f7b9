"""Whoever calls or moves a meeting is told where they would have to be in two places."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from caseplan.meetings.models import Meeting
from caseplan.meetings.selectors import double_bookings
from components.templatetags.formatting import clock_time
from web.requests import context_of


def warn(request: HttpRequest, meeting: Meeting) -> None:
    """Say when the other meetings of that time are, and of which client nothing. Stops nothing.

    One's own, and those of a colleague whom one stands in for.
    """
    ctx = context_of(request)
    times: dict[str, list[str]] = {}
    for one in double_bookings(ctx.actor, meeting, now=ctx.now):
        clock = f"{clock_time(one.meeting.starts_at)}–{clock_time(one.meeting.ends_at)}"
        times.setdefault(one.of, []).append(clock)
    for who, when in times.items():
        said = (
            _("%(who)s has another meeting at the same time: %(times)s. Move one of them.")
            if who
            else _("You have another meeting at the same time: %(times)s. Move one of them.")
        )
        messages.warning(request, said % {"who": who, "times": ", ".join(when)})
