"""A changed fact is news: whoever was told of it before is told again, and sees what it was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from cases.access import stood_in_for, visible_to
from cases.models import TOLD_TO_ONE, Case, News, NewsKind
from cases.selectors import team_of
from common.actor import Actor
from common.bodies import Body

# What takes the place of what: nobody needs to know where a meeting was moved that is called off.
_OVERTAKES = {
    NewsKind.MEETING_CANCELLED: (
        NewsKind.MEETING_MOVED,
        NewsKind.MEETING_ELSEWHERE,
        NewsKind.MEETING_ASKED,
        NewsKind.MEETING_JOINED,
    ),
    NewsKind.MEETING_MOVED: (NewsKind.MEETING_ELSEWHERE,),
    NewsKind.TASK_CLOSED: (NewsKind.TASK_CHANGED, NewsKind.TASK_REOPENED),
    NewsKind.TASK_REOPENED: (NewsKind.TASK_CLOSED,),
    NewsKind.OPTIONS_WITHDRAWN: (NewsKind.OPTIONS_OFFERED,),
    NewsKind.GOAL_DROPPED: (NewsKind.GOAL_TAKEN_UP,),
    NewsKind.GOAL_TAKEN_UP: (NewsKind.GOAL_DROPPED,),
    NewsKind.TEAM_JOINED: (NewsKind.TEAM_LEFT,),
    NewsKind.TEAM_LEFT: (NewsKind.TEAM_JOINED,),
}


@transaction.atomic
def notify_of_change(
    *,
    actor: Actor,
    case: Case,
    kind: NewsKind,
    subject_id: UUID,
    now: datetime,
    workers: Iterable[UUID] = (),
    client: bool = True,
    was_at: datetime | None = None,
    was_on: date | None = None,
    was: str = "",
) -> None:
    """Tell the client (who has a log-in) and some workers what has changed, and what it was.

    In the transaction of the change, whose audit row stands for it. Nobody is told what they
    themselves did. Who has not seen an earlier change of the same thing keeps what it was then.
    """
    readers = set(workers)
    if client and case.person.user_id is not None:
        readers.add(case.person.user_id)
    readers -= {user for user in (actor.user_id,) if user is not None}
    unseen = News.objects.filter(subject_id=subject_id, seen_at__isnull=True)
    for user_id in sorted(readers):
        mine = unseen.filter(for_user=user_id)
        overtaken = list(mine.filter(kind__in=_OVERTAKES.get(kind, ())).order_by("at", "pk"))
        mine.filter(pk__in=[row.pk for row in overtaken]).delete()
        if mine.filter(kind=kind).update(at=now):
            continue
        News.objects.create(
            case=case,
            for_user_id=user_id,
            kind=kind,
            subject_id=subject_id,
            was_at=next((row.was_at for row in overtaken if row.was_at), was_at),
            was_on=next((row.was_on for row in overtaken if row.was_on), was_on),
            was=next((row.was for row in overtaken if row.was), was),
            at=now,
        )


@transaction.atomic
def take_back_news(
    *,
    actor: Actor,
    case: Case,
    kind: NewsKind,
    otherwise: NewsKind,
    subject_id: UUID,
    now: datetime,
    is_on: date | None = None,
    says: str = "",
) -> None:
    """What was told of a thing is not so any more: tell it right, or not at all.

    Who has not seen it is told nothing, save where the thing had changed before that and they have
    not seen that either (``is_on``, ``says``: what it says now). Who has seen the last that was
    told of it is told ``otherwise``.
    """
    told = News.objects.filter(case=case, subject_id=subject_id)
    for row in told.filter(kind=kind, seen_at=None).order_by("pk"):
        if (row.was, row.was_on) in ((says, is_on), ("", None)):
            row.delete()
        else:
            News.objects.filter(pk=row.pk).update(kind=NewsKind.TASK_CHANGED)
    last: dict[UUID, News] = {}
    for row in told.filter(kind__in=(kind, otherwise)).order_by("at", "pk"):
        last[row.for_user_id] = row
    readers = {user for user, row in last.items() if row.kind == kind and row.seen_at is not None}
    client = case.person.user_id
    notify_of_change(
        actor=actor, case=case, kind=otherwise, subject_id=subject_id, now=now,
        workers=readers - {client}, client=client in readers, was_on=is_on, was=says,
    )  # fmt: skip


def notify_of_own_work(
    *,
    user_ids: Iterable[UUID],
    kind: NewsKind,
    subject_id: UUID,
    now: datetime,
    was_on: date | None = None,
    was_at: datetime | None = None,
    was: str = "",
) -> None:
    """Tell some workers of their own work, in no case: what became of what they had sent."""
    for user_id in sorted(user_ids):
        News.objects.get_or_create(
            for_user_id=user_id,
            kind=kind,
            subject_id=subject_id,
            seen_at=None,
            defaults={"at": now, "was_on": was_on, "was_at": was_at, "was": was},
        )


def notify_team_of_change(
    *,
    actor: Actor,
    case: Case,
    kind: NewsKind,
    subject_id: UUID,
    now: datetime,
    body: Body | None = None,
    client: bool = False,
    was: str = "",
) -> None:
    """Tell the named workers of the standing team, or those of one body, that something changed."""
    notify_of_change(
        actor=actor,
        case=case,
        kind=kind,
        subject_id=subject_id,
        now=now,
        client=client,
        was=was,
        workers=[
            member.user_id
            for member in team_of(case, now=now)
            if member.user_id is not None and body in (None, member.body)
        ],
    )


@transaction.atomic
def mark_news_seen(
    *,
    actor: Actor,
    now: datetime,
    subject_id: UUID | None = None,
    news_ids: Iterable[UUID] | None = None,
) -> int:
    """The reader has seen what is new, or what is new about one thing. Returns how many.

    Only what had come by ``now``: what comes while they read stays new. Who stands in for somebody
    sees the news of their cases for both: whoever comes back reads what happened while away.
    ``news_ids``: those alone.
    """
    others = stood_in_for(actor, now=now)
    whose = Q(for_user_id=actor.writer_id)
    if others:
        theirs = Q(for_user__in=others, case__in=visible_to(actor, now=now))
        whose |= theirs & ~Q(kind__in=TOLD_TO_ONE)
    mine = News.objects.filter(whose, seen_at__isnull=True, at__lte=now)
    if news_ids is not None:
        mine = mine.filter(pk__in=list(news_ids))
    if subject_id is not None:
        mine = mine.filter(subject_id=subject_id)
    return mine.update(seen_at=now)
