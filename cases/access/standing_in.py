"""Whose work a worker does now: their own, and that of everybody they stand in for.

Nothing is rewritten when somebody is away: what is theirs stays theirs, and whoever stands in sees
it, answers it and is told of it for as long as the cover stands. A cover of a cover is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from cases.models import Case, Cover, TeamMembership
from common.actor import Actor
from common.validity import valid_at
from people.models import User


def stood_in_for(actor: Actor, *, now: datetime) -> list[UUID]:
    """Whom this worker stands in for now, in the network they work in. One query."""
    if not actor.is_worker:
        return []
    covers = Cover.objects.filter(
        valid_at(now), by_id=actor.writer_id, network_id=actor.working_network_id
    )
    return list(covers.order_by("user_id").values_list("user_id", flat=True))


def work_of(actor: Actor, *, now: datetime) -> list[UUID]:
    """The users whose work this actor does now: themselves first, then whom they stand in for."""
    return [actor.writer_id, *stood_in_for(actor, now=now)]


def does_work_of(actor: Actor, user_id: UUID | None, *, now: datetime) -> bool:
    """Is it this actor's to deal with what is that user's? Their own, or of whom they cover."""
    if user_id is None:
        return False
    return user_id == actor.user_id or user_id in stood_in_for(actor, now=now)


def stands_as(actor: Actor, case: Case, *, now: datetime) -> UUID:
    """In whose place this worker stands on the team of a case: what they take on is that person's.

    Their own, if they are on it by name; else that of whom they stand in for there, the one who is
    away, so that nothing is left with somebody who is gone from the case when the cover ends; else
    their own, by the place of their office.
    """
    standing = TeamMembership.objects.filter(valid_at(now), case=case, user__isnull=False)
    there = {user for user in standing.values_list("user_id", flat=True) if user}
    return next((user for user in work_of(actor, now=now) if user in there), actor.writer_id)


def stand_ins(user_ids: Iterable[UUID], network_id: UUID, *, at: datetime) -> dict[UUID, User]:
    """Who stands in for each of some users at a moment, by the one who is away. One query."""
    covers = Cover.objects.filter(valid_at(at), network_id=network_id, user__in=list(user_ids))
    return {cover.user_id: cover.by for cover in covers.select_related("by")}


def covers_within(
    user_ids: Iterable[UUID], network_id: UUID, *, since: datetime, until: datetime
) -> list[Cover]:
    """The covers of some users that stand at some moment from one to the other. One query."""
    return list(
        Cover.objects.filter(
            network_id=network_id, user__in=list(user_ids), since__lte=until, until__gt=since
        ).order_by("since", "pk")
    )
