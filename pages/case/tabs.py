"""The tabs of a case: the same on every page beneath it, and which of them each page stands under.

Must not know any domain room: what a tab counts is given to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page that a tab leads to: the first is the tab's own, others stand beside it."""

    route: str
    label: Promise


@dataclass(frozen=True, slots=True)
class TabKind:
    """A tab before it is of any case. ``key`` is pressed after ``g``, a letter of the language."""

    name: str
    label: Promise
    key: Promise
    leaves: tuple[Leaf, ...]


TABS = (
    TabKind(
        "plan",
        pgettext_lazy("tab", "Plan"),
        pgettext_lazy("key of a tab: plan", "p"),
        (
            Leaf("case", _("The plan")),
            Leaf("versions", _("All versions")),
            Leaf("offers", _("Options")),
            Leaf("remarks", _("What the client says")),
            Leaf("conflicts", _("Conflicts")),
            Leaf("case_income", _("Steps and income")),
            Leaf("for_client", _("With the client, and on paper")),
        ),
    ),
    TabKind(
        "messages",
        pgettext_lazy("tab", "Messages"),
        pgettext_lazy("key of a tab: messages", "m"),
        (Leaf("threads", _("Messages")), Leaf("contacts", _("Contact log"))),
    ),
    TabKind(
        "meetings",
        pgettext_lazy("tab", "Meetings"),
        pgettext_lazy("key of a tab: meetings", "e"),
        (Leaf("meetings", _("Meetings")),),
    ),
    TabKind(
        "mapping",
        pgettext_lazy("tab", "Mapping"),
        pgettext_lazy("key of a tab: mapping", "a"),
        (
            Leaf("mapping", _("How the situation is seen")),
            Leaf("assessments", _("Assessments")),
        ),
    ),
    TabKind(
        "follow_up",
        pgettext_lazy("tab", "Follow-up"),
        pgettext_lazy("key of a tab: follow-up", "f"),
        (
            Leaf("follow_up", _("Deadlines, and how things are going")),
            Leaf("changes", _("Changes in life")),
        ),
    ),
    TabKind(
        "team",
        pgettext_lazy("tab", "Team"),
        pgettext_lazy("key of a tab: team", "t"),
        (
            Leaf("team", _("Team")),
            Leaf("mandates", _("Who acts for the client")),
            Leaf("client_log_in", _("How the client logs in")),
        ),
    ),
    TabKind(
        "sharing",
        pgettext_lazy("tab", "Sharing"),
        pgettext_lazy("key of a tab: sharing", "s"),
        (Leaf("case_who_sees", _("Who sees what, and why")),),
    ),
    TabKind(
        "history",
        pgettext_lazy("tab", "History"),
        pgettext_lazy("key of a tab: history", "h"),
        (Leaf("case_history", _("What has changed in this case")),),
    ),
)

# The tab that the pages of a feature stand under. Whoever adds a feature with pages under a case
# gives it its place here: without one they are not drawn.
_TAB_OF = {
    "agreement": "plan", "assisted_mode": "plan", "case": "plan", "commitments": "plan",
    "conflicts": "plan", "intake": "plan", "lifecycle": "plan", "more_time": "plan",
    "options": "plan", "plan": "plan", "plan_templates": "plan", "remarks": "plan", "why": "plan",
    "contacts": "messages", "messages": "messages",
    "meetings": "meetings",
    "assessments": "mapping", "mapping": "mapping",
    "followup": "follow_up", "life_changes": "follow_up",
    "case_access": "team", "client_log_in": "team", "mandates": "team", "team": "team",
    "confirmations": "sharing", "consents": "sharing", "outside": "sharing", "sharing": "sharing",
    "corrections": "history", "history": "history",
    "income": "plan", "on_paper": "plan",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tab:
    """A link of one case. ``current``: "page" on the tab's own page, "true" on one beneath it.

    ``count``: how many are new; ``said``: what else stands beside its name.
    """

    label: Text
    key: Text
    url: str
    current: str = ""
    count: int = 0
    said: Text = ""


@dataclass(frozen=True, slots=True)
class Tabs:
    """The tabs as they stand on one page, and the pages of the current one, if it has several."""

    tabs: list[Tab]
    beside: list[Tab]

    @property
    def heading(self) -> Tab | None:
        """The tab whose own page this is: the page's heading is the client, followed by it."""
        return next((tab for tab in self.tabs if tab.current == "page"), None)


def tabs_of(
    request: HttpRequest,
    case_id: UUID,
    *,
    counts: Mapping[str, int],
    said: Mapping[str, Text],
    left_out: frozenset[str] = frozenset(),
) -> Tabs:
    """The tabs of a case on the page that answers. Raises KeyError for a page without a place.

    ``counts`` and ``said`` go by the tab's name. ``left_out``: pages that this reader has not.
    """
    match = request.resolver_match
    assert match is not None
    feature = match.func.__module__.split(".")[1]
    here = _TAB_OF[feature]
    kind = next(kind for kind in TABS if kind.name == here)
    return Tabs(
        [
            Tab(
                one.label,
                one.key,
                _url(one.leaves[0], case_id),
                _current(match.url_name, one.leaves[0]) or ("true" if one is kind else ""),
                counts.get(one.name, 0),
                said.get(one.name, ""),
            )
            for one in TABS
        ],
        [
            Tab(leaf.label, "", _url(leaf, case_id), _current(match.url_name, leaf))
            for leaf in kind.leaves
            if leaf.route not in left_out
        ]
        if len(kind.leaves) > 1
        else [],
    )


def _url(leaf: Leaf, case_id: UUID) -> str:
    return reverse(f"pages:{leaf.route}", args=[case_id])


def _current(url_name: str | None, leaf: Leaf) -> str:
    return "page" if url_name == leaf.route else ""
