"""The client's own questions about looks, and requests for a correction."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from consent.models import Category
from rights.models import BreachLetter, Correction, Question
from rights.selectors.kinds.kind import KEY, Recorder, RecordKind

RIGHTS: tuple[RecordKind, ...] = (
    RecordKind(
        "question",
        Question,
        _("Question about who has looked"),
        {
            "log_row": _("Number in the access log"),
            "text": _("Question"),
            "due_on": _("Answered by the day"),
            "answer": _("Answer"),
            "answered_at": _("Answered"),
            "answered_by": _("Answered by"),
        },
        at="asked_at",
        recorder=Recorder.CLIENT,
        category=Category.CASE_HANDLING,
        untold=KEY,
    ),
    RecordKind(
        "correction",
        Correction,
        _("Request for a correction"),
        {
            "subject_type": _("What it is about"),
            "subject_id": _("Which one"),
            "statement": _("In your words"),
            "to_body": _("Who answers"),
            "due_on": _("Answered by the day"),
            "outcome": _("What came of it"),
            "answer": _("Answer"),
            "answered_at": _("Answered"),
            "answered_by": _("Answered by"),
        },
        at="asked_at",
        by="asked_by",
        recorder=Recorder.CLIENT,
        category="category",
        untold=KEY,
    ),
    RecordKind(
        "breach_letter",
        BreachLetter,
        _("Letter about a data breach"),
        {
            "text": _("What the letter says"),
            "way": _("How it was sent"),
            "sent_by": _("Sent by"),
        },
        whose="person",
        at="sent_at",
        category=Category.CASE_HANDLING,
        untold=KEY
        | {
            "breach": "the record of the breach is the controller's own (GDPR Art. 33(5))",
            "categories": "stand in the text of the letter",
        },
        as_log=True,
    ),
)
