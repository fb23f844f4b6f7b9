"""A provider that lies: an attacker's own, or one that somebody has taken over.

It signs real tokens; what stands in them, what it is signed with and what else is answered, a test
says.
"""

from __future__ import annotations

import base64
import contextlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from joserfc import jws
from joserfc.jwk import RSAKey

LOA2 = "http://ftn.ficora.fi/2017/loa2"


class Liar:
    """``claims`` and ``header`` are changed before a token is signed, ``key`` is what signs it."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, parameters={"use": "sig"}, auto_kid=True)
        self.asked: list[str] = []
        self.nonce, self.client_id, self.issuer = "", "yhdessa", ""
        self.be_honest()

    def be_honest(self) -> None:
        """Say nothing but the truth, until something is changed again."""
        self.published: list[Any] = [self.key]
        self.signed_with: Any = self.key
        self.header: dict[str, Any] = {}
        self.claims: dict[str, Any] = {}
        self.without: set[str] = set()
        self.spoil: Callable[[str], Any] = lambda token: token
        self.description: dict[str, Any] = {}
        self.raw: dict[str, Callable[[Any], None]] = {}
        self.tokens: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {}

    @contextlib.contextmanager
    def running(self) -> Iterator[Liar]:
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        server.daemon_threads = True
        self.issuer = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()

    def say(self, path: str) -> dict[str, Any]:
        if path.endswith("openid-configuration"):
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                **self.description,
            }
        if path == "/keys":
            return {
                "keys": [k.as_dict(False) if hasattr(k, "as_dict") else k for k in self.published]
            }
        if path == "/userinfo":
            return {"sub": "aino-17", **self.userinfo}
        access = "an-access-token"
        return {
            "access_token": access, "token_type": "Bearer", "expires_in": 300,
            "id_token": self.spoil(self.id_token()), **self.tokens,
        }  # fmt: skip

    def id_token(self) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer, "sub": "aino-17", "aud": self.client_id, "exp": now + 300,
            "iat": now, "auth_time": now, "nonce": self.nonce, "acr": LOA2, "sid": "s-1",
            "given_name": "Aino", "family_name": "Salo", "email": "aino@salo.example.fi",
            **self.claims,
        }  # fmt: skip
        return self.sign({k: v for k, v in claims.items() if k not in self.without})

    def sign(self, claims: dict[str, Any], **header: Any) -> str:
        header = {"alg": "RS256", "kid": self.key.kid, **self.header, **header}
        header = {k: v for k, v in header.items() if v is not None}
        said = f"{encoded(header)}.{encoded(claims)}"
        if header["alg"] == "none":
            return f"{said}."
        # Not by the library's front door: it makes no token that it would not take.
        way = jws.JWSRegistry.algorithms[header["alg"]]
        return f"{said}.{base64url(way.sign(said.encode(), self.signed_with))}"

    def logout_token(self, *, without: str = "", **claims: Any) -> str:
        now = int(time.time())
        given = {
            "iss": self.issuer, "aud": self.client_id, "iat": now, "exp": now + 120,
            "jti": f"j-{time.time_ns()}", "sid": "s-1",
            "events": {"http://schemas.openid.net/event/backchannel-logout": {}}, **claims,
        }  # fmt: skip
        given.pop(without, None)
        return self.sign(given, typ="logout+jwt")


def signed_with_secret(token: str, secret: bytes) -> str:
    """The claims of a token, signed with a secret: by hand, as the library refuses a public key."""
    said = f"{encoded({'alg': 'HS256'})}.{token.split('.')[1]}"
    seal = hmac.digest(secret, said.encode(), "sha256")
    return f"{said}.{base64url(seal)}"


def encoded(part: Any) -> str:
    return base64url(json.dumps(part).encode())


def base64url(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def _handler(liar: Liar) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length).decode()
            liar.asked.append(self.path)
            liar.last_form = parse_qs(body)  # type: ignore[attr-defined]
            if self.path in liar.raw:
                with contextlib.suppress(OSError):
                    liar.raw[self.path](self)
                return
            content = json.dumps(liar.say(self.path)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = answer

        def log_message(self, *_: object) -> None: ...

    return Handler
