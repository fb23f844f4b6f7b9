"""Nothing of a referral is kept beyond its days, nor of somebody whom nothing else speaks of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from audit.services import record_change
from benefits.models import RegisterMention
from caseplan.intake.models import AssessmentReferral, OwnRequest
from cases.models import Case, News, NewsKind
from cases.services import notify_of_own_work
from common.actor import Actor
from common.clock import day_of, start_of
from common.database_roles import KEEPER, logged_in_as
from people.models import EntryState, Person, User
from people.services import forget_account

KEPT_DAYS = 90
"""So many days after the answer a request is gone, and after their last log-in somebody who came in
and got no case; our own choice: time to ask why."""

_SPEAKING: tuple[type[Model], ...] = (Case, AssessmentReferral, OwnRequest)
"""Beside the registers: what keeps somebody here while it stands."""


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
    speaking: tuple[type[Model], ...] = (RegisterMention, *_SPEAKING)
    for speaks in speaking:
        unneeded = unneeded.exclude(pk__in=speaks._default_manager.values("person"))
    return unneeded.delete()[0]


@logged_in_as(KEEPER)
@transaction.atomic
def forget_strangers(*, actor: Actor, on: date, now: datetime) -> int:
    """Erase the accounts of those who came in by a provider and got nothing here; how many.

    A client without a case, and without anything that waits for one; a worker whom nobody let in:
    once their days are over since they last came. With a client's account goes whoever was written
    down by it alone. Who comes again begins anew.
    """
    assert actor.kind == "system"
    before = start_of(on - timedelta(days=KEPT_DAYS))
    strangers = (
        User.objects.filter(external_log_ins__isnull=False, positions=None, outside_parties=None)
        .exclude(external_log_ins__last_seen__gte=before)
        .exclude(entry_requests__state=EntryState.WAITING)
    )
    for speaks in _SPEAKING:
        found = speaks._default_manager.filter(person__user__isnull=False)
        strangers = strangers.exclude(pk__in=found.values("person__user"))
    gone = 0
    for user in strangers.distinct().order_by("pk"):
        people = list(Person.objects.filter(user=user).values_list("pk", flat=True))
        record_change(
            actor=actor, action="account_forgotten", subject_type="user", subject_id=user.pk,
            person_id=people[0] if people else None, now=now,
        )  # fmt: skip
        forget_account(user)
        forget_unneeded(people)
        gone += 1
    return gone
