"""The way to an identity provider and back: OpenID Connect's code flow, as its client.

What was asked is kept in the browser's own session until it comes back, once: its ``state`` finds
it there, so nobody brings anybody else's answer. The code goes with PKCE's proof, and the token
with a ``nonce``. Each provider has an address of its own to come back to, and says who it is where
it can (RFC 9207): an answer of one is never taken to another.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from django.contrib.sessions.backends.base import SessionBase

from common.bodies import Body
from people.entering import Claim, VerifiedIdentity
from web.identity.fetching import get_json, session_for, within_time
from web.identity.metadata import metadata_of, note_failure, require_awake
from web.identity.providers import Authentication, Provider
from web.identity.refusals import (
    BrokenOff,
    ClaimsMissing,
    LoginFailed,
    NotVerified,
    TooWeak,
    Unreachable,
)
from web.identity.tokens import SKEW_SECONDS, require_same_subject, verify_id_token

PENDING = "identity_asked"
PENDING_SECONDS = 15 * 60
"""So long somebody may be at the provider: banks ask for an app, a card, a list of codes."""
_AT_ONCE = 5
_STATE_BYTES = 48
_LONGEST_CLAIM = 300
_MOST_VALUES = 50
# What a provider says where the one who was asked, and not something broken, is the reason.
_CANCELLED = {"access_denied", "login_required", "interaction_required", "consent_required"}
_TOO_WEAK = "unmet_authentication_requirements"
_TROUBLE = {"server_error", "temporarily_unavailable"}


@dataclass(frozen=True, slots=True)
class AskedLogIn:
    """What was asked of a provider.

    ``next``: where they go on, an address of ours. ``level``: which they must reach. ``user_id``:
    whose log-in it is to strengthen, or "". ``fresh``: they must prove it now, whatever they
    proved there before. ``at``: when, in the machine's seconds.
    """

    provider: str
    next: str
    level: str
    user_id: str
    fresh: bool
    at: float
    nonce: str
    verifier: str
    redirect_uri: str


def ask(
    provider: Provider,
    session: SessionBase,
    *,
    redirect_uri: str,
    next_url: str,
    language: str,
    level: str = "",
    user_id: str = "",
    fresh: bool = False,
    silent: bool = False,
) -> str:
    """Keep what is asked, and give the provider's address to go to. Raises ``LoginFailed``.

    ``silent``: without showing anybody anything there; who is not logged in there comes back so.
    ``level``: at least this one, where it is higher than what the provider's table asks of all.
    """
    level = level if level and provider.reaches(level, provider.least) else provider.least
    values = provider.asks_for(level)
    if not values:
        raise TooWeak("no_acr_of_this_level")
    metadata = metadata_of(provider)
    state, nonce, verifier = (generate_token(_STATE_BYTES) for _ in range(3))
    asked = AskedLogIn(
        provider.key, next_url, level, user_id, fresh, time.time(), nonce, verifier, redirect_uri
    )
    kept = {**_pending(session), state: _written(asked)}
    session[PENDING] = dict(list(kept.items())[-_AT_ONCE:])
    with session_for(
        provider,
        scope=" ".join(provider.scopes),
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
    ) as client:
        url, _ = client.create_authorization_url(
            metadata.authorization_endpoint,
            state=state,
            code_verifier=verifier,
            nonce=nonce,
            acr_values=" ".join(values),
            max_age=0 if fresh else provider.max_age_minutes * 60,
            prompt="none" if silent else "login" if fresh else None,  # some heed this alone
            ui_locales=language,
        )
    return str(url)


def take_asked(session: SessionBase, provider: Provider, answer: Mapping[str, str]) -> AskedLogIn:
    """What this answer is the answer to; it is that once. Raises :class:`NotVerified`."""
    pending = _pending(session)
    kept = pending.pop(answer.get("state", ""), None)
    session[PENDING] = pending
    if kept is None:
        raise NotVerified("state")
    asked = AskedLogIn(**kept)
    if asked.provider != provider.key:
        raise NotVerified("mix_up")
    return asked


def verify_answer(
    provider: Provider, asked: AskedLogIn, answer: Mapping[str, str], *, now: datetime
) -> VerifiedIdentity:
    """Who the provider says came back. ``now``: the installation's time. Raises ``LoginFailed``."""
    metadata = metadata_of(provider)
    issuer = answer.get("iss")
    if (issuer is None and metadata.says_issuer) or (issuer not in (None, provider.issuer)):
        raise NotVerified("mix_up")
    if "error" in answer:
        raise _refusal(answer["error"])
    if not answer.get("code"):
        raise NotVerified("no_code")
    tokens = _tokens(provider, asked, answer["code"])
    machine = time.time()
    access_token = tokens.get("access_token")
    if access_token is not None and not isinstance(access_token, str):
        raise NotVerified("garbage")
    said = verify_id_token(
        provider, tokens.get("id_token"), nonce=asked.nonce, access_token=access_token, now=machine
    )
    level = _level(provider, asked, said)
    proved_at = _proved_at(provider, asked, said, machine)
    claims = dict(said)
    if provider.userinfo:
        url = metadata.userinfo_endpoint
        others = get_json(provider, url, token=access_token or "")
        require_same_subject(said, others)
        claims = {**others, **said}  # what was signed comes first
    return VerifiedIdentity(
        provider=provider.key,
        issuer=provider.issuer,
        subject=said["sub"],
        whom=provider.whom,
        bodies=frozenset(Body(one) for one in provider.bodies),
        networks=provider.networks,
        offices=provider.offices,
        level=level,
        acr=said["acr"],
        # By the installation's clock, which in a demo may stand ahead of the machine's.
        authenticated_at=datetime.fromtimestamp(now.timestamp() - (machine - proved_at), UTC),
        session=_session_of(said),
        claims=_claims(provider, claims),
    )


def _tokens(provider: Provider, asked: AskedLogIn, code: str) -> Mapping[str, Any]:
    metadata = metadata_of(provider)
    require_awake(provider)

    def exchange() -> Mapping[str, Any]:
        by_key = provider.authentication is Authentication.PRIVATE_KEY
        with session_for(
            provider,
            client_secret=provider.signing_keys[0] if by_key else provider.secret,
            token_endpoint_auth_method=provider.authentication.value,
            redirect_uri=asked.redirect_uri,
        ) as client:
            if by_key:
                client.register_client_auth_method(_proof(provider, metadata.token_endpoint))
            found: Mapping[str, Any] = client.fetch_token(
                metadata.token_endpoint, code=code, code_verifier=asked.verifier,
                redirect_uri=asked.redirect_uri, grant_type="authorization_code",
            )  # fmt: skip
        return found

    try:
        return within_time(provider, exchange)
    except Unreachable as error:
        if error.why != "busy":
            note_failure(provider)
        raise
    except AuthlibBaseError as error:
        # The provider itself refuses the code, or us; its words may repeat what it was given.
        known = {"invalid_grant", "invalid_client", "unauthorized_client", "invalid_request"}
        said = error.error
        raise NotVerified(
            said if isinstance(said, str) and said in known else "token_refused"
        ) from error


def _proof(provider: Provider, token_endpoint: str) -> PrivateKeyJWT:
    """A word signed by our own key that it is us who ask (RFC 7523), for this address and now."""
    key = provider.signing_keys[0]
    algorithm = "RS256" if key.key_type == "RSA" else "ES256"
    return PrivateKeyJWT(token_endpoint, headers={"kid": key.thumbprint()}, alg=algorithm)


def _refusal(said: str) -> LoginFailed:
    if said in _CANCELLED:
        return BrokenOff("cancelled")
    if said == _TOO_WEAK:
        return TooWeak("acr")
    return Unreachable("trouble") if said in _TROUBLE else NotVerified("provider_refused")


def _level(provider: Provider, asked: AskedLogIn, said: Mapping[str, Any]) -> str:
    """What the ``acr`` proves. One that the operator's table lacks proves nothing."""
    acr = said.get("acr")
    level = provider.level_of(acr) if isinstance(acr, str) else None
    if level is None:
        raise TooWeak("acr_unknown")
    if not provider.reaches(level, asked.level):
        raise TooWeak("acr")
    return level


def _proved_at(provider: Provider, asked: AskedLogIn, said: Mapping[str, Any], now: float) -> float:
    """When they proved who they are: always asked for, so always said. Raises ``NotVerified``."""
    at = said.get("auth_time")
    if isinstance(at, bool) or not isinstance(at, int | float):
        raise NotVerified("auth_time")
    # Not-a-number is neither before nor after anything.
    if not at <= now + SKEW_SECONDS:
        raise NotVerified("auth_time")
    oldest = asked.at if asked.fresh else asked.at - provider.max_age_minutes * 60
    if at < oldest - SKEW_SECONDS:
        raise NotVerified("auth_time")
    return min(float(at), now)


def _session_of(said: Mapping[str, Any]) -> str:
    sid = said.get("sid", "")
    if not isinstance(sid, str) or len(sid) > 255:
        raise NotVerified("sid")
    return sid


def _claims(provider: Provider, said: Mapping[str, Any]) -> dict[Claim, tuple[str, ...]]:
    """What the table takes over, by our own names. Raises :class:`ClaimsMissing`."""
    found = {}
    for claim, name in provider.claims.items():
        values = said.get(name)
        given = values if isinstance(values, list) else [values]
        words = tuple(
            word
            for one in given[:_MOST_VALUES]
            if isinstance(one, str) and 0 < len(word := one.strip()) <= _LONGEST_CLAIM
            if word.isprintable()
        )
        if words:
            found[claim] = words
    missing = frozenset(provider.required - found.keys())
    if missing:
        raise ClaimsMissing(missing)
    _require_own_domain(provider, found.get(Claim.EMAIL, ()))
    return found


def _require_own_domain(provider: Provider, addresses: tuple[str, ...]) -> None:
    """A body's provider speaks of its own people: not of an address in another body's domain."""
    for address in addresses:
        domain = address.rpartition("@")[2].lower()
        if provider.domains and domain not in provider.domains:
            raise NotVerified("domain")


def _pending(session: SessionBase) -> dict[str, dict[str, Any]]:
    """What has been asked in this browser and is not answered yet, the oldest first."""
    oldest = time.time() - PENDING_SECONDS
    kept = session.get(PENDING)
    return {k: v for k, v in kept.items() if v["at"] > oldest} if isinstance(kept, dict) else {}


def _written(asked: AskedLogIn) -> dict[str, Any]:
    return {name: getattr(asked, name) for name in AskedLogIn.__slots__}
