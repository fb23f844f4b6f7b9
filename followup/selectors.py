"""Reads of reminders for the one they stand for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from audit.models import Purpose
from audit.services import Shown, record_access
from caseplan.access import visible_to
from caseplan.models import Action
from cases.access import visible_to as cases_visible_to
from cases.models import Case
from common.actor import Actor
from consent.models import Category
from followup.models import Reminder, ReminderKind


@dataclass(frozen=True, slots=True)
class Due:
    """A standing reminder in words."""

    case: Case
    kind: ReminderKind
    due_on: date
    sentence: str

    @property
    def is_of_the_plan(self) -> bool:
        """About the plan as a whole; an overdue action stands in a page's own list of actions."""
        return self.kind != ReminderKind.ACTION_OVERDUE


def reminders_for(actor: Actor, *, on: date, now: datetime) -> list[Due]:
    """The standing reminders of this worker or client, soonest due first; logged.

    Only of cases they still see; of an action, its text only where the row is open to them.
    """
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
        for action in visible_to(actor, Action, now=now).filter(
            pk__in=[r.subject_id for r in standing if r.kind == ReminderKind.ACTION_OVERDUE]
        )
    }
    due = [r for r in standing if r.kind != ReminderKind.ACTION_OVERDUE or r.subject_id in actions]
    shown: dict[UUID, tuple[Case, set[str]]] = {}
    for reminder in due:
        action = actions.get(reminder.subject_id)
        _case, categories = shown.setdefault(
            reminder.case_id, (reminder.case, {Category.IDENTITY_CONTACT.value})
        )
        categories.add(action.category if action else Category.PLAN_FOLLOW_UP.value)
    record_access(
        actor=actor,
        action="reminders_listed",
        purpose=Purpose.OWN_DATA if actor.is_client else Purpose.FOLLOW_UP,
        shown=[
            Shown(case.person_id, case.pk, frozenset(categories))
            for case, categories in shown.values()
        ],
        now=now,
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
