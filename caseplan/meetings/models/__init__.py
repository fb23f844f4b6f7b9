"""Joint meetings, and how a network meets."""

from caseplan.meetings.models.feed import CalendarFeed
from caseplan.meetings.models.meeting import (
    Agreed,
    Attendance,
    CancelledCode,
    Meeting,
    MeetingPoint,
    MeetingState,
    Participant,
    PointTopic,
)
from caseplan.meetings.models.way_of_working import (
    CONSULTATION_DAYS,
    OWN_REQUEST_DAYS,
    CooperationForm,
    MeetingRole,
    WayOfWorking,
)

__all__ = [
    "CONSULTATION_DAYS",
    "OWN_REQUEST_DAYS",
    "Agreed",
    "Attendance",
    "CalendarFeed",
    "CancelledCode",
    "CooperationForm",
    "Meeting",
    "MeetingPoint",
    "MeetingRole",
    "MeetingState",
    "Participant",
    "PointTopic",
    "WayOfWorking",
]
