"""The Finnish personal identity code (henkilötunnus, hetu): checking, reading and masking.

Knows nothing of storage (``common.crypto``) or of persons. A code never appears whole in a
log, an error or an exception of this module.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from functools import lru_cache

from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.fi import hetu

_FORM = re.compile(r"(\d\d)(\d\d)(\d\d)([-+A-FU-Y])(\d\d\d)[0-9A-FHJ-NPR-Y]", re.ASCII)
_CENTURY = {"+": 1800} | dict.fromkeys("-YXWVU", 1900) | dict.fromkeys("ABCDEF", 2000)
_HIDDEN = "****"


class CodeFault(StrEnum):
    """Why a code is not one, in the order in which it is looked for."""

    FORM = "form"
    DATE = "date"
    CHECK_CHARACTER = "check_character"


class BadIdentityCode(ValueError):
    """The text is not a personal identity code. Carries why, and never the text itself."""

    def __init__(self, fault: CodeFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@lru_cache(maxsize=4096)
def parse(text: str) -> str:
    """The code in its one written form: upper case, no spaces around it.

    Artificial codes (individual number 900-999) are accepted. Unique only with its
    separator, so the separator is kept as written.

    Raises :class:`BadIdentityCode`.
    """
    code = text.strip().upper()
    match = _FORM.fullmatch(code)
    if match is None:
        raise BadIdentityCode(CodeFault.FORM)
    day, month, year, century, _ = match.groups()
    try:
        date(_CENTURY[century] + int(year), int(month), int(day))
    except ValueError:
        raise BadIdentityCode(CodeFault.DATE) from None
    try:
        return hetu.validate(code, allow_temporary=True)
    except InvalidChecksum:
        raise BadIdentityCode(CodeFault.CHECK_CHARACTER) from None
    except ValidationError:
        raise BadIdentityCode(CodeFault.FORM) from None


def birth_date(code: str) -> date:
    """The birth date a valid code carries."""
    return date(_CENTURY[code[6]] + int(code[4:6]), int(code[2:4]), int(code[:2]))


def mask(text: str) -> str:
    """What may be shown of a code, or of what was written in its place: ``020484W****``.

    Only what has the outward form of a code keeps its first seven characters; of anything
    else two at most, for it may be a code with something before it.
    """
    code = text.strip().upper()
    if len(code) == 11 and _FORM.match(code[:10] + "0"):
        return code[:7] + _HIDDEN
    return code[:2] + _HIDDEN if code else ""


def check_character(birth: date, individual: int) -> str:
    """The check character for a birth date and an individual number (2-999)."""
    return "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(f"{birth:%d%m%y}{individual:03d}") % 31]
