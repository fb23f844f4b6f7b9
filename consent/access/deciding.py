"""Who may write down what a client decides, and under which kinds anybody records."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from cases.access import can_work_on
from cases.models import Case
from common.actor import Actor
from common.bodies import Receiver
from common.decision import Decision
from common.levels import Act
from consent.models import CLOSED_LIST, Category


def categories_recordable_by(actor: Actor) -> list[Category]:
    """The categories an actor may record under: the closed list, and what is their own.

    The client's own assessments are the client's to record, details of benefits Kela's.
    """
    own: set[Category] = set()
    if actor.is_client:
        own = {Category.SELF_ASSESSMENT}
    elif actor.receiver == Receiver.KELA:
        own = {Category.BENEFITS_DETAIL}
    return [c for c in Category if c in CLOSED_LIST | own]


def can_record_consent(actor: Actor, case: Case, *, now: datetime, opens: bool = True) -> Decision:
    """May this actor record what the client decides? The client; a worker of the team beside them.

    The client opens with strong identification, and closes at any log-in: it is as easy to take
    back as anything here. A worker can only write down a signed paper or
    spoken words with a witness. ``opens``: whether it would let anybody see more. Taking back
    and saying no stay open to the client when the case has ended, as it can still be read.
    """
    if actor.is_client and actor.person_id == case.person_id:
        sure = Decision.proven(actor, Act.GRANT_CONSENT)
        if opens and not sure:
            return sure
        if case.is_open or not opens:
            return Decision.yes()
        return Decision.no(_("The case has ended. What was recorded can still be read."))
    if actor.is_worker:
        return can_work_on(actor, case, now=now)
    return Decision.no(_("Only the client decides this."))
