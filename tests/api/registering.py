"""A system registered by two people, and what it sends: for the tests of tokens and of reading."""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client
from joserfc import jwt
from joserfc.jwk import ECKey

from audit.models import Purpose
from common.bodies import Body
from common.clock import day_of
from common.scopes import MachineScope
from people import services
from people.models import Machine, Network
from tests.personas import World
from web.machines.keys import read_public_keys

TOKEN_URL = "/api/v1/token/"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
EC = ECKey.generate_key("P-256")
OTHERS = ECKey.generate_key("P-256")  # another system's, or nobody's


def audience() -> str:
    return settings.PUBLIC_URL + TOKEN_URL


def public(key: Any) -> str:
    return json.dumps({"keys": [key.as_dict(private=False)]})


def proposed(world: World, **more: Any) -> Machine:
    """Kela's system, as the keeper proposes it."""
    today = day_of(world.now)
    said: dict[str, Any] = {
        "name": "Kelan kooste", "body": Body.KELA, "network": world.case.network,
        "purpose": Purpose.KEEP_CASE, "scopes": [MachineScope.CASES, MachineScope.PLANS],
        "addresses": ["127.0.0.0/24"], "contact_name": "Kaija Kelalainen",
        "contact_email": "kooste@kela.example.fi", "valid_from": today,
        "valid_until": today + timedelta(days=365), "keys": read_public_keys(public(EC)),
    }  # fmt: skip
    return services.propose_machine(actor=world.actor("keeper"), now=world.now, **(said | more))


def registered(world: World, **more: Any) -> Machine:
    """The same, decided by the officer."""
    machine = proposed(world, **more)
    return services.decide_machine(
        actor=world.actor("officer"), machine_id=machine.pk, accepted=True, now=world.now
    )


def another_network(world: World) -> Network:
    return Network.objects.exclude(pk=world.case.network_id).get(
        offices__positions__user__username="outsider"
    )


@dataclass(frozen=True)
class System:
    """A system as it calls from its own machine."""

    name: str
    key: Any = field(default_factory=lambda: EC)
    algorithm: str = "ES256"

    def claims(self, **more: Any) -> dict[str, Any]:
        at = int(time.time())
        said = {
            "iss": self.name, "sub": self.name, "aud": audience(), "iat": at, "exp": at + 120,
            "jti": secrets.token_hex(12), **more,
        }  # fmt: skip
        return {name: value for name, value in said.items() if value is not None}

    def assertion(self, header: dict[str, Any] | None = None, **more: Any) -> str:
        return jwt.encode(
            {"alg": self.algorithm, **(header or {})}, self.claims(**more), self.key,
            algorithms=[self.algorithm],
        )  # fmt: skip

    def asks(self, assertion: str | None = None, **more: Any) -> Any:
        """The answer of the token endpoint."""
        sent = {
            "grant_type": "client_credentials", "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": assertion or self.assertion(), **more,
        }  # fmt: skip
        return post({name: value for name, value in sent.items() if value is not None})

    def token(self, **more: Any) -> str:
        answer = self.asks(**more)
        assert answer.status_code == 200, answer.content
        return str(answer.json()["access_token"])

    def reads(self, path: str, token: str | None = None, **more: Any) -> Any:
        return Client().get(
            f"/api/v1/{path}",
            headers={"Authorization": f"Bearer {token or self.token()}", "Accept-Language": "en"},
            **more,
        )


def post(sent: Any, **more: Any) -> Any:
    return Client(enforce_csrf_checks=True).post(
        TOKEN_URL, urlencode(sent, doseq=True), **{
            "content_type": "application/x-www-form-urlencoded", **more,
        },
    )  # fmt: skip


def system(machine: Machine, **more: Any) -> System:
    return System(str(machine.pk), **more)
