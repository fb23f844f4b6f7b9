"""What is heard of a page before its text: its title, its headings, its landmarks."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import pairwise

from benefits.selectors.sentences import RULE_NAMES
from caseplan.plan.models import Area
from consent.models import Category
from people.models import Person

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_HEADING = re.compile(r"<h([1-6])\b")
CODES = {*Area.values, *Category.values}
RULES = set(RULE_NAMES)


def title_of(page: str) -> str:
    found = _TITLE.search(page)
    return " ".join(html.unescape(found[1]).split()) if found else ""


def what_is_wrong_with_the_headings(page: str) -> list[str]:
    """One first heading, before all others; no level is skipped on the way down."""
    levels = [int(level) for level in _HEADING.findall(page)]
    wrong = [f"{levels.count(1)} first headings"] if levels.count(1) != 1 else []
    if levels and levels[0] != 1:
        wrong.append(f"begins with h{levels[0]}")
    steps = pairwise(levels)
    return wrong + [f"h{above} then h{below}" for above, below in steps if below > above + 1]


def told_by_a_title(title: str) -> list[str]:
    """Words of a title that say something of a person: a kind of information, a client's name."""
    words = {str(label) for label in [*Area.labels, *Category.labels]}
    names = {name for person in Person.objects.all() for name in (person.last_name,) if name}
    said = title.removesuffix(" – Yhdessä")
    return [word for word in words if word == said] + [
        name for name in names if re.search(rf"\b{re.escape(name)}\b", said)
    ]


def told_by_an_address(address: str) -> Iterator[str]:
    """Parts of an address that name a kind of information, or a rule that its person meets.

    A query that narrows a list to those who meet a rule tells of nobody.
    """
    of_whom, _, query = address.partition("?")
    yield from {*of_whom.split("/")} & (CODES | RULES)
    yield from {*re.split("[&=]", query)} & CODES
