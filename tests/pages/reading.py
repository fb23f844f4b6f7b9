"""What a page says of somebody, without what it says to everybody."""

from __future__ import annotations

import re

_HELP = re.compile(r'<details class="page-help.*?</details>', re.DOTALL)


def without_help(page: str) -> str:
    """A page without the help beside its heading: that is the same whoever it is about."""
    return _HELP.sub("", page)
