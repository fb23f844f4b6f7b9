"""What has changed of what a reader was told before, as they may see it, until they see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from audit.models import Purpose
from caseplan.meetings.models import Meeting
from caseplan.plan.models import Action, Measure
from cases.access import visible_to as cases_visible_to
from cases.models import Case, News, NewsKind
from common.actor import Actor
from consent.models import ClientInformation
from records.access import visible_to
from records.selectors import reading_of

_ABOUT: dict[type[ClientInformation], tuple[NewsKind, ...]] = {
    Meeting: (
        NewsKind.MEETING_MOVED,
        NewsKind.MEETING_ELSEWHERE,
        NewsKind.MEETING_CANCELLED,
        NewsKind.MEETING_ASKED,
        NewsKind.MEETING_JOINED,
    ),
    Action: (NewsKind.TASK_CHANGED, NewsKind.TASK_CLOSED),
    Measure: (NewsKind.SERVICE_MOVED,),
}
# Said on the client's page in a place of its own.
_SAID_ELSEWHERE = (NewsKind.MANAGER_CHANGED,)


@dataclass(frozen=True, slots=True)
class Told:
    """One change: what it was stands in ``news``, what it is now in ``thing``, if there is one."""

    news: News
    case: Case
    thing: Any = None


def list_news(actor: Actor, *, now: datetime, case_id: UUID | None = None) -> list[Told]:
    """What has changed, of one case or all, and this reader has not seen, newest first; logged.

    What they no longer may see is not told either. A fixed number of questions.
    """
    rows = list(
        News.objects.filter(
            for_user_id=actor.writer_id,
            seen_at__isnull=True,
            case__in=cases_visible_to(actor, now=now),
            **({"case": case_id} if case_id else {}),
        )
        .exclude(kind__in=_SAID_ELSEWHERE)
        .select_related("case__person")
        .order_by("-at", "-pk")
    )
    if not rows:
        return []
    reading = reading_of(actor, now=now)
    things: dict[UUID, ClientInformation] = {}
    for model, kinds in _ABOUT.items():
        wanted = [row.subject_id for row in rows if row.kind in kinds]
        if wanted:
            seen = visible_to(actor, model, now=now, grounds=reading.grounds)
            things |= seen.filter(pk__in=wanted).in_bulk()
    needed = {kind for kinds in _ABOUT.values() for kind in kinds}
    cases: dict[UUID, Case] = {}
    found = [
        Told(row, cases.setdefault(row.case_id, row.case), things.get(row.subject_id))
        for row in rows
        if row.kind not in needed or row.subject_id in things
    ]
    shown: dict[UUID, list[ClientInformation]] = {key: [] for key in cases}
    for told in found:
        if told.thing is not None:
            shown[told.case.pk].append(told.thing)
    reading.log_and_hide_names(
        "news_listed", Purpose.FOLLOW_UP, [(case, shown[key]) for key, case in cases.items()]
    )
    return found


def news_of_meeting(actor: Actor, meeting_id: UUID) -> list[News]:
    """What has changed of a visible meeting and this reader has not seen, the newest first."""
    mine = News.objects.filter(
        for_user_id=actor.writer_id, subject_id=meeting_id, seen_at__isnull=True
    )
    return list(mine.order_by("-at", "-pk"))
