"""The frame of every page: the main links of whoever is logged in, and the choice of language.

Must not know any domain room and never reads the database or the clock.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from common.actor import Actor, ActorKind
from pages.help import HELP

register = template.Library()

NAVIGATION: dict[ActorKind, list[tuple[str, Promise]]] = {
    ActorKind.WORKER: [
        ("pages:my_day", pgettext_lazy("navigation", "My day")),
        ("pages:triggers", pgettext_lazy("navigation", "Triggers")),
        ("pages:cases", pgettext_lazy("navigation", "Cases")),
        ("pages:board", pgettext_lazy("navigation", "Commitments")),
    ],
    ActorKind.CLIENT: [
        ("pages:my_plan", pgettext_lazy("navigation", "My plan")),
        ("pages:registers", pgettext_lazy("navigation", "What the registers say")),
        ("pages:who_sees", pgettext_lazy("navigation", "Who sees what")),
        ("pages:access_log", pgettext_lazy("navigation", "Who has looked")),
    ],
    ActorKind.DIRECTOR: [
        ("pages:dashboard", pgettext_lazy("navigation", "The network")),
        ("pages:offices", pgettext_lazy("navigation", "Offices")),
        ("pages:imports", pgettext_lazy("navigation", "Register extracts")),
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
# Pages that a main link leads on to, though their addresses do not lie below its own.
BELOW = {"pages:policy": "pages:grounds", "pages:exports": "pages:breaches"}


@register.inclusion_tag("components/navigation.html")
def navigation(actor: Actor | None, path: str) -> dict[str, Any]:
    """The main links of whoever is logged in; the one that leads to ``path`` is marked."""
    links = [
        {"url": reverse(name), "label": label, "current": ""}
        for name, label in NAVIGATION.get(actor.kind if actor else ActorKind.STRANGER, [])
    ]
    stands_below = _stands_below(path)
    here = [link for link in links if stands_below.startswith(str(link["url"]))]
    if here:
        # "page" on the page itself, "true" on a page below it.
        nearest = max(here, key=lambda link: len(str(link["url"])))
        if nearest["url"] == path:
            nearest["current"] = "page"
        elif nearest["url"] != "/":
            nearest["current"] = "true"
    return {"links": links}


@register.inclusion_tag("components/page_help.html", takes_context=True)
def page_help(context: dict[str, Any]) -> dict[str, Any]:
    """What the page is for, beside its heading; nothing where no page answers."""
    match = getattr(context.get("request"), "resolver_match", None)
    return {"said": HELP.get(match.view_name, "") if match else ""}


@register.inclusion_tag("components/languages.html")
def languages(path: str) -> dict[str, Any]:
    """The choice of language; comes back to ``path``."""
    return {"path": path}


def _stands_below(path: str) -> str:
    """The address a page stands below, for the main links."""
    below = next((name for name in BELOW if path.startswith(reverse(name))), None)
    return reverse(BELOW[below]) if below else path
