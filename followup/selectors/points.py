"""How it goes and how things are afterwards, as far as the reader may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from audit.models import Purpose
from benefits.models import UnemploymentSpell
from benefits.selectors import newest_day
from cases.models import Case
from common.clock import day_of
from common.reminders import ReminderKind
from consent.models import Category
from followup.access import can_answer_point, can_note_contact, get_point
from followup.models import CheckIn, FollowUpPoint, PointAnswer, Situation
from followup.rules import rule_in
from records.access import rows_of_case
from records.selectors import Reading


@dataclass(frozen=True, slots=True)
class CheckInDue:
    """Whether the client is asked how it goes now; since when, and what they said last."""

    is_due: bool
    last: CheckIn | None


@dataclass(frozen=True, slots=True)
class PointSeen:
    """One point with what each source says of it.

    ``register``: what the registers say of its day; None where they say nothing, which is not the
    same as anything. ``may_answer``: this reader may, now. ``may_note_contact``: they may say that
    they were in touch, as the client asked.
    """

    point: FollowUpPoint
    client: PointAnswer | None
    worker: PointAnswer | None
    register: Situation | None
    may_answer: bool
    may_note_contact: bool
    standing: str


@dataclass(frozen=True, slots=True)
class AfterwardsPage:
    """The points of one case, the earliest first."""

    case: Case
    points: list[PointSeen]


def check_in_due(reading: Reading, case: Case) -> CheckInDue:
    """For the client's own page: is it time to ask how it goes?

    Every so many days as the network has decided, from the last answer or from the opening.
    """
    if not case.is_open:
        return CheckInDue(False, None)
    last = _check_ins(reading, case).first()
    rule = rule_in(case.network_id, ReminderKind.CHECK_IN)
    since = last.recorded_at if last else case.opened_at
    due_on = day_of(since) + timedelta(days=rule.allowed or 0)
    return CheckInDue(rule.is_on and due_on <= day_of(reading.now), last)


def latest_check_ins(reading: Reading, case: Case, *, count: int = 5) -> list[CheckIn]:
    """The client's newest answers, as far as they are open; logged."""
    found = list(_check_ins(reading, case).prefetch_related("handled_by")[:count])
    reading.log_and_hide_names(
        "check_ins_listed", Purpose.FOLLOW_UP, [(case, found)] if found else []
    )
    return found


def _check_ins(reading: Reading, case: Case) -> QuerySet[CheckIn]:
    return rows_of_case(reading.grounds, case.pk, CheckIn).order_by("-recorded_at", "-pk")


def list_points(reading: Reading, case: Case) -> AfterwardsPage:
    """The points of a visible case with the answers that are open to the reader; logged."""
    if case.pk not in reading.opens(Category.PLAN_FOLLOW_UP, [case.pk]):
        return AfterwardsPage(case, [])
    points = list(
        FollowUpPoint.objects.filter(case=case).prefetch_related("asker").order_by("due_on", "pk")
    )
    if not points:
        return AfterwardsPage(case, [])
    answers = {
        (answer.point_id, answer.source): answer
        for answer in rows_of_case(reading.grounds, case.pk, PointAnswer)
    }
    registers = _registers_open(reading, case)
    for point in points:
        point.case = case
    seen = [
        _seen(
            reading,
            point,
            answers.get((point.pk, "client")),
            answers.get((point.pk, "worker")),
            register_says(point, today=day_of(reading.now)) if registers else None,
        )
        for point in points
    ]
    reading.log_and_hide_names(
        "points_listed",
        Purpose.FOLLOW_UP,
        [(case, list(answers.values()))],
        beside=(Category.IDENTITY_CONTACT, Category.PLAN_FOLLOW_UP),
    )
    return AfterwardsPage(case, seen)


def open_point(reading: Reading, point_id: UUID) -> PointSeen:
    """One point for answering it; logged. Raises ``NotVisible`` otherwise."""
    point = get_point(reading.actor, point_id, now=reading.now)
    page = list_points(reading, point.case)
    return next(seen for seen in page.points if seen.point.pk == point.pk)


def register_says(point: FollowUpPoint, *, today: date) -> Situation | None:
    """What the registers say of the point's day: unemployed, or nothing.

    That no spell covers the day does not say what the person does, so nothing is guessed; nor of a
    day the registers do not tell of yet: a spell still open then may have ended long ago.
    """
    told_to = newest_day()
    if told_to is None or point.due_on > min(today, told_to):
        return None
    spells = UnemploymentSpell.objects.filter(
        person=point.case.person_id, start__lte=point.due_on, corrected_at__isnull=True
    ).exclude(end__lt=point.due_on)
    return Situation.UNEMPLOYED if spells.exists() else None


def _registers_open(reading: Reading, case: Case) -> bool:
    """The registers' facts are for the client and those to whom service needs are open."""
    return case.pk in reading.opens(Category.SERVICE_NEEDS, [case.pk])


def _seen(
    reading: Reading,
    point: FollowUpPoint,
    client: PointAnswer | None,
    worker: PointAnswer | None,
    register: Situation | None,
) -> PointSeen:
    today = day_of(reading.now)
    may = can_answer_point(reading.actor, point, now=reading.now).allowed
    if client or worker:
        standing = _("Answered")
    elif today < point.due_on:
        standing = _("Not yet")
    elif today <= point.open_until:
        standing = _("Asked, not answered yet")
    else:
        standing = _("Not known: nobody answered in time")
    if client:
        client.point = point
    asked = client is not None and can_note_contact(reading.actor, client, now=reading.now).allowed
    return PointSeen(point, client, worker, register, may, asked, standing)
