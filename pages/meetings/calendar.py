"""A meeting as an entry for somebody's own calendar (RFC 5545).

Calendars are shared, synchronised and shown on locked screens: the entry says when, and that one
logs in to see the rest. No name, no place, no body, no link to the meeting itself.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpResponse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from caseplan.meetings.models import Meeting, MeetingState


def calendar_file(meeting: Meeting, log_in_at: str, *, now: datetime) -> HttpResponse:
    """The entry; a moved or cancelled meeting takes the place of the one imported before."""
    calendar = Calendar()
    calendar.add("prodid", "-//joint plan//EN")
    calendar.add("version", "2.0")
    cancelled = meeting.state == MeetingState.CANCELLED
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    event = Event()
    event.add("uid", str(meeting.pk))
    event.add("sequence", meeting.revision)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("summary", _("Meeting"))
    event.add("description", _("Log in to see where and about what."))
    event.add("url", log_in_at)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    calendar.add_component(event)
    return HttpResponse(
        calendar.to_ical(),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="meeting.ics"'},
    )
