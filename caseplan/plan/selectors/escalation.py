"""Requests that were not answered in time go up: to whoever leads the office, then the director.

Both learn that somebody waits and whose turn it is, and nothing of the client: neither is on the
team. The director has no line authority over the bodies (report 2020:40, Toimeenpano 3.4.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Q

from caseplan.plan.models import BodyRequest, BodyRequestState
from cases.models import TeamMembership
from common.actor import Actor
from common.bodies import Body
from common.clock import day_of
from common.validity import valid_at
from people.models import Position, User


@dataclass(frozen=True, slots=True)
class UnansweredRequests:
    """How many requests wait for one worker past their day, and since when."""

    who: User
    count: int
    oldest: date


def unanswered_in_office(actor: Actor, *, now: datetime) -> list[UnansweredRequests]:
    """For whoever leads an office: its workers on whose cases a request waits past its day.

    A request is to a body; it waits for each of its workers on that case's team. Empty for
    everybody else. One query.
    """
    led = Position.objects.filter(valid_at(now), user_id=actor.writer_id, leads=True)
    workers = Position.objects.filter(valid_at(now), office__in=led.values("office"))
    memberships = TeamMembership.objects.filter(
        valid_at(now),
        user__in=workers.values("user"),
        case__bodyrequests__state=BodyRequestState.OPEN,
        case__bodyrequests__to_body=actor.body,
        case__bodyrequests__answer_by__lt=day_of(now),
    )
    found = memberships.values("user").annotate(
        count=Count("case__bodyrequests", distinct=True),
        oldest=Min("case__bodyrequests__answer_by"),
    )
    users = User.objects.in_bulk([row["user"] for row in found])
    rows = [UnansweredRequests(users[row["user"]], row["count"], row["oldest"]) for row in found]
    return sorted(rows, key=lambda row: (row.oldest, row.who.last_name))


def unanswered_by_body(actor: Actor, *, now: datetime) -> dict[Body, int]:
    """For the director: how many requests wait for each body past their day, in the network.

    Counts of requests, not of people; who publishes them withholds the small ones.
    """
    counted = {f"{body.value}": Count("pk", filter=Q(to_body=body.value)) for body in Body}
    found = BodyRequest.objects.filter(
        case__network=actor.working_network_id,
        case__ended_at__isnull=True,
        state=BodyRequestState.OPEN,
        answer_by__lt=day_of(now),
    ).aggregate(**counted)
    return {body: found[body.value] for body in Body}
