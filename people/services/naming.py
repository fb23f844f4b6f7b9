"""What a network is called, and how somebody in a role outside the offices is reached."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from common.actor import Actor
from common.decision import NotVisible, Refused
from people.access import can_keep_organisation
from people.models import Network, OrganisationKind, Position
from people.selectors.roles import roles_reached_by
from people.services.addresses import change_address
from people.services.events import tell


@transaction.atomic
def rename_network(*, actor: Actor, network_id: UUID, name: str, now: datetime) -> Network:
    """The keeper gives a network another name, from now on; its people are told of both names."""
    can_keep_organisation(actor).require()
    network = Network.objects.select_for_update().filter(pk=network_id).first()
    if network is None:
        raise NotVisible
    before, given = network.name, name.strip()
    if given == before:
        return network
    if Network.objects.filter(name__iexact=given).exclude(pk=network.pk).exists():
        raise Refused(_("There is a network of this name already."), field="name")
    network.name = given
    network.save(update_fields=["name"])
    record_change(
        actor=actor, action="network_renamed", subject_type="network", subject_id=network.pk,
        now=now,
    )  # fmt: skip
    tell(actor, OrganisationKind.NETWORK_RENAMED, network=network, words=before, now=now)
    return network


@transaction.atomic
def change_role_contact(
    *, actor: Actor, position_id: UUID, phone: str, now: datetime, email: str | None = None
) -> Position:
    """How a director, an officer or another in a role outside the offices is reached.

    The phone holds at once: the officer's stands in what clients read. Another address than the
    one that stands is asked for and confirmed as a worker's is
    (:func:`people.services.addresses.change_address`); one's own is changed on one's own page.
    Raises ``NotVisible``.
    """
    position = roles_reached_by(actor, now=now).filter(pk=position_id).first()
    if position is None:
        raise NotVisible
    position.phone = phone.strip()
    position.save(update_fields=["phone"])
    record_change(
        actor=actor, action="position_changed", subject_type="position", subject_id=position.pk,
        now=now,
    )  # fmt: skip
    user = position.user
    if email is not None and email.strip() != user.email:
        if actor.user_id == user.pk:
            raise Refused(_("Change your own address on the page My log-ins."), field="email")
        change_address(actor=actor, user=user, address=email, now=now)
    return position
