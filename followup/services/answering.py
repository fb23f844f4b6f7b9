"""How is it going, and how are things afterwards: the answers, and the points they belong to."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from common.actor import Actor, system_actor
from common.bodies import Party
from common.clock import day_of
from common.decision import NotVisible, Refused
from consent.models import Category
from followup.access import (
    can_answer_point,
    can_check_in,
    can_handle,
    can_note_contact,
    get_check_in,
    get_point,
)
from followup.models import CheckIn, Feeling, FollowUpPoint, PointAnswer, Situation
from followup.models.point import Source
from followup.points import ANSWER_DAYS, POINTS_MONTHS, point_of
from followup.services.reminding import remind
from records.access import get_row
from records.services import add_row, log_row

# A case that was followed by somebody who works no longer is asked about by their office's leader.
_MAKE = """
INSERT INTO followup_followuppoint (id, case_id, months, due_on, open_until, asker_id)
SELECT gen_random_uuid(), c.id, m.months, d.due_on, d.due_on + %(days)s, e.follow_up_by_id
FROM cases_case c
JOIN LATERAL (SELECT follow_up_by_id FROM plan_ending
  WHERE case_id = c.id AND outcome = 'agreed' ORDER BY closed_at DESC LIMIT 1) e ON true,
  unnest(%(months)s::int[]) m(months),
  LATERAL (SELECT add_months(day_of(c.ended_at), m.months) AS due_on) d
WHERE c.state = 'follow_up'
ON CONFLICT (case_id, months, due_on) DO NOTHING
"""
_REHOME = """
UPDATE followup_followuppoint p SET asker_id = l.user_id
FROM people_user u, LATERAL (
  SELECT office_id FROM people_position
  WHERE user_id = u.id AND office_id IS NOT NULL ORDER BY since DESC LIMIT 1) sat,
  people_position l
WHERE u.id = p.asker_id AND p.open_until >= %(on)s
  AND NOT EXISTS (SELECT FROM people_position w WHERE w.user_id = u.id AND u.is_active
    AND w.role = 'caseworker' AND w.since <= %(now)s AND (w.until IS NULL OR w.until > %(now)s))
  AND l.office_id = sat.office_id AND l.leads AND l.since <= %(now)s
  AND (l.until IS NULL OR l.until > %(now)s)
"""


@transaction.atomic
def make_points(*, actor: Actor, on: date, now: datetime) -> int:
    """Make the points of the cases that ended, and give those of whoever has left to their leader.

    Returns how many were made. The night's work; twice changes nothing.
    """
    assert actor.kind == "system"
    with connection.cursor() as cursor:
        cursor.execute(_MAKE, {"months": list(POINTS_MONTHS), "days": ANSWER_DAYS})
        made = int(cursor.rowcount)
        cursor.execute(_REHOME, {"on": on, "now": now})
    return made


@transaction.atomic
def answer_point(
    *,
    actor: Actor,
    point_id: UUID,
    situation: Situation,
    wants_contact: bool = False,
    comment: str = "",
    now: datetime,
) -> PointAnswer:
    """Say how things are at a point, for the client or as the worker who asked."""
    point = get_point(actor, point_id, now=now)
    FollowUpPoint.objects.select_for_update(of=("self",)).get(pk=point.pk)
    can_answer_point(actor, point, now=now).require()
    answer = add_row(
        actor,
        PointAnswer(
            case=point.case,
            point=point,
            category=Category.PLAN_FOLLOW_UP,
            source=Source.CLIENT if actor.is_client else Source.WORKER,
            situation=situation,
            wants_contact=wants_contact,
            comment=comment.strip(),
        ),
        now,
    )
    bring_up_to_date(point.case, now)
    return answer


def invitation_for(token: str, *, on: date) -> FollowUpPoint:
    """The point of a link, while it can be answered. Raises :class:`NotVisible` otherwise.

    The link tells nothing of anybody: not the name, not the case, not what was answered.
    """
    point_id = point_of(token)
    if point_id is None:
        raise NotVisible
    point = (
        FollowUpPoint.objects.select_related("case", "case__person")
        .filter(pk=point_id, due_on__lte=on, open_until__gte=on)
        .exclude(answers__source=Source.CLIENT)
        .first()
    )
    if point is None or point.case.person.user_id is None:
        raise NotVisible
    return point


@transaction.atomic
def answer_by_link(
    *, token: str, situation: Situation, wants_contact: bool, now: datetime
) -> PointAnswer:
    """The client's answer by the link alone, once. Raises :class:`NotVisible` when it is over."""
    point = invitation_for(token, on=day_of(now))
    FollowUpPoint.objects.select_for_update(of=("self",)).get(pk=point.pk)
    invitation_for(token, on=day_of(now))  # of two at once the second finds it answered
    client = point.case.person.user
    assert client is not None
    answer = PointAnswer(
        case=point.case,
        point=point,
        category=Category.PLAN_FOLLOW_UP,
        source=Source.CLIENT,
        situation=situation,
        wants_contact=wants_contact,
        recorded_for=Party.CLIENT,
        recorded_by=client,
        recorded_at=now,
    )
    answer.save()
    log_row(system_actor("link"), answer, "added", now)
    bring_up_to_date(point.case, now)
    return answer


@transaction.atomic
def check_in(
    *, actor: Actor, case: Case, feeling: Feeling, comment: str = "", now: datetime
) -> CheckIn:
    """The client says how it goes. Ends the question; "stuck" and "help" call the case manager."""
    can_check_in(actor, case).require()
    feeling = Feeling(feeling)
    answer = add_row(
        actor,
        CheckIn(
            case=case, category=Category.PLAN_FOLLOW_UP, feeling=feeling, comment=comment.strip()
        ),
        now,
        for_party=Party.CLIENT,
    )
    bring_up_to_date(case, now)
    return answer


@transaction.atomic
def handle_check_in(*, actor: Actor, check_in_id: UUID, now: datetime) -> CheckIn:
    """A worker of the team has been in touch: the case manager is called no more."""
    seen = get_check_in(actor, check_in_id, now=now)
    found = CheckIn.objects.select_for_update(of=("self",)).get(pk=seen.pk)
    found.case = seen.case
    if not found.feeling or not Feeling(found.feeling).asks_for_contact:
        raise Refused(_("Nothing was asked for here."))
    can_handle(actor, found, now=now).require()
    found.handled_at, found.handled_by_id = now, actor.writer_id
    found.save(update_fields=["handled_at", "handled_by"])
    log_row(actor, found, "handled", now)
    bring_up_to_date(found.case, now)
    return found


@transaction.atomic
def note_contact(*, actor: Actor, answer_id: UUID, now: datetime) -> PointAnswer:
    """Whoever asks after the end has been in touch with the client who wished it."""
    answer = get_row(actor, PointAnswer, answer_id, now=now, lock=True)
    can_note_contact(actor, answer, now=now).require()
    answer.handled_at, answer.handled_by_id = now, actor.writer_id
    answer.save(update_fields=["handled_at", "handled_by"])
    log_row(actor, answer, "handled", now)
    bring_up_to_date(answer.case, now)
    return answer


def bring_up_to_date(case: Case, now: datetime) -> None:
    """What the night would do for this case, now."""
    remind(actor=system_actor("followup"), on=day_of(now), first=case.pk, last=case.pk)
