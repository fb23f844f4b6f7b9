"""Systems that read by themselves: registered and keyed by two people, ended by either at once."""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from audit.models import Purpose
from audit.services import record_change
from common.actor import Actor
from common.bodies import Body
from common.clock import day_of, machine_now
from common.crypto import search_hash
from common.decision import NotVisible, Refused
from common.scopes import MachineScope
from people.machine_access import (
    can_decide_machine,
    can_end_machine,
    can_propose_machine,
    get_machine,
)
from people.models import (
    LONGEST_DAYS,
    READS_FOR,
    Machine,
    MachineAssertion,
    MachineKey,
    MachineToken,
    Network,
    OrganisationKind,
    ProposalState,
)
from people.selectors.machines import hash_of_token
from people.services.events import tell

TOKEN_LASTS = timedelta(minutes=10)
_MOST_ADDRESSES = 20


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The public half of a key as it was read: what is kept of it, and how it is compared."""

    jwk: dict[str, Any]
    thumbprint: str
    kind: str


@transaction.atomic
def propose_machine(
    *,
    actor: Actor,
    name: str,
    body: Body,
    network: Network,
    purpose: Purpose,
    scopes: Collection[MachineScope],
    addresses: Iterable[str],
    contact_name: str,
    contact_email: str,
    valid_from: date,
    valid_until: date,
    keys: Collection[PublicKey],
    now: datetime,
) -> Machine:
    """Register a system of a body with its one or two keys; it reads once a second person says so.

    Both days are inclusive. Raises :class:`Refused` with the field to mend.
    """
    can_propose_machine(actor).require()
    _require_purpose(purpose, scopes)
    if valid_until < max(valid_from, day_of(now)):
        raise Refused(_("The last day is not before the first one."), field="valid_until")
    if (valid_until - valid_from).days >= LONGEST_DAYS:
        raise Refused(
            _("Two years at most. Then two people look at it again."), field="valid_until"
        )
    standing = Machine.objects.filter(
        network=network, body=body, ended_at__isnull=True,
        state__in=[ProposalState.WAITING, ProposalState.DONE], name__iexact=name.strip(),
    )  # fmt: skip
    # One that follows another of the same name begins after its last day.
    first = max(valid_from, day_of(now))
    if standing.filter(valid_until__gte=first, valid_from__lte=valid_until).exists():
        raise Refused(
            _("The body has a system of this name already, on some of these days."), field="name"
        )
    machine = Machine.objects.create(
        name=name.strip(), body=body, network=network, purpose=purpose, scopes=sorted(scopes),
        addresses=read_addresses(addresses), contact_name=contact_name.strip(),
        contact_email=contact_email.strip(), valid_from=valid_from, valid_until=valid_until,
        proposed_by_id=actor.writer_id, proposed_at=now,
    )  # fmt: skip
    if not keys:
        raise Refused(_("Give the system's public key."), field="jwks")
    for key in keys:
        _add_key(actor, machine, key, now)
    _record(actor, "machine_proposed", machine.pk, now)
    return machine


def _require_purpose(purpose: Purpose, scopes: Collection[MachineScope]) -> None:
    if purpose not in READS_FOR:
        raise Refused(_("No system reads for this purpose."), field="purpose")
    if not frozenset(scopes) - {MachineScope.PROTECTED}:
        raise Refused(_("Choose what it reads."), field="scopes")
    beyond = [
        scope for scope in MachineScope if scope in scopes and scope not in READS_FOR[purpose]
    ]
    if beyond:
        raise Refused(
            _("For this purpose a system does not read: %(what)s.")
            % {"what": ", ".join(str(scope.label) for scope in beyond)},
            field="scopes",
        )


def read_addresses(given: Iterable[str]) -> list[str]:
    """The networks a system calls from, as they are kept. Raises :class:`Refused`.

    Not the whole internet: a network of 256 addresses of IPv4 at most, a /48 of IPv6; of IPv6 no
    less than a /64, which is one household's.
    """
    found = []
    for text in (line.strip() for line in given):
        if not text:
            continue
        try:
            network = ipaddress.ip_network(text)
        except ValueError:
            raise Refused(
                _("Not a network: %(text)s. Write them like this: 192.0.2.0/24.") % {"text": text},
                field="addresses",
            ) from None
        if network.version == 6 and network.prefixlen > 64:
            network = network.supernet(new_prefix=64)
        if network.prefixlen < (24 if network.version == 4 else 48):
            raise Refused(
                _("%(text)s is too large: /24 of IPv4 or /48 of IPv6 at most.") % {"text": text},
                field="addresses",
            )
        found.append(str(network))
    if not found:
        raise Refused(_("Say from which networks it calls."), field="addresses")
    if len(found) > _MOST_ADDRESSES:
        raise Refused(
            _("%(most)s networks at most.") % {"most": _MOST_ADDRESSES}, field="addresses"
        )
    return sorted(set(found))


@transaction.atomic
def decide_machine(*, actor: Actor, machine_id: UUID, accepted: bool, now: datetime) -> Machine:
    """A second person lets a system read, with the keys it was proposed with, or turns it down."""
    machine = get_machine(actor, machine_id, now=now, lock=True)
    if machine.state != ProposalState.WAITING:
        raise Refused(_("This has been answered already."))
    can_decide_machine(actor, machine, now=now).require()
    if accepted and machine.valid_until < day_of(now):
        raise Refused(_("Its last day is past. It is proposed anew."))
    state = ProposalState.DONE if accepted else ProposalState.TURNED_DOWN
    _decide(machine, state, actor, now)
    for key in machine.keys.filter(state=ProposalState.WAITING).select_for_update():
        _decide(key, state, actor, now)
    _record(actor, "machine_began" if accepted else "machine_turned_down", machine.pk, now)
    if accepted:
        tell(actor, OrganisationKind.MACHINE_BEGAN, now=now, network=machine.network,
             on=max(machine.valid_from, day_of(now)), words=_words(machine))  # fmt: skip
    return machine


@transaction.atomic
def withdraw_machine(*, actor: Actor, machine_id: UUID, now: datetime) -> None:
    """Whoever proposed it takes it back, while it waits. Raises ``NotVisible`` to others."""
    machine = get_machine(actor, machine_id, now=now, lock=True)
    if machine.proposed_by_id != actor.user_id or machine.state != ProposalState.WAITING:
        raise NotVisible
    _decide(machine, ProposalState.WITHDRAWN, None, now)
    for key in machine.keys.filter(state=ProposalState.WAITING):
        _decide(key, ProposalState.WITHDRAWN, None, now)
    _record(actor, "machine_withdrawn", machine.pk, now)


@transaction.atomic
def end_machine(*, actor: Actor, machine_id: UUID, now: datetime) -> None:
    """It reads no more, from this moment: its tokens go with it. Nobody else is asked."""
    machine = get_machine(actor, machine_id, now=now, lock=True)
    can_end_machine(actor, machine, now=now).require()
    if machine.state != ProposalState.DONE or machine.ended_at is not None:
        raise Refused(_("It does not read any more."))
    machine.ended_by_id, machine.ended_at = actor.user_id, now
    machine.save(update_fields=["ended_by", "ended_at"])
    MachineToken.objects.filter(machine=machine).delete()
    _record(actor, "machine_ended", machine.pk, now)
    tell(actor, OrganisationKind.MACHINE_ENDED, now=now, network=machine.network,
         words=_words(machine))  # fmt: skip


@transaction.atomic
def propose_machine_key(
    *, actor: Actor, machine_id: UUID, key: PublicKey, now: datetime
) -> MachineKey:
    """Another key of a system that reads; it counts once a second person says so."""
    machine = get_machine(actor, machine_id, now=now, lock=True)
    can_propose_machine(actor).require()
    if machine.state != ProposalState.DONE or machine.ended_at is not None:
        raise Refused(_("It does not read any more."))
    row = _add_key(actor, machine, key, now)
    _record(actor, "machine_key_proposed", machine.pk, now)
    return row


@transaction.atomic
def decide_machine_key(*, actor: Actor, key_id: UUID, accepted: bool, now: datetime) -> MachineKey:
    """A second person lets another key count, or turns it down."""
    key = _key(actor, key_id, now)
    if key.state != ProposalState.WAITING or key.machine.state != ProposalState.DONE:
        raise Refused(_("This has been answered already."))
    can_decide_machine(actor, key, now=now).require()
    _decide(key, ProposalState.DONE if accepted else ProposalState.TURNED_DOWN, actor, now)
    done = "machine_key_began" if accepted else "machine_key_turned_down"
    _record(actor, done, key.machine_id, now)
    if accepted:
        tell(actor, OrganisationKind.MACHINE_KEY, now=now, network=key.machine.network,
             words=_words(key.machine))  # fmt: skip
    return key


@transaction.atomic
def end_machine_key(*, actor: Actor, key_id: UUID, now: datetime) -> None:
    """A key counts no more, from this moment, and no token asked with it; or it is not proposed
    any more."""
    key = _key(actor, key_id, now)
    can_end_machine(actor, key.machine, now=now).require()
    if key.state == ProposalState.WAITING and key.machine.state == ProposalState.DONE:
        _decide(key, ProposalState.WITHDRAWN, None, now)
    elif key.state == ProposalState.DONE and key.ended_at is None:
        key.ended_by_id, key.ended_at = actor.user_id, now
        key.save(update_fields=["ended_by", "ended_at"])
        MachineToken.objects.filter(key=key).delete()
    else:
        raise Refused(_("This key does not count any more."))
    _record(actor, "machine_key_ended", key.machine_id, now)


def _key(actor: Actor, key_id: UUID, now: datetime) -> MachineKey:
    found = MachineKey.objects.filter(pk=key_id).values_list("machine", flat=True).first()
    machine = get_machine(actor, found, now=now, lock=True)  # with its keys, one after the other
    key = MachineKey.objects.select_for_update().get(pk=key_id)
    key.machine = machine
    return key


def _add_key(actor: Actor, machine: Machine, key: PublicKey, now: datetime) -> MachineKey:
    standing = MachineKey.objects.filter(
        state__in=[ProposalState.WAITING, ProposalState.DONE], ended_at__isnull=True
    )
    if standing.filter(thumbprint=key.thumbprint).exists():
        raise Refused(
            _("A system has this key already. Each key is one system's own."), field="jwks"
        )
    taken = set(standing.filter(machine=machine).values_list("slot", flat=True))
    free = sorted({1, 2} - taken)
    if not free:
        raise Refused(_("Two keys at a time. End one of them first."), field="jwks")
    return MachineKey.objects.create(
        machine=machine, slot=free[0], thumbprint=key.thumbprint, kind=key.kind, jwk=key.jwk,
        proposed_by_id=actor.writer_id, proposed_at=now,
    )  # fmt: skip


def _decide(
    row: Machine | MachineKey, state: ProposalState, actor: Actor | None, now: datetime
) -> None:
    row.state, row.decided_at = state, now
    row.decided_by_id = actor.writer_id if actor else None
    row.save(update_fields=["state", "decided_by", "decided_at"])


def use_assertion(*, machine: Machine, jti: str, expires_at: datetime) -> bool:
    """Whether a proof is used for the first time. Of two at once the second waits, and is told."""
    try:
        with transaction.atomic():
            MachineAssertion.objects.create(
                machine=machine, jti_hash=search_hash(f"jti:{jti}"), expires_at=expires_at
            )
    except IntegrityError:
        return False
    return True


@transaction.atomic
def issue_token(
    *, actor: Actor, key: MachineKey, scopes: Collection[MachineScope], now: datetime
) -> str:
    """A token by which the system reads for ten minutes: said once, kept as a hash."""
    token = secrets.token_urlsafe(32)
    issued = machine_now()
    MachineToken.objects.create(
        machine_id=key.machine_id, key=key, token_hash=hash_of_token(token), scopes=sorted(scopes),
        issued_at=issued, expires_at=issued + TOKEN_LASTS,
    )  # fmt: skip
    _record(actor, "machine_token_issued", key.machine_id, now)
    return token


def record_machine_refusal(*, actor: Actor, word: str, now: datetime) -> None:
    """Write down that a system, or who calls itself it, was refused a token, and why."""
    assert actor.machine_id is not None
    _record(actor, f"machine_refused_{word}", actor.machine_id, now)


def forget_old_machine_tokens() -> int:
    """Tokens and proofs that count no more are removed. Returns how many tokens."""
    at = machine_now()
    MachineAssertion.objects.filter(expires_at__lt=at).delete()
    count, _each = MachineToken.objects.filter(expires_at__lt=at).delete()
    return count


def _words(machine: Machine) -> str:
    return f"{machine.name}, {Body(machine.body).label}"


def _record(actor: Actor, action: str, machine_id: UUID, now: datetime) -> None:
    record_change(
        actor=actor, action=action, subject_type="machine", subject_id=machine_id, now=now
    )
