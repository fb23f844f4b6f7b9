"""Opening a case: from a trigger with its inputs copied, or on need alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benefits.selectors import trigger_of
from benefits.services import take_flags
from caseplan.plan.models import JointPlan, Referral
from cases.models import Case
from cases.services import open_case
from common.actor import Actor
from common.bodies import Body, Party
from common.clock import day_of
from common.decision import NotAllowed, Refused
from common.validity import valid_at
from consent.models import Category
from people.models import Position
from records.services import add_row
from statutes.reader import law_on


@transaction.atomic
def open_case_from_trigger(
    *,
    actor: Actor,
    person_id: UUID,
    rule: str,
    asked_on: date,
    reason: str,
    case_manager_id: UUID,
    member_ids: Iterable[UUID],
    now: datetime,
    only_refer: bool = False,
) -> Case:
    """Open a case for somebody who meets a trigger on ``asked_on``, keeping a copy of it.

    One transaction: the case, its team of three bodies, the referral and the empty plan. With
    ``only_refer`` nothing starts yet: the bodies decide together whether it does.
    Raises ``NotVisible`` when the actor may not know of such a trigger, :class:`Refused`
    when a body is missing from the team or the person already has an open case.
    """
    trigger = trigger_of(actor, person_id, rule=rule, on=asked_on, now=now)
    return _open(
        actor=actor,
        person_id=person_id,
        referral=Referral(
            rule=rule,
            statute=trigger.statute,
            asked_on=trigger.asked_on,
            reached_on=trigger.reached_on,
            measured=trigger.measured,
            reason=reason,
        ),
        case_manager_id=case_manager_id,
        member_ids=member_ids,
        now=now,
        only_refer=only_refer,
    )


@transaction.atomic
def open_case_on_need(
    *,
    actor: Actor,
    person_id: UUID,
    reason: str,
    case_manager_id: UUID,
    member_ids: Iterable[UUID],
    now: datetime,
    only_refer: bool = False,
) -> Case:
    """Open a case because the need is there, whatever the counters say (Act 381/2023 s. 3)."""
    return _open(
        actor=actor,
        person_id=person_id,
        referral=Referral(reason=reason),
        case_manager_id=case_manager_id,
        member_ids=member_ids,
        now=now,
        only_refer=only_refer,
    )


def _open(
    *,
    actor: Actor,
    person_id: UUID,
    referral: Referral,
    case_manager_id: UUID,
    member_ids: Iterable[UUID],
    now: datetime,
    only_refer: bool = False,
) -> Case:
    if not actor.is_worker or actor.party is None:
        raise NotAllowed(_("Only a worker of the three bodies opens a case."))
    referral.reason = referral.reason.strip()
    if not referral.reason:
        raise Refused(_("Write the reason in words the client can read."), field="reason")
    team = {case_manager_id, *member_ids}
    _require_three_bodies(team, now)
    today = day_of(now)
    case = open_case(
        actor=actor,
        person_id=person_id,
        statute=law_on(today).act,
        started_on=None if only_refer else today,
        case_manager_id=case_manager_id,
        member_ids=team,
        now=now,
    )
    referral.case, referral.category = case, Category.CASE_HANDLING
    add_row(actor, referral, now)
    if not only_refer:
        add_row(actor, JointPlan(case=case, category=Category.PLAN_FOLLOW_UP), now)
    take_flags(actor=actor, person_id=person_id, network_id=case.network_id, now=now)
    return case


def _require_three_bodies(team: set[UUID], now: datetime) -> None:
    present = set(
        Position.objects.filter(valid_at(now), user_id__in=team, office__isnull=False).values_list(
            "office__body", flat=True
        )
    )
    missing = [Party(body.value).label for body in Body if body.value not in present]
    if missing:
        raise Refused(
            _("The team needs somebody from each of the three bodies. Missing: %(bodies)s.")
            % {"bodies": ", ".join(str(label) for label in missing)},
            field="members",
        )
