"""How accounts are used, written down; and log-ins ended from elsewhere."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from audit.services import record_change
from common.actor import Actor
from common.clock import machine_now
from common.decision import NotVisible
from people.models import AccountEvent, EntryRequest, ExternalLogIn, LogIn, Person, User


def record_account_event(
    *, actor: Actor, event: AccountEvent, user_id: UUID | None, now: datetime
) -> None:
    """Write down what happened to an account. ``user_id`` None: nobody has the name that was typed.

    That name is never written down: it may be a password typed into the wrong field.
    """
    record_change(actor=actor, action=event.value, subject_type="user", subject_id=user_id, now=now)


@transaction.atomic
def end_log_in(*, actor: Actor, log_in_id: UUID, now: datetime) -> None:
    """End one of one's own log-ins, wherever it is. Raises ``NotVisible`` where there is none."""
    if not _end(actor, LogIn.objects.filter(id=log_in_id, user_id=actor.writer_id), now):
        raise NotVisible


@transaction.atomic
def end_log_ins(*, actor: Actor, user_id: UUID, now: datetime, besides: str | None = None) -> int:
    """End every log-in of a user. ``besides``: the key of the one session that goes on.

    Returns how many that were not over already.
    """
    found = LogIn.objects.filter(user_id=user_id)
    return _end(actor, found.exclude(pk=besides) if besides else found, now)


@transaction.atomic
def end_log_ins_from(
    *, actor: Actor, issuer: str, issuer_session: str, subject: str, now: datetime
) -> int:
    """An identity provider says that a log-in there has ended: so do those here that came from it.

    ``issuer_session``: the provider's name of that log-in, or "" for every one of ``subject``'s;
    at least one of the two. Returns how many were not over already.
    """
    found = LogIn.objects.filter(issuer=issuer)
    if issuer_session:
        found = found.filter(issuer_session=issuer_session)
    if subject:
        theirs = ExternalLogIn.objects.filter(issuer=issuer, subject=subject)
        found = found.filter(user_id__in=theirs.values("user_id"))
    return _end(actor, found, now) if issuer_session or subject else 0


def forget_old_log_ins() -> int:
    """Forget the sessions that are over; how many went. They go by the machine's own clock."""
    return LogIn.objects.filter(expire_date__lte=machine_now()).delete()[0]


def forget_account(user: User) -> None:
    """An account that nobody needs any more goes, with everything that is its owner's alone."""
    Person.objects.filter(user=user).update(user=None)
    EntryRequest.objects.filter(user=user).delete()
    user.delete()


def _end(actor: Actor, found: QuerySet[LogIn], now: datetime) -> int:
    rows = list(found.select_for_update().order_by("pk"))
    LogIn.objects.filter(pk__in=[row.pk for row in rows]).delete()
    standing = [row for row in rows if row.expire_date > machine_now()]
    for row in standing:
        record_account_event(
            actor=actor, event=AccountEvent.LOG_IN_ENDED, user_id=row.user_id, now=now
        )
    return len(standing)
