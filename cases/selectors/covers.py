"""Reads about covers: one's own, those to confirm, and those the officer looks at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from cases.access.covers import covers_ended_by, covers_to_confirm, covers_to_review
from cases.models import Cover, TeamMembership
from common.actor import Actor
from common.clock import day_of
from common.validity import valid_at
from people.models import Position
from statutes.reader import law_on


def list_covers(actor: Actor, *, now: datetime) -> list[Cover]:
    """Covers, standing and to come, that this worker is part of or made, by their beginning."""
    return list(
        Cover.objects.filter(
            Q(user_id=actor.writer_id) | Q(by_id=actor.writer_id) | Q(made_by_id=actor.writer_id),
            until__gt=now,
        )
        .select_related("user", "by")
        .order_by("since", "pk")
    )


def covers_in_hand(actor: Actor, *, now: datetime) -> list[Cover]:
    """Covers, standing and to come, that this worker may end, by their beginning.

    Those they are part of or made, and those of the office they lead.
    """
    return list(_named(covers_ended_by(actor, now=now)).order_by("since", "pk"))


def covers_waiting(actor: Actor, *, now: datetime) -> list[Cover]:
    """Leaders who named themselves, for this leader to confirm; by the moment they end."""
    return list(_named(covers_to_confirm(actor, now=now)).order_by("until", "pk"))


def _named(covers: QuerySet[Cover]) -> QuerySet[Cover]:
    return covers.select_related("user", "by")


@dataclass(frozen=True, slots=True)
class CoverToReview:
    """A leader who named themselves: by which day (inclusive) the officer is to look at it."""

    cover: Cover
    due_on: date
    cases: int

    def is_late(self, today: date) -> bool:
        """Whether the day has passed."""
        return self.due_on < today


def list_covers_to_review(actor: Actor, *, now: datetime) -> list[CoverToReview]:
    """What waits for the officer, the oldest first, with how many cases each was about.

    No client is named: what was read stands in each client's log.
    """
    days = law_on(day_of(now)).figure("cover_review_days").value
    return [
        CoverToReview(row, day_of(row.until) + timedelta(days=days), _cases_covered(row))
        for row in _named(covers_to_review(actor)).order_by("since", "pk")
    ]


def reviewed_covers(actor: Actor, *, now: datetime) -> list[Cover]:
    """What the officers found in the last year, the latest first."""
    if not actor.is_officer:
        return []
    found = Cover.objects.filter(reviewed_at__gt=now - timedelta(days=366))
    return list(_named(found).select_related("reviewed_by").order_by("-reviewed_at", "-pk"))


def _cases_covered(cover: Cover) -> int:
    """How many cases the covered worker was in while it stood."""
    memberships = TeamMembership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=cover.since), user=cover.user_id, since__lt=cover.until
    )
    return memberships.values("case").distinct().count()


def coverable_workers(actor: Actor, *, now: datetime) -> list[Position]:
    """Whose cover this worker may choose: their own, and those of the office they lead."""
    mine = Position.objects.filter(valid_at(now), user_id=actor.writer_id)
    led = mine.filter(leads=True).values("office")
    return list(
        Position.objects.filter(valid_at(now), user__is_active=True)
        .filter(Q(user_id=actor.writer_id) | Q(office__in=led))
        .select_related("user", "office")
        .order_by("user__last_name", "user__first_name", "pk")
    )
