"""Offering to tell how it has gone, telling it, and letting go.

Who told what cannot be found out afterwards: an answer has no key to anybody, telling and not
wanting to leave the same trace, and each night the answers of the half-year are written anew in an
order of chance, so that neither their place nor their transaction tells
(docs/adr/0044-feedback-apart-from-the-case.md).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from cases.models import Case, TeamMembership, TeamRole
from common.actor import Actor
from common.clock import day_of
from common.dates import add_months
from common.decision import NotVisible, Refused
from followup.models import FeedbackAnswer, FeedbackInvite, Milestone
from followup.models.feedback import half_of
from people.models import Position

OPEN_FOR = timedelta(days=60)
KEPT_MONTHS = 36
"""How long answers are kept after their half-year: our own choice, three years to compare."""
_MIX = """
WITH gone AS (DELETE FROM followup_feedbackanswer WHERE half = %(half)s
  RETURNING office_id, half, heard, respected, helped, coordinated)
INSERT INTO followup_feedbackanswer
  (id, office_id, half, heard, respected, helped, coordinated)
SELECT gen_random_uuid(), office_id, half, heard, respected, helped, coordinated
FROM gone ORDER BY random()
"""


@transaction.atomic
def offer_feedback(*, case: Case, milestone: Milestone, now: datetime) -> None:
    """Let the client tell how it has gone. What was offered before and not taken goes."""
    FeedbackInvite.objects.filter(case=case).delete()
    managers = TeamMembership.objects.filter(case=case, role=TeamRole.CASE_MANAGER)
    manager = managers.order_by("-since", "pk").values_list("user", flat=True).first()
    sat = Position.objects.filter(user=manager, network=case.network_id, office__isnull=False)
    office = sat.order_by("-since", "pk").values_list("office", flat=True).first()
    if manager is not None and office is not None:
        FeedbackInvite.objects.create(
            case=case, milestone=milestone, office_id=office, offered_on=day_of(now)
        )


@transaction.atomic
def give_feedback(
    *,
    actor: Actor,
    heard: int | None,
    respected: int | None,
    helped: int | None,
    coordinated: int | None,
    now: datetime,
) -> None:
    """Tell how it has gone, each question from 1 to 5 or left out. Gives nothing back: no key."""
    invite = _locked(actor, now)
    told = {
        "heard": heard, "respected": respected, "helped": helped, "coordinated": coordinated,
    }  # fmt: skip
    if all(value is None for value in told.values()):
        raise Refused(_("Answer one question at least. If you do not want to, choose “No thanks”."))
    FeedbackAnswer.objects.create(office_id=invite.office_id, half=half_of(day_of(now)), **told)
    _close(actor, invite, now)


@transaction.atomic
def decline_feedback(*, actor: Actor, now: datetime) -> None:
    """The client does not want to tell. It leaves the same trace as telling."""
    _close(actor, _locked(actor, now), now)


def open_invite(actor: Actor, *, now: datetime) -> FeedbackInvite | None:
    """What this client is offered now, within its sixty days."""
    if not actor.is_client:
        return None
    since = day_of(now) - OPEN_FOR
    found = FeedbackInvite.objects.filter(
        case__person__user=actor.user_id, offered_on__gt=since
    ).select_related("case")
    return found.order_by("-offered_on", "pk").first()


@transaction.atomic
def mix_feedback(*, now: datetime) -> int:
    """Write the answers of this half-year and the one before anew, in an order of chance."""
    this = half_of(day_of(now))
    mixed = 0
    with connection.cursor() as cursor:
        for half in (this, add_months(this, -6)):
            cursor.execute(_MIX, {"half": half})
            mixed += int(cursor.rowcount)
    return mixed


@transaction.atomic
def forget_feedback(*, now: datetime) -> int:
    """Let go the invites nobody took within their days, and the answers kept long enough."""
    today = day_of(now)
    FeedbackInvite.objects.filter(offered_on__lte=today - OPEN_FOR).delete()
    old = FeedbackAnswer.objects.filter(half__lt=add_months(half_of(today), -KEPT_MONTHS))
    return old.delete()[0]


def _locked(actor: Actor, now: datetime) -> FeedbackInvite:
    invite = open_invite(actor, now=now)
    if invite is None:
        raise NotVisible
    locked = FeedbackInvite.objects.select_for_update().filter(pk=invite.pk).first()
    if locked is None:
        raise NotVisible  # of two at once the second finds it gone
    return locked


def _close(actor: Actor, invite: FeedbackInvite, now: datetime) -> None:
    record_change(
        actor=actor,
        action="feedbackinvite_closed",
        subject_type="feedbackinvite",
        subject_id=invite.pk,
        case_id=invite.case_id,
        person_id=invite.case.person_id,
        now=now,
    )
    invite.delete()
