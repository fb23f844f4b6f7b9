"""How the nights went and what the outbox holds: counts alone, nothing of any client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, Q, Sum

from followup.models import Channel, Notification, NotificationState
from operations.models import BatchState, NightlyRun
from operations.night import STEPS

RUNS = 14
STUCK_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class StepStatus:
    """One step of a run: its batches by state, its seconds in all, what its failures were."""

    name: str
    batches: int
    done: int
    parked: int
    seconds: float
    failures: str


@dataclass(frozen=True, slots=True)
class RunStatus:
    """One run with its steps in order."""

    run: NightlyRun
    steps: list[StepStatus]

    @property
    def state(self) -> str:
        """A word of the page's own states."""
        if self.run.finished_at is None:
            return "in_progress"
        return "overdue" if self.run.failure else "done"


@dataclass(frozen=True, slots=True)
class ChannelStatus:
    """One channel: what waits and since when, what was given up, what went out in a day."""

    label: str
    waiting: int
    oldest: datetime | None
    parked: int
    sent_today: int
    last_sent_at: datetime | None
    is_stuck: bool


def latest_runs() -> list[RunStatus]:
    """The newest runs, the newest first. A fixed number of queries."""
    runs = list(NightlyRun.objects.order_by("-started_at", "-pk")[:RUNS])
    rows = (
        NightlyRun.objects.filter(pk__in=[run.pk for run in runs])
        .values("pk", "batches__step")
        .annotate(
            count=Count("batches", filter=~Q(batches__state=BatchState.SPLIT)),
            done=Count("batches", filter=Q(batches__state=BatchState.DONE)),
            parked=Count("batches", filter=Q(batches__state=BatchState.PARKED)),
            seconds=Sum("batches__seconds"),
            failure=Max("batches__failure"),
        )
    )
    found: dict[tuple[UUID, str], Any] = {(row["pk"], row["batches__step"]): row for row in rows}
    return [
        RunStatus(
            run,
            [
                StepStatus(
                    step.name,
                    row["count"],
                    row["done"],
                    row["parked"],
                    row["seconds"] or 0.0,
                    row["failure"] or "",
                )
                for step in STEPS
                for row in (found.get((run.pk, step.name)),)
                if row
            ],
        )
        for run in runs
    ]


def outbox_now(*, now: datetime) -> list[ChannelStatus]:
    """What each channel holds. One query."""
    waiting = Q(state=NotificationState.WAITING)
    sent = Q(state=NotificationState.SENT)
    rows: dict[str, Any] = {
        row["channel"]: row
        for row in Notification.objects.order_by()
        .values("channel")
        .annotate(
            waiting=Count("pk", filter=waiting),
            oldest=Min("made_at", filter=waiting),
            parked=Count("pk", filter=Q(state=NotificationState.PARKED)),
            sent_today=Count("pk", filter=sent & Q(closed_at__gt=now - timedelta(days=1))),
            last_sent_at=Max("closed_at", filter=sent),
        )
    }
    none: dict[str, Any] = dict.fromkeys(("waiting", "parked", "sent_today"), 0)
    return [
        ChannelStatus(
            str(channel.label),
            row["waiting"],
            row.get("oldest"),
            row["parked"],
            row["sent_today"],
            row.get("last_sent_at"),
            bool(row.get("oldest") and row["oldest"] < now - STUCK_AFTER),
        )
        for channel in Channel
        for row in (rows.get(channel.value, none),)
    ]
