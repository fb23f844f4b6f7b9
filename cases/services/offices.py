"""An office closes or is merged into another: no case stays with an office that is no more."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.models import Case, TeamMembership, TeamRole
from cases.services.rows import record_case_change
from common.actor import Actor
from common.clock import start_of
from common.decision import Refused
from people import services as people
from people.models import Office


@transaction.atomic
def close_office(*, actor: Actor, office_id: UUID, closes_on: date, now: datetime) -> Office:
    """Nobody works in an office from a day on.

    Raises :class:`Refused` while somebody works there then, while the office itself is on the team
    of an open case, and where its body would have no office left in a network with open cases. Who
    works there is named, which case it is is not: whoever keeps the organisation sees none.
    """
    office = people.close_office(actor=actor, office_id=office_id, closes_on=closes_on, now=now)
    at = max(start_of(closes_on), now)
    if _memberships(office, at).exists():
        raise Refused(
            _(
                "The office itself is on the team of open cases. Let its staff take its place "
                "there, or merge the office into another."
            ),
            field="closes_on",
        )
    others = Office.objects.filter(network=office.network, body=office.body).exclude(pk=office.pk)
    left = others.exclude(closes_on__lte=closes_on).exists()
    if not left and Case.objects.filter(network=office.network, ended_at=None).exists():
        raise Refused(
            _(
                "It is the last office of its body in the network, which has open cases. Found "
                "another office, or merge this one into it."
            ),
            field="closes_on",
        )
    return office


@transaction.atomic
def merge_office(
    *, actor: Actor, office_id: UUID, into_id: UUID, on: date, now: datetime
) -> Office:
    """From a day on whoever works in an office works in another of the same body and network.

    Their cases and teams stay theirs, and where the office itself is on a team the other one is
    from then on. What a client opened to this office alone is not opened to the other.
    """
    office, into, at = people.merge_office(
        actor=actor, office_id=office_id, into_id=into_id, on=on, now=now
    )
    for membership in _memberships(office, at).select_for_update(of=("self",)):
        there = TeamMembership.objects.filter(case=membership.case, office=into, until=None)
        if not there.exists():
            TeamMembership.objects.create(
                case=membership.case, office=into, role=TeamRole.MEMBER, why=membership.why,
                since=max(at, membership.since),
            )  # fmt: skip
        membership.until = max(at, membership.since)
        membership.ended_by_id = actor.user_id
        membership.save(update_fields=["until", "ended_by"])
        record_case_change(
            actor, "team_office_merged", membership.case, membership.pk, now,
            subject="team_membership",
        )  # fmt: skip
    return office


def _memberships(office: Office, at: datetime) -> QuerySet[TeamMembership]:
    return (
        TeamMembership.objects.filter(office=office, case__ended_at__isnull=True)
        .exclude(until__lte=at)
        .select_related("case")
    )
