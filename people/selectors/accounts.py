"""Accounts: whose an address is, which changes of address stand open, who was let in by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet, Value
from django.utils.functional import Promise

from audit.models import AuditRow
from common.actor import Actor
from common.validity import valid_at
from people.access import can_approve_address, positions_keeping
from people.models import (
    AccountEvent,
    AddressChange,
    LetterTrial,
    OrganisationEvent,
    OrganisationKind,
    Position,
    Role,
    User,
)
from people.models.users import address_key
from people.selectors.actors import names_of
from people.selectors.events import sentence

LET_IN_SHOWN = timedelta(days=365)
TRIAL_WAITS = timedelta(days=1)
"""How long the code of a trial letter can be typed."""
_LET_IN = (
    AccountEvent.CREATED,
    AccountEvent.LET_IN,
    AccountEvent.LOG_IN_LINKED,
    AccountEvent.LINK_PRINTED,
    AccountEvent.ADDRESS_ASKED,
    AccountEvent.ADDRESS_APPROVED,
    AccountEvent.ADDRESS_CHANGED,
    AccountEvent.ADDRESS_STOPPED,
    AccountEvent.FACTOR_ENDED,
)
_OPENING = (
    OrganisationKind.ROLE_BEGAN,
    OrganisationKind.STAFF_LISTED,
    OrganisationKind.TOWN_JOINED,
    OrganisationKind.OFFICES_MERGED,
)


def accounts_at(address: str) -> QuerySet[User]:
    """The account of a mailbox, whatever the case and the tag of its address: one at most."""
    found = User.objects.exclude(email="").alias(key=address_key("email"))
    return found.filter(key=address_key(Value(address.strip())))


def password_lets_in(user: User) -> bool:
    """Whether the installation lets this user in by a password, if they have one.

    Where each body has its own log-in (``LOCAL_ACCOUNTS`` off) it lets in clients and outside
    parties, and nobody who works here.
    """
    works_here = user.positions.exclude(role=Role.OUTSIDE)
    return settings.LOCAL_ACCOUNTS or not works_here.exists()


def chooses_password(user: User) -> bool:
    """Whether a link to choose a password is theirs to get: no provider says who they are."""
    return not user.logs_in_elsewhere and password_lets_in(user)


def open_address_change(user_id: UUID) -> AddressChange | None:
    """The change of address that waits for this user, if any."""
    found = AddressChange.objects.filter(user_id=user_id, closed_at__isnull=True)
    return found.select_related("user", "asked_by").first()


def open_letter_trial(user_id: UUID, *, now: datetime) -> LetterTrial | None:
    """The last trial letter of this user, while its code can still be typed."""
    last = LetterTrial.objects.filter(user_id=user_id).order_by("-sent_at", "-pk").first()
    if last is None or last.arrived_at is not None or last.sent_at <= now - TRIAL_WAITS:
        return None
    return last


@dataclass(frozen=True, slots=True)
class AddressChangeShown:
    """An open change of address, and whether the reader may approve it."""

    change: AddressChange
    may_approve: bool


def list_address_changes(actor: Actor, *, now: datetime) -> list[AddressChangeShown]:
    """The changes that wait, of the accounts this actor keeps or may approve for; oldest first."""
    kept = positions_keeping(actor, now=now).values("user")
    found = AddressChange.objects.filter(closed_at__isnull=True, user__in=kept)
    rows = found.select_related("user", "asked_by").order_by("asked_at", "pk")
    return [
        AddressChangeShown(row, can_approve_address(actor, row, now=now).allowed) for row in rows
    ]


@dataclass(frozen=True, slots=True)
class LetIn:
    """One thing of a year that let somebody in or could have: who did it, to whose account."""

    at: datetime
    label: str | Promise
    by: str
    whose: str | Promise


def list_let_in(actor: Actor, *, now: datetime) -> list[LetIn]:
    """Who let whom in, within a year, the newest first; of the accounts this actor keeps.

    With roles that began, staff from files, and municipalities that joined a network.
    """
    kept = set(positions_keeping(actor, now=now).values_list("user", flat=True))
    rows = list(
        AuditRow.objects.filter(
            subject_type="user", subject_id__in=kept, action__in=[e.value for e in _LET_IN],
            at__gt=now - LET_IN_SHOWN,
        ).order_by("-at", "-pk")
    )  # fmt: skip
    names = names_of({*kept, *_user_ids(rows)})
    accounts = [
        LetIn(
            row.at,
            str(AccountEvent(row.action).label),
            _who(row.actor, names),
            names.get(row.subject_id, "") if row.subject_id else "",
        )
        for row in rows
    ]
    opening = OrganisationEvent.objects.filter(
        kind__in=_OPENING, at__gt=now - LET_IN_SHOWN
    ).select_related("network", "office", "municipality", "about", "by")
    told = [
        LetIn(
            event.at, sentence(event), event.by.full_name if event.by else "",
            event.about.full_name if event.about else "",
        )
        for event in opening
    ]  # fmt: skip
    return sorted([*accounts, *told], key=lambda row: row.at, reverse=True)


def _user_ids(rows: Iterable[AuditRow]) -> set[UUID]:
    labels = [row.actor.removeprefix("user:") for row in rows if row.actor.startswith("user:")]
    return {UUID(label) for label in labels}


def _who(label: str, names: dict[UUID, str]) -> str:
    """A user's name; the name of the part of the system that did it, or of its operator."""
    kind, _colon, name = label.partition(":")
    return names.get(UUID(name), "") if kind == "user" else name


def standing_position(user_id: UUID, *, now: datetime) -> Position | None:
    """What a user works as now."""
    return (
        Position.objects.filter(valid_at(now), user_id=user_id)
        .select_related("user", "office")
        .first()
    )
