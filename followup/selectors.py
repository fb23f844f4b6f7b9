"""Reads of reminders for the one they stand for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from audit.models import Purpose
from caseplan.access import visible_to
from caseplan.models import Action
from caseplan.selectors import reading_of
from cases.access import visible_to as cases_visible_to
from cases.models import Case
from common.actor import Actor
from consent.access import open_in
from consent.models import Category, ClientInformation
from followup.models import Reminder, ReminderKind

OF_THE_PLAN = {ReminderKind.PLAN_DUE, ReminderKind.REVIEW_DUE}


@dataclass(frozen=True, slots=True)
class Due:
    """A standing reminder in words."""

    case: Case
    kind: ReminderKind
    due_on: date
    sentence: str

    @property
    def stands_alone(self) -> bool:
        """Not about one action: an overdue one stands in a page's own list of actions."""
        return self.kind != ReminderKind.ACTION_OVERDUE


def reminders_for(actor: Actor, *, on: date, now: datetime) -> list[Due]:
    """The standing reminders of this worker or client, soonest due first; logged.

    Only of cases they still see; of an action, its text only where the row is open to them; of
    the plan's own days, only where the plan is.
    """
    reading = reading_of(actor, now=now)
    standing = list(
        Reminder.objects.filter(
            for_user_id=actor.user_id,
            ended_on__isnull=True,
            case__in=cases_visible_to(actor, now=now),
        )
        .select_related("case", "case__person")
        .order_by("due_on", "pk")
    )
    actions = {
        action.pk: action
        for action in visible_to(actor, Action, now=now, grounds=reading.grounds).filter(
            pk__in=[r.subject_id for r in standing if r.kind == ReminderKind.ACTION_OVERDUE]
        )
    }
    plans = open_in(reading.grounds, Category.PLAN_FOLLOW_UP, {r.case_id for r in standing})
    due = [
        r
        for r in standing
        if (
            r.subject_id in actions
            if r.kind == ReminderKind.ACTION_OVERDUE
            else r.kind not in OF_THE_PLAN or r.case_id in plans
        )
    ]
    shown: dict[UUID, tuple[Case, list[ClientInformation]]] = {}
    for reminder in due:
        case, rows = shown.setdefault(reminder.case_id, (reminder.case, []))
        reminder.case = case  # one object a case, so that a name taken away is away everywhere
        if reminder.subject_id in actions:
            rows.append(actions[reminder.subject_id])
    reading.shows(
        "reminders_listed",
        Purpose.FOLLOW_UP,
        shown.values(),
        beside=(Category.IDENTITY_CONTACT, Category.PLAN_FOLLOW_UP),
    )
    return [
        Due(r.case, ReminderKind(r.kind), r.due_on, _sentence(r, actions.get(r.subject_id), on))
        for r in due
    ]


def _sentence(reminder: Reminder, action: Action | None, on: date) -> str:
    due = reminder.due_on
    said = {"day": f"{due.day}.{due.month}.{due.year}"}
    late = due < on
    if action is not None:
        return _("Was due on %(day)s: %(text)s") % {**said, "text": action.text}
    if reminder.kind == ReminderKind.CONSENT_ASKED:
        return _("A request for consent is not answered yet. Nobody need agree to it.")
    if reminder.kind == ReminderKind.PLAN_DUE:
        text = (
            _("The plan was to be made by %(day)s.")
            if late
            else _("The plan is to be made by %(day)s.")
        )
    else:
        text = (
            _("The plan was to be reviewed by %(day)s.")
            if late
            else _("The plan is to be reviewed by %(day)s.")
        )
    return text % said
