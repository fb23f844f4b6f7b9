"""The client's own questions about looks, and requests for a correction."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caseplan.intake.models import AskedHelp, HelpInstead, OwnRequest
from consent.models import Category
from rights.models import BreachLetter, Correction, Question
from rights.selectors.kinds.kind import KEY, Recorder, RecordKind

RIGHTS: tuple[RecordKind, ...] = (
    RecordKind(
        "own_request",
        OwnRequest,
        _("Your request for joint service"),
        {
            "office": _("Sent to"),
            "helps": _("You asked for help with"),
            "request_text": _("In your words"),
            "way": _("How you asked"),
            "paper_place": _("Where the paper is kept"),
            "answer_by": _("Answered by the day"),
            "handler": _("Who answers"),
            "named_at": _("Named on"),
            "state": _("What came of it"),
            "answered_at": _("Answered"),
            "answered_by": _("Answered by"),
            "why_not": _("Why joint service is not begun"),
            "why": _("The same in words"),
            "instead": _("What helps instead"),
            "read_at": _("You have read the answer"),
            "gone_on": _("Gone from here on"),
        },
        whose="person",
        at="asked_at",
        by="recorded_by",
        recorder=Recorder.CLIENT,
        category=Category.SERVICE_NEEDS,
        untold=KEY | {"case": "the case it led to is told by itself"},
        in_words={
            "helps": lambda kept: ", ".join(str(AskedHelp(one).label) for one in kept),
            "instead": lambda kept: ", ".join(str(HelpInstead(one).label) for one in kept),
        },
    ),
    RecordKind(
        "question",
        Question,
        _("Question about who has looked"),
        {
            "log_row": _("Number in the access log"),
            "text": _("Question"),
            "due_on": _("Answered by the day"),
            "prolonged_at": _("The time was prolonged"),
            "prolonged_by": _("Prolonged by"),
            "prolonged_why": _("Why it takes longer"),
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
            "prolonged_at": _("The time was prolonged"),
            "prolonged_by": _("Prolonged by"),
            "prolonged_why": _("Why it takes longer"),
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
