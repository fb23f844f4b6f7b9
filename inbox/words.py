"""What waits, in a few words, in the language in force. Holds no rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from caseplan.plan.models import EndingOutcome, Exit
from cases.models import EmergencyReason, NewsKind
from common.bodies import Party
from common.clock import HELSINKI
from common.inbox import InboxKind
from common.reminders import ReminderKind
from followup.sentences import say
from inbox.statement import Row
from people.languages import language_name
from people.models import LifeKind, LifeState

_K = InboxKind
# ``%(text)s``: the thing; ``%(party)s``: who; ``%(number)s``, ``%(at)s``: of a plan, of a meeting.
_SAYS: dict[InboxKind, str | Promise] = {
    _K.HELP_WANTED: _("Asks for help soon"),
    _K.CONTACT_WANTED: _("Asks for contact after the joint service"),
    _K.MESSAGE: _("New message: %(text)s"),
    _K.REVIEW_ASKED: _("Asks to review the plan"),
    _K.CORRECTION: _("Asks for a correction"),
    _K.DISAGREED: _("%(party)s disagrees with version %(number)s"),
    _K.ENDING_OPPOSED: _("%(party)s sees that joint service is still needed"),
    _K.PROPOSAL: _("Answer version %(number)s of the plan"),
    _K.ENDING: _("%(party)s proposes that the joint service ends"),
    _K.BODY_REQUEST: _("%(party)s asks: %(text)s"),
    _K.GO_ON: _("You are asked to go on with the client"),
    _K.MEETING_ASKED: _("You are invited to a meeting: %(at)s, %(text)s"),
    _K.MEETING_UNRECORDED: _("A meeting is over: write down what came of it"),
    _K.INTERPRETER: _("No interpreter is booked for the meeting %(at)s: %(language)s"),
    _K.INTERPRETER_WISHED: _("Needs an interpreter, and no meeting is planned: %(language)s"),
    _K.HANDOVER: _("%(text)s asks you to take a case"),
    _K.ACCESS_ASKED: _("%(text)s, asks to see the case"),
    _K.PLAN_PAPER: _("A signed plan, written down by %(text)s: %(number)s"),
    _K.CONSENT_PAPER: _("A client's signed paper, written down by %(text)s"),
    _K.OPTIONS_TURNED_DOWN: _("Took none of the options: %(text)s"),
    _K.MORE_TIME: _("Asks for more time until %(on)s: %(text)s"),
    _K.REMARK: _("Said of the plan: %(text)s"),
    _K.SEAT: _("A joint assessment has begun: say who of your office takes part"),
    _K.REFERRAL: _("Referred to your office"),
    _K.OWN_REQUEST: _("Asks for joint service"),
    _K.CONSULTATION: _("%(text)s asks something without a case"),
    _K.CONSULTATION_ANSWERED: _("%(text)s answered what you asked without a case"),
    _K.PROTECTION: _("A register says that the non-disclosure has ended"),
    _K.MOVED_AWAY: _("The client lives outside this network now"),
    _K.NOTE: _("A note of the bodies: %(text)s"),
    _K.ACTION: "%(text)s",
    _K.IMPORT: _("An import of register extracts waits for you"),
    _K.ENTRY: _("Somebody of your organisation waits to be let in"),
    _K.COVER_CONFIRM: _("%(text)s stands in by their own choice: another leader confirms it"),
    _K.NOBODY_STANDS_IN: _("%(text)s is away from %(was_on)s to %(on)s, and nobody stands in"),
    _K.MEETING: "%(text)s",
    _K.ASKED_OF_BODY: "%(text)s",
    _K.OPTIONS_SENT: "%(text)s",
    _K.ASKED_OF_CLIENT: "%(text)s",
    _K.ACTION_WAITS: "%(text)s",
    _K.PLAN_SENT: _("Version %(number)s of the plan"),
}
_QUOTED = (_K.HELP_WANTED, _K.CONTACT_WANTED, _K.REVIEW_ASKED)
# What changed, after the name of the kind of news.
_NEWS: dict[str, str | Promise] = {
    NewsKind.MEETING_MOVED: _("It was to be %(was_at)s. Now it is %(at)s"),
    NewsKind.MEETING_ELSEWHERE: _("%(at)s. Where: %(text)s"),
    NewsKind.MEETING_CANCELLED: _("It was to be %(at)s"),
    NewsKind.MEETING_ASKED: "%(at)s, %(text)s",
    NewsKind.MEETING_JOINED: "%(at)s, %(text)s",
    NewsKind.MEETING_ANSWERED: "%(at)s",
    NewsKind.MEETING_DECLINED: "%(at)s",
    NewsKind.OBJECTED: "“%(text)s”",
    NewsKind.TASK_CHANGED: _("%(text)s (%(on)s). Before: %(was)s (%(was_on)s)"),
    NewsKind.MORE_TIME_GIVEN: _("%(text)s (%(on)s). Before: %(was)s (%(was_on)s)"),
    NewsKind.MORE_TIME_REFUSED: "%(text)s",
    NewsKind.OPTIONS_ANSWERED: "%(text)s",
    NewsKind.TASK_CLOSED: "%(text)s",
    NewsKind.SERVICE_MOVED: "%(text)s, %(on)s",
    NewsKind.TASK_REOPENED: "%(text)s",
    NewsKind.GOAL_DROPPED: "%(text)s",
    NewsKind.GOAL_TAKEN_UP: "%(text)s",
    NewsKind.REQUEST_WITHDRAWN: "%(text)s",
    NewsKind.CASE_TAKEN: "%(was)s",
    NewsKind.CASE_GIVEN_ON: "%(was)s",
    NewsKind.COVER_OVER: "%(was)s",
    NewsKind.COVER_CHOSEN: _("%(was)s, until %(was_at)s"),
    NewsKind.ABSENCE_SAID: _("%(was)s, until %(was_at)s"),
    NewsKind.OUTSIDE_INVITED: "%(was)s",
    NewsKind.OUTSIDE_WITHDRAWN: "%(was)s",
    NewsKind.PLAN_IN_FORCE: _("Version %(was)s"),
    NewsKind.PROPOSAL_SET_ASIDE: _("Version %(was)s"),
    NewsKind.CONTINUES_ANSWERED: "%(text)s",
    NewsKind.MANDATE_BEGAN: "%(was)s",
    NewsKind.MANDATE_ENDED: "%(was)s",
}


# By what is written down of them (``people.services.entering.EntryBar``): nobody is named.
_TURNED_AWAY: dict[str, str | Promise] = {
    "died": _(
        "They are the person whose death you wrote down. Look whether it was a mistake, or tell"
        " the data-protection officer."
    ),
    "other_body": _(
        "They work in your office and came by the log-in of another organisation. If they have"
        " left, end their work."
    ),
    "code": _(
        "A client of yours came with another personal identity code than the one written down."
        " Ask them which is right."
    ),
}


def words_of(row: Row, today: date) -> str:
    """One thing that waits, in words."""
    special = _SPECIAL.get(InboxKind(row.kind))
    if special is not None:
        return special(row, today)
    said = str(_SAYS[InboxKind(row.kind)]) % _filled(row)
    own = row.facts.get("text")
    return f"{said}: “{own}”" if InboxKind(row.kind) in _QUOTED and own else said


def _filled(row: Row) -> dict[str, str]:
    facts = row.facts
    party = facts.get("party") or row.party
    return {
        "text": facts.get("text") or gettext("remotely"),
        "party": str(Party(party).label) if party in Party.values else "",
        "language": language_name(facts.get("language", "")),
        "number": str(facts.get("number", "")),
        "at": _moment(facts.get("at")),
        "was": facts.get("was") or "",
        "was_at": _moment(facts.get("was_at")),
        "on": _day(facts.get("on")),
        "was_on": _day(facts.get("was_on")),
    }


def _reminder(row: Row, today: date) -> str:
    return say(ReminderKind(row.facts["reminder"]), row.due_on, row.facts["text"] or "", today)


def _news(row: Row, today: date) -> str:
    kind = NewsKind(row.facts["news"])
    filled = _filled(row)
    if kind == NewsKind.REQUEST_ANSWERED:
        said = {
            "accepted": gettext("%(party)s accepted: %(text)s"),
            "declined": gettext("%(party)s declined: %(text)s"),
        }.get(row.facts["state"], "%(text)s")
        return said % filled
    if kind == NewsKind.OUTCOME_TOLD:
        return _outcome(kind, row)
    if kind == NewsKind.ENDING_CLOSED and row.facts["state"] == EndingOutcome.NOT_AGREED:
        return f"{kind.label}. {_SAYS[_K.ENDING_OPPOSED] % filled}"
    if kind == NewsKind.TURNED_AWAY:
        was = row.facts["was"] or "died"
        return f"{kind.label}: {_TURNED_AWAY.get(was, _TURNED_AWAY['code'])}"
    detail = str(_NEWS.get(kind, "")) % filled
    return f"{kind.label}: {detail}" if detail else str(kind.label)


def _outcome(kind: NewsKind, row: Row) -> str:
    began = gettext("You began it on %(began)s.") % {"began": _day(row.facts.get("began"))}
    said = f"{kind.label}. {began}"
    exit_ = row.facts.get("exit")
    if not exit_:
        return said
    return f"{said} {gettext('What it ended to:')} {str(Exit(exit_).label).lower()}"


def _life(row: Row, today: date) -> str:
    kind, state = LifeKind(row.facts["kind"]), LifeState(row.facts["state"])
    on = _day(row.facts.get("on"))
    return f"{kind.label}{', ' if on else ''}{on}: {str(state.label).lower()}"


def _emergency(row: Row, today: date) -> str:
    said = {"who": row.facts["text"], "why": str(EmergencyReason(row.facts["urgent"]).label)}
    opened = gettext("%(who)s, opened the case in an emergency: %(why)s") % said
    return f"{opened}. {row.facts['reason']}"


def _came(row: Row, today: date) -> str:
    n = row.facts["n"]
    return ngettext(
        "%(n)s case of %(who)s came to you: they no longer work here",
        "%(n)s cases of %(who)s came to you: they no longer work here",
        n,
    ) % {"n": n, "who": row.facts["text"]}


def _requests_late(row: Row, today: date) -> str:
    n = row.facts["n"]
    return ngettext(
        "%(who)s: %(n)s request has not been answered in time",
        "%(who)s: %(n)s requests have not been answered in time",
        n,
    ) % {"n": n, "who": row.facts["text"]}


def _reminders_late(row: Row, today: date) -> str:
    n = row.facts["n"]
    return ngettext(
        "%(who)s: %(n)s reminder is so late that it went up to you",
        "%(who)s: %(n)s reminders are so late that they went up to you",
        n,
    ) % {"n": n, "who": row.facts["text"]}


_SPECIAL: dict[InboxKind, Callable[[Row, date], str]] = {
    _K.CLOCK: _reminder,
    _K.REMINDER: _reminder,
    _K.POSTPONED: _reminder,
    _K.NEWS: _news,
    _K.GOOD_NEWS: _news,
    _K.LIFE_CONFIRM: _life,
    _K.LIFE_CHANGED: _life,
    _K.EMERGENCY: _emergency,
    _K.CASES_CAME: _came,
    _K.REQUESTS_LATE: _requests_late,
    _K.REMINDERS_LATE: _reminders_late,
}


def _moment(value: Any) -> str:
    if not value:
        return ""
    at = datetime.fromisoformat(value).astimezone(HELSINKI)
    return f"{at.day}.{at.month}. {at.hour}.{at.minute:02}"


def _day(value: Any) -> str:
    if not value:
        return ""
    on = date.fromisoformat(value[:10])
    return f"{on.day}.{on.month}.{on.year}"
