"""Who leads an office nobody leads, who directs a network, who answers for data protection.

One person proposes and another of the tables of docs/adr/0009 and 0034 decides; it takes effect
from its day on, by the positions themselves: nothing has to run for it. Before anybody is here
about whom something could be shown, what the keeper proposes takes effect at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from common.actor import Actor
from common.clock import day_of, start_of
from common.dates import add_months
from common.decision import NotVisible, Refused
from common.validity import valid_at
from people.access import can_decide_role, can_propose_role, holds_nobody, positions_in
from people.models import (
    OF_A_NETWORK,
    Network,
    Office,
    OrganisationKind,
    Position,
    ProposalState,
    Role,
    RoleChange,
    User,
)
from people.selectors.roles import visible_role_changes
from people.services.addresses import require_address
from people.services.events import tell
from people.services.links import PasswordLink, print_password_link, send_first_link
from people.services.log_ins import end_log_ins
from people.services.organisation import create_user, give_position
from statutes.reader import law_on

_TERMS_SINCE = date(2025, 1, 1)
"""Since when the decree sets a term: what begins before is counted as if it did."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who has no account yet, and gets one when their role is decided."""

    username: str
    first_name: str
    last_name: str
    email: str
    language: str


@transaction.atomic
def propose_role(
    *,
    actor: Actor,
    role: Role,
    since: datetime,
    now: datetime,
    office: Office | None = None,
    network: Network | None = None,
    successor: User | Newcomer | None = None,
    leaver_id: UUID | None = None,
    title: str = "",
    until: datetime | None = None,
) -> RoleChange:
    """Propose that from ``since`` on somebody has a role, or has it no more, or both at once.

    ``until``: the end of their term; a role of a network has one, five years later at most, which
    is also what holds where none is given. A newcomer's account is made closed, and opened when it
    is decided. Raises :class:`Refused` with the field to mend.
    """
    place = office.network if office else network
    can_propose_role(actor, role, office, place, now=now).require()
    since = max(since, now)
    if leaver_id is not None and not _holding(role, office, place, leaver_id, since):
        raise Refused(_("They do not have this role then."), field="leaver")
    if successor is None and leaver_id is None:
        raise Refused(_("Say who begins, who leaves, or both."), field="username")
    user = _newcomer(actor, successor, now) if isinstance(successor, Newcomer) else successor
    if user is not None:
        _require_free(user, office, leaver_id, since)
        if user.pk == actor.user_id:
            raise Refused(_("Nobody begins a role of their own."), field="username")
    change = RoleChange.objects.create(
        role=role, network=place, office=office, leaver_id=leaver_id, successor=user, title=title,
        since=since, until=_end_of_term(role, since, until) if user else None,
        proposed_by_id=actor.user_id, proposed_at=now,
    )  # fmt: skip
    _record(actor, "role_proposed", change, now)
    if actor.is_keeper and holds_nobody():
        _take_effect(actor, change, now, decided=False)
    return change


def latest_end(role: Role, since: datetime) -> datetime | None:
    """When a term that begins then ends at the latest; None for a role without one.

    The director and their deputy are named for the steering group's term, which is five years
    (Decree 388/2024 s. 1, 4).
    """
    if role not in OF_A_NETWORK:
        return None
    first = day_of(since)
    years = law_on(max(first, _TERMS_SINCE)).figure("steering_group_years").value
    return start_of(add_months(first, 12 * years))


def _end_of_term(role: Role, since: datetime, until: datetime | None) -> datetime | None:
    if until is not None and until <= since:
        raise Refused(_("The last day is not before the first one."), field="until")
    latest = latest_end(role, since)
    if latest is not None and until is not None and until > latest:
        raise Refused(_("A term is five years at most (Decree 388/2024 s. 1, 4)."), field="until")
    return until or latest


@transaction.atomic
def decide_role(*, actor: Actor, change_id: UUID, accepted: bool, now: datetime) -> RoleChange:
    """A second person lets a proposal take effect, or turns it down. Raises ``NotVisible``."""
    change = _locked(actor, change_id, now)
    can_decide_role(actor, change, now=now).require()
    if accepted:
        _take_effect(actor, change, now)
    else:
        _close(actor, change, ProposalState.TURNED_DOWN, now)
    return change


def _take_effect(actor: Actor, change: RoleChange, now: datetime, *, decided: bool = True) -> None:
    """It holds from its day on, and those whom it concerns are told.

    ``decided``: by a second person; not where there is nothing yet to be let into.
    """
    at = max(change.since, now)
    if change.until is not None and change.until <= at:
        raise Refused(_("The last day is not before the first one."), field="until")
    _close(actor, change, ProposalState.DONE, now, decided=decided)
    place = {"network": change.network, "office": change.office, "role": change.role}
    if change.leaver_id is not None:
        _end(actor, change, change.leaver_id, at, now)
        tell(actor, OrganisationKind.ROLE_ENDED, about_id=change.leaver_id, on=day_of(at), now=now,
             **place)  # fmt: skip
    if change.successor is not None:
        _begin(actor, change, change.successor, at, now, decided=decided)
        tell(actor, OrganisationKind.ROLE_BEGAN, about=change.successor, on=day_of(at), now=now,
             **place)  # fmt: skip


@transaction.atomic
def begin_keeper(*, actor: Actor, who: Newcomer, title: str, now: datetime) -> PasswordLink:
    """The operator lets the first keeper of the organisation in, where nobody keeps it.

    Returns where they choose their password. Raises :class:`Refused` where somebody keeps it
    already: they, or an officer, propose another.
    """
    if Position.objects.filter(role=Role.KEEPER).exclude(until__lte=now).exists():
        raise Refused(
            _("Somebody keeps the organisation already. They, or an officer, propose another."),
        )
    user = create_user(
        actor=actor, username=who.username, password=None, first_name=who.first_name,
        last_name=who.last_name, language=who.language, email=require_address(who.email), now=now,
    )  # fmt: skip
    give_position(
        actor=actor, user=user, network=None, office=None, role=Role.KEEPER, title=title, since=now,
        now=now,
    )  # fmt: skip
    tell(actor, OrganisationKind.ROLE_BEGAN, about=user, role=Role.KEEPER, now=now)
    return print_password_link(actor=actor, user=user, now=now)


@transaction.atomic
def withdraw_role(*, actor: Actor, change_id: UUID, now: datetime) -> None:
    """Whoever proposed it takes it back. Raises ``NotVisible`` to everybody else."""
    change = _locked(actor, change_id, now)
    if change.proposed_by_id != actor.user_id:
        raise NotVisible
    _close(actor, change, ProposalState.WITHDRAWN, now)


def continue_as(actor: Actor, position: Position, *, leads: bool, since: datetime) -> Position:
    """The same work, but leading the office from ``since`` on, or no longer: a row of its own.

    So every question of who leads at a moment is answered by the rows alone.
    """
    # Who steps down goes on in work that somebody else began.
    begun_by = position.begun_by_id if actor.user_id == position.user_id else actor.user_id
    if position.since >= since:
        position.leads, position.begun_by_id = leads, begun_by
        position.save(update_fields=["leads", "begun_by"])
        return position
    until, position.until = position.until, since
    position.ended_by_id = actor.user_id
    position.save(update_fields=["until", "ended_by"])
    return Position.objects.create(
        user=position.user, role=position.role, network=position.network, office=position.office,
        title=position.title, phone=position.phone, leads=leads, since=since, until=until,
        begun_by_id=begun_by,
    )  # fmt: skip


def _newcomer(actor: Actor, who: Newcomer, now: datetime) -> User:
    user = create_user(
        actor=actor, username=who.username, password=None, first_name=who.first_name,
        last_name=who.last_name, language=who.language, email=require_address(who.email), now=now,
    )  # fmt: skip
    user.is_active = False
    user.save(update_fields=["is_active"])
    return user


def _require_free(
    user: User, office: Office | None, leaver_id: UUID | None, since: datetime
) -> None:
    """Somebody who works elsewhere then has another place first: cases hang on it."""
    if getattr(user, "person", None) is not None:
        raise Refused(
            _("They log in as a client. A role needs a log-in of its own."), field="username"
        )
    other = Position.objects.filter(user=user).exclude(until__lte=since)
    if office is not None:
        other = other.exclude(office=office, since__lte=since)
    if user.pk != leaver_id and other.exists():
        raise Refused(_("They have another place then. It ends first."), field="username")


def _begin(
    actor: Actor, change: RoleChange, user: User, at: datetime, now: datetime, *, decided: bool
) -> None:
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
    here = (
        positions_in(change.office).filter(valid_at(at), user=user).first()
        if change.office
        else None
    )
    if here is not None:
        position = continue_as(actor, here, leads=True, since=at)
    else:
        position = give_position(
            actor=actor, user=user, network=change.network, office=change.office,
            role=Role(change.role), title=change.title, leads=change.office is not None, since=at,
            until=change.until, now=now,
        )  # fmt: skip
    position.begun_by_id = change.proposed_by_id
    position.confirmed_by_id = actor.user_id if decided else None
    position.save(update_fields=["begun_by", "confirmed_by"])
    if user.is_new and user.email:
        send_first_link(actor=actor, user=user, now=now)


def _end(actor: Actor, change: RoleChange, user_id: UUID, at: datetime, now: datetime) -> None:
    for position in _holding(Role(change.role), change.office, change.network, user_id, at):
        position.until, position.ended_by_id = at, actor.user_id
        position.save(update_fields=["until", "ended_by"])
        _record_position(actor, position, now)
        if at <= now:
            close_account(actor, position.user, now)


def close_account(actor: Actor, user: User, now: datetime) -> None:
    """Somebody without any place now or later: no log-in from the next request."""
    if not Position.objects.filter(user=user).exclude(until__lte=now).exists():
        user.is_active = False
        user.save(update_fields=["is_active"])
        end_log_ins(actor=actor, user_id=user.pk, now=now)


def _holding(
    role: Role, office: Office | None, network: Network | None, user_id: UUID, at: datetime
) -> list[Position]:
    found = Position.objects.select_for_update(of=("self",)).filter(
        role=role, office=office, network=network, user_id=user_id, since__lt=at
    )
    return list(found.exclude(until__lte=at).select_related("user").order_by("since"))


def _locked(actor: Actor, change_id: UUID, now: datetime) -> RoleChange:
    visible = visible_role_changes(actor, now=now).filter(pk=change_id).exists()
    found = RoleChange.objects.select_for_update(of=("self",)).filter(
        pk=change_id, state=ProposalState.WAITING
    )
    change = found.select_related("successor", "office", "network").first() if visible else None
    if change is None:
        raise NotVisible
    return change


def _close(
    actor: Actor, change: RoleChange, state: ProposalState, now: datetime, *, decided: bool = True
) -> None:
    change.state, change.decided_at = state, now
    change.decided_by_id = actor.user_id if decided else None
    change.save(update_fields=["state", "decided_at", "decided_by"])
    _record(actor, f"role_{state.value}", change, now)


def _record(actor: Actor, action: str, change: RoleChange, now: datetime) -> None:
    record_change(
        actor=actor, action=action, subject_type="role_change", subject_id=change.pk, now=now
    )


def _record_position(actor: Actor, position: Position, now: datetime) -> None:
    record_change(
        actor=actor, action="position_ended", subject_type="position", subject_id=position.pk,
        now=now,
    )  # fmt: skip
