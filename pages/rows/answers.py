"""What is answered when something was done in a row: the row, or the page that it stood on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from caseplan.plan.models import Action
from common.row_acts import RowAct, RowActs
from components.chart_data import Text
from pages.rows.addresses import UNDO_TAG, undo_address
from pages.templatetags.plan_parts import state_of_action
from web.in_place import back_to, drawn_in_place, row_asking
from web.once import did_nothing, showed_it


def answered(
    request: HttpRequest,
    acts: RowActs,
    said: str,
    *,
    to: str,
    parts: Mapping[str, Text] | None = None,
) -> HttpResponse:
    """The row after what was done: what it offers now, what was said aloud, and other ``parts``.

    ``parts``: what stands elsewhere in the row, by the name its id begins with. ``to``: the page it
    leads to where no page of the row is named.
    """
    back = back_to(request) or to
    if row_asking(request) is None:
        undo = undo_address(acts) if RowAct.UNDO in acts.acts else ""
        tags = f"{UNDO_TAG} {undo} {acts.revision}" if undo else ""
        messages.success(request, f"{said[:1].upper()}{said[1:]}.", extra_tags=tags)
        return redirect(back)
    showed_it(request, then=back)
    return _drawn(request, acts, said, parts or {})


def refused(request: HttpRequest, said: str, acts: RowActs, to: str) -> HttpResponse:
    """Nothing was done: why, and the row as it stands now."""
    did_nothing(request)
    if row_asking(request) is None:
        messages.error(request, said)
        return redirect(back_to(request) or to)
    return _drawn(request, acts, said, {}, status=409)


def _drawn(
    request: HttpRequest, acts: RowActs, said: str, parts: Mapping[str, Text], status: int = 200
) -> HttpResponse:
    context = {
        "acts": acts,
        "said": said,
        "aloud": f"{acts.title}: {said}",
        "parts": [(f"{name}-{acts.subject_id}", html) for name, html in parts.items()],
    }
    return drawn_in_place(request, "pages/rows/answer.html", context, status=status)


def state_part(action: Action, today: date) -> Text:
    """The state of an action as its row says it."""
    return state_of_action(action.state, action.due_on, today)
