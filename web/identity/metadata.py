"""What a provider says of itself: its addresses and the keys it signs with, kept for a while.

Kept in the process, not in the cache: whoever could write there could be anybody. The keys are
asked for anew where a token names one that is not among them, once a minute at most.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Lock
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, KeySet

from web.identity.fetching import get_json
from web.identity.providers import Provider
from web.identity.refusals import Unreachable

KEPT_SECONDS = 3600
ANEW_SECONDS = 60
RESTS_SECONDS = 10
"""After a failure the provider is left alone so long: everybody is told at once."""
_MOST_KEYS = 50
_RSA_BITS = 2048


@dataclass(frozen=True, slots=True)
class Metadata:
    """A provider's own description, as far as it is ours to know; each address may be called."""

    authorization_endpoint: str
    token_endpoint: str
    keys_url: str
    userinfo_endpoint: str
    end_session_endpoint: str
    says_issuer: bool


@dataclass(slots=True)
class _Known:
    metadata: Metadata | None = None
    described_at: float = 0
    keys: KeySet | None = None
    keys_at: float = 0
    failed_at: float = 0


_known: dict[str, _Known] = {}
_lock = Lock()


def metadata_of(provider: Provider) -> Metadata:
    """What the provider says of itself. Raises :class:`Unreachable`."""
    known, now = _of(provider), time.monotonic()
    if known.metadata is None or now - known.described_at > KEPT_SECONDS:
        said = _asked(known, provider, _description_url(provider))
        known.metadata, known.described_at = _understood(provider, said), now
    return known.metadata


def keys_of(provider: Provider, *, anew: bool = False) -> KeySet:
    """The keys the provider signs with. ``anew``: one is looked for that was not among them.

    Raises :class:`Unreachable`.
    """
    known, now = _of(provider), time.monotonic()
    fresh = known.keys is not None and now - known.keys_at < KEPT_SECONDS
    if fresh and anew:
        fresh = now - known.keys_at < ANEW_SECONDS
    if not fresh or known.keys is None:
        said = _asked(known, provider, metadata_of(provider).keys_url)
        known.keys, known.keys_at = _keys_in(said), now
    return known.keys


def forget(provider: Provider | None = None) -> None:
    """Ask anew the next time: one provider, or each."""
    with _lock:
        if provider is None:
            _known.clear()
        else:
            _known.pop(provider.issuer, None)


def note_failure(provider: Provider) -> None:
    """The provider does not answer: for some seconds nobody waits for it."""
    _of(provider).failed_at = time.monotonic()


def require_awake(provider: Provider) -> None:
    """Raises :class:`Unreachable` where the provider has just not answered."""
    failed_at = _of(provider).failed_at
    if failed_at and time.monotonic() - failed_at < RESTS_SECONDS:
        raise Unreachable("resting")


def _of(provider: Provider) -> _Known:
    with _lock:
        return _known.setdefault(provider.issuer, _Known())


def _asked(known: _Known, provider: Provider, url: str) -> dict[str, Any]:
    require_awake(provider)
    try:
        return get_json(provider, url)
    except Unreachable as error:
        if error.why != "busy":
            known.failed_at = time.monotonic()
        raise


def _description_url(provider: Provider) -> str:
    return f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration"


def _understood(provider: Provider, said: dict[str, Any]) -> Metadata:
    """Whoever answers in the provider's place must not send us, or people, anywhere else."""
    if said.get("issuer") != provider.issuer:
        raise Unreachable("other_issuer")
    found = {}
    for name, needed in (
        ("authorization_endpoint", True), ("token_endpoint", True), ("jwks_uri", True),
        ("userinfo_endpoint", provider.userinfo), ("end_session_endpoint", False),
    ):  # fmt: skip
        url = said.get(name, "")
        if not isinstance(url, str) or (needed and not url):
            raise Unreachable(f"no_{name}")
        if url and not provider.may_call(url):
            raise Unreachable(f"other_host_{name}")
        found[name] = url
    return Metadata(
        authorization_endpoint=found["authorization_endpoint"],
        token_endpoint=found["token_endpoint"],
        keys_url=found["jwks_uri"],
        userinfo_endpoint=found["userinfo_endpoint"],
        end_session_endpoint=found["end_session_endpoint"],
        says_issuer=said.get("authorization_response_iss_parameter_supported") is True,
    )


def _keys_in(said: dict[str, Any]) -> KeySet:
    """The public keys; those not understood are left out, as are short ones.

    What a key is for goes along with it: the library takes one for secrecy for no signature.
    """
    given = said.get("keys")
    if not isinstance(given, list) or len(given) > _MOST_KEYS:
        raise Unreachable("no_keys")
    keys = []
    for one in given:
        if not isinstance(one, dict) or one.get("kty") not in {"RSA", "EC"}:
            continue
        # Six bits a letter; the library would take a short one and warn.
        if one["kty"] == "RSA" and len(str(one.get("n", ""))) * 6 < _RSA_BITS:
            continue
        public = {k: v for k, v in one.items() if k in {"kty", "n", "e", "crv", "x", "y"}}
        named = {k: one[k] for k in ("kid", "alg", "use") if isinstance(one.get(k), str)}
        try:
            key = JWKRegistry.import_key({**public, **named})
        except (JoseError, ValueError, TypeError):
            continue
        keys.append(key)
    if not keys:
        raise Unreachable("no_keys")
    return KeySet(keys)
