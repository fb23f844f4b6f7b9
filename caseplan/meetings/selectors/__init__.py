"""Reads of meetings and of what has changed, through the gate, with their access rows."""

from caseplan.meetings.selectors.calendar import (
    CalendarDay,
    Whose,
    feed_of,
    open_calendar,
    other_meetings_then,
    own_feed,
    times_of_meetings,
)
from caseplan.meetings.selectors.meeting import (
    MeetingPage,
    list_meetings,
    meetings_ahead,
    next_meeting_in,
    open_meeting,
)
from caseplan.meetings.selectors.news import NewsItem, list_news, news_of_meeting
from caseplan.meetings.selectors.ways import way_on, ways_of

__all__ = [
    "CalendarDay",
    "MeetingPage",
    "NewsItem",
    "Whose",
    "feed_of",
    "list_meetings",
    "list_news",
    "meetings_ahead",
    "news_of_meeting",
    "next_meeting_in",
    "open_calendar",
    "open_meeting",
    "other_meetings_then",
    "own_feed",
    "times_of_meetings",
    "way_on",
    "ways_of",
]
