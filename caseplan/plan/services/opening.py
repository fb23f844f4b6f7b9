"""Opening a case: the joint assessment of a need begins, with a trigger beside it or without."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benefits.selectors import trigger_of
from benefits.services import take_flags
from caseplan.plan.models import JointPlan, Referral, SeenNeed, needs_on
from cases.models import Case, NewsKind
from cases.services import notify_team_of_change, open_case
from common.actor import Actor
from common.bodies import Body, Party
from common.clock import day_of
from common.decision import NotAllowed, Refused
from common.validity import valid_at
from consent.models import Category
from people.models import Office, Position
from records.services import add_row
from statutes.reader import law_on


@transaction.atomic
def open_case_from_trigger(
    *,
    actor: Actor,
    person_id: UUID,
    rule: str,
    asked_on: date,
    needs: Iterable[SeenNeed],
    reason: str,
    case_manager_id: UUID,
    member_ids: Iterable[UUID],
    now: datetime,
    office_ids: Iterable[UUID] = (),
    client_view: str = "",
    tried_before: str = "",
    first_contact_on: date | None = None,
) -> Case:
    """Open a case for somebody who meets a trigger on ``asked_on``, keeping a copy of it.

    One transaction: the case, its team of three bodies, the need and the empty plan.
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
            needs=list(needs),
            reason=reason,
            client_view=client_view.strip(),
            tried_before=tried_before.strip(),
        ),
        case_manager_id=case_manager_id,
        member_ids=member_ids,
        office_ids=office_ids,
        first_contact_on=first_contact_on,
        now=now,
    )


@transaction.atomic
def open_case_on_need(
    *,
    actor: Actor,
    person_id: UUID,
    needs: Iterable[SeenNeed],
    reason: str,
    case_manager_id: UUID,
    member_ids: Iterable[UUID],
    now: datetime,
    office_ids: Iterable[UUID] = (),
    client_view: str = "",
    tried_before: str = "",
    first_contact_on: date | None = None,
) -> Case:
    """Open a case because the need is there, whatever the counters say (Act 381/2023 s. 3).

    The three bodies are on the team from the first day, each by a person or by the office
    (``office_ids``) that names one. Before 2025 a trigger was a condition (1369/2014 2 §): refused.
    """
    if law_on(day_of(now)).figure("trigger_is_a_condition").value:
        raise Refused(_("On this day the law asks for a trigger first (1369/2014 2 §)."))
    return _open(
        actor=actor,
        person_id=person_id,
        referral=Referral(
            needs=list(needs),
            reason=reason,
            client_view=client_view.strip(),
            tried_before=tried_before.strip(),
        ),
        case_manager_id=case_manager_id,
        member_ids=member_ids,
        office_ids=office_ids,
        first_contact_on=first_contact_on,
        now=now,
    )


def _open(
    *,
    actor: Actor,
    person_id: UUID,
    referral: Referral,
    case_manager_id: UUID,
    member_ids: Iterable[UUID],
    office_ids: Iterable[UUID],
    first_contact_on: date | None,
    now: datetime,
) -> Case:
    if not actor.is_worker or actor.party is None:
        raise NotAllowed(_("Only a worker of the three bodies begins a joint assessment."))
    today = day_of(now)
    if not referral.needs or not set(referral.needs) <= set(needs_on(today)):
        raise Refused(_("Choose what stands in the way of employment."), field="needs")
    referral.reason = referral.reason.strip()
    if not referral.reason:
        raise Refused(_("Write the reason in words the client can read."), field="reason")
    contact = first_contact_on or today
    if contact > today:
        raise Refused(_("This day has not come yet."), field="first_contact_on")
    team, offices = {case_manager_id, *member_ids}, set(office_ids)
    offices = _require_three_bodies(team, offices, now)
    case = open_case(
        actor=actor,
        person_id=person_id,
        statute=law_on(today).act,
        first_contact_on=contact,
        case_manager_id=case_manager_id,
        member_ids=team,
        office_ids=offices,
        now=now,
    )
    referral.case, referral.category = case, Category.CASE_HANDLING
    add_row(actor, referral, now)
    add_row(actor, JointPlan(case=case, category=Category.PLAN_FOLLOW_UP), now)
    take_flags(actor=actor, person_id=person_id, network_id=case.network_id, now=now)
    notify_team_of_change(
        actor=actor,
        case=case,
        kind=NewsKind.CASE_BEGUN,
        subject_id=case.pk,
        now=now,
        client=True,
    )
    return case


def _require_three_bodies(team: set[UUID], offices: set[UUID], now: datetime) -> set[UUID]:
    """Refuse a team without somebody of each body; gives back the offices that have no person.

    An office whose body has a person on the team has nobody to name.
    """
    present = set(
        Position.objects.filter(valid_at(now), user_id__in=team, office__isnull=False).values_list(
            "office__body", flat=True
        )
    )
    bodies = dict(Office.objects.filter(pk__in=offices).values_list("pk", "body"))
    awaited = {office for office in offices if bodies.get(office) not in present}
    missing = [
        Party(body.value).label
        for body in Body
        if body.value not in present and body.value not in bodies.values()
    ]
    if missing:
        raise Refused(
            _("The team needs somebody from each of the three bodies. Missing: %(bodies)s.")
            % {"bodies": ", ".join(str(label) for label in missing)},
            field="members",
        )
    return awaited
