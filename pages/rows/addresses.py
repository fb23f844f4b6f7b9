"""Where each act of a row leads, and in which words; which of them one click does."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from common.row_acts import RowAct, RowActs, RowSubject

LABELS: dict[RowAct, Promise] = {
    RowAct.DONE: pgettext_lazy("act of a row", "Done"),
    RowAct.MOVE: pgettext_lazy("act of a row", "Move"),
    RowAct.LATER: pgettext_lazy("act of a row", "Later"),
    RowAct.ANSWER: pgettext_lazy("act of a row", "Answer this"),
    RowAct.ACCEPT: pgettext_lazy("act of a row", "Accept"),
    RowAct.DECLINE: pgettext_lazy("act of a row", "Decline"),
    RowAct.READ: pgettext_lazy("act of a row", "Read and answer"),
    RowAct.ASK: pgettext_lazy("act of a row", "Ask"),
    RowAct.HOW: pgettext_lazy("act of a row", "How did it go?"),
    RowAct.NOTE: pgettext_lazy("act of a row", "Note"),
    RowAct.WITHDRAW: pgettext_lazy("act of a row", "Take back"),
    RowAct.UNDO: pgettext_lazy("act of a row", "Undo"),
    RowAct.REOPEN: pgettext_lazy("act of a row", "Open again"),
    RowAct.CHANGE: pgettext_lazy("act of a row", "Change"),
    RowAct.DROP: pgettext_lazy("act of a row", "Drop"),
}

UNDO_TAG = "undo"
"""Marks a message on a page without script that says what may be undone, and where."""

# By one click (a form without fields), under the row (a form of its own), or on another page.
AT_ONCE, UNDER_THE_ROW, ELSEWHERE = "at_once", "under", "elsewhere"
_PLACES: dict[tuple[RowSubject, RowAct], tuple[str, str]] = {
    (RowSubject.ACTION, RowAct.DONE): ("pages:action_done", AT_ONCE),
    (RowSubject.ACTION, RowAct.UNDO): ("pages:action_undo", AT_ONCE),
    (RowSubject.ACTION, RowAct.MOVE): ("pages:action_day", UNDER_THE_ROW),
    (RowSubject.ACTION, RowAct.ASK): ("pages:action_ask", UNDER_THE_ROW),
    (RowSubject.ACTION, RowAct.HOW): ("pages:action_close", UNDER_THE_ROW),
    (RowSubject.ACTION, RowAct.REOPEN): ("pages:action_reopen", UNDER_THE_ROW),
    (RowSubject.REMINDER, RowAct.LATER): ("pages:reminder_snooze", UNDER_THE_ROW),
    (RowSubject.REMINDER, RowAct.UNDO): ("pages:reminder_again", AT_ONCE),
    (RowSubject.REQUEST, RowAct.ACCEPT): ("pages:body_accept", UNDER_THE_ROW),
    (RowSubject.REQUEST, RowAct.DECLINE): ("pages:body_decline", UNDER_THE_ROW),
    (RowSubject.REQUEST, RowAct.WITHDRAW): ("pages:body_withdraw", UNDER_THE_ROW),
    (RowSubject.THREAD, RowAct.ANSWER): ("pages:thread", UNDER_THE_ROW),
    (RowSubject.VERSION, RowAct.READ): ("pages:version", ELSEWHERE),
    (RowSubject.HANDOVER, RowAct.READ): ("pages:handover", ELSEWHERE),
    (RowSubject.GOAL, RowAct.CHANGE): ("pages:goal_edit", UNDER_THE_ROW),
    (RowSubject.GOAL, RowAct.DROP): ("pages:goal_drop", UNDER_THE_ROW),
    (RowSubject.GOAL, RowAct.UNDO): ("pages:goal_undo", AT_ONCE),
    (RowSubject.GOAL, RowAct.REOPEN): ("pages:goal_take_up", UNDER_THE_ROW),
}


@dataclass(frozen=True, slots=True)
class Offered:
    """One act as a row shows it."""

    act: RowAct
    label: Promise
    url: str
    way: str

    @property
    def is_at_once(self) -> bool:
        return self.way == AT_ONCE

    @property
    def is_under_the_row(self) -> bool:
        return self.way == UNDER_THE_ROW


def offered(acts: RowActs, back: str) -> list[Offered]:
    """The acts of a row with their addresses; ``back``: the page that the row stands on."""
    found = []
    on_the_way_back = f"?{urlencode({'next': back})}" if back else ""
    for act in acts.acts:
        if act is RowAct.NOTE:  # of the case, whatever the row is about
            url, way = reverse("pages:case_note", args=[acts.case_id]), UNDER_THE_ROW
        else:
            name, way = _PLACES[acts.kind, act]
            url = reverse(name, args=[acts.subject_id])
        if way == UNDER_THE_ROW:
            url += on_the_way_back
        found.append(Offered(act, LABELS[act], url, way))
    return found


def undo_address(acts: RowActs) -> str:
    name, _way = _PLACES[acts.kind, RowAct.UNDO]
    return reverse(name, args=[acts.subject_id])
