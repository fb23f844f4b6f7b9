"""The frame of every page: the main links of whoever is logged in, their own menu, the languages.

Must not know any domain room and never reads the database or the clock.
"""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.actor import AT_WORK, Actor, ActorKind
from pages.help import HELP
from pages.words import WORDS, words_in
from people.selectors import languages_offered

register = template.Library()

NAVIGATION: dict[ActorKind, list[tuple[str, Promise]]] = {
    ActorKind.WORKER: [
        ("pages:my_day", pgettext_lazy("navigation", "My day")),
        ("pages:triggers", pgettext_lazy("navigation", "Triggers")),
        ("pages:cases", pgettext_lazy("navigation", "Cases")),
        ("pages:board", pgettext_lazy("navigation", "Commitments")),
    ],
    ActorKind.CLIENT: [
        ("pages:my_page", pgettext_lazy("navigation", "My page")),
        ("pages:my_plan", pgettext_lazy("navigation", "My plan")),
        ("pages:registers", pgettext_lazy("navigation", "What the registers say")),
        ("pages:who_sees", pgettext_lazy("navigation", "Who sees what")),
        ("pages:access_log", pgettext_lazy("navigation", "Who has looked")),
    ],
    ActorKind.DIRECTOR: [
        ("pages:dashboard", pgettext_lazy("navigation", "The network")),
        ("pages:offices", pgettext_lazy("navigation", "Offices")),
        ("pages:imports", pgettext_lazy("navigation", "Register extracts")),
        ("pages:extracts", pgettext_lazy("navigation", "Extracts for an evaluation")),
    ],
    ActorKind.OFFICER: [
        ("pages:questions", pgettext_lazy("navigation", "Questions")),
        ("pages:grounds", pgettext_lazy("navigation", "Grounds")),
        ("pages:breaches", pgettext_lazy("navigation", "Data breaches")),
        ("pages:roles", pgettext_lazy("navigation", "Roles and log-ins")),
        ("pages:operations", pgettext_lazy("navigation", "Nightly runs and notifications")),
    ],
    ActorKind.STEERING: [("pages:dashboard", pgettext_lazy("navigation", "The network"))],
    ActorKind.KEEPER: [
        ("pages:organisation", pgettext_lazy("navigation", "The organisation")),
        ("pages:offices", pgettext_lazy("navigation", "Offices")),
        ("pages:roles", pgettext_lazy("navigation", "Roles and log-ins")),
        ("pages:installation", pgettext_lazy("navigation", "Installation")),
    ],
    ActorKind.GRANTER: [
        ("pages:letting_in", pgettext_lazy("navigation", "Asks to be let in")),
    ],
    ActorKind.OUTSIDE: [("pages:shared", pgettext_lazy("navigation", "Shared with me"))],
}
# Pages that a main link leads on to, though their addresses do not lie below its own. A page about
# a case, wherever its address lies, stands below the cases.
BELOW = {
    "/policy/": "pages:grounds",
    "/accessibility/feedback/": "pages:installation",
    "/exports/": "pages:breaches",
    "/seats/": "pages:cases",
    "/assess/": "pages:triggers",
    "/referrals/": "pages:triggers",
    "/people-asking/": "pages:triggers",
    "/consultations/": "pages:triggers",
    "/attachments/": "pages:cases",
    "/assessments/": "pages:cases",
    "/access-requests/": "pages:cases",
    "/calendar/": "pages:my_day",
    "/hand-over/": "pages:cases",
    "/handovers/": "pages:cases",
    "/cases-came/": "pages:cases",
    "/register/confirm/": "pages:my_day",
}
COUNTS: dict[str, tuple[str, Promise]] = {
    "pages:my_day": ("my_day", gettext_lazy("wait for you")),
    "pages:triggers": ("triggers", gettext_lazy("people nobody has taken")),
    "pages:board": ("commitments", gettext_lazy("others wait for")),
}
"""What is counted beside a main link, and in which words for whoever hears the page."""

_TOLD = (
    ActorKind.WORKER, ActorKind.CLIENT, ActorKind.DIRECTOR, ActorKind.OFFICER, ActorKind.GRANTER,
)  # fmt: skip
OWN: list[tuple[str, Promise, tuple[ActorKind, ...]]] = [
    ("pages:contact", gettext_lazy("Notifications"), _TOLD),
    ("pages:covers", gettext_lazy("Absences and covers"), (ActorKind.WORKER,)),
    (
        "pages:feedback",
        gettext_lazy("How clients say it has gone"),
        (ActorKind.WORKER, ActorKind.DIRECTOR),
    ),
    (
        "pages:templates",
        gettext_lazy("Templates"),
        (ActorKind.WORKER, ActorKind.DIRECTOR),
    ),
    (
        "pages:extracts",
        pgettext_lazy("navigation", "Extracts for an evaluation"),
        (ActorKind.OFFICER,),
    ),
    (
        "pages:my_own_use",
        gettext_lazy("My use"),
        (ActorKind.WORKER, ActorKind.DIRECTOR, ActorKind.OFFICER),
    ),
    ("pages:first_hour", gettext_lazy("Help"), AT_WORK),
]
"""What stands under one's own name: page, label, whose it is."""


@register.inclusion_tag("components/navigation.html", takes_context=True)
def navigation(context: dict[str, Any], actor: Actor | None, path: str) -> dict[str, Any]:
    """The main links of whoever is logged in, and how much waits behind each; none at nought.

    The one that leads to ``path``, or below which it stands, is marked: "page" on the page itself,
    "true" below it.
    """
    counts = context.get("menu_counts") or {}
    links = []
    for name, label in NAVIGATION.get(actor.kind if actor else ActorKind.STRANGER, []):
        counted, in_words = COUNTS.get(name, ("", ""))
        links.append(
            {"url": reverse(name), "label": label, "current": "",
             "count": counts.get(counted, 0), "counts": in_words}
        )  # fmt: skip
    _mark(links, path, _stands_below(context.get("request"), path, context.get("back")))
    return {"links": links}


@register.inclusion_tag("components/own_menu.html", takes_context=True)
def own_menu(context: dict[str, Any], actor: Actor, path: str) -> dict[str, Any]:
    """The menu under one's own name: what is set once and seldom, the languages, the way out."""
    practised, user = bool(context.get("practised_as")), context.get("user")
    found = [(name, label) for name, label, kinds in OWN if actor.kind in kinds]
    if practised:
        found.append(("pages:practise_letters", gettext_lazy("Letters")))
    else:
        if actor.works_here:
            found.append(("pages:practise", gettext_lazy("Practise")))
        found.append(("pages:log_ins", gettext_lazy("My log-ins")))
        if user is not None and user.has_usable_password():
            found.append(("change_password", gettext_lazy("Change your password")))
    links = [{"url": reverse(name), "label": label, "current": ""} for name, label in found]
    here = path.partition("?")[0]
    _mark(links, here, here)
    return {"actor": actor, "path": path, "links": links}


@register.inclusion_tag("components/page_help.html", takes_context=True)
def page_help(context: dict[str, Any]) -> dict[str, Any]:
    """What the page is for, beside its heading; nothing where no page answers."""
    match = getattr(context.get("request"), "resolver_match", None)
    return {"said": HELP.get(match.view_name, "") if match else ""}


@register.inclusion_tag("components/word.html")
def word(key: str) -> dict[str, Any]:
    """One word of the law or of offices with its meaning, in the place where it is read."""
    return {"key": key, "word": WORDS[key]}


_TAG = re.compile(r"<[^>]*>")


@register.simple_block_tag(takes_context=True)
def explained(context: dict[str, Any], content: SafeString) -> SafeString:
    """What a client reads, with the words of the law and of offices in it told at its end.

    Everybody else reads their own trade's words, and gets the content as it is.
    """
    actor = context.get("actor")
    if not isinstance(actor, Actor) or not actor.is_client:
        return content
    # What a section tells in its own place is not told again.
    found = [
        one for one in words_in(_TAG.sub(" ", content)) if f'id="word-{one[0]}"' not in content
    ]
    told = render_to_string("components/words.html", {"words": found}) if found else ""
    return SafeString(content + told)


@register.inclusion_tag("components/languages.html", takes_context=True)
def languages(context: dict[str, Any], path: str) -> dict[str, Any]:
    """The choice of the languages that the reader is offered; comes back to ``path``."""
    return {"path": path, "offered": languages_offered(context.get("actor"))}


def _mark(links: list[dict[str, Any]], path: str, stands_below: str) -> None:
    here = [link for link in links if stands_below.startswith(str(link["url"]))]
    here = here or [link for link in links if path.startswith(str(link["url"]))]
    if not here:
        return
    nearest = max(here, key=lambda link: len(str(link["url"])))
    if nearest["url"] == path:
        nearest["current"] = "page"
    elif nearest["url"] != "/":
        nearest["current"] = "true"


def _stands_below(request: HttpRequest | None, path: str, back: object) -> str:
    """The address a page stands below, for the main links.

    A saved filter is of one of several lists: its form stands below the one it leads ``back`` to.
    """
    if getattr(request, "page_case", None) is not None:
        return reverse("pages:cases")
    if path.startswith("/filters/"):
        return str(back or path)
    below = next((start for start in BELOW if path.startswith(start)), None)
    return reverse(BELOW[below]) if below else path
