"""The kit: every part that pages are put together from (docs/design/components.md).

A tag's arguments are the part's whole interface: a wrong name fails when the template is read,
and nothing in a part's template can be undefined. Tags that end in ``end...`` take content.
Must not know any domain room and never reads the database or the clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.template import Context
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from components.chart_data import Column, Text

register = template.Library()


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


SIGNS = {
    "info": "info-circle",
    "success": "check-circle",
    "alert": "alert-circle",
    "error": "error",
}


@register.simple_tag(takes_context=True)
def error_in_title(context: Context) -> str:
    """ "Error: " before a page's title, where a form on it came back or something was refused.

    Whoever hears the page hears its title first, and knows then that nothing was saved.
    """
    refused = any(form.is_bound and form.errors for form in _forms_in(context))
    said = any(message.level_tag == "error" for message in context.get("messages") or ())
    return _("Error: ") if refused or said else ""


def _forms_in(context: Context) -> Iterator[BaseForm]:
    """The forms a page was given, by themselves or in a list; nothing lazy is looked into."""
    given: dict[Any, Any] = context.flatten()
    for value in given.values():
        for one in value if type(value) in (list, tuple) else (value,):
            if issubclass(type(one), BaseForm):
                yield one


def drawn(name: str, **values: Any) -> SafeString:
    return render_to_string(f"components/{name}.html", values)


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
    return drawn("quotation", content=content, who=who, on=on, lang=lang)


@register.simple_block_tag
def why(content: str, question: Text = "", about: Text = "") -> SafeString:
    """An explanation behind one click. ``about``: of what, where the page asks it of several."""
    return drawn("why", content=content, question=question or _("Why?"), about=about)


@register.simple_block_tag
def notification(
    content: str, kind: str = "info", heading: Text = "", live: bool = False
) -> SafeString:
    """``kind``: info, success, alert or error. ``live``: read aloud when it appears."""
    kind = {"warning": "alert", "debug": "info"}.get(kind, kind)  # the words of Django's messages
    return drawn(
        "notification",
        content=content,
        kind=kind,
        sign=SIGNS[kind],
        heading=heading or NOTICES[kind],
        role=("alert" if kind == "error" else "status") if live else "",
    )


@register.simple_block_tag
def duty(content: str, kind: str, heading: Text = "", tag: str = "h3") -> SafeString:
    """``kind``: duty, consequence or choice. The client always sees the three told apart.

    ``tag``: of its heading, one level below what stands above it.
    """
    return drawn("duty", content=content, kind=kind, heading=heading or DUTIES[kind], tag=tag)


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
        "cancel": cancel or _("Go back without saving"),
        "danger": danger,
        "name": name,
        "value": value,
    }


@register.simple_block_tag
def list_section(
    content: str, *, id: str, heading: Text, count: int, empty: Text = "", level: int = 2
) -> SafeString:
    """A heading with the count, then the list, or one sentence when there is nothing."""
    return drawn(
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
