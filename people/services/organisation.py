"""Users, networks, offices and positions; which user a client logs in as."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.validators import ASCIIUsernameValidator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from common.actor import Actor
from common.bodies import Body
from common.clock import day_of
from common.decision import Refused
from people.models import Network, Office, Person, Position, Role, User
from people.services.towns import join, name_town


@transaction.atomic
def create_user(
    *,
    actor: Actor,
    username: str,
    password: str | None,
    first_name: str,
    last_name: str,
    language: str,
    now: datetime,
    email: str = "",
) -> User:
    """Make somebody who can log in. They may do nothing before they have a position or a case.

    ``username``: of a-z, digits and ``@ . + - _``, never that of another in other capitals.
    ``password``: None for one who will choose it, and can't log in before. Raises
    :class:`Refused` for a user name that cannot be or is taken.
    """
    name = User.normalize_username(username.strip())
    try:
        ASCIIUsernameValidator()(name)
    except ValidationError as error:
        raise Refused(
            _("A user name has letters from a to z, digits, and the signs @ . + - _ only."),
            field="username",
        ) from error
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                name,
                password,
                first_name=first_name.strip(),
                last_name=last_name.strip(),
                language=language,
                email=email.strip(),
            )
    except IntegrityError as error:
        if "user_address_is_one_persons" in str(error):
            raise Refused(
                _("Somebody else has this address. Each has an address of their own."),
                field="email",
            ) from error
        raise Refused(_("This user name is taken. Choose another."), field="username") from error
    record_change(
        actor=actor, action="user_created", subject_type="user", subject_id=user.pk, now=now
    )
    return user


@transaction.atomic
def create_network(
    *,
    actor: Actor,
    name: str,
    municipalities: Mapping[str, tuple[str, str]],
    now: datetime,
    since: date | None = None,
) -> Network:
    """Make a network of municipalities: code -> (name in Finnish, name in Swedish).

    They are of it from ``since`` on, which is today where nothing else is said.
    """
    network = Network.objects.create(name=name)
    for code, names in municipalities.items():
        join(network, name_town(code, *names), since or day_of(now))
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
    until: datetime | None = None,
) -> Position:
    """Make a user a caseworker of an office or, without one, the network's director.

    ``role`` names every other one; ``until``: where it ends at a moment that is known.
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
        until=until,
        leads=leads,
        begun_by_id=actor.user_id,
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
def link_client(
    *, actor: Actor, person_id: UUID, user: User, now: datetime, instead_of: User | None = None
) -> Person:
    """Let a user log in as the person they are.

    Raises :class:`Refused` where the person has a log-in already, unless it is ``instead_of``, and
    for an account that somebody works with: one's own case is reached as its client alone.
    """
    person = Person.objects.select_for_update().get(pk=person_id)
    if person.user_id not in (None, user.pk, instead_of.pk if instead_of else None):
        raise Refused(_("They have a log-in of their own already."))
    if Position.objects.filter(user=user).exists():
        raise Refused(_("Somebody works here with this account. A client has one of their own."))
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
