"""Reads of meetings and of what has changed, through the gate, with their access rows."""

from caseplan.meetings.selectors.calendar import (
    CalendarDay,
    Doubled,
    FeedEntry,
    Whose,
    double_bookings,
    feed_of,
    open_calendar,
    own_feed,
    times_of_meetings,
)
from caseplan.meetings.selectors.meeting import (
    ListedMeeting,
    MeetingPage,
    interpreter_wanted,
    list_meetings,
    meetings_ahead,
    next_meeting_in,
    open_meeting,
    show_next_meeting,
)
from caseplan.meetings.selectors.news import NewsItem, list_news, news_of_meeting
from caseplan.meetings.selectors.ways import way_on, ways_of

__all__ = [
    "CalendarDay",
    "Doubled",
    "FeedEntry",
    "ListedMeeting",
    "MeetingPage",
    "NewsItem",
    "Whose",
    "double_bookings",
    "feed_of",
    "interpreter_wanted",
    "list_meetings",
    "list_news",
    "meetings_ahead",
    "news_of_meeting",
    "next_meeting_in",
    "open_calendar",
    "open_meeting",
    "own_feed",
    "show_next_meeting",
    "times_of_meetings",
    "way_on",
    "ways_of",
]
