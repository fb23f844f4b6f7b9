"""Providers to log in at: the certified one, and one that lies."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.conf import settings as django_settings
from joserfc.jwk import KeySet, RSAKey

from common.crypto import decrypt
from people.models import ExternalLogIn, User
from tests.oidc.liar import Liar
from tests.oidc.running import certified, free_port
from tests.personas import World
from web.identity import fetching, metadata
from web.identity.providers import Provider, read_providers

LOA2, LOA3 = "http://ftn.ficora.fi/2017/loa2", "http://ftn.ficora.fi/2017/loa3"
HETU = "urn:oid:1.2.246.21"
PEOPLE = {
    "aino-17": {"given_name": "Aino", "family_name": "Salo", "email": "aino@salo.example.fi"},
    "bo-18": {"given_name": "Bo", "family_name": "Kela", "email": "bo@salo.example.fi"},
    "client-1": {"given_name": "Kaisa", "family_name": "Kivi"},
    "nameless": {"given_name": "Nimi"},
    "intruder": {"given_name": "Eve", "family_name": "Outo", "email": "eve@kela.example.fi"},
}  # fmt: skip


@dataclass
class Received:
    """What the provider has sent to an address of ours while nobody answered there."""

    port: int
    forms: list[dict[str, list[str]]] = field(default_factory=list)


@pytest.fixture(scope="session")
def received() -> Iterator[Received]:
    """Where the certified provider tells that a log-in has ended: a test hands it on."""

    class Letterbox(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            found.forms.append(parse_qs(body))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Letterbox)
    found = Received(server.server_port)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def own_key() -> RSAKey:
    return RSAKey.generate_key(2048)


@pytest.fixture(scope="session")
def certified_provider(
    tmp_path_factory: pytest.TempPathFactory, own_key: RSAKey, received: Received
) -> Iterator[tuple[str, Path]]:
    """The certified provider runs at this address; whom it knows stands in this folder."""
    issuer = f"http://127.0.0.1:{free_port()}"
    key = RSAKey.generate_key(2048, parameters={"use": "sig", "alg": "RS256"}, auto_kid=True)
    other = RSAKey.generate_key(2048, parameters={"use": "sig", "alg": "RS256"}, auto_kid=True)
    at = f"{django_settings.PUBLIC_URL}/login"
    client = {
        "redirect_uris": [f"{at}/with/{name}/back/" for name in ("county", "national", "other")],
        "post_logout_redirect_uris": [f"{at}/"],
        "backchannel_logout_uri": f"http://127.0.0.1:{received.port}/",
        "backchannel_logout_session_required": True,
        "scope": "openid person",
    }
    given = {
        "issuer": issuer,
        "acr_values": [LOA2, LOA3, "password"],
        "claims": ["given_name", "family_name", "email", HETU],
        "jwks": KeySet([key, other]).as_dict(private=True),
        "clients": [
            {
                "client_id": "yhdessa",
                "token_endpoint_auth_method": "private_key_jwt",
                "jwks": KeySet([own_key]).as_dict(private=False, use="sig", alg="RS256"),
                **client,
            },
            {
                "client_id": "by-secret",
                "token_endpoint_auth_method": "client_secret_basic",
                "client_secret": "a-secret-of-forty-characters-and-more-ab",
                **client,
            },
            {
                "client_id": "sealed",
                "token_endpoint_auth_method": "private_key_jwt",
                "id_token_encrypted_response_alg": "RSA-OAEP-256",
                "id_token_encrypted_response_enc": "A256GCM",
                "jwks": {
                    "keys": [
                        {**own_key.as_dict(private=False), "use": use, "alg": alg}
                        for use, alg in (("sig", "RS256"), ("enc", "RSA-OAEP-256"))
                    ]
                },
                **client,
            },
        ],
    }
    folder = tmp_path_factory.mktemp("provider")
    with certified(folder, {**given, "people": str(folder / "people.json")}):
        yield issuer, folder


@pytest.fixture
def certified_issuer(certified_provider: tuple[str, Path], world: World) -> str:
    """Its address; it knows the people above, and the demo's client by their own code."""
    issuer, folder = certified_provider
    code = decrypt(world.case.person.identity_code_encrypted)
    people = {**PEOPLE, "client-1": {**PEOPLE["client-1"], HETU: code}}
    (folder / "people.json").write_text(json.dumps(people))
    return issuer


TABLE = """
[{key}]
names = {{ fi = "Kunta", sv = "Kommun", en = "County" }}
issuer = "{issuer}"
client_id = "{client_id}"
{authentication}
contact = "The help desk, 02 123 456"
scopes = ["openid", "person"]
{whom}
[{key}.levels]
"password" = "low"
"{loa2}" = "substantial"
"{loa3}" = "high"
[{key}.claims]
given_name = "given_name"
family_name = "family_name"
{more}
"""
STAFF = 'whom = "staff"\nbodies = ["employment", "social", "kela"]\ndomains = ["salo.example.fi"]\n'
SEALED = 'decryption_key_files = ["own.pem"]\n'
CLIENTS = 'whom = "clients"\n'


@pytest.fixture
def provider(tmp_path: Path, settings: Any, own_key: RSAKey) -> Iterator[Callable[..., Provider]]:
    """Adds a provider to the operator's table, as an operator would, and has it read."""
    (tmp_path / "own.pem").write_bytes(own_key.as_pem(private=True))
    (tmp_path / "own.pem").chmod(0o600)
    (tmp_path / "secret").write_text("a-secret-of-forty-characters-and-more-ab\n")
    (tmp_path / "secret").chmod(0o600)
    table, by_key = tmp_path / "providers.toml", 'authentication = "private_key_jwt"\n'

    def add(key: str, issuer: str, more: str = "", **given: str) -> Provider:
        whom = given.get("whom", STAFF)
        claims = 'email = "email"' if "staff" in whom else f'identity_code = "{HETU}"'
        text = TABLE.format(
            key=key, issuer=issuer, client_id=given.get("client_id", "yhdessa"),
            authentication=given.get("authentication", by_key + 'key_files = ["own.pem"]'),
            whom=whom + more, more=given.get("claims", claims), loa2=LOA2, loa3=LOA3,
        )  # fmt: skip
        with table.open("a") as file:
            file.write(text)
        settings.IDENTITY_PROVIDERS = read_providers(table, production=False)
        return next(one for one in settings.IDENTITY_PROVIDERS if one.key == key)

    metadata.forget()
    yield add
    metadata.forget()


@pytest.fixture
def liar() -> Iterator[Liar]:
    """A provider that says what a test wants it to, with keys of its own."""
    with Liar().running() as one:
        yield one
    for pool in fetching._pools.values():
        pool.shutdown(wait=False)
    fetching._pools.clear()
    fetching._waiting.clear()


@pytest.fixture
def linked(world: World) -> Callable[[str, str, str], User]:
    """A user who is somebody of a provider."""

    def link(username: str, issuer: str, subject: str) -> User:
        user = User.objects.get(username=username)
        ExternalLogIn.objects.create(
            issuer=issuer, subject=subject, user=user, first_seen=world.now, last_seen=world.now
        )
        return user

    return link
