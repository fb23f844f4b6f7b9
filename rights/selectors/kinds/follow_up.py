"""What happens between the meetings and after the end: reminders, check-ins, clocks, points."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caseplan.plan.models import ClockChange
from consent.models import Category
from followup.models import CheckIn, FeedbackInvite, FollowUpPoint, PointAnswer, Reminder
from rights.selectors.kinds.kind import KEY, RecordKind, client_information

FOLLOW_UP: tuple[RecordKind, ...] = (
    RecordKind(
        "reminder",
        Reminder,
        _("Reminder"),
        {
            "kind": _("What of"),
            "due_on": _("Due"),
            "for_user": _("For whom"),
            "level": _("Whom it reached"),
            "about": _("Whose it is"),
            "ended_on": _("Ended"),
            "snoozed_until": _("Postponed until"),
            "snoozed_because": _("Why it waits"),
        },
        at="raised_on",
        category=Category.PLAN_FOLLOW_UP,
        untold={**KEY, "subject_id": "the thing it reminds of, which is told as itself"},
    ),
    client_information("check_in", CheckIn, _("How you said it goes")),
    client_information("clock_change", ClockChange),
    RecordKind(
        "follow_up_point",
        FollowUpPoint,
        _("When somebody asks how things are"),
        {
            "months": _("Months after the end"),
            "due_on": _("Asked on"),
            "open_until": _("Answered by"),
            "asker": _("Who asks"),
        },
        category=Category.PLAN_FOLLOW_UP,
        untold=KEY,
    ),
    client_information("point_answer", PointAnswer),
    RecordKind(
        "feedback_invite",
        FeedbackInvite,
        _("You may tell how it has gone"),
        {
            "milestone": _("Why now"),
            "office": _("Office"),
            "offered_on": _("From"),
        },
        category=Category.PLAN_FOLLOW_UP,
        untold=KEY,
    ),
)
