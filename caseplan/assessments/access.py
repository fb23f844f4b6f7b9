"""Who may record and correct scores."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from caseplan.assessments.models import Assessment, ExpertRating
from cases.access import can_work_on, can_write_in_case, case_is_open
from cases.models import Case
from common.actor import Actor
from common.bodies import Party
from common.decision import Decision


def can_assess_oneself(actor: Actor, case: Case, *, now: datetime) -> Decision:
    """May this actor record the client's own assessment?

    The client; a worker of the team only while the client sits beside them.
    """
    if actor.is_client:
        return case_is_open(case)
    can_work = can_work_on(actor, case, now=now)
    if can_work and not actor.is_with_client_of(case.pk):
        return Decision.no(
            _("Only the client assesses their own situation, or you with the client present.")
        )
    return can_work


def can_correct_assessment(actor: Actor, assessment: Assessment, *, now: datetime) -> Decision:
    """May this actor correct scores? Whoever recorded them: the client, or that body's team."""
    if assessment.recorded_for == Party.CLIENT:
        return can_assess_oneself(actor, assessment.case, now=now)
    if actor.party != assessment.recorded_for:
        return Decision.no(_("Only the body that recorded this can change it."))
    return can_write_in_case(actor, assessment.case, now=now)


def can_correct_rating(actor: Actor, rating: ExpertRating, *, now: datetime) -> Decision:
    """May this actor correct an expert's rating? The team of the body that gave it."""
    if actor.party != rating.recorded_for:
        return Decision.no(_("Only the body that recorded this can change it."))
    return can_write_in_case(actor, rating.case, now=now)
