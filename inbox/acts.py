"""What may be done with a thing that waits, in the row where it stands. Never asks the database.

Only what a worker may deal with waits for them, so the kind says what is offered; whether it may
be done is asked again by whatever does it.
"""

from __future__ import annotations

from common.inbox import InboxKind
from common.reminders import ReminderKind
from common.row_acts import RowAct, RowActs, RowSubject
from followup.rules import may_wait
from inbox.selectors import Item

_ACTS: dict[InboxKind, tuple[RowSubject, tuple[RowAct, ...]]] = {
    InboxKind.ACTION: (RowSubject.ACTION, (RowAct.DONE, RowAct.MOVE, RowAct.NOTE)),
    InboxKind.BODY_REQUEST: (RowSubject.REQUEST, (RowAct.ACCEPT, RowAct.DECLINE)),
    InboxKind.MESSAGE: (RowSubject.THREAD, (RowAct.ANSWER, RowAct.NOTE)),
    InboxKind.REMINDER: (RowSubject.REMINDER, (RowAct.LATER,)),
    InboxKind.POSTPONED: (RowSubject.REMINDER, (RowAct.UNDO,)),
}


def acts_of(item: Item) -> RowActs | None:
    """What this reader may do with it in its row; None for what has a page of its own only."""
    if item.kind not in _ACTS or item.case is None:
        return None
    subject, acts = _ACTS[item.kind]
    if subject is RowSubject.REMINDER and not may_wait(ReminderKind(item.facts["reminder"])):
        return None
    return RowActs(
        subject,
        item.subject_id,
        item.words,
        acts,
        revision=item.facts.get("revision", 0),
        case_id=item.case.pk,
    )
