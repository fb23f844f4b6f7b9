"""What can be done with a row where it stands. Never reads the database."""

from __future__ import annotations

from typing import Any

from django import template

from common.row_acts import RowAct, RowActs
from components.chart_data import Text
from components.templatetags.formatting import own
from pages.rows.addresses import LABELS, UNDO_TAG, offered
from web.in_place import back_to

register = template.Library()


@register.inclusion_tag("pages/rows/acts.html", takes_context=True)
def row_acts(context: Any, acts: RowActs, said: Text = "", focus: bool = False) -> dict[str, Any]:
    """The acts of one row, and the place under it where a form opens.

    ``said``: what was just done. ``focus``: on its first act, after the row was drawn anew.
    """
    request = context["request"]
    back = back_to(request) or request.get_full_path()
    return {
        "request": request,
        "acts": acts,
        "title": own(acts.title),  # said of each act to those who hear the page
        "offered": offered(acts, back),
        "back": back,
        "said": said,
        "focus": focus,
    }


@register.inclusion_tag("pages/rows/undo.html", takes_context=True)
def undo_in(context: Any, message: Any) -> dict[str, Any]:
    """Beside a message of something that was just done: the button that takes it back, if any."""
    request = context.get("request")
    tag, _space, rest = (message.extra_tags or "").partition(" ")
    url, _space, revision = rest.partition(" ")
    return {
        "request": request,
        "url": url if tag == UNDO_TAG else "",
        "revision": revision,
        "label": LABELS[RowAct.UNDO],
        "back": request.path if request else "",
    }
