"""The parts of a plan and of the client's own pages.

Must not know any domain room and never reads the database or the clock.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from components.chart_data import Text
from components.templatetags.components import drawn
from pages.templatetags import wording

register = template.Library()


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
    return drawn(
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


# What the workers of these services speak without an interpreter.
_SPOKEN_HERE = ("fi", "sv")


@register.inclusion_tag("pages/meetings/interpreter_wish.html", takes_context=True)
def interpreter_wish(context: dict[str, Any], wished: str, speaks: str) -> dict[str, Any]:
    """By which the client says that they need an interpreter; the codes of languages.

    ``wished``: what is said already. ``speaks``: what the register says they speak.
    """
    return {
        "wished": wished,
        "speaks": "" if speaks in _SPOKEN_HERE else speaks,
        "csrf_token": context.get("csrf_token"),
    }


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
    ended: datetime | None = None,
    id: object = "",
) -> SafeString:
    """One action in ``<ul class="actions-list">``. An open one past its day is said overdue.

    ``id``: of the action, where its row can be answered in its place (``row_acts``).

    Save where the case has ended (``ended``): then nobody is late any more.
    """
    is_late = not ended and _late(due, today, state)
    return drawn(
        "action_row",
        content=content,
        what=what,
        owner=owner,
        body=body,
        due=due,
        today=today,
        state="overdue" if is_late else state,
        state_text="" if is_late else state_text,
        lang=lang,
        open=not ended and state not in {"done", "dropped"},
        id=id,
    )


def state_of_action(state: str, due: date | None, today: date) -> SafeString:
    """The state of an action as its row says it, in a case that has not ended."""
    return wording.state("overdue" if _late(due, today, state) else state)


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
    comment: str = "",
    lang: str = "",
) -> SafeString:
    """One party of ``<ul class="answers">``: accepted, not_yet or disagrees (with its words)."""
    return drawn(
        "answer_row",
        content=content,
        party=party,
        answer=answer,
        who=who,
        on=on,
        comment=comment,
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
    away: str = "",
) -> dict[str, Any]:
    """One person of ``<ul class="team">``; ``away``: who stands in for them, in words."""
    return {
        "name": name,
        "body": body,
        "role": role,
        "since": since,
        "until": until,
        "phone": phone,
        "email": email,
        "away": away,
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
    return drawn(
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
    return drawn("log_day", content=content, on=on, today=today)


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
