"""Is this actor in this case? The one answer that lists and single pages share."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.models import Case, TeamTerm
from common.actor import Actor
from common.decision import Decision, NotVisible
from people.selectors import standing_at


def visible_to(actor: Actor, *, now: datetime) -> QuerySet[Case]:
    """The cases that exist for this actor.

    A worker: where they, or their office, stand on the team, in the network they work in. A
    client: their own. A director and everybody else: none (counts come from ``evaluation``).
    """
    if actor.is_client and actor.person_id:
        return Case.objects.filter(person_id=actor.person_id)
    if not actor.is_worker:
        return Case.objects.none()
    on_team = TeamTerm.objects.filter(
        standing_at(now),
        Q(user_id=actor.user_id) | Q(office_id=actor.office_id),
        case_id=OuterRef("pk"),
    )
    return Case.objects.filter(Exists(on_team), network_id=actor.working_network_id)


def get_case(actor: Actor, case_id: UUID, *, now: datetime) -> Case:
    """One visible case with its person and network. Raises :class:`NotVisible` otherwise."""
    case = visible_to(actor, now=now).select_related("person", "network").filter(pk=case_id).first()
    if case is None:
        raise NotVisible
    return case


def can_work_on(actor: Actor, case: Case) -> Decision:
    """May this actor, who sees the case, write in it as a worker?"""
    if not actor.is_worker:
        return Decision.no(_("Only a worker of the three bodies can do this."))
    if not case.is_open:
        return Decision.no(_("The case has ended. What was recorded can still be read."))
    return Decision.yes()
