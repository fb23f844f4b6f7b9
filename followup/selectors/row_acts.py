"""What may be done with a reminder in the row where it stands. No query."""

from __future__ import annotations

from common.reminders import ReminderKind
from common.row_acts import RowAct, RowActs, RowSubject
from followup.rules import may_wait
from followup.selectors.reminders import Due


def acts_of_reminder(due: Due) -> RowActs:
    """One's own reminder may come back on a later day, save of a day of the law.

    One that waits already may be shown again at once.
    """
    acts: tuple[RowAct, ...] = ()
    if may_wait(ReminderKind(due.kind)):
        acts = (RowAct.UNDO,) if due.snoozed_until else (RowAct.LATER,)
    case_id = due.case.pk if due.case else None
    return RowActs(RowSubject.REMINDER, due.id, due.sentence, acts, case_id=case_id)
