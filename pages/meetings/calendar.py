"""A meeting as an entry for somebody's own calendar (RFC 5545).

Calendars are shared, synchronised and shown on locked screens: the entry says when, and that one
logs in to see the rest. No name, no place, no body, no link to the meeting itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from django.http import HttpResponse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from caseplan.meetings.models import Meeting, MeetingState
from caseplan.meetings.selectors import FeedEntry


def calendar_file(meeting: Meeting, log_in_at: str, *, now: datetime) -> HttpResponse:
    """The entry; a moved or cancelled meeting takes the place of the one imported before."""
    cancelled = meeting.state == MeetingState.CANCELLED
    calendar = _calendar("CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(_entry(meeting, log_in_at, summary=_("Meeting"), now=now))
    return HttpResponse(
        calendar.to_ical(),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="meeting.ics"'},
    )


def feed_file(entries: Iterable[FeedEntry], log_in_at: str, *, now: datetime) -> HttpResponse:
    """All of a worker's meetings for their calendar program, each as neutral as one alone.

    Of one that a colleague was asked to, it says that one stands in, and not for whom.
    """
    calendar = _calendar("PUBLISH")
    for one in entries:
        summary = _("Meeting, standing in") if one.stands_in else _("Meeting")
        calendar.add_component(_entry(one.meeting, log_in_at, summary=summary, now=now))
    return HttpResponse(
        calendar.to_ical(),
        content_type="text/calendar; charset=utf-8",
        headers={"Cache-Control": "private, no-cache", "Referrer-Policy": "no-referrer"},
    )


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//joint plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _entry(meeting: Meeting, log_in_at: str, *, summary: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", str(meeting.pk))
    event.add("sequence", meeting.revision)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("summary", summary)
    event.add("description", _("Log in to see where and about what."))
    event.add("url", log_in_at)
    event.add("class", "PRIVATE")
    cancelled = meeting.state == MeetingState.CANCELLED
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    return event
