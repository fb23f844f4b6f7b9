"""What states, kinds of information, shares and writers are called on the pages.

Never reads the database or the clock.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Protocol

from django import template
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from cases.models import Case
from cases.selectors import Away
from common.bodies import Party
from common.spoken_for import Speaking, SpokenFor
from components.chart_data import Text
from components.templatetags.components import drawn
from components.templatetags.formatting import day, last_moment, percent, short_date
from pages.team.away import said_of
from people import languages as people_languages
from people.models import User

register = template.Library()

# State: its word and its shape. Colour only repeats the shape (text.css, .state).
STATES: dict[str, Promise] = {
    "planned": gettext_lazy("planned"),
    "in_progress": gettext_lazy("in progress"),
    "waiting": gettext_lazy("waiting"),
    "done": gettext_lazy("done"),
    "dropped": gettext_lazy("dropped"),
    "overdue": gettext_lazy("overdue"),
    "in_force": gettext_lazy("in force"),
    "proposed": gettext_lazy("proposed"),
    "accepted": gettext_lazy("accepted"),
    "not_yet": gettext_lazy("not yet"),
    "disagrees": gettext_lazy("disagrees"),
    "sees": gettext_lazy("sees"),
    "does_not_see": gettext_lazy("does not see"),
    "would_see": gettext_lazy("would now be seen"),
    "would_not_see": gettext_lazy("would no longer be seen"),
    "draft": gettext_lazy("draft, not in force"),
    "to_come": gettext_lazy("signed, not yet in force"),
    "ended": gettext_lazy("ended"),
    "suspended": gettext_lazy("suspended"),
}


SHAPES = {
    "planned": "ring",
    "in_progress": "half",
    "waiting": "clock",
    "done": "tick",
    "dropped": "cross",
    "overdue": "alert",
    "in_force": "tick",
    "proposed": "ring",
    "accepted": "tick",
    "not_yet": "ring",
    "disagrees": "speech",
    "sees": "tick",
    "does_not_see": "cross",
    "would_see": "tick",
    "would_not_see": "cross",
    "draft": "ring",
    "to_come": "clock",
    "ended": "cross",
    "suspended": "cross",
}


@register.simple_tag
def state(code: str, text: Text = "") -> SafeString:
    """A state in words, with its shape. ``text`` says more: "waiting for Kela"."""
    return _state(code, SHAPES[code], str(text or STATES[code]))


@lru_cache(maxsize=256)
def _state(code: str, shape: str, text: str) -> SafeString:
    """Drawn once: a page says the same few states in every row."""
    return drawn("state", code=code, shape=shape, text=text)


FLAG_STATES: dict[str, tuple[Promise, str]] = {
    "new": (gettext_lazy("new"), "ring"),
    "being_assessed": (gettext_lazy("being assessed"), "half"),
    "taken": (gettext_lazy("taken into joint service"), "tick"),
    "declined": (gettext_lazy("declined"), "cross"),
    "snoozed": (gettext_lazy("snoozed"), "clock"),
    "closed": (gettext_lazy("closed by itself"), "tick"),
}


@register.simple_tag
def flag_status(status: str, until: date | None = None, is_signal: bool = False) -> SafeString:
    """What was decided on a trigger or signal, in words, with its shape."""
    text, shape = FLAG_STATES[status]
    said = str(text)
    if status == "snoozed" and until:
        said = _("snoozed until %(day)s") % {"day": short_date(until)}
    elif status == "declined" and is_signal:
        said = _("dismissed")
    return _state(status, shape, said)


class Had(Protocol):
    """Somebody of the list of whom something was decided, or nothing (``status`` "new")."""

    @property
    def status(self) -> str: ...
    @property
    def who(self) -> str: ...
    @property
    def is_reader(self) -> bool: ...
    @property
    def decided_on(self) -> date | None: ...
    @property
    def until(self) -> date | None: ...


WHO_HAS: dict[str, Promise] = {
    "new": gettext_lazy("nobody yet"),
    "being_assessed": gettext_lazy("%(name)s assesses, since %(day)s"),
    "snoozed": gettext_lazy("waits until %(until)s, %(name)s"),
    "declined": gettext_lazy("declined %(day)s, %(name)s"),
    "taken": gettext_lazy("taken into joint service"),
    "closed": gettext_lazy("closed by itself"),
}


def who_has(row: Had) -> str:
    """Who has somebody of the list, and since when, in words."""
    said = {
        "name": row.who,
        "day": short_date(row.decided_on),
        "until": short_date(row.until),
    }
    if row.status == "being_assessed" and row.is_reader:
        return _("you assess, since %(day)s") % said
    return str(WHO_HAS[row.status]) % said


@register.simple_tag
def who_has_state(row: Had) -> SafeString:
    """The same with its shape."""
    return _state(row.status, FLAG_STATES[row.status][1], who_has(row))


@register.filter
def language_name(code: str) -> str:
    """What a language is called in the reader's; its code where nobody has a name for it."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


EXAMPLES: dict[str, Promise] = {
    "identity_contact": gettext_lazy("Your name, address and phone number."),
    "case_handling": gettext_lazy("Who is in your team, and why the joint plan was begun."),
    "education_work": gettext_lazy("Your schools, courses and jobs."),
    "social_situation": gettext_lazy("For example housing, money and family."),
    "health_work_ability": gettext_lazy("For example illnesses that bear on what work suits you."),
    "service_needs": gettext_lazy("What help has been found to be needed."),
    "plan_follow_up": gettext_lazy("Your goals, what has been agreed and how it has gone."),
    "self_assessment": gettext_lazy("How you yourself have rated how you are doing."),
    "benefits_detail": gettext_lazy("The benefits Kela pays you, in detail."),
}


@register.filter
def example(category: str) -> Promise:
    """What a kind of information may hold, in plain words."""
    return EXAMPLES[str(category)]


class ShareStep(Protocol):
    """A share that will change: to what, and on which day."""

    next_percent: int | None
    next_on: date | None


@register.filter
def next_step(step: ShareStep) -> str:
    """ "50 % from 12 March 2024"."""
    return _("%(percent)s from %(day)s") % {
        "percent": percent(step.next_percent or 0),
        "day": day(step.next_on),
    }


_SPOKEN: dict[tuple[Speaking, bool], Promise] = {
    (Speaking.BESIDE, True): gettext_lazy("Written by %(who)s with you"),
    (Speaking.BESIDE, False): gettext_lazy("Written by %(who)s with the client"),
    (Speaking.IN_PLACE, True): gettext_lazy("%(who)s answered for you"),
    (Speaking.IN_PLACE, False): gettext_lazy("%(who)s answered for them"),
    (Speaking.FROM_PAPER, True): gettext_lazy("%(who)s wrote it down from the paper you signed"),
    (Speaking.FROM_PAPER, False): gettext_lazy("%(who)s wrote it down from the signed paper"),
    (Speaking.TYPED, True): gettext_lazy("Written by %(who)s from your paper"),
    (Speaking.TYPED, False): gettext_lazy("Written by %(who)s from the client's paper"),
}


class Spoken(Protocol):
    """Something that may have been written or answered with, or for, the client."""

    @property
    def spoken_for(self) -> SpokenFor | None: ...


@register.filter
def spoken_for(thing: Spoken, base: str = "") -> str:
    """Who wrote or answered something with the client or in their place, for whoever reads it.

    The one place where it is said. ``base``: of the page it stands on; the client is told as "you".
    """
    spoken = thing.spoken_for
    if spoken is None:
        return ""
    return str(_SPOKEN[spoken.how, base == "base_client.html"]) % {"who": spoken.who}


@register.filter
def spoken_language(code: str) -> str:
    """A language by its own name, whichever a person speaks or signs."""
    return people_languages.language_name(code) if code else ""


@register.filter
def away(row: Away | None, to_client: bool = False) -> str:
    """That somebody is away, until when, and who stands in. To a client only where one does."""
    if row is None or (to_client and not row.by):
        return ""
    if to_client:
        said = {"day": last_moment(row.until), "who": row.by}
        return _("Away until %(day)s. %(who)s takes care of your matters then.") % said
    words = said_of(row)
    return words[:1].upper() + words[1:]


@register.filter
def away_words(row: Away) -> str:
    """The same within a line: until when, and who stands in."""
    return said_of(row)


@register.filter
def writer(user: User | None, case: Case) -> str:
    """Who wrote or signed something in a case; the client by name only where it is open.

    ``case`` is the one the page was given: where the client's name is not open, it has none.
    """
    if user is None:
        return ""
    if user.pk == case.person.user_id and not case.person.last_name:
        return str(Party.CLIENT.label)
    return user.full_name
