"""Founding a network: its municipalities, offices, and the few people who then add all others.

Doing it again with more in it adds what is new; nothing that stands is changed or taken away.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from common.actor import Actor
from common.bodies import Body
from common.clock import day_of
from common.decision import Refused
from people.models import Language, Network, Office, OrganisationKind, Position, Role, User
from people.selectors.networks import towns_on
from people.services.events import tell
from people.services.links import PasswordLink, print_password_link
from people.services.organisation import (
    create_network,
    create_office,
    create_user,
    give_position,
)
from people.services.towns import join, name_town


@dataclass(frozen=True, slots=True)
class PlannedUser:
    """Who is to log in: the director, the data-protection officer, or who leads an office."""

    username: str
    first_name: str
    last_name: str
    title: str
    email: str = ""
    language: str = Language.FINNISH.value


@dataclass(frozen=True, slots=True)
class PlannedOffice:
    """An office of one body, and who leads it."""

    body: Body
    name: str
    leader: PlannedUser
    phone: str = ""


@dataclass(frozen=True, slots=True)
class PlannedNetwork:
    """A network as it is to be. ``municipalities``: code -> (name in Finnish, in Swedish).

    Two officers sign the table of grounds: with one alone, nothing can be signed yet.
    """

    name: str
    municipalities: Mapping[str, tuple[str, str]]
    offices: list[PlannedOffice]
    director: PlannedUser
    officer: PlannedUser | None = None
    second_officer: PlannedUser | None = None


def read_plan(text: str) -> PlannedNetwork:
    """A plan written as TOML. Raises :class:`Refused` with the place in it that is to be mended."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused(str(error)) from error
    officer, second = (
        _somebody(given[at], at) if given.get(at) else None for at in ("officer", "second_officer")
    )
    if officer and second and officer.username.casefold() == second.username.casefold():
        raise Refused(
            _("The second officer is somebody else: two sign."), field="second_officer.username"
        )
    towns = {
        _text(town, "code", f"municipalities.{n}"): (
            _text(town, "fi", f"municipalities.{n}"),
            _text(town, "sv", f"municipalities.{n}"),
        )
        for n, town in enumerate(given.get("municipalities", []), 1)
    }
    for code in towns:
        if not (len(code) == 3 and code.isdecimal()):
            raise Refused(_("A municipality's code has three digits."), field="municipalities")
    return PlannedNetwork(
        name=_text(given, "name", ""),
        municipalities=towns,
        offices=[_office(row, f"offices.{n}") for n, row in enumerate(given.get("offices", []), 1)],
        director=_somebody(given.get("director"), "director"),
        officer=officer,
        second_officer=second,
    )


@transaction.atomic
def found_network(*, actor: Actor, plan: PlannedNetwork, now: datetime) -> list[PasswordLink]:
    """Make the network, or add to it. Returns a link for each who is new, to choose a password."""
    network = Network.objects.filter(name=plan.name).first()
    if network is None:
        network = create_network(actor=actor, name=plan.name, municipalities={}, now=now)
        tell(actor, OrganisationKind.NETWORK_FOUNDED, network=network, now=now)
    today = day_of(now)
    here = towns_on(today).codes_of(network.pk)
    for code, names in plan.municipalities.items():
        if code not in here:
            join(network, name_town(code, *names), today)
    links = []
    for row in plan.offices:
        office = Office.objects.filter(network=network, body=row.body, name=row.name).first()
        office = office or create_office(
            actor=actor, network=network, body=row.body, name=row.name, phone=row.phone, now=now
        )
        links += _let_in(actor, row.leader, network, office, None, now)
    links += _let_in(actor, plan.director, network, None, Role.DIRECTOR, now)
    officers = Position.objects.filter(role=Role.OFFICER).exclude(until__lte=now)
    if plan.officer is None and not officers.exists():
        raise Refused(
            _("Name the data-protection officer: nobody else signs what may be shown to whom."),
            field="officer",
        )
    for officer in (plan.officer, plan.second_officer):
        if officer:
            links += _let_in(actor, officer, None, None, Role.OFFICER, now)
    return links


def _let_in(
    actor: Actor,
    who: PlannedUser,
    network: Network | None,
    office: Office | None,
    role: Role | None,
    now: datetime,
) -> list[PasswordLink]:
    if User.objects.filter(username__iexact=who.username).exists():
        return []
    user = create_user(
        actor=actor,
        username=who.username,
        password=None,
        first_name=who.first_name,
        last_name=who.last_name,
        language=who.language,
        email=who.email,
        now=now,
    )
    give_position(
        actor=actor,
        user=user,
        network=network,
        office=office,
        role=role,
        title=who.title,
        leads=office is not None,
        since=now,
        now=now,
    )
    return [print_password_link(actor=actor, user=user, now=now)]


def _office(row: Mapping[str, Any], at: str) -> PlannedOffice:
    body = _text(row, "body", at)
    if body not in Body.values:
        raise Refused(
            _("One of these: %(words)s.") % {"words": ", ".join(Body.values)}, field=f"{at}.body"
        )
    return PlannedOffice(
        body=Body(body),
        name=_text(row, "name", at),
        leader=_somebody(row.get("leader"), f"{at}.leader"),
        phone=_text(row, "phone", at, needed=False),
    )


def _somebody(row: Any, at: str) -> PlannedUser:
    if not isinstance(row, Mapping):
        raise Refused(_("Write a value here."), field=at)
    needed = {name: _text(row, name, at) for name in ("username", "first_name", "last_name")}
    language = _text(row, "language", at, needed=False) or Language.FINNISH.value
    if language not in Language.values:
        raise Refused(
            _("One of these: %(words)s.") % {"words": ", ".join(Language.values)},
            field=f"{at}.language",
        )
    return PlannedUser(
        **needed,
        title=_text(row, "title", at),
        email=_text(row, "email", at, needed=False),
        language=language,
    )


def _text(row: Mapping[str, Any], name: str, at: str, *, needed: bool = True) -> str:
    value = row.get(name, "")
    if not isinstance(value, str) or (needed and not value.strip()):
        raise Refused(_("Write a value here."), field=f"{at}.{name}".lstrip("."))
    return value.strip()
