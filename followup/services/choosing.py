"""What people decide about their reminders: later, by which channel, by which figures."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from caseplan.plan.models import ClockChange, ClockKind, PlanVersion, ReviewRequest
from cases.access import can_write_in_case
from cases.models import Case
from common.actor import Actor
from common.clock import day_of
from common.decision import Refused
from common.reminders import ReminderKind
from consent.models import Category
from followup.access import can_decide_rules, own_reminder
from followup.models import ContactChoice, Reminder, ReminderRule, SnoozeReason
from followup.rules import may_wait, rule_of
from followup.services.answering import bring_up_to_date
from records.services import add_row, require_text

SNOOZE_DAYS = 14
MOVE_DAYS = 92


@transaction.atomic
def snooze(
    *, actor: Actor, reminder_id: UUID, until: date, reason: SnoozeReason, now: datetime
) -> Reminder:
    """Let one's own reminder wait until a day, at most 14 days away. It goes up all the same.

    A day of the law does not wait (``followup.rules.may_wait``).
    """
    reminder = own_reminder(actor, reminder_id, now=now)
    if not may_wait(ReminderKind(reminder.kind)):
        raise Refused(_("A day of the law does not wait. It leaves when it is dealt with."))
    today = day_of(now)
    if not today < until <= today + timedelta(days=SNOOZE_DAYS):
        raise Refused(_("Choose a day after today, at most 14 days away."), field="until")
    reminder.snoozed_until, reminder.snoozed_because = until, SnoozeReason(reason)
    reminder.save(update_fields=["snoozed_until", "snoozed_because"])
    record_change(
        actor=actor,
        action="reminder_snoozed",
        subject_type="reminder",
        subject_id=reminder.pk,
        case_id=reminder.case_id,
        person_id=reminder.case.person_id if reminder.case else None,
        now=now,
    )
    return reminder


@transaction.atomic
def show_again(*, actor: Actor, reminder_id: UUID, now: datetime) -> Reminder:
    """Take back that a reminder waits: it is shown again at once."""
    reminder = own_reminder(actor, reminder_id, now=now)
    if reminder.snoozed_until is None:
        return reminder
    reminder.snoozed_until, reminder.snoozed_because = None, ""
    reminder.save(update_fields=["snoozed_until", "snoozed_because"])
    record_change(
        actor=actor,
        action="reminder_shown_again",
        subject_type="reminder",
        subject_id=reminder.pk,
        case_id=reminder.case_id,
        person_id=reminder.case.person_id if reminder.case else None,
        now=now,
    )
    return reminder


@transaction.atomic
def choose_contact(
    *,
    actor: Actor,
    email: bool,
    sms: bool,
    suomifi: bool,
    quiet_from: time,
    quiet_until: time,
    now: datetime,
) -> ContactChoice:
    """Choose by which channels one is told, and when not. One's own page always tells."""
    choice, _made = ContactChoice.objects.update_or_create(
        user_id=actor.writer_id,
        defaults={
            "email": email,
            "sms": sms,
            "suomifi": suomifi,
            "quiet_from": quiet_from,
            "quiet_until": quiet_until,
        },
    )
    record_change(
        actor=actor,
        action="contact_chosen",
        subject_type="user",
        subject_id=actor.writer_id,
        now=now,
    )
    return choice


@transaction.atomic
def decide_rule(
    *,
    actor: Actor,
    kind: ReminderKind,
    is_on: bool,
    notice: int,
    allowed: int | None,
    leader_after: int | None,
    director_after: int | None,
    now: datetime,
) -> ReminderRule:
    """Decide how one kind of reminder works in the director's network; days.

    Raises :class:`Refused` where a statute asks for the reminder and it would be turned off.
    """
    can_decide_rules(actor).require()
    core = rule_of(ReminderKind(kind))
    if core.statutory and not is_on:
        raise Refused(_("A statute asks for this. It cannot be turned off."), field="is_on")
    if leader_after is not None and director_after is not None and director_after < leader_after:
        raise Refused(
            _("It goes to the office's leader first, then to the director."),
            field="director_after",
        )
    rule = ReminderRule.objects.create(
        network_id=actor.working_network_id,
        kind=kind,
        is_on=is_on,
        notice=notice,
        allowed=allowed if core.allowed is not None else None,
        leader_after=leader_after,
        director_after=director_after,
        decided_at=now,
        decided_by_id=actor.writer_id,
    )
    record_change(
        actor=actor,
        action="reminder_rule_decided",
        subject_type="reminder_rule",
        subject_id=rule.pk,
        now=now,
    )
    return rule


@transaction.atomic
def move_clock(
    *,
    actor: Actor,
    case: Case,
    kind: ClockKind,
    from_on: date,
    to_on: date,
    why: str,
    now: datetime,
) -> ClockChange:
    """Let a clock of the case stand still for some days (both inclusive), and say why.

    The day the law says does not change and stays in sight; reminders go by the moved one.
    Raises :class:`Refused` without a clock of that kind that runs.
    """
    can_write_in_case(actor, case, now=now).require()
    if to_on < from_on:
        raise Refused(_("The last day is before the first."), field="to_on")
    if (to_on - from_on).days >= MOVE_DAYS:
        raise Refused(_("At most three months at a time."), field="to_on")
    kind = ClockKind(kind)
    change = add_row(
        actor,
        ClockChange(
            case=case,
            category=Category.PLAN_FOLLOW_UP,
            kind=kind,
            subject_id=_running(case, kind),
            from_on=from_on,
            to_on=to_on,
            why=require_text(why, "why", _("Write why the deadline is paused.")),
        ),
        now,
    )
    bring_up_to_date(case, now)
    return change


def _running(case: Case, kind: ClockKind) -> UUID:
    """Whose clock it is: the case's, its version's in force, its open request's."""
    in_force = PlanVersion.objects.filter(
        case=case, in_force_at__isnull=False, replaced_at__isnull=True
    ).first()
    if kind == ClockKind.PLAN and in_force is None:
        return case.pk
    if kind == ClockKind.REVIEW and in_force is not None:
        return in_force.pk
    if kind == ClockKind.REVIEW_ASKED:
        request = ReviewRequest.objects.filter(case=case, state="open").first()
        if request is not None:
            return request.pk
    raise Refused(_("No such deadline is running in this case now."), field="kind")
