"""Nothing of a referral is kept beyond its days, nor of somebody whom nothing else speaks of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from benefits.models import RegisterMention
from caseplan.intake.models import AssessmentReferral, OwnRequest
from cases.models import Case, News, NewsKind
from cases.services import notify_of_own_work
from common.actor import Actor
from common.clock import day_of
from common.database_roles import KEEPER, logged_in_as
from people.models import Person


@logged_in_as(KEEPER)
@transaction.atomic
def forget_referrals(*, actor: Actor, on: date, now: datetime) -> int:
    """Erase the referrals whose days are over. Returns how many; twice changes nothing.

    Whoever sent one that nobody answered is told that it is gone, without a name.
    """
    assert actor.kind == "system"
    rows = list(AssessmentReferral.objects.filter(gone_on__lte=on).order_by("pk"))
    for row in rows:
        if not row.answer:
            notify_of_own_work(
                user_ids=[row.sent_by_id],
                kind=NewsKind.REFERRAL_GONE,
                subject_id=row.pk,
                now=now,
                was_on=day_of(row.sent_at),
            )
    let_go(rows)
    return len(rows)


def let_go(rows: Iterable[AssessmentReferral]) -> None:
    """Erase some referrals, the news of their answers, and whoever nothing else speaks of."""
    rows = list(rows)
    News.objects.filter(
        kind=NewsKind.REFERRAL_ANSWERED, subject_id__in=[row.pk for row in rows]
    ).delete()
    AssessmentReferral.objects.filter(pk__in=[row.pk for row in rows]).delete()
    forget_unneeded({row.person_id for row in rows})


def forget_unneeded(person_ids: Iterable[UUID]) -> int:
    """Erase those of some people of whom no register, no case and nothing before a case speaks."""
    unneeded = Person.objects.filter(pk__in=list(person_ids), user=None)
    speaking: tuple[type[Model], ...] = (RegisterMention, Case, AssessmentReferral, OwnRequest)
    for speaks in speaking:
        unneeded = unneeded.exclude(pk__in=speaks._default_manager.values("person"))
    return unneeded.delete()[0]
