"""Reads of reminders for whom they stand for, and of those that went up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Min, Q
from django.db.models.functions import Coalesce

from audit.models import Purpose
from caseplan.contacts.models import ContactEntry
from caseplan.messages.models import Thread
from caseplan.plan.models import Action, Goal
from cases.access import visible_to as cases_visible_to
from cases.models import Case
from common.actor import Actor
from common.decision import NotVisible
from common.reminders import ReminderKind
from consent.access import open_in
from consent.models import Category, ClientInformation
from followup.access import reminders_of
from followup.models import Reminder
from followup.models.reminder import Level
from followup.sentences import sentence_of
from people.models import User
from records.access import visible_to
from records.selectors import Reading, reading_of

# Reminders about one thing that has a category of its own: shown only where it is open.
_THINGS: dict[ReminderKind, type[ClientInformation]] = {
    ReminderKind.ACTION_DUE: Action,
    ReminderKind.ACTION_OVERDUE: Action,
    ReminderKind.GOAL_STALLED: Goal,
    ReminderKind.MESSAGE_WAITS: Thread,
    ReminderKind.CONTACT_NEXT: ContactEntry,
}
_LISTED = {
    ReminderKind.ACTION_DUE,
    ReminderKind.ACTION_OVERDUE,
    ReminderKind.MESSAGE_WAITS,
    ReminderKind.REQUEST_WAITS,
    ReminderKind.MEETING_NEXT,
    ReminderKind.OWN_REQUEST_WAITS,
    ReminderKind.CONSULTATION_WAITS,
}
OF_CLOCKS = (ReminderKind.PLAN_DUE, ReminderKind.REVIEW_DUE, ReminderKind.REVIEW_ASKED)
# About consent and what the client is owed: known to whom they reach, whatever is open to them.
_OF_NO_CATEGORY = {
    ReminderKind.CONSENT_ASKED,
    ReminderKind.CONSENT_ENDS,
    ReminderKind.CONSENT_WAITS,
    ReminderKind.WRITTEN_ENDS,
    ReminderKind.CLIENT_UNTOLD,
    ReminderKind.TRIGGER_COMING,
    ReminderKind.CORRECTION_DUE,
}


@dataclass(frozen=True, slots=True)
class Due:
    """A standing reminder in words. ``case`` is None where it is about no client."""

    id: UUID
    case: Case | None
    kind: ReminderKind
    subject_id: UUID
    due_on: date
    sentence: str
    snoozed_until: date | None

    @property
    def leads_to(self) -> str:
        """On which of the case's pages it is dealt with."""
        asked = (ReminderKind.HELP_WANTED, ReminderKind.POINT_DUE, *OF_CLOCKS)
        return "follow_up" if self.kind in asked else "case"

    @property
    def is_of_seat(self) -> bool:
        """About the place of an office on a team: dealt with on its own page, not the case's."""
        return self.kind == ReminderKind.SEAT_WAITS

    @property
    def stands_alone(self) -> bool:
        """Not about what a first page lists by itself: steps, messages, requests, meetings."""
        return self.kind not in _LISTED


def reminders_for(actor: Actor, *, on: date, now: datetime, snoozed: bool = False) -> list[Due]:
    """The standing reminders of this worker or client, by need; logged.

    By need: what the client themselves said first, then the day due; never a score. Only of cases
    they still see; of an action, a goal, a thread or a contact only where it is open to them; of
    the plan's own days, only where the plan is. A worker's are also those of whom they stand in
    for, about cases. ``snoozed``: those that wait for a later day instead.
    """
    reading = reading_of(actor, now=now)
    found = Reminder.objects.filter(
        Q(case__isnull=True) | Q(case__in=cases_visible_to(actor, now=now)),
        reminders_of(actor, now=now),
        level=Level.OWN,
        ended_on__isnull=True,
    )
    found = found.filter(snoozed_until__gt=on) if snoozed else found.exclude(snoozed_until__gt=on)
    standing = _once(actor, found.select_related("case", "case__person").order_by("due_on", "pk"))
    things = _things_of(actor, standing, reading)
    plans = open_in(
        reading.grounds,
        Category.PLAN_FOLLOW_UP,
        {r.case_id for r in standing if r.case_id is not None},
    )
    due = [
        r
        for r in standing
        if (
            r.subject_id in things
            if r.kind in _THINGS
            else r.kind in _OF_NO_CATEGORY or r.case_id is None or r.case_id in plans
        )
    ]
    shown: dict[UUID, tuple[Case, list[ClientInformation]]] = {}
    for reminder in due:
        if reminder.case is None:
            continue
        case, rows = shown.setdefault(reminder.case.pk, (reminder.case, []))
        reminder.case = case  # one object a case, so that a name taken away is away everywhere
        if reminder.subject_id in things:
            rows.append(things[reminder.subject_id])
    reading.log_and_hide_names(
        "reminders_listed",
        Purpose.FOLLOW_UP,
        shown.values(),
        beside=(Category.IDENTITY_CONTACT, Category.PLAN_FOLLOW_UP),
    )
    due.sort(key=lambda r: r.kind != ReminderKind.HELP_WANTED)
    return [
        Due(
            r.pk,
            r.case,
            ReminderKind(r.kind),
            r.subject_id,
            r.due_on,
            sentence_of(r, things.get(r.subject_id), on, to_client=actor.is_client),
            r.snoozed_until,
        )
        for r in due
    ]


def _once(actor: Actor, found: Iterable[Reminder]) -> list[Reminder]:
    """Of a thing that the reader and one they stand in for are both reminded of, their own row."""
    standing = list(found)
    own = {(r.kind, r.subject_id, r.due_on) for r in standing if r.for_user_id == actor.user_id}
    return [
        r
        for r in standing
        if r.for_user_id == actor.user_id or (r.kind, r.subject_id, r.due_on) not in own
    ]


def open_reminder(actor: Actor, reminder_id: UUID, *, on: date, now: datetime) -> Due:
    """One of one's own standing reminders, snoozed or not. Raises ``NotVisible`` otherwise."""
    for snoozed in (False, True):
        for due in reminders_for(actor, on=on, now=now, snoozed=snoozed):
            if due.id == reminder_id:
                return due
    raise NotVisible


def _things_of(
    actor: Actor, standing: list[Reminder], reading: Reading
) -> dict[UUID, ClientInformation]:
    """The actions, goals, threads and contacts the reminders are about, as far as they are open."""
    things: dict[UUID, ClientInformation] = {}
    for model in (Action, Goal, Thread, ContactEntry):
        ids = [r.subject_id for r in standing if _THINGS.get(ReminderKind(r.kind)) is model]
        if ids:
            rows = visible_to(actor, model, now=reading.now, grounds=reading.grounds)
            things.update({row.pk: row for row in rows.filter(pk__in=ids)})
    return things


@dataclass(frozen=True, slots=True)
class EscalatedReminders:
    """How many reminders of one worker went up, the oldest due when; nothing of any client."""

    who: User
    count: int
    oldest: date


def escalated_to_leader(actor: Actor) -> list[EscalatedReminders]:
    """For whoever leads an office: whose reminders are so late that they went up. Two queries."""
    found = (
        Reminder.objects.filter(
            for_user_id=actor.user_id, level=Level.LEADER, ended_on__isnull=True
        )
        .exclude(kind=ReminderKind.REQUEST_WAITS)  # told by itself, from its first late day
        .values("about")
        .annotate(count=Count("pk"), oldest=Min("due_on"))
    )
    users = User.objects.in_bulk([row["about"] for row in found])
    rows = [EscalatedReminders(users[row["about"]], row["count"], row["oldest"]) for row in found]
    return sorted(rows, key=lambda row: (row.oldest, row.who.last_name))


def escalated_to_director(actor: Actor) -> dict[ReminderKind, int]:
    """For the director: how many cases have a reminder of each kind that went all the way up.

    Raw counts: whoever publishes them withholds the small ones.
    """
    found = (
        Reminder.objects.filter(
            for_user_id=actor.user_id, level=Level.DIRECTOR, ended_on__isnull=True
        )
        .exclude(kind=ReminderKind.REQUEST_WAITS)  # counted by itself, body by body
        .values_list("kind")
        .annotate(number=Count(Coalesce("case_id", "subject_id"), distinct=True))
        .order_by("kind")
    )
    return {ReminderKind(kind): count for kind, count in found}
