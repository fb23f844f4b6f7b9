"""By what a person is searched among a reader's cases: name, phone, identity code.

A name finds itself as any list shows it, in any writing and any order: "Korhonen, Aino Maria born
1987". Only conditions are made here: who is searched, and whether the name is open, the list says.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from common.crypto import search_hash
from common.identity_code import BadIdentityCode, parse
from common.names import sort_text
from people.models import FormerName
from people.selectors import filter_by_code

LEAST_TO_MISSPELL = 5
"""Shorter words are searched as they are: half the names are nearly the same as "Aho"."""
LEAST_OF_A_PHONE = 4
_PHONE = re.compile(r"[+(]?[\d\s()./-]+")
_BEFORE_A_PHONE = re.compile(r"(?:tel|puh|gsm|p)[.:]\s*(?=[+(\d])", re.IGNORECASE)
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63"), "-")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BORN = {"born", "s", "f"}
"""What the lists say before a year of birth, in their three languages."""
_MARK = _("Non-disclosure")
_NOBODY = Q(pk__isnull=True)


def code_searched(search: str) -> str | None:
    """The identity code, where one whole code is searched for, with any dash and any spaces."""
    try:
        return parse("".join(_as_typed(search).split()))
    except BadIdentityCode:
        return None


def found_by(search: str) -> Q:
    """The cases whose person is meant: by a whole identity code, a phone number or words.

    Each word is part of a name they have or had, or the year or day of their birth.
    """
    if (code := code_searched(search)) is not None:
        return filter_by_code(search_hash(code))
    if digits := _digits_of_phone(search):
        return Q(person__phone__regex=r"[^0-9]*".join(digits) + r"[^0-9]*$")
    return _by_words(search, misspelt=False)


def nearly_found_by(search: str) -> Q:
    """The same with a letter wrong in long words; nobody for a code or a number."""
    if code_searched(search) is not None or _digits_of_phone(search):
        return _NOBODY
    return _by_words(search, misspelt=True)


def _as_typed(search: str) -> str:
    """What was copied as one would have typed it: plain signs and dashes, no unseen marks."""
    plain = unicodedata.normalize("NFKC", search).translate(_DASHES)
    return _seen(plain)


def _seen(search: str) -> str:
    """Without what only says how a text is laid out, as comes along with what is copied."""
    return "".join(sign for sign in search if unicodedata.category(sign) != "Cf")


def _by_words(search: str, *, misspelt: bool) -> Q:
    words = _without_mark(search).replace(",", " ").split()
    born = [on for word in words if (on := _born(word)) is not None]
    keys = [key for word in words if _born(word) is None and (key := sort_text(word))]
    if born:
        keys = [key for key in keys if key not in _BORN]
    if not keys:
        return _NOBODY
    found = Q()
    for on in born:
        found &= on
    for key in keys:
        former = FormerName.objects.filter(sort_key__contains=key)
        named = Q(person__sort_key__contains=key) | Q(person__in=former.values("person"))
        if misspelt and len(key) >= LEAST_TO_MISSPELL:
            named |= Q(person__sort_key__trigram_word_similar=key)
        found &= named
    return found


def _without_mark(search: str) -> str:
    """The same without the mark of non-disclosure that a list puts behind a name."""
    search = unicodedata.normalize("NFC", _seen(search))
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            search = re.sub(rf"\b{re.escape(str(_MARK))}\s*$", "", search.strip(), flags=re.I)
    return search


def _born(word: str) -> Q | None:
    """The year or day of birth a word says, as the lists write them; None for another word."""
    if _YEAR.fullmatch(word):
        return Q(person__birth_date__year=int(word))
    if written := _DAY.fullmatch(word):
        day, month, year = map(int, written.groups())
        try:
            return Q(person__birth_date=date(year, month, day))
        except ValueError:
            return None
    return None


def _digits_of_phone(search: str) -> str:
    """The digits that end a number however it is written: without what leads a country's or town's.

    "+358 40 123 4567", "00358401234567" and "(040) 123-4567" are one; "" for what is no number.
    """
    search = _BEFORE_A_PHONE.sub("", _as_typed(search).strip(), count=1)
    if not _PHONE.fullmatch(search):
        return ""
    digits = "".join(str(unicodedata.digit(sign)) for sign in search if sign.isdecimal())
    if len(digits) < LEAST_OF_A_PHONE:
        return ""
    is_abroad = search.lstrip("(").startswith("+") or digits.startswith("00")
    digits = digits.lstrip("0") if digits.startswith("00") else digits
    if digits.startswith("358") and (is_abroad or len(digits) > 10):
        digits = digits.removeprefix("358")
    return digits.removeprefix("0")
