"""Whoever calls or moves a meeting is told where they would have to be in two places."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from caseplan.meetings.models import Meeting
from caseplan.meetings.selectors import other_meetings_then
from components.templatetags.formatting import clock_time
from web.requests import context_of


def warn(request: HttpRequest, meeting: Meeting) -> None:
    """Say when one's own other meetings of that time are, and of whom nothing. Stops nothing."""
    ctx = context_of(request)
    others = other_meetings_then(ctx.actor, meeting, now=ctx.now)
    if others:
        times = ", ".join(
            f"{clock_time(one.starts_at)}–{clock_time(one.ends_at)}" for one in others
        )
        said = _("You have another meeting at the same time: %(times)s. Move one of them.")
        messages.warning(request, said % {"times": times})
