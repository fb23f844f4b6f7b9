"""What waits for a person: every room says with these what of its own somebody must answer or know.

A room's rules stand in its ``inbox.py``, as its reminders stand in ``reminders.py``; ``inbox``
asks them all in one statement. Nothing is copied: a rule reads the facts, so a thing leaves every
list by itself when whoever is entitled to has dealt with it (docs/adr/0039-what-waits-for-me.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Group(models.IntegerChoices):
    """How soon a thing needs somebody. A thing stands once, in the first group it belongs to."""

    NOW = 1, _("Now")
    LATE = 2, _("Late")
    TODAY = 3, _("New, or due today")
    WEEK = 4, _("This week")
    LATER = 5, _("Later")


class InboxTab(models.TextChoices):
    """Which kind of attention a thing asks for."""

    CLIENTS = "clients", _("Clients ask")
    ANSWER = "answer", _("To answer")
    HAPPENED = "happened", _("Has happened")
    LAW = "law", _("Days of the law")
    ACTIONS = "actions", _("My actions")


class Urgency(StrEnum):
    """How a group follows from the day a thing is due.

    ``NOW``: at once, whatever the day. ``NEW``: until it is dealt with; late after its day, if it
    has one. ``LAW``: by its day, and past it at once before all else. ``OWN``: by its day.
    ``CALM``: never late, because nobody has broken a promise: what is good to look at.
    """

    NOW = "now"
    NEW = "new"
    LAW = "law"
    OWN = "own"
    CALM = "calm"


class InboxPlace(StrEnum):
    """Where a thing stands: in the list, at its side, or only as a number."""

    LIST = "list"
    MEETINGS = "meetings"
    OTHERS = "others"
    GOOD = "good"
    POSTPONED = "postponed"


LOOKS_AHEAD_DAYS = 30
"""What is due later than this waits for nobody yet."""


class InboxKind(StrEnum):
    """What waits, whichever room it is about; in words in ``inbox.words``."""

    HELP_WANTED = "help_wanted"
    CONTACT_WANTED = "contact_wanted"
    MESSAGE = "message"
    REVIEW_ASKED = "review_asked"
    CORRECTION = "correction"
    DISAGREED = "disagreed"
    ENDING_OPPOSED = "ending_opposed"
    PROPOSAL = "proposal"
    ENDING = "ending"
    BODY_REQUEST = "body_request"
    GO_ON = "go_on"
    MEETING_ASKED = "meeting_asked"
    MEETING_UNRECORDED = "meeting_unrecorded"
    INTERPRETER = "interpreter"
    INTERPRETER_WISHED = "interpreter_wished"
    HANDOVER = "handover"
    ACCESS_ASKED = "access_asked"
    PLAN_PAPER = "plan_paper"
    CONSENT_PAPER = "consent_paper"
    OPTIONS_TURNED_DOWN = "options_turned_down"
    REMARK = "remark"
    MORE_TIME = "more_time"
    SEAT = "seat"
    REFERRAL = "referral"
    OWN_REQUEST = "own_request"
    CONSULTATION = "consultation"
    CONSULTATION_ANSWERED = "consultation_answered"
    LIFE_CONFIRM = "life_confirm"
    LIFE_CHANGED = "life_changed"
    PROTECTION = "protection"
    MOVED_AWAY = "moved_away"
    EMERGENCY = "emergency"
    NOTE = "note"
    NEWS = "news"
    CLOCK = "clock"
    REMINDER = "reminder"
    ACTION = "action"
    IMPORT = "import"
    ENTRY = "entry"
    COVER_CONFIRM = "cover_confirm"
    NOBODY_STANDS_IN = "nobody_stands_in"
    REQUESTS_LATE = "requests_late"
    REMINDERS_LATE = "reminders_late"
    CASES_CAME = "cases_came"
    MEETING = "meeting"
    POSTPONED = "postponed"
    GOOD_NEWS = "good_news"
    ASKED_OF_BODY = "asked_of_body"
    OPTIONS_SENT = "options_sent"
    ASKED_OF_CLIENT = "asked_of_client"
    PLAN_SENT = "plan_sent"
    ACTION_WAITS = "action_waits"


@dataclass(frozen=True, slots=True)
class InboxRule:
    """One kind of thing that waits: whose it is, how urgent, and the facts it is read from.

    ``rows``: the FROM and WHERE of a statement, over tables of the rule's own room and of rooms
    below it. It begins from those it is for: ``mine`` (case_id, on_team, manages, is_open,
    stands_for: the reader's cases, those of whom they stand in for too), ``me`` (user_id: the
    reader and whom they stand in for) or ``led`` (office_id: what the reader leads); and may use
    the parameters of
    ``inbox.statement``. The other texts are columns of it. ``case``: empty where it names none.
    ``user``: whose it is by name. ``party``: who waits for it. ``row``: the row of client
    information that the gate judges it by; ``opens`` instead: a category as a whole; neither: what
    its reader is owed whatever is open to their body. ``facts``: an object of JSON, for the words.
    ``at_once``: which of the rows cannot wait, whatever the kind's urgency.
    """

    kind: InboxKind
    tab: InboxTab
    urgency: Urgency
    rows: str
    subject: str
    case: str = "NULL"
    person: str = "NULL"
    user: str = "NULL"
    party: str = "''"
    since: str = "NULL"
    due: str = "NULL"
    row: str = ""
    document: str = ""
    opens: str = ""
    facts: str = "NULL"
    place: InboxPlace = InboxPlace.LIST
    at_once: str = ""

    @property
    def sql(self) -> str:
        """The rule as a statement of its own, in the columns that all share."""
        category, recorded_for, document = "''", "''", "NULL"
        if self.row:
            category, recorded_for = f"{self.row}.category", f"{self.row}.recorded_for"
            document = self.document or f"{self.row}.id"
        elif self.opens:
            category = self.opens
        group = _GROUPS[self.urgency].format(due=self.due)
        if self.at_once:
            group = f"CASE WHEN {self.at_once} THEN 1 ELSE {group} END"
        return (
            f"SELECT '{self.kind.value}', '{self.tab.value}', '{self.place.value}', {group},"
            f" {self.case}::uuid, {self.person}::uuid, {self.subject}::uuid,"
            f" {self.user}::uuid, {self.party}::text,"
            f" {self.since}::timestamptz, {self.due}::date, {category}::text,"
            f" {recorded_for}::text, {document}::uuid, {self.facts}::jsonb"
            f" FROM {self.rows}"
        )


_BY_DAY = (
    "WHEN {due}::date = %(today)s THEN 3 WHEN {due}::date <= %(week)s THEN 4 ELSE 5 END"
)  # fmt: skip
_GROUPS = {
    Urgency.NOW: "1",
    Urgency.NEW: "CASE WHEN {due}::date < %(today)s THEN 2 ELSE 3 END",
    Urgency.LAW: "CASE WHEN {due}::date < %(today)s THEN 1 " + _BY_DAY,
    Urgency.OWN: "CASE WHEN {due}::date < %(today)s THEN 2 " + _BY_DAY,
    Urgency.CALM: "CASE WHEN {due}::date <= %(today)s THEN 4 ELSE 5 END",
}
