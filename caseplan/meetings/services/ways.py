"""How a network decides to work together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from caseplan.meetings.models import (
    CONSULTATION_DAYS,
    OWN_REQUEST_DAYS,
    CooperationForm,
    MeetingRole,
    WayOfWorking,
)
from common.actor import Actor, ActorKind
from common.clock import day_of
from common.decision import NotAllowed, Refused


@transaction.atomic
def decide_way_of_working(
    *,
    actor: Actor,
    form: CooperationForm,
    roles: Iterable[MeetingRole],
    client_takes_part: bool,
    one_service: bool,
    own_request_days: int = OWN_REQUEST_DAYS,
    consultation_days: int = CONSULTATION_DAYS,
    since: date,
    now: datetime,
    referral_days: int = 30,
) -> WayOfWorking:
    """The director decides how the network works together from ``since`` on (inclusive).

    Nothing past is rewritten: ``since`` is today or later. Another decision for the same day
    takes its place.
    """
    if actor.kind is not ActorKind.DIRECTOR:
        raise NotAllowed(_("The director of the joint service decides how the network works."))
    if since < day_of(now):
        raise Refused(_("Choose a day that has not passed."), field="since")
    if not 1 <= referral_days <= 90:
        raise Refused(_("From 1 to 90 days."), field="referral_days")
    way, _made = WayOfWorking.objects.update_or_create(
        network_id=actor.working_network_id,
        since=since,
        defaults={
            "form": form,
            "roles": sorted(set(roles)),
            "client_takes_part": client_takes_part,
            "one_service": one_service,
            "own_request_days": own_request_days,
            "consultation_days": consultation_days,
            "referral_days": referral_days,
            "decided_by_id": actor.writer_id,
            "decided_at": now,
        },
    )
    record_change(
        actor=actor,
        action="way_of_working_decided",
        subject_type="wayofworking",
        subject_id=way.pk,
        now=now,
    )
    return way
