"""Who is away, until when, and who stands in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import CharField, UUIDField, Value

from cases.access.absences import absences_ended_by
from cases.models import Absence, Cover
from common.actor import Actor
from common.validity import valid_at
from people.models import Position


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody is away to before ``until``; ``by``: who stands in till then, empty for nobody.

    ``phone``: of whoever stands in, their own or of their office.
    """

    until: datetime
    by: str = ""
    phone: str = ""


def away_among(
    user_ids: Iterable[UUID | None], network_id: UUID, *, at: datetime
) -> dict[UUID, Away]:
    """Who of some workers of a network is away at a moment. One query; two where one is covered.

    A cover goes before an absence: while somebody stands in, that is what others need to know.
    """
    wanted = [user for user in user_ids if user]
    if not wanted:
        return {}
    nobody = Value("", output_field=CharField())
    no_one = Value(None, output_field=UUIDField())
    covers = Cover.objects.filter(valid_at(at), network=network_id, user__in=wanted)
    absences = Absence.objects.filter(valid_at(at), network=network_id, user__in=wanted)
    rows = absences.values_list("user", "until", nobody, nobody, no_one).union(
        covers.values_list("user", "until", "by__first_name", "by__last_name", "by"), all=True
    )
    found: dict[UUID, Away] = {}
    standing_in: dict[UUID, UUID] = {}
    for user, until, first, last, by in rows:
        if by or user not in found:
            found[user] = Away(until, f"{first} {last}".strip())
        if by:
            standing_in[user] = by
    phones = _phones_of(standing_in.values(), at=at) if standing_in else {}
    for user, by in standing_in.items():
        found[user] = replace(found[user], phone=phones.get(by, ""))
    return found


def _phones_of(user_ids: Iterable[UUID], *, at: datetime) -> dict[UUID, str]:
    """By what number each is reached in the office they sit in: their own, else the office's."""
    held = Position.objects.filter(valid_at(at), user__in=set(user_ids), office__isnull=False)
    rows = held.order_by("-pk").values_list("user", "phone", "office__phone")  # the first one stays
    return {user: own or of_the_office for user, own, of_the_office in rows}


@dataclass(frozen=True, slots=True)
class Unattended:
    """An absence that somebody may end, and whether somebody stands in on all of its days."""

    absence: Absence
    covered: bool


def absences_in_hand(actor: Actor, *, now: datetime) -> list[Unattended]:
    """Absences, standing and to come, of oneself and of the office one leads, by beginning."""
    rows = list(
        absences_ended_by(actor, now=now).select_related("user").order_by("since", "user", "pk")
    )
    covers = Cover.objects.filter(user__in=[row.user_id for row in rows], until__gt=now)
    spans: dict[UUID, list[tuple[datetime, datetime]]] = {}
    for user, since, until in covers.order_by("since").values_list("user", "since", "until"):
        spans.setdefault(user, []).append((since, until))
    return [Unattended(row, _is_covered(row, spans.get(row.user_id, []), now)) for row in rows]


def _is_covered(row: Absence, spans: list[tuple[datetime, datetime]], now: datetime) -> bool:
    """Whether covers, in the order of their beginning, leave no moment from now on to nobody."""
    reached = max(row.since, now)
    for since, until in spans:
        if since <= reached < until:
            reached = until
    return reached >= row.until
