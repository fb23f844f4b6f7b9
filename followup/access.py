"""Who may answer, snooze, move a clock and decide the rules."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.access import can_write_in_case, does_work_of, stood_in_for
from cases.access import visible_to as cases_visible_to
from cases.models import Case
from common.actor import Actor, ActorKind
from common.clock import day_of
from common.decision import Decision, NotVisible
from followup.models import CheckIn, FollowUpPoint, PointAnswer, Reminder
from records.access import visible_to


def own_reminder(actor: Actor, reminder_id: UUID, *, now: datetime) -> Reminder:
    """One standing reminder of this user's own, or of whom they stand in for in a case they see.

    Raises :class:`NotVisible` otherwise.
    """
    found = (
        Reminder.objects.filter(reminders_of(actor, now=now), ended_on__isnull=True)
        .filter(pk=reminder_id)
        .first()
    )
    if found is None:
        raise NotVisible
    return found


def reminders_of(actor: Actor, *, now: datetime) -> Q:
    """Whose reminders an actor is shown: their own, and about cases those of whom they cover."""
    own = Q(for_user_id=actor.user_id)
    others = stood_in_for(actor, now=now)
    if not others:
        return own
    return own | Q(for_user__in=others, case__in=cases_visible_to(actor, now=now))


def points_visible_to(actor: Actor, *, now: datetime) -> QuerySet[FollowUpPoint]:
    """The points of visible cases: that somebody asks, not what was answered."""
    return FollowUpPoint.objects.filter(case__in=cases_visible_to(actor, now=now))


def get_point(actor: Actor, point_id: UUID, *, now: datetime) -> FollowUpPoint:
    """One point with its case. Raises :class:`NotVisible` otherwise."""
    point = (
        points_visible_to(actor, now=now)
        .select_related("case", "case__person")
        .filter(pk=point_id)
        .first()
    )
    if point is None:
        raise NotVisible
    return point


def can_answer_point(actor: Actor, point: FollowUpPoint, *, now: datetime) -> Decision:
    """May this actor say how things are at a point now? Who was named to ask, and the client.

    Who stands in for the one who was named does it in their place.
    """
    if not point.due_on <= day_of(now) <= point.open_until:
        return Decision.no(_("This point is answered from its day on, for 60 days."))
    if not actor.is_client and not does_work_of(actor, point.asker_id, now=now):
        return Decision.no(_("Who was named at the ending asks and answers."))
    source = "client" if actor.is_client else "worker"
    if PointAnswer.objects.filter(point=point, source=source).exists():
        return Decision.no(_("This has been answered."))
    return Decision.yes()


def can_note_contact(actor: Actor, answer: PointAnswer, *, now: datetime) -> Decision:
    """May this actor say that they were in touch after the end? Who was named to ask, once.

    And who stands in for them, as with the answers themselves.
    """
    if not answer.calls:
        return Decision.no(_("Nothing was asked for here."))
    if not does_work_of(actor, answer.point.asker_id, now=now):
        return Decision.no(_("Who was named at the ending asks and answers."))
    return Decision.yes()


def can_check_in(actor: Actor, case: Case) -> Decision:
    """May this actor say how it goes? The client, while the case is open.

    A worker of the team types it with the client beside them, or from the client's paper.
    """
    if not (actor.is_client or actor.types_for_client_of(case.pk)):
        return Decision.no(_("Only the client says how it goes."))
    if not case.is_open:
        return Decision.no(_("The case has ended. What was recorded can still be read."))
    return Decision.yes()


def get_check_in(actor: Actor, check_in_id: UUID, *, now: datetime) -> CheckIn:
    """One visible check-in with its case. Raises :class:`NotVisible` otherwise."""
    found = (
        visible_to(actor, CheckIn, now=now)
        .select_related("case", "case__person")
        .filter(pk=check_in_id)
        .first()
    )
    if found is None:
        raise NotVisible
    return found


def can_handle(actor: Actor, found: CheckIn, *, now: datetime) -> Decision:
    """May this actor say that they were in touch? A worker of the team, once."""
    if found.handled_at is not None:
        return Decision.no(_("Somebody has already been in touch."))
    return can_write_in_case(actor, found.case, now=now)


def can_decide_rules(actor: Actor) -> Decision:
    """The director decides the network's figures over the national core."""
    if actor.kind is not ActorKind.DIRECTOR:
        return Decision.no(_("Only the director decides this."))
    return Decision.yes()
