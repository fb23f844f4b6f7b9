"""What happened in a plan ends the reminders of it at once; the night would do it too.

Only ends: whether something is to be raised is the night's question alone. What would still reach a
client who has died stops in the same transaction.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.dispatch import receiver

from caseplan.contacts.models import ContactEntry
from caseplan.intake.signals import answered
from caseplan.meetings.models import Meeting
from caseplan.messages.models import Message, Thread
from caseplan.plan.models import (
    AccompaniedHandover,
    Action,
    BodyRequest,
    Goal,
    GoalRating,
    PlanVersion,
    ReviewRequest,
)
from caseplan.plan.signals import ending_corrected, plan_agreed
from cases.models import Case
from cases.signals import case_ended, case_ended_immediately, seat_named, work_moved
from common.clock import day_of
from common.journal import Journal
from common.reminders import ReminderKind
from consent.models import ClientInformation, WrittenDown
from consent.signals import written_settled
from followup.models import (
    FeedbackInvite,
    FollowUpPoint,
    Milestone,
    Notice,
    Notification,
    NotificationState,
    Reminder,
)
from followup.services.answering import bring_up_to_date
from followup.services.feedback import offer_feedback
from followup.services.notifying import notify_of_account
from people.models import AccountLetter, LifeEvent, LifeKind
from people.signals import letter_wanted, life_changed
from records.signals import row_reopened, row_written


@receiver(row_written)
def end_what_was_done(row: ClientInformation, now: datetime, **_: Any) -> None:
    """A step done, a request answered, a meeting held, a message sent: nobody is reminded of it."""
    subject = _over(row)
    if subject is not None:
        _end(Q(subject_id=subject), now)
    if isinstance(row, ContactEntry):
        _end(_overtaken_by(row), now)


@receiver(row_reopened)
def remind_again(row: ClientInformation, since: datetime, **_: Any) -> None:
    """What was closed and is open again is reminded of as before, at once."""
    ended = Reminder.objects.filter(subject_id=row.pk, ended_on__gte=day_of(since))
    ended.update(ended_on=None)


@receiver(plan_agreed)
def end_of_the_plan(case_id: UUID, now: datetime, **_: Any) -> None:
    """A plan in force ends the reminders to make one and to review the one before."""
    kinds = [ReminderKind.PLAN_DUE, ReminderKind.REVIEW_DUE, ReminderKind.REVIEW_ASKED]
    _end(Q(case_id=case_id, kind__in=kinds), now)


@receiver(plan_agreed)
def ask_how_it_has_gone(case_id: UUID, now: datetime, **_: Any) -> None:
    """A plan agreed, or reviewed: the client may tell how it has gone."""
    agreed = PlanVersion.objects.filter(case=case_id, in_force_at__isnull=False).count()
    milestone = Milestone.PLAN if agreed <= 1 else Milestone.REVIEW
    offer_feedback(case=Case.objects.get(pk=case_id), milestone=milestone, now=now)


@receiver(case_ended)
def ask_how_it_went(case: Case, now: datetime, **_: Any) -> None:
    """The joint service has ended: the client may tell how it has gone."""
    offer_feedback(case=case, milestone=Milestone.END, now=now)


@receiver(written_settled)
def end_of_waiting(written: WrittenDown, now: datetime, **_: Any) -> None:
    """What was written down and is answered, overtaken or over waits for nobody."""
    _end(Q(subject_id=written.consent_id, kind=ReminderKind.CONSENT_WAITS), now)


@receiver(answered)
def end_of_asking(subject_id: UUID, now: datetime, **_: Any) -> None:
    """Who asked before a case is answered, or asks no more: nobody is reminded of it."""
    _end(Q(subject_id=subject_id), now)


def _over(row: ClientInformation) -> UUID | None:
    """The thing that needs no reminder now, if this row says so."""
    over: UUID | None = None
    if isinstance(row, Action):
        over = row.pk if row.state not in Action.OPEN_STATES else None
    elif isinstance(row, BodyRequest | ReviewRequest | AccompaniedHandover):
        over = row.pk if not row.is_open else None
    elif isinstance(row, Meeting):
        over = row.pk if not row.is_planned else None
    elif isinstance(row, GoalRating):
        over = row.goal_id
    elif isinstance(row, Goal):
        over = row.pk if row.dropped_at else None
    elif isinstance(row, Message):
        over = row.thread_id
    elif isinstance(row, Thread):
        over = row.pk
    return over


def _overtaken_by(contact: ContactEntry) -> Q:
    """What a contact leaves nobody to be reminded of.

    A next one that the same body planned before it, its own if another day is planned now, and
    that nobody has been in touch.
    """
    of_body = ContactEntry.objects.filter(
        case=contact.case, recorded_for=contact.recorded_for, happened_at__lte=contact.happened_at
    )
    planned = Q(kind=ReminderKind.CONTACT_NEXT, subject_id__in=of_body.values("pk"))
    if contact.next_on is not None:
        planned &= ~Q(subject_id=contact.pk, due_on=contact.next_on)
    quiet = Q(kind=ReminderKind.NO_CONTACT, case_id=contact.case_id)
    return planned | quiet if contact.answered else planned


def _end(which: Q, now: datetime) -> None:
    Reminder.objects.filter(which, ended_on__isnull=True).update(
        ended_on=Greatest(day_of(now), F("raised_on"))
    )


@receiver(case_ended_immediately)
def follow_up_nothing(case: Case, journal: Journal, now: datetime, **_: Any) -> None:
    """Nobody is reminded of the case, and nobody asks how things are after it."""
    today = day_of(now)
    for row in Reminder.objects.filter(case=case, ended_on=None).order_by("pk"):
        which = Reminder.objects.filter(pk=row.pk)
        journal.change(which, ended_on=max(today, row.raised_on))
    journal.delete(FollowUpPoint.objects.filter(case=case, answers=None))
    journal.delete(FeedbackInvite.objects.filter(case=case))


@receiver(ending_corrected)
def follow_no_ending(case: Case, **_: Any) -> None:
    """Nobody asks how things are after an end that was none; what was answered is kept."""
    FollowUpPoint.objects.filter(case=case, answers=None).delete()


@receiver(life_changed)
def write_no_more_letters(event: LifeEvent, journal: Journal, now: datetime, **_: Any) -> None:
    """Letters to somebody who has died that wait in the outbox are not handed over."""
    if event.kind != LifeKind.DIED or event.person.user_id is None:
        return
    waiting = Notification.objects.filter(
        user=event.person.user_id, state__in=[NotificationState.WAITING, NotificationState.PARKED]
    )
    journal.change(waiting, lenient=True, state=NotificationState.NEEDLESS.value, closed_at=now)


@receiver(letter_wanted)
def write_about_account(
    letter: AccountLetter, user_id: UUID | None, about: str, now: datetime, **_: Any
) -> None:
    """A link to choose a password, a new address, a change in how somebody logs in."""
    notify_of_account(user_id=user_id, notice=Notice(letter.value), about=about, now=now)


@receiver(work_moved)
def remind_whose_it_is_now(case: Case, now: datetime, **_: Any) -> None:
    """What the night would do: whoever gave the case is reminded of it no more, its taker is."""
    bring_up_to_date(case, now)


@receiver(seat_named)
def remind_who_was_named(case: Case, now: datetime, **_: Any) -> None:
    """The same for whom an office has named."""
    bring_up_to_date(case, now)
