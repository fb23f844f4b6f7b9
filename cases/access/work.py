"""What may be done in a case that somebody sees."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from cases.access.visibility import is_on_team
from cases.models import Case
from common.actor import Actor
from common.decision import Decision


def can_work_on(actor: Actor, case: Case, *, now: datetime) -> Decision:
    """May this actor, who sees the case, write in it as a worker? Those on its team may."""
    if not actor.is_worker:
        return Decision.no(_("Only a worker of the three bodies can do this."))
    if not case.is_open:
        return Decision.no(_("The case has ended. What was recorded can still be read."))
    if not is_on_team(actor, case, now):
        return Decision.no(_("You may read this case for a time. Only its team writes in it."))
    return Decision.yes()


def can_write_in_case(actor: Actor, case: Case, *, now: datetime) -> Decision:
    """May this worker record in a case they see? Those on its team, from its start to its end."""
    if not actor.is_worker:
        return Decision.no(_("Only the workers of the three bodies write this part of the plan."))
    return case_has_started(case) and can_work_on(actor, case, now=now)


def can_say_interpreter(actor: Actor, case: Case, *, now: datetime) -> Decision:
    """May this actor say in which language the client needs an interpreter?

    The client, of their own case while it goes on; and the workers who write in it.
    """
    if actor.is_client and actor.person_id == case.person_id:
        return case_is_open(case)
    return can_write_in_case(actor, case, now=now)


def can_hold(actor: Actor, case: Case, *, now: datetime) -> Decision:
    """May this actor keep an ended case beyond its time, or let it go? Those on its team may."""
    if case.is_open:
        return Decision.no(_("An open case is not erased. There is nothing to hold."))
    if not actor.is_worker or not is_on_team(actor, case, now):
        return Decision.no(_("Only a worker on the team of the case can do this."))
    return Decision.yes()


def case_has_started(case: Case) -> Decision:
    """Has the joint case begun? A referred one is decided on first, and nothing is recorded."""
    if not case.has_started:
        return Decision.no(
            _("The case is only referred. Nothing is recorded before it starts (381/2023 12 §).")
        )
    return Decision.yes()


def case_is_open(case: Case) -> Decision:
    """Does the case still go on? An ended one is only read."""
    if not case.is_open:
        return Decision.no(_("The case has ended. What was recorded can still be read."))
    return Decision.yes()
