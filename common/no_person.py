"""Refuses a text that could say who somebody is: a question without a case is about nobody.

What a machine can tell: identity codes, telephone numbers, e-mail addresses, days, any long
number, and two words in a row that begin as a name does. The rest is for whoever writes.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from common.decision import Refused

_CODE = re.compile(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]", re.IGNORECASE)
_ADDRESS = re.compile(r"\S+@\S+|https?://|www\.", re.IGNORECASE)
_DAY = re.compile(r"\b\d{1,2}\.\s?\d{1,2}\.|\b\d{4}-\d{2}-\d{2}\b")
# Four digits are a year at most; what is longer is somebody's number, whatever stands between.
_NUMBER = re.compile(r"\d(?:[\s\-().+/]*\d){4,}")
_YEARS = re.compile(r"\b(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d\b")
_STREET = re.compile(r"\w+(?:katu|tie|kuja|polku|gatan|vägen|gränden)\s+\d", re.IGNORECASE)
_NAME = re.compile(r"\b[A-ZÅÄÖ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäö]+)?\s+[A-ZÅÄÖ][a-zåäöéü]+\b")
_SPOKEN_OF = (_CODE, _ADDRESS, _DAY, _NUMBER, _STREET, _NAME)


def names_somebody(text: str) -> bool:
    """Whether a text holds what could say who somebody is."""
    return any(sign.search(_YEARS.sub("", text)) for sign in _SPOKEN_OF)


def require_nobody(text: str, field: str) -> str:
    """The text without the space around it. Raises :class:`Refused` where it could name somebody.

    What was typed is not repeated in the refusal.
    """
    if names_somebody(text):
        raise Refused(
            _(
                "This could say who somebody is: a name, a number, a day or an address. "
                "Ask about the matter only."
            ),
            field=field,
        )
    return text.strip()
