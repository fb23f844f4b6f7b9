"""Who holds which role, from when to when, by whom; and what is proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from common.actor import Actor, ActorKind
from common.validity import valid_at
from people.access import can_decide_role, offices_managed_by
from people.models import OF_A_NETWORK, Office, Position, ProposalState, Role, RoleChange
from people.selectors.staff import FORMER


def list_role_holders(actor: Actor, *, now: datetime) -> list[Position]:
    """Who has a role beside casework now, will, or had one within a year; and who leads an office.

    In one's own network, with those of the whole installation; the officer and the keeper see
    all. By network, role and office, the newest first.
    """
    found = Position.objects.exclude(role=Role.OUTSIDE).exclude(role=Role.CASEWORKER, leads=False)
    found = found.exclude(until__lte=now - FORMER)
    if not (actor.is_officer or actor.is_keeper):
        found = found.filter(Q(network_id=actor.working_network_id) | Q(network_id=None))
    return list(
        found.select_related("user", "office", "network", "begun_by", "confirmed_by", "ended_by")
        .order_by("network__name", "role", "office__body", "office__name", "-since", "pk")
    )  # fmt: skip


def visible_role_changes(actor: Actor, *, now: datetime) -> QuerySet[RoleChange]:
    """The proposals an actor sees: of their network and of the whole installation.

    An officer, the keeper and the system see all.
    A worker who leads no office sees none.
    """
    if actor.is_officer or actor.is_keeper or actor.kind is ActorKind.SYSTEM:
        return RoleChange.objects.all()
    leads = Position.objects.filter(valid_at(now), user_id=actor.writer_id, leads=True)
    if actor.kind is ActorKind.DIRECTOR or leads.exists():
        return RoleChange.objects.filter(
            Q(network_id=actor.working_network_id) | Q(network__isnull=True)
        )
    return RoleChange.objects.none()


@dataclass(frozen=True, slots=True)
class RoleChangeShown:
    """A proposal that waits, and what the reader may do about it."""

    change: RoleChange
    may_decide: bool
    is_own: bool


def list_role_changes(actor: Actor, *, now: datetime) -> list[RoleChangeShown]:
    """The proposals that wait, the oldest first."""
    rows = (
        visible_role_changes(actor, now=now)
        .filter(state=ProposalState.WAITING)
        .select_related("leaver", "successor", "office", "network", "proposed_by")
        .order_by("proposed_at", "pk")
    )
    return [
        RoleChangeShown(
            row, can_decide_role(actor, row, now=now).allowed, row.proposed_by_id == actor.user_id
        )
        for row in rows
    ]


TERM_TOLD = timedelta(days=90)
"""How long before the end of a term it is told to those who can propose the next one."""


def terms_ending(actor: Actor, *, now: datetime) -> list[Position]:
    """Whose term of a network ends soon with nobody named to follow; keeper, officer and network.

    A term ends by itself (Decree 388/2024 s. 4): whoever is not followed leaves the role empty.
    """
    found = Position.objects.filter(
        valid_at(now), role__in=OF_A_NETWORK, until__lte=now + TERM_TOLD
    )
    if not (actor.is_officer or actor.is_keeper):
        found = found.filter(network_id=actor.working_network_id)
    after = Position.objects.filter(
        network=OuterRef("network"), role=OuterRef("role"), since__gte=OuterRef("until")
    )
    rows = found.exclude(Exists(after)).select_related("user", "network")
    return list(rows.order_by("until", "pk"))


def offices_without_leader(actor: Actor, *, now: datetime) -> list[Office]:
    """The offices that nobody leads: of the director's network, or all; by body and name."""
    if actor.kind is not ActorKind.DIRECTOR and not actor.is_keeper:
        return []
    led = Position.objects.filter(valid_at(now), leads=True, user__is_active=True)
    seen = offices_managed_by(actor, now=now).exclude(closes_on__isnull=False)
    found = seen.exclude(pk__in=led.values("office")).select_related("network")
    return list(found.order_by("body", "name", "pk"))


def roles_reached_by(actor: Actor, *, now: datetime) -> QuerySet[Position]:
    """The standing roles outside the offices whose phone and address an actor may write.

    One's own; for a data-protection officer everybody's.
    """
    standing = Position.objects.filter(valid_at(now), office=None).exclude(role=Role.OUTSIDE)
    if not actor.is_officer:
        standing = standing.filter(user_id=actor.writer_id)
    return standing.select_related("user", "network")
