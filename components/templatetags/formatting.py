"""How the pages say dates, times, bodies and names (docs/design/components.md, "Words").

Owns the spoken form only. Never reads the clock: a relative date is told against the ``today``
that the page was given. Must not know any domain room.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Protocol

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from common.bodies import Party
from common.clock import HELSINKI, day_of

register = template.Library()


# Django's own long date of English is American ("March 12, 2024"), so the three are said here.
LONG_DATE = {"fi": "j. E Y", "sv": "j F Y", "en": "j F Y"}


class Named(Protocol):
    """Whoever has a last name: a person of the register (``first_names``) or a user."""

    last_name: str


def _day(value: date | datetime) -> date:
    return day_of(value) if isinstance(value, datetime) else value


@register.filter
def day(value: date | datetime | None) -> str:
    """ "12 March 2024"; nothing for no date."""
    if value is None:
        return ""
    language = (get_language() or "en").split("-")[0]
    return date_format(_day(value), LONG_DATE.get(language, LONG_DATE["en"]))


@register.filter
def in_words(value: object) -> str:
    """A recorded value of any sort in words: a day, yes or no, or the text itself."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return short_date(value)
    return "" if value is None else str(value)


@register.filter
def distance(value: date | datetime | None, today: date) -> str:
    """ "in 3 days", "today", "3 days ago": calendar days from ``today`` to the date."""
    if value is None:
        return ""
    days = (_day(value) - today).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days == -1:
        return _("yesterday")
    if days > 0:
        return ngettext("in %(count)d day", "in %(count)d days", days) % {"count": days}
    return ngettext("%(count)d day ago", "%(count)d days ago", -days) % {"count": -days}


@register.filter
def long_date(value: date | datetime | None, today: date) -> str:
    """ "12 March 2024 (in 3 days)", for running text; without the brackets beyond a year away."""
    if value is None:
        return ""
    if abs((_day(value) - today).days) > 366:
        return day(value)
    return _("%(day)s (%(distance)s)") % {"day": day(value), "distance": distance(value, today)}


@register.filter
def short_date(value: date | datetime | None) -> str:
    """ "12.3.2024", for tables, where it stands to the right."""
    if value is None:
        return ""
    on = _day(value)
    return f"{on.day}.{on.month}.{on.year}"


@register.filter
def clock_time(value: datetime | None) -> str:
    """ "14.02", the time in Finland."""
    return value.astimezone(HELSINKI).strftime("%H.%M") if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """ "12.3.2024 at 14.02"."""
    if value is None:
        return ""
    return _("%(day)s at %(time)s") % {"day": short_date(value), "time": clock_time(value)}


@register.filter
def last_moment(value: datetime | None) -> str:
    """When something ends: a day that ends at midnight is that day, not the next at 00.00."""
    if value is None:
        return ""
    before = value - timedelta(microseconds=1)
    return moment(value) if _day(before) == _day(value) else short_date(before)


@register.filter
def party_name(value: str | None) -> str:
    """The name of a body or party from its code: "Employment services", "Kela", "Client"."""
    if not value:
        return ""
    return str(Party(value).label)


def _first(who: Named) -> str:
    given = getattr(who, "first_names", None)
    return str(given if given is not None else getattr(who, "first_name", ""))


def listed_name(who: Named | None) -> str:
    """ "Korhonen, Aino Maria": as a file says it; said so where the name is not open."""
    if who is None:
        return ""
    return f"{who.last_name}, {_first(who)}" if who.last_name else _("Name not shown")


def in_a_file(who: Named) -> tuple[str, str, str]:
    """A person's cells in a file: the name, the year of birth, the mark of non-disclosure.

    The whole day where another of that name in the file has the same year.
    """
    on: date | None = getattr(who, "birth_date", None)
    marked = getattr(who, "non_disclosure", False)
    when = short_date(on) if getattr(who, "shares_name", False) else str(on.year) if on else ""
    return listed_name(who), when, non_disclosure() if marked else ""


@register.filter
def first_last(who: Named | None) -> str:
    """ "Aino Maria Korhonen", for running text; said so where the name is not open."""
    if who is None:
        return ""
    return own(f"{_first(who)} {who.last_name}".strip()) or _("Name not shown")


@register.filter
def last_first(who: Named | None) -> str:
    """ "Korhonen, Aino Maria born 1987", for lists, with the mark of non-disclosure.

    Wherever somebody is chosen or acted on: two of one name are told apart by the year.
    """
    if who is None or not who.last_name:
        return listed_name(who)
    return _marked(own(listed_name(who)), who, whole=False)


@register.filter
def whole_person(who: Named | None) -> str:
    """ "Aino Maria Korhonen born 1.3.1987", with the mark: where one makes sure who it is."""
    if who is None or not who.last_name:
        return first_last(who)
    return _marked(first_last(who), who, whole=True)


@register.filter
def listed_person(who: Named | None, whole: bool) -> str:
    """As ``last_first``; with the ``whole`` day of birth where a list was asked for one person."""
    if who is None or not who.last_name:
        return listed_name(who)
    return _marked(own(listed_name(who)), who, whole=whole)


@register.filter
def with_mark(who: Named | None) -> str:
    """ "Aino Maria Korhonen" with the mark of non-disclosure, without a day of birth."""
    return format_html("{}{}", first_last(who), _mark(who)) if who else ""


@register.filter
def born(who: Named, whole: bool) -> str:
    """ "born 1987", or with the ``whole`` day; nothing where it is not open.

    With the day too where another of the same name in the same list has the same year.
    """
    on: date | None = getattr(who, "birth_date", None)
    whole = whole or getattr(who, "shares_name", False)
    return _("born %(when)s") % {"when": short_date(on) if whole else on.year} if on else ""


@register.filter
def protection_mark(who: Named) -> str:
    """The mark of non-disclosure by itself; nothing for whoever has none."""
    return _mark(who)


def _marked(name: str, who: Named, *, whole: bool) -> SafeString:
    when = born(who, whole)
    said = format_html(' <span class="born">{}</span>', when) if when else ""
    return format_html("{}{}{}", name, said, _mark(who))


def _mark(who: Named) -> SafeString:
    if not getattr(who, "non_disclosure", False):
        return SafeString("")
    return format_html('<strong class="protected"> {}</strong>', non_disclosure())


def non_disclosure() -> str:
    """The mark that the population register has put on somebody (Act 661/2009 s. 36)."""
    return _("Non-disclosure")


@register.filter(is_safe=False)
def own(words: object) -> SafeString:
    """Somebody's own words: laid out in the direction of their writing, in no language named.

    Every text that a person typed goes through this (or ``own_lines``): only the words know which
    way they run, and a screen reader does not read Arabic in Finnish.
    """
    return format_html('<span dir="auto" lang="">{}</span>', words) if words else SafeString("")


@register.filter(is_safe=False)
def mixed(sentence: object) -> SafeString:
    """A sentence of ours that may hold somebody's words: it runs as it begins, in our language."""
    return format_html('<span dir="auto">{}</span>', sentence) if sentence else SafeString("")


@register.filter(is_safe=False)
def own_lines(words: object) -> SafeString:
    """The same with the line breaks that were typed; each line runs its own way."""
    return own(linebreaksbr(str(words or ""), autoescape=True))


@register.filter
def phone_link(value: str | None) -> str:
    """A phone number as a ``tel:`` address takes it: digits and a leading plus only."""
    return "".join(sign for sign in value or "" if sign.isdigit() or sign == "+")


@register.filter
def percent(value: int) -> str:
    """ "50 %", never broken over a line."""
    return f"{value}\u00a0%"
