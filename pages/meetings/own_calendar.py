"""A meeting as a file for one's own calendar program."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from caseplan.meetings.models import Meeting
from caseplan.plan.selectors import open_row
from pages.case.writing import party_to_a_plan
from pages.meetings.calendar import calendar_file
from web.access import get_only
from web.requests import context_of


@party_to_a_plan
@get_only
def meeting_ics(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The meeting for one's own calendar, without a word of what it is about."""
    ctx = context_of(request)
    row = open_row(ctx.actor, Meeting, meeting_id, now=ctx.now)
    return calendar_file(row, request.build_absolute_uri("/"), now=ctx.now)
