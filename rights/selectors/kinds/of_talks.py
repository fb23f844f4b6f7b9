"""What is said and agreed on together: messages, meetings, requests between the bodies."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caseplan.meetings.models import Agreed, Meeting, MeetingPoint, Participant
from caseplan.messages.models import Attachment, Message, ReadMark, Thread
from caseplan.plan.models import BodyRequest
from consent.models import Category
from rights.selectors.kinds.kind import COUNTED, RecordKind, client_information

TALKS: tuple[RecordKind, ...] = (
    client_information(
        "thread",
        Thread,
        _("Topic of messages"),
        {
            "kind": _("With whom"),
            "topic": _("What is it about?"),
            "waits_for": _("Whose turn it is"),
            "newest_at": _("Newest message"),
        },
    ),
    client_information(
        "message",
        Message,
        _("Message"),
        {"thread": _("Topic of messages"), "text": _("Message")},
    ),
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
    client_information(
        "attachment",
        Attachment,
        _("File sent with a message"),
        {
            "message": _("Message"),
            "name": _("Name"),
            "content_type": _("Type"),
            "size": _("Bytes"),
        },
        untold={"content": "the file itself, which is opened from its message"},
    ),
    client_information(
        "meeting",
        Meeting,
        _("Meeting"),
        {
            "starts_at": _("When"),
            "minutes_long": _("How many minutes"),
            "place": _("Where"),
            "remote_link": _("Link for taking part remotely"),
            "state": _("State"),
            "cancelled_because": _("Why it was cancelled"),
            "cancelled_code": _("Why it was cancelled by itself"),
            "client_present": _("The client was there"),
            "without_client": _("Why it was held without the client"),
            "no_measure": _("Why no service was agreed on"),
            "closed_at": _("Closed"),
            "closed_by": _("Closed by"),
        },
        untold=COUNTED,
    ),
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
        },
        category=Category.CASE_HANDLING,
        untold={"id": "the row's own key"},
        whose="meeting__case__person",
    ),
    client_information(
        "meeting_point",
        MeetingPoint,
        _("What a meeting talked about"),
        {
            "meeting": _("Meeting"),
            "topic": _("What put it on the agenda"),
            "text": _("What is talked about"),
            "minutes": _("What was said and agreed"),
        },
        untold={**COUNTED, "position": "the order on the page"},
    ),
    client_information(
        "agreed",
        Agreed,
        _("What a meeting agreed on"),
        {"meeting": _("Meeting"), "action": _("Action"), "measure": _("Service")},
    ),
    client_information(
        "body_request",
        BodyRequest,
        _("What one body asked of another"),
        {
            "goal": _("Goal"),
            "to_body": _("To whom"),
            "text": _("What is asked"),
            "answer_by": _("Answer by"),
            "state": _("State"),
            "answered_at": _("Answered"),
            "answered_by": _("Answered by"),
            "answer": _("Answer"),
            "action": _("Action"),
        },
    ),
)
