"""Each kind of reminder in a sentence, for workers and for clients. Holds no rule."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common.reminders import ReminderKind
from consent.models import ClientInformation
from followup.models import Reminder


class Said(NamedTuple):
    """``ahead`` to its day and on it, ``late`` after it; ``client``: the client's own words.

    ``%(day)s`` is the day due, ``%(text)s`` the thing it is about.
    """

    ahead: str | Promise
    late: str | Promise
    client: str | Promise | None = None


_K = ReminderKind
_CONSENT = _("A request for consent is not answered yet. Nobody need agree to it.")
_SAYS: dict[ReminderKind, Said] = {
    _K.PLAN_DUE: Said(
        _("The plan is to be made by %(day)s."),
        _("The plan was to be made by %(day)s."),
        _("Your team makes the plan with you. Its last day: %(day)s."),
    ),
    _K.REVIEW_DUE: Said(
        _("The plan is to be reviewed by %(day)s."),
        _("The plan was to be reviewed by %(day)s."),
        _("Your team looks at the plan again with you. Its last day: %(day)s."),
    ),
    _K.REVIEW_ASKED: Said(
        _("The client asked to review the plan. Answer by %(day)s."),
        _("The client asked to review the plan. It was to be answered by %(day)s."),
    ),
    _K.CORRECTION_DUE: Said(
        _("The client asked for a correction. Answer by %(day)s."),
        _("The client asked for a correction. It was to be answered by %(day)s."),
    ),
    _K.QUESTION_DUE: Said(
        _("A client asked about the use of their information. Answer by %(day)s."),
        _("A client asked about the use of their information. It was to be answered by %(day)s."),
    ),
    _K.ACTION_DUE: Said(_("Due on %(day)s: %(text)s"), _("Was due on %(day)s: %(text)s")),
    _K.ACTION_OVERDUE: Said(_("Was due on %(day)s: %(text)s"), _("Was due on %(day)s: %(text)s")),
    _K.REQUEST_WAITS: Said(
        _("A request to your organisation waits for an answer by %(day)s."),
        _("A request to your organisation was to be answered by %(day)s."),
    ),
    _K.GO_ON_WAITS: Said(
        _("You are asked to go on with the client after the joint service. Answer by %(day)s."),
        _(
            "You are asked to go on with the client after the joint service. It was to be answered "
            "by %(day)s."
        ),
    ),
    _K.OWN_REQUEST_WAITS: Said(
        _("Somebody asks for joint service. Answer by %(day)s."),
        _("Somebody asks for joint service. They were to be answered by %(day)s."),
    ),
    _K.CONSULTATION_WAITS: Said(
        _("Another organisation asks something without a case. Answer by %(day)s."),
        _("Another organisation asks something without a case. It was to be answered by %(day)s."),
    ),
    _K.MESSAGE_WAITS: Said(
        _("The client waits for an answer: %(text)s"),
        _("The client waits for an answer, to be given by %(day)s: %(text)s"),
        _("Your team waits for your answer: %(text)s"),
    ),
    _K.MEETING_NEXT: Said(_("A meeting on %(day)s."), _("A meeting on %(day)s.")),
    _K.CONSENT_ASKED: Said(_CONSENT, _CONSENT),
    _K.CONSENT_ENDS: Said(
        _("What the client has opened to your organisation closes after %(day)s."),
        _("What the client had opened to your organisation closed after %(day)s."),
        _("What you have opened closes after %(day)s. You need not renew it."),
    ),
    _K.CONSENT_WAITS: Said(
        _("What was written down for the client waits for confirmation until %(day)s."),
        _("What was written down for the client waited for confirmation until %(day)s."),
        _("Something was written down for you. Look whether it is right by %(day)s."),
    ),
    _K.WRITTEN_ENDS: Said(
        _("A consent that was written down for the client ends on %(day)s. Ask anew in time."),
        _("A consent that was written down for the client ended on %(day)s."),
    ),
    _K.TRIGGER_COMING: Said(
        _("If nothing changes, the client reaches a trigger on %(day)s."),
        _("The client was expected to reach a trigger on %(day)s."),
    ),
    _K.COVER_ENDS: Said(_("A cover ends on %(day)s."), _("A cover ended on %(day)s.")),
    _K.SEAT_WAITS: Said(
        _("A joint case waits for somebody of your office. Name them by %(day)s."),
        _("A joint case waits for somebody of your office. They were to be named by %(day)s."),
    ),
    _K.CLIENT_UNTOLD: Said(
        _("The client has no log-in, and is to be told by %(day)s that a case has begun."),
        _("The client has no log-in, and was to be told by %(day)s that a case has begun."),
    ),
    _K.CONTACT_NEXT: Said(
        _("Be in touch by %(day)s, as you planned."),
        _("You planned to be in touch by %(day)s."),
    ),
    _K.NO_CONTACT: Said(
        _("Nobody has been in contact for long: be in touch by %(day)s."),
        _("Nobody has been in contact for long: it was time by %(day)s."),
    ),
    _K.CHECK_IN: Said(
        _("How is it going? Tell in a word."),
        _("How is it going? Tell in a word."),
    ),
    _K.HELP_WANTED: Said(
        _("The client said on %(day)s that they want to hear from you. Be in touch."),
        _("The client said on %(day)s that they want to hear from you. Be in touch."),
    ),
    _K.POINT_DUE: Said(
        _("Ask how things are now, after the joint service."),
        _("Ask how things are now, after the joint service: it was time on %(day)s."),
        _("How are things now? Two questions. You need not answer."),
    ),
    _K.GOAL_STALLED: Said(
        _("This goal has not moved for long: %(text)s"),
        _("This goal has not moved for long: %(text)s"),
    ),
    _K.LONG_SERVICE: Said(
        _("The joint service has gone on for three years. Look together at what it is for."),
        _("The joint service has gone on for three years. Look together at what it is for."),
    ),
    _K.ALL_ON_CLIENT: Said(
        _("Every open action is the client's. What do the bodies do?"),
        _("Every open action is the client's. What do the bodies do?"),
    ),
    _K.SAME_AGAIN: Said(
        _("The same service stands in the plan again. What would be different this time?"),
        _("The same service stands in the plan again. What would be different this time?"),
    ),
}


def sentence_of(
    reminder: Reminder, thing: ClientInformation | None, on: date, *, to_client: bool
) -> str:
    """The reminder in words, in the language in force."""
    text = str(thing.title) if thing is not None else ""
    return say(ReminderKind(reminder.kind), reminder.due_on, text, on, to_client=to_client)


def say(kind: ReminderKind, due: date, text: str, on: date, *, to_client: bool = False) -> str:
    """A reminder of a kind that is due on a day, in words; ``text``: the thing it is about."""
    said = _SAYS[kind]
    words = said.late if due < on else said.ahead
    if to_client and said.client is not None:
        words = said.client
    return str(words) % {"day": f"{due.day}.{due.month}.{due.year}", "text": text}
