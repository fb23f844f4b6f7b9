"""How near the goals are, as each party has said it over time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from audit.models import Purpose
from caseplan.plan.models import Goal, GoalRating
from common.actor import Actor
from common.bodies import Party
from consent.access import Grounds
from records.access import get_row, rows_of_case, visible_to
from records.selectors import reading_of


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """A goal with what this reader sees of its ratings, the newest first."""

    goal: Goal
    ratings: list[GoalRating]

    @property
    def newest(self) -> list[GoalRating]:
        """The newest rating of each party, the client's first."""
        of_party: dict[str, GoalRating] = {}
        for rating in self.ratings:
            of_party.setdefault(rating.recorded_for, rating)
        return in_order(of_party.values())


def in_order(ratings: Iterable[GoalRating]) -> list[GoalRating]:
    """The client first, then the bodies as they always stand."""
    bodies = Party.values
    return sorted(
        ratings, key=lambda r: (r.recorded_for != Party.CLIENT, bodies.index(r.recorded_for))
    )


def newest_ratings_of(grounds: Grounds, case_id: UUID) -> QuerySet[GoalRating]:
    """The newest rating of each party for each goal of a visible case."""
    return (
        rows_of_case(grounds, case_id, GoalRating)
        .order_by("goal", "recorded_for", "-recorded_at", "-pk")
        .distinct("goal", "recorded_for")
    )


def by_goal(ratings: Iterable[GoalRating]) -> dict[UUID, list[GoalRating]]:
    """Goal -> its ratings, the client's first."""
    found: dict[UUID, list[GoalRating]] = {}
    for rating in ratings:
        found.setdefault(rating.goal_id, []).append(rating)
    return {goal: in_order(of_goal) for goal, of_goal in found.items()}


def open_progress(actor: Actor, goal_id: UUID, *, now: datetime) -> GoalProgress:
    """A visible goal and how near each party has seen it; logged. Raises ``NotVisible``."""
    goal = get_row(actor, Goal, goal_id, now=now)
    reading = reading_of(actor, now=now)
    ratings = list(
        visible_to(actor, GoalRating, now=now, grounds=reading.grounds)
        .filter(goal=goal)
        .order_by("-recorded_at", "-pk")
    )
    reading.log_and_hide_names(
        "progress_opened", Purpose.FOLLOW_UP, [(goal.case, [goal, *ratings])]
    )
    return GoalProgress(goal, ratings)
