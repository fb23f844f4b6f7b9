"""The goals of one case with what stands under each: actions, ratings, what bodies have asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from caseplan.plan.models import Action, BodyRequest, BodyRequestState, Goal, GoalRating
from cases.models import Case, News, NewsKind
from records.access import rows_of_case
from records.selectors import Reading


@dataclass(frozen=True, slots=True)
class GoalWithActions:
    """A goal, its actions, how near each party sees it (the newest rating of each), and requests.

    What one body asked of another stands until it is answered, and a refusal until the asking body
    has read it: only then has it ended.
    """

    goal: Goal
    actions: list[Action]
    ratings: list[GoalRating] = field(default_factory=list)
    requests: list[BodyRequest] = field(default_factory=list)

    @property
    def open_actions(self) -> list[Action]:
        return [action for action in self.actions if action.is_open]

    @property
    def ended_actions(self) -> list[Action]:
        return [action for action in self.actions if not action.is_open]

    @property
    def standing_requests(self) -> list[BodyRequest]:
        return [request for request in self.requests if stands(request)]

    @property
    def answered_requests(self) -> list[BodyRequest]:
        return [request for request in self.requests if not stands(request)]

    @property
    def ended_count(self) -> int:
        return len(self.ended_actions) + len(self.answered_requests)


def stands(request: BodyRequest) -> bool:
    """Whether somebody has still to answer it, or to read that it was declined."""
    is_refused = request.state == BodyRequestState.DECLINED
    return request.is_open or (is_refused and request.read_at is None)  # type: ignore[attr-defined]


def requests_of_case(reading: Reading, case: Case) -> list[BodyRequest]:
    """What bodies have asked of each other in a case, the first asked first. One query.

    What was taken back is left out. ``read_at``: when somebody of the asking body first read the
    answer; ``is_new``: it waits for this reader to read it.
    """
    told = News.objects.filter(kind=NewsKind.REQUEST_ANSWERED, subject_id=OuterRef("pk"))
    seen = told.filter(seen_at__isnull=False).order_by("seen_at", "pk").values("seen_at")[:1]
    mine = told.filter(seen_at__isnull=True, for_user_id=reading.actor.user_id)
    return list(
        rows_of_case(reading.grounds, case.pk, BodyRequest)
        .exclude(state=BodyRequestState.WITHDRAWN)
        .annotate(read_at=Subquery(seen), is_new=Exists(mine))
        .order_by("recorded_at", "pk")
    )


def with_what_is_under(
    goals: Iterable[Goal],
    actions: Iterable[Action],
    ratings: dict[UUID, list[GoalRating]],
    requests: Iterable[BodyRequest],
) -> list[GoalWithActions]:
    """Each goal with its own actions, ratings and requests, in the order they were given."""
    actions_of: dict[UUID, list[Action]] = defaultdict(list)
    for action in actions:
        actions_of[action.goal_id].append(action)
    requests_of: dict[UUID, list[BodyRequest]] = defaultdict(list)
    for request in requests:
        requests_of[request.goal_id].append(request)
    return [
        GoalWithActions(g, actions_of[g.pk], ratings.get(g.pk, []), requests_of[g.pk])
        for g in goals
    ]
