"""What would move with a case, or has moved: what is open in it, as far as the reader sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet

from audit.models import Purpose
from caseplan.meetings.models import Meeting, MeetingState
from caseplan.messages.models import Message, Thread, WaitsFor
from caseplan.plan.access import versions_visible_to
from caseplan.plan.models import Action, BodyRequest, BodyRequestState
from cases.access import visible_to as cases_visible_to
from cases.models import Case, Cover, Handover, HandoverState, News, NewsKind
from common.actor import Actor
from common.decision import NotVisible
from consent.models import ClientInformation
from followup.selectors.clocks import Clock, list_clocks
from people.models import User
from records.access import rows_of_case, visible_to
from records.selectors import reading_of


@dataclass(frozen=True, slots=True)
class Moving:
    """What is open in a case: steps of its manager, meetings, messages, requests, days of law."""

    steps: list[Action]
    meetings: list[Meeting]
    threads: list[Thread]
    requests: list[BodyRequest]
    clocks: list[Clock]


@dataclass(frozen=True, slots=True)
class MovingCounts:
    """The same in numbers, for somebody who is asked to take a case they do not see yet."""

    steps: int
    meetings: int
    threads: int
    requests: int


def what_moves(actor: Actor, case: Case, user_id: UUID, *, now: datetime) -> Moving:
    """What is open of a user, and of the team, in a visible case; logged."""
    reading = reading_of(actor, now=now).in_case(case)
    grounds = reading.grounds
    steps = list(
        rows_of_case(grounds, case.pk, Action)
        .filter(owner=user_id, state__in=Action.OPEN_STATES)
        .order_by("due_on", "pk")
    )
    meetings = list(
        rows_of_case(grounds, case.pk, Meeting)
        .filter(state=MeetingState.PLANNED)
        .order_by("starts_at", "pk")
    )
    threads = list(
        rows_of_case(grounds, case.pk, Thread)
        .filter(waits_for=WaitsFor.TEAM)
        .order_by("newest_at", "pk")
    )
    requests = list(
        rows_of_case(grounds, case.pk, BodyRequest)
        .filter(state=BodyRequestState.OPEN)
        .order_by("answer_by", "pk")
    )
    things: list[ClientInformation] = [*steps, *meetings, *threads, *requests]
    reading.log_and_hide_names("handover_prepared", Purpose.KEEP_CASE, [(case, things)])
    return Moving(steps, meetings, threads, requests, list_clocks(reading, case))


def count_what_moves(handover: Handover) -> MovingCounts:
    """How much is open in a case that somebody is asked to take: numbers and nothing else."""
    case = handover.case_id
    return MovingCounts(
        steps=Action.objects.filter(
            case=case, owner=handover.giver_id, state__in=Action.OPEN_STATES
        ).count(),
        meetings=Meeting.objects.filter(case=case, state=MeetingState.PLANNED).count(),
        threads=Thread.objects.filter(case=case, waits_for=WaitsFor.TEAM).count(),
        requests=BodyRequest.objects.filter(case=case, state=BodyRequestState.OPEN).count(),
    )


@dataclass(frozen=True, slots=True)
class Came:
    """The cases that came to a worker from one giver, and what is open of theirs in each."""

    giver: User
    at: datetime
    cases: list[tuple[Case, int, int, int]]


def list_what_came(actor: Actor, *, now: datetime) -> list[Came]:
    """What has come to this worker and they have not said that they have read; logged.

    Of each case its open steps of theirs, its meetings ahead and the messages that wait.
    """
    told = News.objects.filter(
        for_user_id=actor.writer_id, kind=NewsKind.CASE_TAKEN, seen_at__isnull=True
    )
    found = []
    for news in told.order_by("at", "pk"):
        handovers = Handover.objects.filter(
            receiver_id=actor.writer_id, giver_id=news.subject_id, state=HandoverState.ACCEPTED,
            answered_at__gt=news.at - _BEFORE,
        )  # fmt: skip
        cases = list(
            cases_visible_to(actor, now=now)
            .filter(pk__in=handovers.values("case"))
            .select_related("person")
            .order_by("person__sort_key", "pk")
        )
        giver = User.objects.get(pk=news.subject_id)
        found.append(Came(giver, news.at, _with_counts(actor, cases, now)))
    return found


_BEFORE = timedelta(days=60)  # earlier ones of the same giver were read long ago, or are no news


def _with_counts(
    actor: Actor, cases: list[Case], now: datetime
) -> list[tuple[Case, int, int, int]]:
    reading = reading_of(actor, now=now)
    grounds = reading.grounds
    steps = _by_case(
        visible_to(actor, Action, now=now, grounds=grounds).filter(
            case__in=cases, owner=actor.writer_id, state__in=Action.OPEN_STATES
        )
    )
    meetings = _by_case(
        visible_to(actor, Meeting, now=now, grounds=grounds).filter(
            case__in=cases, state=MeetingState.PLANNED
        )
    )
    threads = _by_case(
        visible_to(actor, Thread, now=now, grounds=grounds).filter(
            case__in=cases, waits_for=WaitsFor.TEAM
        )
    )
    reading.log_and_hide_names("cases_came", Purpose.KEEP_CASE, [(case, []) for case in cases])
    return [
        (case, steps.get(case.pk, 0), meetings.get(case.pk, 0), threads.get(case.pk, 0))
        for case in cases
    ]


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What happened in one case while its worker was away, in numbers; only where anything did."""

    case: Case
    done: int
    messages: int
    meetings: int
    proposals: int


def what_happened(actor: Actor, cover_id: UUID, *, now: datetime) -> tuple[Cover, list[Meanwhile]]:
    """For whoever is back: what happened in their cases during a cover of theirs; logged.

    By anybody: nobody's work is told apart. Raises :class:`NotVisible` for every other cover.
    """
    cover = (
        Cover.objects.filter(pk=cover_id, user_id=actor.writer_id, until__lte=now)
        .select_related("by")
        .first()
    )
    if cover is None or not actor.is_worker:
        raise NotVisible
    cases = list(
        cases_visible_to(actor, now=now)
        .filter(network=cover.network_id)
        .select_related("person")
        .order_by("person__sort_key", "pk")
    )
    reading = reading_of(actor, now=now)
    during = (cover.since, cover.until)

    def count(model: type[ClientInformation], **which: object) -> dict[UUID, int]:
        rows = visible_to(actor, model, now=now, grounds=reading.grounds)
        return _by_case(rows.filter(case__in=cases, **which))

    done = count(Action, closed_at__range=during)
    messages = count(Message, recorded_at__range=during)
    meetings = count(Meeting, closed_at__range=during)
    versions = versions_visible_to(actor, now=now, grounds=reading.grounds)
    proposals = _by_case(versions.filter(case__in=cases, proposed_at__range=during))
    found = [
        Meanwhile(
            case, done.get(case.pk, 0), messages.get(case.pk, 0), meetings.get(case.pk, 0),
            proposals.get(case.pk, 0),
        )
        for case in cases
        if any(case.pk in counts for counts in (done, messages, meetings, proposals))
    ]  # fmt: skip
    reading.log_and_hide_names(
        "meanwhile_opened", Purpose.KEEP_CASE, [(row.case, []) for row in found]
    )
    return cover, found


def _by_case(rows: QuerySet) -> dict[UUID, int]:  # type: ignore[type-arg]
    return dict(rows.order_by().values_list("case").annotate(n=Count("pk")))
