"""Standing in for somebody who is away: chosen, confirmed, ended, and looked at afterwards.

Whoever is away chooses for themselves; else the leader of their office does, for a shorter time,
and the one away is told. A leader who names themselves needs a second person: another leader, or
the data-protection officer afterwards.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from cases.access.covers import (
    can_stand_in_for,
    covers_ended_by,
    covers_to_confirm,
    get_cover_to_review,
)
from cases.models import Absence, Case, Cover, CoverFinding, News, NewsKind
from cases.services.news import notify_of_own_work
from cases.services.temporary_access import end_of_day
from common.actor import Actor
from common.clock import day_of, start_of
from common.dates import add_months
from common.decision import NotVisible, Refused
from common.validity import valid_at
from people.models import Position, Role
from statutes.reader import Law, law_on

TOLD_OF = timedelta(days=7)
"""How long after its end somebody who is back is still told that a cover is over."""


@transaction.atomic
def cover_absence(
    *, actor: Actor, user_id: UUID, by_id: UUID, since: date, until: date, now: datetime
) -> Cover:
    """Somebody of the same body stands in for a worker in all their cases; both days included.

    The worker chooses, or whoever leads their office: then 30 days at most. A leader who names
    themselves stands in for 72 hours, until another leader confirms it. Works at once. To go on is
    another cover; where covers would follow each other for over six months, :class:`Refused`.
    """
    law = law_on(day_of(now))
    if not day_of(now) <= since <= until:
        raise Refused(_("The absence ends after it begins, and not in the past."), field="until")
    positions = {p.user_id: p for p in _workers(actor, now).filter(user_id__in=[user_id, by_id])}
    absent, cover = positions.get(user_id), positions.get(by_id)
    can_stand_in_for(actor, absent, now=now).require()
    assert absent is not None
    if cover is None or user_id == by_id:
        raise Refused(_("Choose somebody else who works in this network."), field="by_id")
    _require_of_same_body(absent, cover)
    begins, ends = max(now, start_of(since)), end_of_day(until)
    _require_not_away(by_id, begins, ends)
    _require_not_too_long(actor, law, absent, since, until)
    asked_until = None
    if by_id == actor.writer_id:
        _require_reviewed(actor, user_id)
        hours = law.figure("cover_unconfirmed_hours").value
        asked_until, ends = ends, min(ends, begins + timedelta(hours=hours))
    try:
        with transaction.atomic():
            row = Cover.objects.create(
                user_id=user_id, by_id=by_id, network_id=actor.working_network_id, since=begins,
                until=ends, asked_until=asked_until, made_by_id=actor.writer_id,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(
            _("Somebody stands in on some of these days already."), field="since"
        ) from error
    _record(actor, "cover_made", row, now)
    _record_in_cases(actor, "case_covered", row, now)
    _tell_who_is_covered(actor, row, cover, now)
    return row


@transaction.atomic
def confirm_cover(*, actor: Actor, cover_id: UUID, now: datetime) -> Cover:
    """Another leader confirms that a leader stands in: it goes on to the day that was asked for.

    Raises :class:`NotVisible` for everybody else, and for one that has ended.
    """
    row = covers_to_confirm(actor, now=now).select_for_update(of=("self",)).filter(pk=cover_id)
    cover = row.first()
    if cover is None or cover.asked_until is None:
        raise NotVisible
    cover.confirmed_at, cover.confirmed_by_id = now, actor.user_id
    cover.until = cover.asked_until
    cover.save(update_fields=["confirmed_at", "confirmed_by", "until"])
    _record(actor, "cover_confirmed", cover, now)
    _record_in_cases(actor, "case_covered", cover, now)
    return cover


@transaction.atomic
def end_cover(*, actor: Actor, cover_id: UUID, now: datetime) -> None:
    """End a cover before its time: the one who is back, the one standing in, or the leader.

    Raises :class:`NotVisible` for everybody else, and for one that has ended.
    """
    row = covers_ended_by(actor, now=now).select_for_update(of=("self",)).filter(pk=cover_id)
    cover = row.first()
    if cover is None:
        raise NotVisible
    _end(actor, cover, now)


@transaction.atomic
def review_cover(
    *, actor: Actor, cover_id: UUID, finding: CoverFinding, found_why: str, now: datetime
) -> Cover:
    """The officer says what they found of a leader who named themselves; it is kept.

    Found not in order, it ends at once. Raises :class:`Refused` without words in that case.
    """
    Cover.objects.select_for_update().filter(pk=cover_id).first()
    cover = get_cover_to_review(actor, cover_id)
    if finding == CoverFinding.NOT_IN_ORDER and not found_why.strip():
        raise Refused(_("Write what was not in order."), field="found_why")
    cover.finding, cover.found_why = finding, found_why.strip()
    cover.reviewed_at, cover.reviewed_by_id = now, actor.user_id
    cover.save(update_fields=["finding", "found_why", "reviewed_at", "reviewed_by"])
    _record(actor, f"cover_found_{finding.value}", cover, now)
    if finding == CoverFinding.NOT_IN_ORDER and cover.until > now:
        _end(actor, cover, now)
    return cover


def end_covers_of(actor: Actor, user_id: UUID, now: datetime) -> None:
    """Nobody stands in for somebody who is gone, nor they for others."""
    covers = Cover.objects.select_for_update().filter(
        Q(user_id=user_id) | Q(by_id=user_id), until__gt=now
    )
    for cover in covers.order_by("pk"):
        _end(actor, cover, now)


@transaction.atomic
def tell_of_ended_covers(*, actor: Actor, now: datetime) -> int:
    """Whoever is back because a cover ended by itself reads what happened. How many were told.

    The night's work, of the covers of the last days; once each.
    """
    told = News.objects.filter(kind=NewsKind.COVER_OVER, subject_id=OuterRef("pk"))
    over = Cover.objects.filter(
        ~Exists(told), Q(until__gt=F("since")), until__lte=now, until__gt=now - TOLD_OF
    ).select_related("by")
    ended = list(over.order_by("pk"))
    for cover in ended:
        _tell_who_is_back(cover, now)
    return len(ended)


def _tell_who_is_back(cover: Cover, now: datetime) -> None:
    notify_of_own_work(
        user_ids=[cover.user_id], kind=NewsKind.COVER_OVER, subject_id=cover.pk, now=now,
        was=cover.by.full_name,
    )  # fmt: skip


def _end(actor: Actor, cover: Cover, now: datetime) -> None:
    cover.until = max(now, cover.since)
    cover.save(update_fields=["until"])
    _record(actor, "cover_ended", cover, now)
    _record_in_cases(actor, "case_no_longer_covered", cover, now)
    if cover.until > cover.since:
        _tell_who_is_back(cover, now)


def _require_of_same_body(absent: Position, cover: Position) -> None:
    assert absent.office is not None and cover.office is not None
    if absent.office.body != cover.office.body:
        raise Refused(
            _("Choose somebody of the same body: each body sees what is opened to it."),
            field="by_id",
        )


def _require_not_away(by_id: UUID, begins: datetime, ends: datetime) -> None:
    """Cases are not passed on from cover to cover, nor to nobody: nobody would answer for them."""
    away = Q(user_id=by_id, since__lt=ends, until__gt=begins)
    if Cover.objects.filter(away).exists() or Absence.objects.filter(away).exists():
        raise Refused(
            _("They are away themselves on some of these days. Choose somebody else."),
            field="by_id",
        )


def _require_not_too_long(
    actor: Actor, law: Law, absent: Position, since: date, until: date
) -> None:
    if absent.user_id != actor.user_id:
        days = law.figure("cover_by_leader_days").value
        if until >= since + timedelta(days=days):
            raise Refused(
                _(
                    "You may choose for somebody else for %(days)s days at most. After that, "
                    "choose again, or they choose themselves."
                )
                % {"days": days},
                field="until",
            )
    months = law.figure("cover_longest_months").value
    if until >= add_months(_first_day_of_row(absent.user_id, since), months):
        raise Refused(
            _(
                "Others would stand in for more than %(months)s months without a break. Hand the "
                "cases over instead."
            )
            % {"months": months},
            field="until",
        )


def _first_day_of_row(user_id: UUID, since: date) -> date:
    """The first day of the covers that follow each other without a break up to one."""
    first = since
    earlier = Cover.objects.filter(user_id=user_id, since__lt=start_of(since))
    for begun, ended in earlier.order_by("-since").values_list("since", "until"):
        if ended < start_of(first):
            break
        first = day_of(begun)
    return first


def _require_reviewed(actor: Actor, user_id: UUID) -> None:
    """Alone, once: not a second time in a row before anybody has looked at the first."""
    unseen = Cover.objects.filter(
        user_id=user_id, by_id=actor.writer_id, made_by_id=actor.writer_id,
        confirmed_at__isnull=True, reviewed_at__isnull=True,
    )  # fmt: skip
    if unseen.exists():
        raise Refused(
            _(
                "You have stood in for them on your own word already, and nobody has looked at "
                "it yet. Choose somebody else."
            ),
            field="by_id",
        )


def _workers(actor: Actor, now: datetime) -> QuerySet[Position]:
    return Position.objects.filter(
        valid_at(now),
        network_id=actor.working_network_id,
        role=Role.CASEWORKER,
        user__is_active=True,
    ).select_related("office", "user")


def _tell_who_is_covered(actor: Actor, row: Cover, cover: Position, now: datetime) -> None:
    if row.user_id == actor.user_id:
        return
    News.objects.create(
        for_user_id=row.user_id,
        kind=NewsKind.COVER_CHOSEN,
        subject_id=row.pk,
        was=cover.user.full_name,
        was_at=row.until,
        at=now,
    )


def _record(actor: Actor, action: str, row: Cover, now: datetime) -> None:
    record_change(actor=actor, action=action, subject_type="cover", subject_id=row.pk, now=now)


def _record_in_cases(actor: Actor, action: str, row: Cover, now: datetime) -> None:
    """A row in every open case of the covered worker."""
    cases = Case.objects.filter(
        team__in=row.user.team_memberships.filter(valid_at(now)), ended_at__isnull=True
    )
    for case_id, person_id in sorted(cases.values_list("pk", "person_id"), key=str):
        record_change(
            actor=actor,
            action=action,
            subject_type="cover",
            subject_id=row.pk,
            case_id=case_id,
            person_id=person_id,
            now=now,
        )
