"""Being away with nobody to stand in: said by the one away or their leader, and taken back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from cases.access.absences import absences_ended_by
from cases.access.covers import can_stand_in_for
from cases.models import Absence, NewsKind
from cases.services.news import notify_of_own_work
from cases.services.temporary_access import end_of_day
from common.actor import Actor
from common.clock import day_of, start_of
from common.decision import NotVisible, Refused
from common.validity import valid_at
from people.models import Position, Role

KEPT = timedelta(days=30)
"""How long after its end that somebody was away is kept: nobody needs it any more."""


@transaction.atomic
def record_absence(
    *, actor: Actor, user_id: UUID, since: date, until: date, now: datetime
) -> Absence:
    """A worker is away, both days included, and nobody stands in yet; works at once.

    They say so themselves, or whoever leads their office. The leader is told until somebody stands
    in on all the days that are left. Raises :class:`Refused` for days in the past, and where it is
    said already.
    """
    if not day_of(now) <= since <= until:
        raise Refused(_("The absence ends after it begins, and not in the past."), field="until")
    absent = Position.objects.filter(
        valid_at(now), user_id=user_id, network_id=actor.working_network_id, role=Role.CASEWORKER,
        user__is_active=True,
    ).first()  # fmt: skip
    can_stand_in_for(actor, absent, now=now).require()
    try:
        with transaction.atomic():
            row = Absence.objects.create(
                user_id=user_id, network_id=actor.working_network_id, made_by_id=actor.writer_id,
                since=max(now, start_of(since)), until=end_of_day(until),
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(
            _("It is said already that they are away on some of these days."), field="since"
        ) from error
    _record(actor, "absence_recorded", row, now)
    if user_id != actor.user_id:
        notify_of_own_work(
            user_ids=[user_id], kind=NewsKind.ABSENCE_SAID, subject_id=row.pk, now=now,
            was=actor.name, was_at=row.until,
        )  # fmt: skip
    return row


@transaction.atomic
def end_absence(*, actor: Actor, absence_id: UUID, now: datetime) -> None:
    """Somebody is back before the day, or was never away.

    Raises :class:`NotVisible` to whoever is neither the one away nor their leader.
    """
    row = absences_ended_by(actor, now=now).select_for_update(of=("self",)).filter(pk=absence_id)
    absence = row.first()
    if absence is None:
        raise NotVisible
    _end(actor, absence, now)


def end_absences_of(actor: Actor, user_id: UUID, now: datetime) -> None:
    """Whoever is gone is not away."""
    for absence in Absence.objects.select_for_update().filter(user_id=user_id, until__gt=now):
        _end(actor, absence, now)


def forget_absences(*, now: datetime) -> int:
    """Erase what was over thirty days ago; the night's work. How many."""
    gone, _models = Absence.objects.filter(until__lte=now - KEPT).delete()
    return gone


def _end(actor: Actor, absence: Absence, now: datetime) -> None:
    absence.until = max(now, absence.since)
    absence.save(update_fields=["until"])
    _record(actor, "absence_ended", absence, now)


def _record(actor: Actor, action: str, row: Absence, now: datetime) -> None:
    record_change(actor=actor, action=action, subject_type="absence", subject_id=row.pk, now=now)
