"""Who sees an office's staff, who keeps it, and who begins and ends which role.

Each body keeps its own people: whoever leads an office keeps its staff. The director has no line
authority over the bodies (report 2020:40, Toimeenpano 3.4.1): they see the offices of the network,
and where nobody leads one they propose who does. Whoever keeps the organisation sees all offices,
keeps networks and offices, and proposes every role; they decide none (docs/adr/0034). Nobody begins
a role of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from common.actor import Actor, ActorKind
from common.decision import Decision, NotVisible
from common.validity import valid_at
from people.models import (
    OF_A_NETWORK,
    AddressChange,
    EntryRequest,
    EntryState,
    Network,
    Office,
    Person,
    Position,
    Role,
    RoleChange,
    StaffFile,
    StaffFileState,
    TerritoryChange,
    User,
)

LEADS_LONG_ENOUGH = timedelta(days=7)
"""How long somebody has led before they are a second person: nobody names one for the purpose."""


def _of(user_id: UUID | None) -> Q:
    """What is a user's; nothing, where a part of the system acts."""
    return Q(user_id=user_id) if user_id else Q(pk__in=[])


def holds_nobody() -> bool:
    """Whether no client and nobody of a register is here yet: then no role opens anything."""
    return not Person.objects.exists()


def can_keep_organisation(actor: Actor) -> Decision:
    """May they keep networks, municipalities and offices? Whoever keeps the organisation."""
    if actor.is_keeper:
        return Decision.yes()
    return Decision.no(_("Whoever keeps the organisation does this."))


def can_try_letters(actor: Actor) -> Decision:
    """May they see what the installation lacks, and have a trial letter sent to themselves?

    Whoever answers for it: who keeps the organisation, an officer, a director.
    """
    if actor.is_keeper or actor.is_officer or actor.kind is ActorKind.DIRECTOR:
        return Decision.yes()
    return Decision.no(_("This is not yours to do."))


def can_decide_territory(actor: Actor, change: TerritoryChange) -> Decision:
    """May they let a network's municipalities change? An officer, who did not propose it."""
    if actor.is_officer and actor.user_id != change.proposed_by_id:
        return Decision.yes()
    return Decision.no(_("A data-protection officer decides it."))


def offices_managed_by(actor: Actor, *, now: datetime) -> QuerySet[Office]:
    """The offices whose staff an actor sees: one's own to lead, the network's, or all."""
    if actor.is_keeper:
        return Office.objects.all()
    if actor.kind is ActorKind.DIRECTOR:
        return Office.objects.filter(network_id=actor.working_network_id)
    if actor.is_worker:
        led = Position.objects.filter(valid_at(now), user_id=actor.writer_id, leads=True)
        return Office.objects.filter(pk__in=led.values("office"))
    return Office.objects.none()


def get_office(actor: Actor, office_id: UUID, *, now: datetime) -> Office:
    """An office whose staff the actor sees. Raises :class:`NotVisible`."""
    office = offices_managed_by(actor, now=now).filter(pk=office_id).first()
    if office is None:
        raise NotVisible
    return office


def positions_in(office: Office) -> QuerySet[Position]:
    """The positions of caseworkers that an office has and has had, with who holds them."""
    return Position.objects.filter(office=office, role=Role.CASEWORKER).select_related(
        "user", "office"
    )


def get_position(actor: Actor, position_id: UUID, *, now: datetime) -> Position:
    """A standing position in an office whose staff the actor sees. Raises :class:`NotVisible`."""
    position = (
        Position.objects.filter(
            valid_at(now),
            pk=position_id,
            role=Role.CASEWORKER,
            office__in=offices_managed_by(actor, now=now),
        )
        .select_related("user", "office")
        .first()
    )
    if position is None:
        raise NotVisible
    return position


def can_manage_staff(actor: Actor, office: Office, *, now: datetime) -> Decision:
    """May they say who works in an office, and who leads it? Whoever leads it."""
    if actor.is_worker and offices_managed_by(actor, now=now).filter(pk=office.pk).exists():
        return Decision.yes()
    return Decision.no(_("Whoever leads the office keeps its staff."))


def can_give_staff_file(actor: Actor, office: Office | None, *, now: datetime) -> Decision:
    """May they say by a file who works there? Whoever leads the office; of several, the keeper."""
    if office is None:
        return can_keep_organisation(actor)
    return can_manage_staff(actor, office, now=now)


def can_decide_staff_file(actor: Actor, file: StaffFile, *, now: datetime) -> Decision:
    """May they have it written? Whoever leads its one office; of several, an officer."""
    if file.office is not None:
        return can_manage_staff(actor, file.office, now=now)
    asked = file.state == StaffFileState.WAITING and actor.user_id != file.asked_by_id
    if actor.is_officer and asked:
        return Decision.yes()
    if actor.is_keeper and holds_nobody():
        return Decision.yes()
    return Decision.no(_("A data-protection officer decides it."))


def staff_files_of(actor: Actor, *, now: datetime) -> QuerySet[StaffFile]:
    """The files an actor sees: of the offices they lead; of several offices, keeper and officer."""
    if actor.is_keeper or actor.is_officer:
        return StaffFile.objects.filter(office=None)
    if actor.is_worker:
        return StaffFile.objects.filter(office__in=offices_managed_by(actor, now=now))
    return StaffFile.objects.none()


def get_staff_file(actor: Actor, file_id: UUID, *, now: datetime) -> StaffFile:
    """One of them. Raises :class:`NotVisible`."""
    found = staff_files_of(actor, now=now).filter(pk=file_id)
    file = found.select_related("office", "asked_by", "decided_by").first()
    if file is None:
        raise NotVisible
    return file


def is_led(office: Office, *, now: datetime, besides: UUID | None = None) -> bool:
    """Whether somebody who can log in leads the office now. ``besides``: a position left out."""
    led = positions_in(office).filter(valid_at(now), leads=True, user__is_active=True)
    return (led.exclude(pk=besides) if besides else led).exists()


def positions_keeping(actor: Actor, *, now: datetime) -> QuerySet[Position]:
    """The standing positions whose accounts an actor answers for, beside their own.

    Whoever leads an office: its workers'. The data-protection officer: everybody's who works in
    the installation, and no client's or outside party's.
    """
    others = Position.objects.filter(valid_at(now)).exclude(_of(actor.user_id))
    if actor.is_officer:
        return others.exclude(role=Role.OUTSIDE)
    if actor.is_worker:
        return others.filter(role=Role.CASEWORKER, office__in=offices_managed_by(actor, now=now))
    return others.none()


def can_ask_address(actor: Actor, user: User, *, now: datetime) -> Decision:
    """May they write another address for somebody? One's own is changed on one's own page."""
    if positions_keeping(actor, now=now).filter(user=user).exists():
        return Decision.yes()
    return Decision.no(_("Whoever leads the office keeps its staff."))


def can_approve_address(actor: Actor, change: AddressChange, *, now: datetime) -> Decision:
    """May they say that a new address is the person's own? A second person, or whose it is.

    A second person leads the same office or is a data-protection officer. For the director it may
    be whoever leads an office of the network, for an officer whoever leads any office.
    """
    if actor.user_id == change.asked_by_id and actor.user_id != change.user_id:
        return Decision.no(_("A second person approves it: not the one who asked."))
    if actor.user_id == change.user_id:
        return Decision.no(_("Ask for it yourself, with your password: then nobody is waited for."))
    # Whoever has been made a leader since it was asked for is no second person.
    led = _leads(actor, now=now).filter(since__lte=change.asked_at - LEADS_LONG_ENOUGH)
    second = actor.is_officer or led.exists()
    if second and positions_keeping(actor, now=now).filter(user=change.user_id).exists():
        return Decision.yes()
    without_office = Position.objects.filter(valid_at(now), user_id=change.user_id).filter(
        Q(role=Role.OFFICER) | Q(role__in=OF_A_NETWORK, network__in=led.values("network"))
    )
    if led.exists() and without_office.exists():
        return Decision.yes()
    return Decision.no(_("Whoever leads the office keeps its staff."))


def can_stop_address(actor: Actor, change: AddressChange, *, now: datetime) -> Decision:
    """May they stop a change that waits? Whose it is, and whoever keeps the account."""
    if actor.user_id == change.user_id or can_ask_address(actor, change.user, now=now).allowed:
        return Decision.yes()
    return can_approve_address(actor, change, now=now)


def _leads(actor: Actor, *, now: datetime) -> QuerySet[Position]:
    return Position.objects.filter(valid_at(now), _of(actor.user_id), leads=True)


def can_propose_role(
    actor: Actor, role: Role, office: Office | None, network: Network | None, *, now: datetime
) -> Decision:
    """May they propose who begins or leaves a role? The tables of docs/adr/0009 and 0034.

    Who leads an office nobody leads: the director, or the keeper. The director, their deputy, the
    steering group: the keeper, a data-protection officer, or whoever leads an office of the
    network. An officer or a keeper, or who lets in for the state: an officer or a keeper; an
    officer also the operator. A reader
    of national figures: the keeper, or an officer.
    """
    if role is Role.CASEWORKER and office is not None:
        if is_led(office, now=now):
            return Decision.no(_("Whoever leads the office names who leads it."))
        here = actor.kind is ActorKind.DIRECTOR and actor.network_id == office.network_id
        if here or actor.is_keeper:
            return Decision.yes()
        return Decision.no(_("The director proposes it."))
    of_all = actor.is_officer or actor.is_keeper
    if role in OF_A_NETWORK and network is not None:
        if of_all or _leads(actor, now=now).filter(network=network).exists():
            return Decision.yes()
    elif role in (Role.OFFICER, Role.KEEPER, Role.NATIONAL, Role.GRANTER):
        operator = actor.kind is ActorKind.SYSTEM and role is Role.OFFICER
        if of_all or operator:
            return Decision.yes()
    return Decision.no(_("This is not yours to propose."))


def can_decide_role(actor: Actor, change: RoleChange, *, now: datetime) -> Decision:
    """May they let a proposal take effect? A second person of the table, whom it does not concern.

    Never the keeper. Who leads an office: an officer, or whoever leads another office of the
    network. The director and their deputy: where an officer proposed it, whoever leads an office of
    the network; where a leader did, an officer or a leader of another body; where the keeper did,
    either. The steering group: likewise, or another officer. An officer: another officer; where the
    operator proposed it, or the keeper while no officer is left, also whoever leads an office;
    where anybody but the operator did also the operator. A keeper, a reader of national figures: an
    officer.
    """
    own = {change.proposed_by_id, change.successor_id, change.leaver_id} - {None}
    if actor.user_id in own:
        return Decision.no(_("A second person decides it, whom it does not concern."))
    leads = _leads(actor, now=now).exclude(since__gt=change.proposed_at)
    proposer = Position.objects.filter(valid_at(change.proposed_at), _of(change.proposed_by_id))
    if actor.is_keeper:
        allowed = False
    elif actor.is_officer:
        two_officers = proposer.filter(role=Role.OFFICER).exists()
        allowed = change.role not in (Role.DIRECTOR, Role.DEPUTY) or not two_officers
    elif actor.kind is ActorKind.SYSTEM:
        allowed = change.role == Role.OFFICER and change.proposed_by_id is not None
    elif change.role == Role.OFFICER:
        by_keeper = proposer.filter(role=Role.KEEPER).exists() and not _officers(now).exists()
        allowed = (change.proposed_by_id is None or by_keeper) and leads.exists()
    else:
        offices = proposer.filter(office__isnull=False)
        bodies = set(offices.values_list("office__body", flat=True))
        allowed = leads.filter(network=change.network).exclude(office__body__in=bodies).exists()
    if allowed:
        return Decision.yes()
    return Decision.no(_("This is not yours to decide."))


def _officers(now: datetime) -> QuerySet[Position]:
    return Position.objects.filter(valid_at(now), role=Role.OFFICER, user__is_active=True)


def entry_requests_seen_by(actor: Actor, *, now: datetime) -> QuerySet[EntryRequest]:
    """The requests to be let in that wait and that an actor sees.

    Whoever leads an office: those who may be let in there, and what a directory says of somebody
    who works there. Whoever lets in for the state's centre, where the installation says so: all.
    """
    waiting = EntryRequest.objects.filter(state=EntryState.WAITING).exclude(_of(actor.user_id))
    if actor.kind is ActorKind.GRANTER:
        return waiting
    if not actor.is_worker:
        return waiting.none()
    led = offices_managed_by(actor, now=now).values("pk")
    here = Position.objects.filter(valid_at(now), office__in=led).values("user")
    return waiting.filter(
        Q(pk__in=EntryRequest.offices.through.objects.filter(office__in=led).values("entryrequest"))
        | Q(user__in=here)
    )


def offices_to_let_into(actor: Actor, request: EntryRequest, *, now: datetime) -> list[Office]:
    """Where this actor may let somebody in who asks: where both their provider and they may say so.

    Who lets in is the installation's choice (``STAFF_LET_IN_BY``): whoever leads the office, or
    the state's centre for all of them (381/2023 s. 12).
    """
    offices = request.offices.order_by("network__name", "body", "name").select_related("network")
    if settings.STAFF_LET_IN_BY == "centre":
        return list(offices) if actor.kind is ActorKind.GRANTER else []
    if not actor.is_worker:
        return []
    return list(offices.filter(pk__in=offices_managed_by(actor, now=now).values("pk")))


def who_lets_in(offices: Iterable[Office], *, now: datetime) -> QuerySet[Position]:
    """Whoever may let somebody into these offices, as the installation has chosen."""
    standing = Position.objects.filter(valid_at(now), user__is_active=True)
    if settings.STAFF_LET_IN_BY == "centre":
        return standing.filter(role=Role.GRANTER)
    return standing.filter(office__in=list(offices), leads=True)


def can_add_workers() -> Decision:
    """May whoever leads an office make accounts for its workers? Not where the centre lets in."""
    if settings.STAFF_LET_IN_BY == "centre":
        return Decision.no(
            _("The right to use the service is granted by the state's centre, not by the office.")
        )
    return Decision.yes()
