"""How a system shows who it is: an assertion signed by its own key (RFC 7523, ``private_key_jwt``).

The signature is checked by joserfc with the keys and the algorithms named here; the claims by its
registry, and here what it leaves to whoever asks. Times are the machine's own: clocks differ by
five minutes at most. What is refused is said by a word for the registration's page, never to
whoever sent it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from joserfc import jwt
from joserfc.errors import (
    BadSignatureError,
    ClaimError,
    ExpiredTokenError,
    JoseError,
    UnsupportedAlgorithmError,
)
from joserfc.jwk import ECKey, RSAKey
from joserfc.jws import JWSRegistry, extract_compact

from people.models import Machine, MachineKey
from people.selectors import machine_to_prove
from people.services import use_assertion
from web.machines.keys import ALGORITHMS

SKEW_SECONDS = 300
LONGEST_ASSERTION = 4096
_LONGEST_LIFE_SECONDS = 600
_LONGEST_JTI = 128
_OF_A_PROOF = {"jwt", "client-authentication+jwt"}
_BROKEN = (
    JoseError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError,
)  # fmt: skip


class NotProven(Exception):
    """The assertion proves nothing. ``word``: why; ``machine``: whom it called itself, if anybody
    is called so."""

    def __init__(self, word: str, machine: Machine | None = None) -> None:
        super().__init__(word)
        self.word, self.machine = word, machine


@dataclass(frozen=True, slots=True)
class Proven:
    """A system that has shown who it is, and by which of its keys."""

    machine: Machine
    key: MachineKey


def called(assertion: str) -> UUID | None:
    """Whom an assertion says it is of, before anything of it is believed; None for nobody."""
    try:
        said = json.loads(extract_compact(assertion.encode("ascii")).payload)
        return UUID(said["sub"])
    except _BROKEN:
        return None


def prove(assertion: str, *, audience: str, now: float) -> Proven:
    """Who signed this just now, for us, for the first time. Raises :class:`NotProven`.

    ``audience``: the address of the token endpoint, which must be the only one named. It lives for
    ten minutes at most, and counts once.
    """
    if len(assertion) > LONGEST_ASSERTION:
        raise NotProven("too_long")
    name = called(assertion)
    found = machine_to_prove(name) if name else None
    if found is None:
        raise NotProven("nobody")
    machine, keys = found
    try:
        key, token = _signed(assertion, keys)
        _require_header(token.header)
        _require_claims(token.claims, str(machine.pk), audience, now)
    except NotProven as refused:
        raise NotProven(refused.word, machine) from refused
    expires = datetime.fromtimestamp(token.claims["exp"], UTC) + timedelta(seconds=SKEW_SECONDS)
    # Last, so that nobody uses up a system's proofs for it.
    if not use_assertion(machine=machine, jti=token.claims["jti"], expires_at=expires):
        raise NotProven("replayed", machine)
    return Proven(machine, key)


def _signed(assertion: str, keys: list[MachineKey]) -> tuple[MachineKey, jwt.Token]:
    """By which of a system's keys it is signed. Which one is found by trying, not by its ``kid``:
    there are two at most, and a name in a header is whoever's who wrote it."""
    word = "key"
    for key in keys:
        kind = key.jwk["kty"]
        public = RSAKey.import_key(key.jwk) if kind == "RSA" else ECKey.import_key(key.jwk)
        # An empty list would mean the library's own: it is never empty here.
        registry = JWSRegistry(algorithms=list(ALGORITHMS[kind]), strict_check_header=False)
        try:
            return key, jwt.decode(assertion, public, registry=registry)
        except UnsupportedAlgorithmError:
            # Of two kinds of keys the other one may sign by it.
            word = word if word == "signature" else "algorithm"
        except BadSignatureError:
            word = "signature"
        except _BROKEN as error:
            raise NotProven("garbage") from error
    raise NotProven(word)


def _require_header(header: dict[str, Any]) -> None:
    if str(header.get("typ", "JWT")).lower() not in _OF_A_PROOF:
        raise NotProven("type")
    # A key or a place to fetch one, brought along: nothing is taken from there, and nobody honest
    # sends it. Nor an extension that we would have to understand.
    if {"jwk", "jku", "x5u", "x5c", "crit", "b64"} & header.keys():
        raise NotProven("header")


def _require_claims(said: dict[str, Any], name: str, audience: str, now: float) -> None:
    registry = jwt.JWTClaimsRegistry(
        now=int(now), leeway=SKEW_SECONDS,
        iss={"essential": True, "value": name},
        sub={"essential": True, "value": name},
        exp={"essential": True}, iat={"essential": True}, jti={"essential": True},
    )  # fmt: skip
    # One audience, and it is us: what another server got to read proves nothing here.
    if said.get("aud") not in (audience, [audience]):
        raise NotProven("audience")
    try:
        registry.validate(said)
    except ExpiredTokenError as error:
        raise NotProven("expired") from error
    except ClaimError as error:
        raise NotProven(_WORDS.get(str(error.claim).split(",", 1)[0], "claims")) from error
    except _BROKEN as error:
        raise NotProven("claims") from error
    for claim in ("exp", "iat"):
        if isinstance(said[claim], bool) or not isinstance(said[claim], int | float):
            raise NotProven("claims")
    if said["iat"] < now - _LONGEST_LIFE_SECONDS - SKEW_SECONDS:
        raise NotProven("expired")
    if said["exp"] - said["iat"] > _LONGEST_LIFE_SECONDS:
        raise NotProven("lives_too_long")
    if not isinstance(said["jti"], str) or not 8 <= len(said["jti"]) <= _LONGEST_JTI:
        raise NotProven("jti")


_WORDS = {"iss": "issuer", "sub": "issuer", "exp": "expired", "iat": "future", "nbf": "future"}
