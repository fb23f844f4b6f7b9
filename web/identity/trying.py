"""Whether a provider can be reached and says what is needed, and what it must know of us."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from web.identity import metadata
from web.identity.providers import Provider


@dataclass(frozen=True, slots=True)
class Tried:
    """What a provider said of itself, asked anew.

    ``says_issuer``: it says who it is in its answers (RFC 9207). ``logs_out``: it has a page to log
    out at.
    """

    keys: int
    says_issuer: bool
    logs_out: bool


@dataclass(frozen=True, slots=True)
class OwnAddresses:
    """What a provider must know of us."""

    back: str
    keys: str
    ended: str
    after: str


def try_provider(provider: Provider) -> Tried:
    """Ask a provider what it says of itself; nobody is logged in. Raises ``Unreachable``."""
    metadata.forget(provider)
    said = metadata.metadata_of(provider)
    return Tried(
        keys=len(metadata.keys_of(provider).keys),
        says_issuer=said.says_issuer,
        logs_out=bool(said.end_session_endpoint),
    )


def own_addresses(provider: Provider) -> OwnAddresses:
    """The addresses to give to whoever keeps the provider, as people and it reach them."""
    back, keys, ended = (
        settings.PUBLIC_URL + reverse(f"login:{name}", args=[provider.key])
        for name in ("back", "keys", "ended")
    )
    return OwnAddresses(back, keys, ended, after=settings.PUBLIC_URL + reverse("account_login"))
