"""What is said and agreed on together: messages, contacts, meetings, requests of the bodies."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caseplan.contacts.models import ContactEntry
from caseplan.meetings.models import Agreed, Meeting, MeetingPoint, Participant
from caseplan.messages.models import Attachment, Message, ReadMark, Thread
from caseplan.options.models import Offer, OfferedStep
from caseplan.plan.models import BodyRequest
from caseplan.remarks.models import Remark
from consent.models import Category
from rights.selectors.kinds.kind import RecordKind, client_information

TALKS: tuple[RecordKind, ...] = (
    client_information("thread", Thread),
    client_information("message", Message),
    RecordKind(
        "read_mark",
        ReadMark,
        _("Who has read a message"),
        {"thread": _("Topic of messages"), "user": _("Who")},
        at="read_at",
        by="user",
        category=Category.CASE_HANDLING,
        untold={"id": "the row's own key"},
        whose="thread__case__person",
    ),
    client_information("attachment", Attachment),
    client_information("contact", ContactEntry),
    client_information("meeting", Meeting),
    RecordKind(
        "participant",
        Participant,
        _("Who was invited to a meeting"),
        {
            "meeting": _("Meeting"),
            "role": _("Role"),
            "user": _("Who"),
            "name": _("Name"),
            "body": _("Body"),
            "coming": _("Attends"),
            "came": _("Attended"),
            "answered_by": _("Answered for them by"),
        },
        category=Category.CASE_HANDLING,
        untold={"id": "the row's own key"},
        whose="meeting__case__person",
    ),
    client_information("meeting_point", MeetingPoint),
    client_information("agreed", Agreed),
    client_information("body_request", BodyRequest),
    client_information("remark", Remark),
    client_information("offer", Offer),
    client_information("offered_step", OfferedStep),
)
