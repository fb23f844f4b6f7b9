"""The kit: every part that pages are put together from (docs/design/components.md).

A tag's arguments are the part's whole interface: a wrong name fails when the template is read,
and nothing in a part's template can be undefined. Tags that end in ``end...`` take content.
Must not know any domain room and never reads the database or the clock.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.actor import Actor, ActorKind
from web.drawing import Bar, Column, Lane, Mark, ScoreLine, Text
from web.templatetags.speak import short_date

register = template.Library()

# State: its word and its shape. Colour only repeats the shape (site.css, .state).
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
}
DUTIES: dict[str, Promise] = {
    "duty": gettext_lazy("This is your duty"),
    "consequence": gettext_lazy("What follows if you do not do it"),
    "choice": gettext_lazy("You choose this yourself"),
}
NOTICES: dict[str, Promise] = {
    "info": gettext_lazy("For your information"),
    "success": gettext_lazy("Saved"),
    "alert": gettext_lazy("Please note"),
    "error": gettext_lazy("Not saved"),
}
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
        ("pages:imports", pgettext_lazy("navigation", "Register extracts")),
    ],
    ActorKind.OFFICER: [
        ("pages:questions", pgettext_lazy("navigation", "Questions")),
        ("pages:grounds", pgettext_lazy("navigation", "Grounds")),
        ("pages:policy", pgettext_lazy("navigation", "Policy text")),
        ("pages:operations", pgettext_lazy("navigation", "Nights and letters")),
    ],
    ActorKind.OUTSIDE: [("pages:shared", pgettext_lazy("navigation", "Shared with me"))],
}


def _part(name: str, **values: Any) -> SafeString:
    return render_to_string(f"components/{name}.html", values)


# The frame of the page


@register.inclusion_tag("components/navigation.html")
def navigation(actor: Actor | None, path: str) -> dict[str, Any]:
    """The main links of whoever is logged in; the one that leads to ``path`` is marked."""
    links = [
        {"url": reverse(name), "label": label, "current": ""}
        for name, label in NAVIGATION.get(actor.kind if actor else ActorKind.STRANGER, [])
    ]
    here = [link for link in links if path.startswith(str(link["url"]))]
    if here:
        # "page" on the page itself, "true" on a page below it.
        nearest = max(here, key=lambda link: len(str(link["url"])))
        if nearest["url"] == path:
            nearest["current"] = "page"
        elif nearest["url"] != "/":
            nearest["current"] = "true"
    return {"links": links}


@register.inclusion_tag("components/languages.html")
def languages(path: str) -> dict[str, Any]:
    """The choice of language; comes back to ``path``."""
    return {"path": path}


# Words and states


@register.simple_tag
def state(code: str, text: Text = "") -> SafeString:
    """A state in words, with its shape. ``text`` says more: "waiting for Kela"."""
    return _state(code, SHAPES[code], str(text or STATES[code]))


@lru_cache(maxsize=256)
def _state(code: str, shape: str, text: str) -> SafeString:
    """Drawn once: a page says the same few states in every row."""
    return _part("state", code=code, shape=shape, text=text)


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


@register.inclusion_tag("components/fact.html")
def fact(label: Text, value: object) -> dict[str, Any]:
    """One pair of ``<dl class="facts">``."""
    return {"label": label, "value": value}


@register.inclusion_tag("components/change_link.html")
def change_link(url: str, what: Text, verb: Text = "") -> dict[str, Any]:
    """The word "Change", and for those who hear the page, what it changes."""
    return {"url": url, "what": what, "verb": verb or _("Change")}


@register.simple_block_tag
def quotation(
    content: str, who: str, on: date | datetime | None = None, lang: str = ""
) -> SafeString:
    """The client's own words, never shortened. ``lang``: the language they are in, if another."""
    return _part("quotation", content=content, who=who, on=on, lang=lang)


@register.simple_block_tag
def why(content: str, question: Text = "") -> SafeString:
    """An explanation behind one click."""
    return _part("why", content=content, question=question or _("Why?"))


@register.simple_block_tag
def notification(
    content: str, kind: str = "info", heading: Text = "", live: bool = False
) -> SafeString:
    """``kind``: info, success, alert or error. ``live``: read aloud when it appears."""
    kind = {"warning": "alert", "debug": "info"}.get(kind, kind)  # the words of Django's messages
    return _part(
        "notification",
        content=content,
        kind=kind,
        heading=heading or NOTICES[kind],
        role=("alert" if kind == "error" else "status") if live else "",
    )


@register.simple_block_tag
def duty(content: str, kind: str, heading: Text = "") -> SafeString:
    """``kind``: duty, consequence or choice. The client always sees the three told apart."""
    return _part("duty", content=content, kind=kind, heading=heading or DUTIES[kind])


# Forms


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """What is to be mended, with links; ``{{ form }}`` has it already."""
    return {"form": form}


@register.inclusion_tag("components/form_actions.html")
def form_actions(
    submit: Text,
    *,
    cancel_url: str = "",
    cancel: Text = "",
    danger: bool = False,
    name: str = "",
    value: str = "",
) -> dict[str, Any]:
    """The button with its verb, and the way out. ``danger``: it cannot be undone."""
    return {
        "submit": submit,
        "cancel_url": cancel_url,
        "cancel": cancel or _("Cancel"),
        "danger": danger,
        "name": name,
        "value": value,
    }


# Lists


@register.simple_block_tag
def list_section(
    content: str, *, id: str, heading: Text, count: int, empty: Text = "", level: int = 2
) -> SafeString:
    """A heading with the count, then the list, or one sentence when there is nothing."""
    return _part(
        "list_section",
        content=content,
        id=id,
        heading=heading,
        count=count,
        empty=empty,
        tag=f"h{level}",
    )


@register.inclusion_tag("components/table.html")
def data_table(
    caption: Text,
    columns: Sequence[Column],
    rows: Sequence[Sequence[object]],
    hide_caption: bool = False,
) -> dict[str, Any]:
    """A table of words and numbers; the first cell of each row is its heading."""
    return {
        "caption": caption,
        "columns": columns,
        "rows": [list(zip(columns, row, strict=True)) for row in rows],
        "hide_caption": hide_caption,
    }


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], name: str = "page") -> dict[str, Any]:
    """Earlier and later pages; every other part of the query string stays."""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query[name] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


# The plan


@register.simple_block_tag
def goal(
    content: str,
    text: str,
    *,
    kind: Text = "",
    state: str = "",
    state_text: Text = "",
    lang: str = "",
    level: int = 3,
    id: str = "",
) -> SafeString:
    """A goal with what stands under it: action rows and links."""
    return _part(
        "goal",
        content=content,
        text=text,
        kind=kind,
        state=state,
        state_text=state_text,
        lang=lang,
        tag=f"h{level}",
        id=id,
    )


@register.simple_block_tag
def action_row(
    content: str,
    what: str,
    *,
    owner: str,
    due: date | None,
    today: date,
    state: str,
    body: str = "",
    state_text: Text = "",
    lang: str = "",
) -> SafeString:
    """One action in ``<ul class="actions-list">``. An open one past its day is said overdue."""
    return _part(
        "action_row",
        content=content,
        what=what,
        owner=owner,
        body=body,
        due=due,
        today=today,
        state="overdue" if _late(due, today, state) else state,
        state_text="" if _late(due, today, state) else state_text,
        lang=lang,
        open=state not in {"done", "dropped"},
    )


def _late(due: date | None, today: date, state: str) -> bool:
    return due is not None and due < today and state in {"planned", "in_progress", "waiting"}


@register.simple_block_tag
def answer_row(
    content: str,
    party: Text,
    answer: str,
    *,
    who: str = "",
    on: date | datetime | None = None,
    words: str = "",
    lang: str = "",
) -> SafeString:
    """One party of ``<ul class="answers">``: accepted, not_yet or disagrees (with its words)."""
    return _part(
        "answer_row",
        content=content,
        party=party,
        answer=answer,
        who=who,
        on=on,
        words=words,
        lang=lang,
    )


@register.inclusion_tag("components/member.html")
def member(
    name: str,
    *,
    body: Text,
    role: Text,
    since: date | datetime | None = None,
    until: date | datetime | None = None,
    phone: str = "",
    email: str = "",
) -> dict[str, Any]:
    """One person of ``<ul class="team">``."""
    return {
        "name": name,
        "body": body,
        "role": role,
        "since": since,
        "until": until,
        "phone": phone,
        "email": email,
    }


# The client's pages


@register.simple_block_tag
def next_thing(
    content: str,
    sentence: str,
    *,
    heading: Text = "",
    on: date | None = None,
    today: date | None = None,
    time: str = "",
    who: str = "",
    body: Text = "",
    phone: str = "",
    email: str = "",
) -> SafeString:
    """What happens next: one sentence, when, who, how to reach them. Content: one button."""
    return _part(
        "next_thing",
        content=content,
        sentence=sentence,
        heading=heading or _("What happens next"),
        on=on,
        today=today,
        time=time,
        who=who,
        body=body,
        phone=phone,
        email=email,
    )


@register.simple_block_tag
def log_day(content: str, on: date, today: date) -> SafeString:
    """A day of the access log; its content is ``log_entry`` rows."""
    return _part("log_day", content=content, on=on, today=today)


@register.inclusion_tag("components/log_entry.html")
def log_entry(
    who: Text, what: Text, at: datetime, purpose: Text = "", why: Text = "", ask_url: str = ""
) -> dict[str, Any]:
    """Who looked, at what, what for, on what ground (``why``), and the link to ask."""
    return {
        "who": who,
        "what": what,
        "at": at,
        "purpose": purpose,
        "why": why,
        "ask_url": ask_url,
    }


# Figures


@register.inclusion_tag("components/key_figure.html")
def key_figure(
    label: Text, value: Text, goal: Text = "", before: Text = "", rests_on: Text = ""
) -> dict[str, Any]:
    """A figure with its goal, the period before, and what it rests on ("412 cases")."""
    return {"label": label, "value": value, "goal": goal, "before": before, "rests_on": rests_on}


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(
    title: Text, bars: Sequence[Bar], label_column: Text, value_column: Text
) -> dict[str, Any]:
    """Bars from zero with their values beside them, and the same as a table under a click."""
    most = max((bar.value for bar in bars if bar.value is not None), default=0) or 1
    return {
        "title": title,
        "bars": [
            {
                "label": bar.label,
                "said": bar.said,
                "width": None if bar.value is None else f"{100 * bar.value / most:.1f}%",
            }
            for bar in bars
        ],
        "columns": [Column(label_column), Column(value_column, number=True)],
        "rows": [(bar.label, bar.said) for bar in bars],
    }


@register.inclusion_tag("components/time_chart.html")
def time_chart(
    title: Text, first: date, last: date, lanes: Sequence[Lane], marks: Sequence[Mark] = ()
) -> dict[str, Any]:
    """Lanes of days from ``first`` to ``last``, both inclusive. The page adds its table."""
    days = (last - first).days + 1

    def place(day: date) -> float:
        return 100 * min(max((day - first).days, 0), days) / days

    def width(start: date, end: date) -> float:
        return max(place(end) + 100 / days - place(start), 0.3)

    return {
        "title": title,
        "lanes": [
            {
                "label": lane.label,
                "spans": [
                    {
                        "x": f"{place(span.first):.2f}%",
                        "width": f"{width(span.first, span.last):.2f}%",
                        "css": "counts" if span.counts else "counts-not",
                    }
                    for span in lane.spans
                    if span.last >= first and span.first <= last
                ],
            }
            for lane in lanes
        ],
        "marks": [
            {"x": f"{place(mark.on):.2f}%", "on": mark.on, "label": mark.label} for mark in marks
        ],
        "years": _years(first, last, place),
        "hatched": any(not span.counts for lane in lanes for span in lane.spans),
    }


def _years(first: date, last: date, place: Any) -> list[dict[str, str]]:
    """The beginnings of years within the chart, at most about six, so that they do not collide."""
    years = range(first.year + (first > date(first.year, 1, 1)), last.year + 1)
    step = len(years) // 6 + 1
    return [
        {"x": f"{place(date(year, 1, 1)):.2f}%", "label": str(year)} for year in list(years)[::step]
    ]


@register.inclusion_tag("components/score_chart.html")
def score_chart(title: Text, top: int, lines: Sequence[ScoreLine]) -> dict[str, Any]:
    """Dated scores from zero to ``top``, each line with a shape and its values beside it.

    At most four lines. The page adds its table.
    """
    days = [day for line in lines for day, _score in line.scores]
    first, last = min(days), max(days)

    def across(day: date) -> float:
        return 50.0 if first == last else 8 + 86 * (day - first).days / (last - first).days

    def down(score: int) -> float:
        return _TOP + (_FOOT - _TOP) * (1 - score / top)

    drawn = []
    for line, shape in zip(lines, _POINT_SHAPES, strict=False):
        points = [
            {"x": f"{across(day):.2f}%", "y": f"{down(score):.1f}", "score": score}
            for day, score in line.scores
        ]
        drawn.append(
            {
                "label": line.label,
                "shape": shape,
                "points": points,
                "steps": list(itertools.pairwise(points)),
            }
        )
    return {
        "title": title,
        "lines": drawn,
        "levels": [{"y": f"{down(level):.1f}", "score": level} for level in (0, top // 2, top)],
        "days": [{"x": f"{across(day):.2f}%", "on": day} for day in sorted({first, last})],
    }


# Where a score chart is drawn, in pixels from its upper edge; the shapes of its lines.
_TOP, _FOOT = 20, 150
_POINT_SHAPES = ("circle", "square", "diamond", "triangle")


@register.inclusion_tag("components/progress.html")
def progress(label: Text, done: int, total: int, left: Text = "") -> dict[str, Any]:
    """Long work: how far it is, in numbers, and the time left in words."""
    return {"label": label, "done": done, "total": total, "left": left}
