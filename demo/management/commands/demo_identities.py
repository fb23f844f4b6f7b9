"""The demo's people as an identity provider beside the trial knows them."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from common import clock
from common.crypto import decrypt
from common.transactions import acting_as
from demo.logins import LOGINS
from demo.network import DEMO
from people.models import ExternalLogIn, Person, Position, Role, User


class Command(BaseCommand):
    help = "Writes the demo's people as JSON, and knows them by the issuers of the trial."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--staff", required=True, help="the issuer for staff")
        parser.add_argument("--clients", required=True, help="the issuer for clients")

    def handle(self, *_: Any, staff: str, clients: str, **_options: Any) -> None:
        now, issuers, found = clock.now(), {"staff": staff, "clients": clients}, {}
        with acting_as(DEMO):
            outside = Position.objects.filter(role=Role.OUTSIDE).values("user")
            for user in User.objects.filter(username__in=LOGINS).exclude(pk__in=outside):
                person = Person.objects.filter(user=user).first()
                whom = "clients" if person else "staff"
                found[user.username] = {"whom": whom, "claims": _claims(user, person)}
                ExternalLogIn.objects.update_or_create(
                    issuer=issuers[whom], subject=user.username,
                    defaults={"user": user, "last_seen": now},
                    create_defaults={"user": user, "first_seen": now, "last_seen": now},
                )  # fmt: skip
        self.stdout.write(json.dumps(found))


def _claims(user: User, person: Person | None) -> dict[str, str]:
    names = {"given_name": user.first_name, "family_name": user.last_name}
    if person is not None:
        return {**names, "urn:oid:1.2.246.21": decrypt(bytes(person.identity_code_encrypted))}
    position = Position.objects.filter(user=user).select_related("office").order_by("since").last()
    office = position.office if position else None
    where = {"body": office.body, "office": office.name} if office else {}
    return {**names, **where, **({"role": position.role} if position else {})}
