"""The decision not to open a case, kept with the figures it rested on."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from benefits.models import TriggerDecline
from benefits.selectors import trigger_of
from common.actor import Actor
from common.decision import Refused


@transaction.atomic
def decline_trigger(
    *, actor: Actor, person_id: UUID, rule: str, on: date, reason: str, now: datetime
) -> TriggerDecline:
    """Keep that, and why, somebody who met a trigger was not taken into joint service.

    Raises ``NotVisible`` when the actor may not know of the trigger, :class:`Refused`
    without a reason or when the same facts have been declined already.
    """
    trigger = trigger_of(actor, person_id, rule=rule, on=on, now=now)
    if not reason.strip():
        raise Refused(_("Write the reason: it is kept."), field="reason")
    try:
        with transaction.atomic():
            decline = TriggerDecline.objects.create(
                person_id=person_id,
                network_id=actor.working_network_id,
                rule=rule,
                statute=trigger.statute,
                asked_on=on,
                reached_on=trigger.reached_on,
                measured=trigger.measured,
                reason=reason.strip(),
                declined_at=now,
                declined_by_id=actor.writer_id,
                declined_for=actor.working_body,
            )
    except IntegrityError as error:
        raise Refused(_("This has been declined already on the same facts.")) from error
    record_change(
        actor=actor,
        action="trigger_declined",
        subject_type="trigger_decline",
        subject_id=decline.pk,
        person_id=person_id,
        now=now,
    )
    return decline
