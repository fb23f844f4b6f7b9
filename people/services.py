"""Writes about users and the organisation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from audit.services import record_change
from common.actor import Actor
from common.bodies import Body
from people.models import Draft, Municipality, Network, Office, Person, Position, Role, User

DRAFTS_KEPT_DAYS = 30


def keep_draft(*, actor: Actor, page: str, fields: Mapping[str, list[str]], now: datetime) -> None:
    """Keep what somebody has typed on a page and not saved. No row of the log: it is no record."""
    Draft.objects.update_or_create(
        user_id=actor.writer_id, page=page, defaults={"fields": dict(fields), "saved_at": now}
    )


def forget_draft(*, actor: Actor, page: str) -> None:
    """What was typed is saved, or not wanted any more."""
    Draft.objects.filter(user_id=actor.writer_id, page=page).delete()


def forget_old_drafts(*, now: datetime) -> int:
    """Forget the drafts of more than 30 days; how many went."""
    before = now - timedelta(days=DRAFTS_KEPT_DAYS)
    return Draft.objects.filter(saved_at__lt=before).delete()[0]


@transaction.atomic
def create_user(
    *,
    actor: Actor,
    username: str,
    password: str,
    first_name: str,
    last_name: str,
    language: str,
    now: datetime,
) -> User:
    """Make somebody who can log in. They may do nothing before they have a position or a case."""
    user = User.objects.create_user(
        username, password, first_name=first_name, last_name=last_name, language=language
    )
    record_change(
        actor=actor, action="user_created", subject_type="user", subject_id=user.pk, now=now
    )
    return user


@transaction.atomic
def create_network(
    *, actor: Actor, name: str, municipalities: Mapping[str, tuple[str, str]], now: datetime
) -> Network:
    """Make a network of municipalities: code -> (name in Finnish, name in Swedish)."""
    network = Network.objects.create(name=name)
    Municipality.objects.bulk_create(
        Municipality(code=code, name_fi=fi, name_sv=sv, network=network)
        for code, (fi, sv) in municipalities.items()
    )
    record_change(
        actor=actor,
        action="network_created",
        subject_type="network",
        subject_id=network.pk,
        now=now,
    )
    return network


@transaction.atomic
def create_office(
    *, actor: Actor, network: Network, body: Body, name: str, phone: str, now: datetime
) -> Office:
    """Make an office of one body in a network."""
    office = Office.objects.create(network=network, body=body, name=name, phone=phone)
    record_change(
        actor=actor, action="office_created", subject_type="office", subject_id=office.pk, now=now
    )
    return office


@transaction.atomic
def give_position(
    *,
    actor: Actor,
    user: User,
    network: Network | None,
    office: Office | None,
    title: str,
    since: datetime,
    now: datetime,
    phone: str = "",
    role: Role | None = None,
    leads: bool = False,
) -> Position:
    """Make a user a caseworker of an office or, without one, the network's director.

    ``role`` names the two positions without a network: data-protection officer, outside party.
    ``leads``: the caseworker leads the office, and is told what is not answered there in time.
    """
    position = Position.objects.create(
        user=user,
        role=role or (Role.CASEWORKER if office else Role.DIRECTOR),
        network=network,
        office=office,
        title=title,
        phone=phone,
        since=since,
        leads=leads,
    )
    record_change(
        actor=actor,
        action="position_given",
        subject_type="position",
        subject_id=position.pk,
        now=now,
    )
    return position


@transaction.atomic
def link_client(*, actor: Actor, person_id: UUID, user: User, now: datetime) -> Person:
    """Let a user log in as the person they are."""
    person = Person.objects.select_for_update().get(pk=person_id)
    person.user = user
    person.save(update_fields=["user"])
    record_change(
        actor=actor,
        action="client_linked",
        subject_type="person",
        subject_id=person.pk,
        person_id=person.pk,
        now=now,
    )
    return person
