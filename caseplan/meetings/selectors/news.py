"""What has changed of what a reader was told before, as they may see it, until they see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from audit.models import Purpose
from caseplan.meetings.models import Meeting
from caseplan.options.models import Offer
from caseplan.plan.models import (
    AccompaniedHandover,
    Action,
    BodyRequest,
    Ending,
    EndingOutcome,
    Goal,
    KelaConfirmation,
    MoreTime,
    Objection,
    PlannedService,
)
from caseplan.remarks.models import Remark
from cases.access import stood_in_for, work_of
from cases.access import visible_to as cases_visible_to
from cases.models import OF_A_VERSION, TOLD_TO_ONE, Case, News, NewsKind
from common.actor import Actor
from consent.access import filter_by_grounds
from consent.models import Category, ClientInformation
from records.access import visible_to
from records.selectors import Reading, reading_of

_ABOUT: dict[type[ClientInformation], tuple[NewsKind, ...]] = {
    Meeting: (
        NewsKind.MEETING_MOVED,
        NewsKind.MEETING_ELSEWHERE,
        NewsKind.MEETING_CANCELLED,
        NewsKind.MEETING_ASKED,
        NewsKind.MEETING_JOINED,
        NewsKind.MEETING_ANSWERED,
        NewsKind.MEETING_DECLINED,
    ),
    Action: (
        NewsKind.TASK_CHANGED,
        NewsKind.TASK_CLOSED,
        NewsKind.TASK_REOPENED,
        NewsKind.MORE_TIME_GIVEN,
    ),
    MoreTime: (NewsKind.MORE_TIME_REFUSED,),
    PlannedService: (NewsKind.SERVICE_MOVED,),
    KelaConfirmation: (NewsKind.KELA_CONFIRMED,),
    Goal: (NewsKind.GOAL_DROPPED, NewsKind.GOAL_TAKEN_UP),
    Objection: (NewsKind.OBJECTED,),
    Remark: (NewsKind.REMARK_ANSWERED,),
    Offer: (
        NewsKind.OPTIONS_OFFERED,
        NewsKind.OPTIONS_WITHDRAWN,
        NewsKind.OPTIONS_REPLIED,
        NewsKind.OPTIONS_ANSWERED,
    ),
    BodyRequest: (NewsKind.REQUEST_ANSWERED, NewsKind.REQUEST_WITHDRAWN),
    Ending: (NewsKind.ENDING_AGREED, NewsKind.ENDING_CLOSED, NewsKind.ENDING_CORRECTED),
    AccompaniedHandover: (
        NewsKind.CONTINUES,
        NewsKind.CONTINUES_ASKED,
        NewsKind.CONTINUES_ANSWERED,
        NewsKind.CONTINUES_WITHDRAWN,
    ),
}
# Said on the client's page in a place of its own.
_SAID_ELSEWHERE = (NewsKind.MANAGER_CHANGED,)


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One change: what it was stands in ``news``, what it is now in ``thing``, if there is one.

    ``case`` is None where the reader does not see the case it is about.
    """

    news: News
    case: Case | None
    thing: Any = None


def list_news(actor: Actor, *, now: datetime, case_id: UUID | None = None) -> list[NewsItem]:
    """What has changed, of one case or all, and this reader has not seen, newest first; logged.

    News of cases for whom they stand in for is theirs to see too. What they no longer may see is
    not told either. A fixed number of questions.
    """
    unseen = News.objects.filter(seen_at__isnull=True, **({"case": case_id} if case_id else {}))
    if case_id and not unseen.exists():
        return []  # as in most cases: whose they are to see is a long question
    visible = cases_visible_to(actor, now=now).values("pk")
    own = Q(for_user_id=actor.writer_id)
    others = stood_in_for(actor, now=now)
    rows = list(
        unseen.filter(
            own & (Q(case__in=visible) | Q(kind__in=TOLD_TO_ONE))
            | Q(for_user__in=others, case__in=visible) & ~Q(kind__in=TOLD_TO_ONE),
        )
        .annotate(is_visible=Exists(visible.filter(pk=OuterRef("case"))))
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
    things |= _outcomes(reading, rows)
    needed = {kind for kinds in _ABOUT.values() for kind in kinds}
    of_plan = {row.case_id for row in rows if row.kind in OF_A_VERSION and row.case_id}
    opened = reading.opens(Category.PLAN_FOLLOW_UP, of_plan) if of_plan else set()
    cases: dict[UUID, Case] = {}
    found = [
        NewsItem(
            row,
            _shared(cases, row.case) if row.is_visible else None,
            things.get(row.subject_id),
        )
        for row in rows
        if (row.kind not in needed or row.subject_id in things)
        and (row.kind not in OF_A_VERSION or row.case_id in opened)
    ]
    shown: dict[UUID, list[ClientInformation]] = {key: [] for key in cases}
    for told in found:
        if told.thing is not None and told.case is not None:
            shown[told.case.pk].append(told.thing)
    reading.log_and_hide_names(
        "news_listed", Purpose.FOLLOW_UP, [(case, shown[key]) for key, case in cases.items()]
    )
    return found


def _outcomes(reading: Reading, rows: Sequence[News]) -> dict[UUID, ClientInformation]:
    """What came of the cases that this reader began and is no longer in, by case; logged.

    To what it ended, as far as the plan is open to their body; else only that it has ended. Nothing
    says which client: who began it knows the day they did.
    """
    began = [row.case for row in rows if row.kind == NewsKind.OUTCOME_TOLD and row.case]
    if not began:
        return {}
    endings = filter_by_grounds(
        reading.grounds, Ending.objects.filter(case__in=began, outcome=EndingOutcome.AGREED)
    )
    found: dict[UUID, ClientInformation] = {ending.case_id: ending for ending in endings}
    reading.log_access(
        "outcome_told",
        Purpose.FOLLOW_UP,
        [(case, [found[case.pk]]) for case in began if case.pk in found],
        beside=(),
    )
    return found


def _shared(cases: dict[UUID, Case], case: Case | None) -> Case | None:
    """The same case for every piece of news of it: its name is hidden once."""
    return cases.setdefault(case.pk, case) if case is not None else None


def news_of_meeting(actor: Actor, meeting_id: UUID, *, now: datetime) -> list[News]:
    """What has changed of a visible meeting and this reader has not seen, the newest first.

    Also what one they stand in for has not.
    """
    mine = News.objects.filter(
        for_user__in=work_of(actor, now=now), subject_id=meeting_id, seen_at__isnull=True
    )
    return list(mine.order_by("-at", "-pk"))
