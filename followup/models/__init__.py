"""Reminders, the outbox of notifications, clocks moved, points after the end, check-ins."""

from followup.models.check_in import CheckIn, Feeling
from followup.models.feedback import FeedbackAnswer, FeedbackInvite, Milestone
from followup.models.notification import (
    AT_ONCE,
    Channel,
    ContactChoice,
    Notice,
    Notification,
    NotificationState,
)
from followup.models.point import FollowUpPoint, PointAnswer, Situation
from followup.models.reminder import Reminder, SnoozeReason
from followup.models.rule import ReminderRule

__all__ = [
    "AT_ONCE",
    "Channel",
    "CheckIn",
    "ContactChoice",
    "FeedbackAnswer",
    "FeedbackInvite",
    "Feeling",
    "FollowUpPoint",
    "Milestone",
    "Notice",
    "Notification",
    "NotificationState",
    "PointAnswer",
    "Reminder",
    "ReminderRule",
    "Situation",
    "SnoozeReason",
]
