"""How clients say it has gone: groups of five and more, of whole half-years, never one client.

A group is the answers about one office in one half-year that is over. Groups do not overlap and no
total is told, so nothing is left to subtract; a half-year that goes on would grow by one answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, Q
from django.db.models.functions import JSONObject

from common.actor import Actor, ActorKind
from common.clock import HELSINKI, day_of
from common.dates import add_months
from common.decision import NotVisible
from evaluation.contacts import FEWEST_WORKERS
from evaluation.suppression import SMALLEST
from followup.models import FeedbackAnswer
from followup.models.feedback import QUESTIONS, half_of
from people.models import Office, Position


@dataclass(frozen=True, slots=True)
class FeedbackGroup:
    """The answers about an office in a half-year: how many, and the mean of each question.

    ``last``: its last day. ``means`` stand in the order of the questions; one is None where fewer
    than five answered that question.
    """

    office: str
    begins: date
    last: date
    count: int
    means: list[float | None]


@dataclass(frozen=True, slots=True)
class FeedbackShown:
    """What may be told, the newest first; ``next_on``: from when the half-year that goes on is."""

    groups: list[FeedbackGroup]
    next_on: date


def feedback_shown(actor: Actor, *, now: datetime) -> FeedbackShown:
    """To a worker of their own office, to a director of each office of the network.

    Of an office where so few worked that an answer would be about somebody, nothing is told.
    Raises ``NotVisible`` for anybody else.
    """
    if actor.kind is ActorKind.WORKER:
        offices = Office.objects.filter(pk__in=[actor.office_id])
    elif actor.kind is ActorKind.DIRECTOR:
        offices = Office.objects.filter(network=actor.working_network_id)
    else:
        raise NotVisible
    this = half_of(day_of(now))
    told = (
        FeedbackAnswer.objects.filter(office__in=offices, half__lt=this)
        .values("office", "office__name", "half")
        .annotate(
            count=Count("pk"),
            told=JSONObject(
                **{name: JSONObject(mean=Avg(name), n=Count(name)) for name in QUESTIONS}
            ),
        )
        .filter(count__gte=SMALLEST)
        .order_by("-half", "office__name", "office")
    )
    groups = [
        FeedbackGroup(
            row["office__name"],
            row["half"],
            add_months(row["half"], 6) - timedelta(days=1),
            row["count"],
            [_mean(row["told"][name]) for name in QUESTIONS],
        )
        for row in told
        if _enough_worked(row["office"], row["half"])
    ]
    return FeedbackShown(groups, add_months(this, 6))


def _mean(told: dict[str, Any]) -> float | None:
    return round(float(told["mean"]), 1) if told["n"] >= SMALLEST else None


def _enough_worked(office_id: UUID, half: date) -> bool:
    begins = datetime.combine(half, time(), tzinfo=HELSINKI)
    ends = datetime.combine(add_months(half, 6), time(), tzinfo=HELSINKI)
    worked = Position.objects.filter(
        Q(until__isnull=True) | Q(until__gt=begins), office=office_id, since__lt=ends
    )
    return worked.values("user").distinct().count() >= FEWEST_WORKERS
