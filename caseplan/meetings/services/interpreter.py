"""An interpreter at a meeting: booked, or said why none is needed this time."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from caseplan.meetings.access import can_change_meeting
from caseplan.meetings.models import Meeting
from common.actor import Actor
from common.decision import Refused
from people.languages import parse_language
from records.services import lock_row, save_row


@transaction.atomic
def book_interpreter(
    *,
    actor: Actor,
    meeting_id: UUID,
    interpreter_language: str,
    interpreter: str,
    without_interpreter: str,
    revision: int,
    now: datetime,
) -> Meeting:
    """Write down who interprets, in which language; or why nobody does, this time.

    One of the two. Raises :class:`Refused`, and :class:`Stale` as every edit does.
    """
    meeting = lock_row(actor, Meeting, meeting_id, now)
    can_change_meeting(actor, meeting, now=now).require()
    set_interpreter(meeting, interpreter_language, interpreter, without_interpreter)
    if not (meeting.interpreter or meeting.without_interpreter):
        raise Refused(
            _("Write who interprets, or why no interpreter is needed this time."),
            field="interpreter",
        )
    return save_row(actor, meeting, revision, now)


def set_interpreter(meeting: Meeting, language: str, interpreter: str, without: str) -> None:
    """Put what was said of an interpreter on a meeting, not yet saved. Raises :class:`Refused`."""
    who, why = interpreter.strip(), without.strip()
    if who and why:
        raise Refused(
            _("Either an interpreter is booked, or none is needed. Empty one of the two."),
            field="without_interpreter",
        )
    try:
        code = parse_language(language) if who else ""
    except ValueError as error:
        raise Refused(_("Choose the language."), field="interpreter_language") from error
    meeting.interpreter, meeting.interpreter_language = who, code
    meeting.without_interpreter = why
