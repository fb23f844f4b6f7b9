"""Where each thing that waits is dealt with: the page its row leads to, and what one does there."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import NewsKind
from common.inbox import InboxKind
from common.reminders import ReminderKind
from inbox.selectors import Item


class Way(NamedTuple):
    """A page, whose address needs the thing, the case or nothing; and what one does there."""

    name: str
    needs: str
    verb: str | Promise


_ANSWER, _READ, _OPEN, _LOOK = _("Answer"), _("Read"), _("Open this"), _("Look")
_K = InboxKind
_WAYS: dict[InboxKind, Way] = {
    _K.HELP_WANTED: Way("follow_up", "case", _ANSWER),
    _K.CONTACT_WANTED: Way("follow_up", "case", _ANSWER),
    _K.MESSAGE: Way("thread", "thing", _ANSWER),
    _K.REVIEW_ASKED: Way("review_answer", "thing", _ANSWER),
    _K.CORRECTION: Way("correction_answer", "thing", _ANSWER),
    _K.DISAGREED: Way("version", "thing", _READ),
    _K.ENDING_OPPOSED: Way("case", "case", _READ),
    _K.PROPOSAL: Way("version", "thing", _ANSWER),
    _K.ENDING: Way("ending_assess", "thing", _ANSWER),
    _K.BODY_REQUEST: Way("board", "", _ANSWER),
    _K.GO_ON: Way("go_on_answer", "thing", _ANSWER),
    _K.MEETING_ASKED: Way("meeting", "thing", _ANSWER),
    _K.MEETING_UNRECORDED: Way("meeting", "thing", _OPEN),
    _K.INTERPRETER: Way("meeting_interpreter", "thing", _("Book")),
    _K.INTERPRETER_WISHED: Way("meeting_new", "case", _("Call a meeting")),
    _K.OPTIONS_TURNED_DOWN: Way("offer", "thing", _ANSWER),
    _K.MORE_TIME: Way("more_time_answer", "thing", _ANSWER),
    _K.REMARK: Way("remark_answer", "thing", _ANSWER),
    _K.HANDOVER: Way("handover", "thing", _ANSWER),
    _K.ACCESS_ASKED: Way("access_answer", "thing", _ANSWER),
    _K.PLAN_PAPER: Way("signed_paper", "thing", _LOOK),
    _K.CONSENT_PAPER: Way("written_down", "thing", _LOOK),
    _K.SEAT: Way("seat", "thing", _OPEN),
    _K.REFERRAL: Way("referral", "thing", _ANSWER),
    _K.OWN_REQUEST: Way("person_asking", "thing", _ANSWER),
    _K.CONSULTATION: Way("consultation", "thing", _ANSWER),
    _K.CONSULTATION_ANSWERED: Way("consultation", "thing", _READ),
    _K.LIFE_CONFIRM: Way("change_confirm", "thing", _LOOK),
    _K.LIFE_CHANGED: Way("changes", "case", _READ),
    _K.PROTECTION: Way("changes", "case", _LOOK),
    _K.MOVED_AWAY: Way("changes", "case", _LOOK),
    _K.EMERGENCY: Way("case", "case", _OPEN),
    _K.NOTE: Way("thread", "thing", _READ),
    _K.CLOCK: Way("follow_up", "case", _OPEN),
    _K.ACTION: Way("action_edit", "thing", _OPEN),
    _K.IMPORT: Way("imports_waiting", "", _LOOK),
    _K.ENTRY: Way("letting_in", "", _LOOK),
    _K.COVER_CONFIRM: Way("covers", "", _LOOK),
    _K.NOBODY_STANDS_IN: Way("cover_for", "thing", _("Name a cover")),
    _K.REQUESTS_LATE: Way("offices", "", _LOOK),
    _K.REMINDERS_LATE: Way("offices", "", _LOOK),
    _K.MEETING: Way("meeting", "thing", _OPEN),
    _K.ASKED_OF_BODY: Way("board", "", _OPEN),
    _K.OPTIONS_SENT: Way("offer", "thing", _OPEN),
    _K.ASKED_OF_CLIENT: Way("thread", "thing", _OPEN),
    _K.ACTION_WAITS: Way("action_edit", "thing", _OPEN),
    _K.PLAN_SENT: Way("version", "thing", _OPEN),
    _K.CASES_CAME: Way("cases_came", "", _READ),
}
_OF_NEWS: dict[str, Way] = {
    **dict.fromkeys(
        (kind for kind in NewsKind if kind.startswith("meeting_")), Way("meeting", "about", _LOOK)
    ),
    **dict.fromkeys(
        (NewsKind.CONSENT_WRITTEN, NewsKind.CONSENT_IN_EFFECT, NewsKind.CONSENT_DISPUTED),
        Way("written_down", "about", _LOOK),
    ),
    **dict.fromkeys(
        (NewsKind.MANDATE_WAITS, NewsKind.MANDATE_BEGAN, NewsKind.MANDATE_ENDED),
        Way("mandates", "case", _LOOK),
    ),
    NewsKind.OPTIONS_ANSWERED: Way("offer", "about", _READ),
    NewsKind.PAPER_DISPUTED: Way("signed_paper", "about", _LOOK),
    NewsKind.PLAN_IN_FORCE: Way("version", "about", _READ),
    NewsKind.PROPOSAL_SET_ASIDE: Way("version", "about", _READ),
    NewsKind.PEOPLE_GIVEN: Way("triggers", "", _LOOK),
    NewsKind.PEOPLE_TAKEN: Way("triggers", "", _LOOK),
    NewsKind.REFERRAL_ANSWERED: Way("referrals", "", _READ),
    NewsKind.COVER_CHOSEN: Way("covers", "", _READ),
    NewsKind.ABSENCE_SAID: Way("covers", "", _READ),
    NewsKind.CASE_TAKEN: Way("cases_came", "", _READ),
    NewsKind.COVER_OVER: Way("cover_over", "about", _READ),
}
_OF_REMINDERS: dict[str, Way] = {
    ReminderKind.POINT_DUE: Way("follow_up", "case", _OPEN),
    ReminderKind.COVER_ENDS: Way("covers", "", _OPEN),
    ReminderKind.CONSENT_WAITS: Way("written_down", "about", _LOOK),
}


# Of somebody who was not let in, by what is written down of them; the others: of a client's code.
_OF_TURNED_AWAY: dict[str, Way] = {
    "": Way("deaths", "", _LOOK),
    "other_body": Way("offices", "", _LOOK),
}


def way_to(item: Item) -> tuple[str, str | Promise]:
    """The address where a thing is dealt with and what one does there; both empty for none."""
    way = _WAYS.get(item.kind) or _of_facts(item)
    if way.name == "":
        return "", ""
    keys = {"thing": item.subject_id, "case": item.case.pk if item.case else None}
    if way.needs == "about":
        keys["about"] = UUID(item.facts["about"])
    if not way.needs:
        return reverse(f"pages:{way.name}"), way.verb
    key = keys[way.needs]
    return (reverse(f"pages:{way.name}", args=[key]), way.verb) if key else ("", "")


def _of_facts(item: Item) -> Way:
    """The page for what is told of many things: by which news or reminder it is."""
    to_case = Way("case", "case", _OPEN) if item.case else Way("", "", "")
    if item.facts.get("news") == NewsKind.TURNED_AWAY:
        return _OF_TURNED_AWAY.get(item.facts["was"], Way("changes", "about", _LOOK))
    if "news" in item.facts:
        return _OF_NEWS.get(item.facts["news"], to_case)
    return _OF_REMINDERS.get(item.facts.get("reminder", ""), to_case)
