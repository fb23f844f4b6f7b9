"""What a provider has signed: who logged in there (ID token), and that it ended (logout token).

The signature and the form are checked by joserfc, the claims of an ID token by Authlib; what they
leave to whoever asked is here (docs/adr/0031-identity-providers.md says which is which). Times are
the machine's own: clocks differ by five minutes at most.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwe, jwt
from joserfc.errors import (
    BadSignatureError,
    ClaimError,
    ExpiredTokenError,
    InvalidKeyIdError,
    JoseError,
    UnsupportedAlgorithmError,
)
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from web.identity.metadata import keys_of
from web.identity.providers import Provider
from web.identity.refusals import NotVerified

SKEW_SECONDS = 300
LONGEST_SUBJECT = 255
_LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
_SEALS = (
    "RSA-OAEP", "RSA-OAEP-256", "A128CBC-HS256", "A256CBC-HS512", "A128GCM", "A256GCM",
)  # fmt: skip
_OF_LOGOUT = {"logout+jwt", "jwt"}
_LONGEST_LOGOUT_SECONDS = 900


def verify_id_token(
    provider: Provider, token: object, *, nonce: str, access_token: str | None, now: float
) -> dict[str, Any]:
    """The claims of an ID token that was made by this provider, for us, for the one who asked now.

    Whether it was proved surely and lately enough is the caller's. Raises :class:`NotVerified`, and
    ``Unreachable`` where the provider's keys are not to be had.
    """
    if provider.decryption_keys:
        token = _opened(provider, token)
    header, said = _signed(provider, token)
    claims = CodeIDToken(
        said,
        header,
        # Authlib alone would take a token for another that names us as its party.
        {
            "iss": {"essential": True, "value": provider.issuer},
            "aud": {"essential": True, "value": provider.client_id},
            "sub": {"essential": True},
        },
        {"client_id": provider.client_id, "nonce": nonce, "access_token": access_token},
    )
    _held(lambda: claims.validate(now=int(now), leeway=SKEW_SECONDS))
    _require_subject(said)
    return said


def verify_logout_token(provider: Provider, token: object, *, now: float) -> dict[str, Any]:
    """The claims of a token by which the provider says that a log-in there has ended.

    OpenID Connect Back-Channel Logout 1.0, 2.6; whether it came before is the caller's. Raises
    :class:`NotVerified`, and ``Unreachable``.
    """
    header, said = _signed(provider, token)
    if str(header.get("typ", "JWT")).lower() not in _OF_LOGOUT:
        raise NotVerified("type")
    claims = jwt.JWTClaimsRegistry(
        now=int(now), leeway=SKEW_SECONDS,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        iat={"essential": True}, exp={"essential": True}, jti={"essential": True},
    )  # fmt: skip
    _held(lambda: claims.validate(said))
    if isinstance(said["aud"], list) and said["aud"] != [provider.client_id]:
        raise NotVerified("audience")
    # It lives as long as it says, and never longer than what we remember of it.
    if said["iat"] < now - _LONGEST_LOGOUT_SECONDS:
        raise NotVerified("expired")
    events = said.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(_LOGOUT), dict):
        raise NotVerified("events")
    if "nonce" in said:  # or an ID token could be sent in its place
        raise NotVerified("nonce")
    for name in ("sub", "sid"):
        if name in said and not (isinstance(said[name], str) and 0 < len(said[name]) <= 255):
            raise NotVerified(name)
    if not said.get("sub") and not said.get("sid"):
        raise NotVerified("nobody")
    return said


def require_same_subject(claims: Mapping[str, Any], others: Mapping[str, Any]) -> None:
    """Raises :class:`NotVerified` where what was said beside the token is of somebody else."""
    if not _same(others.get("sub"), str(claims["sub"])):
        raise NotVerified("subject")


def _opened(provider: Provider, token: object) -> str:
    """The signed token inside one that was sealed for us alone; any other is refused."""
    registry = jwe.JWERegistry(algorithms=_SEALS, strict_check_header=False)
    try:
        sealed = jwe.decrypt_compact(
            str(token), KeySet(list(provider.decryption_keys)), registry=registry
        )
        if "zip" in sealed.headers():  # what is small may become large
            raise NotVerified("not_sealed")
        return (sealed.plaintext or b"").decode("ascii")
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NotVerified("not_sealed") from error


def _signed(provider: Provider, token: object) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims of a token that one of the provider's keys has signed."""
    if not isinstance(token, str) or not token.isascii():
        raise NotVerified("garbage")
    # An empty list would mean the library's own: it is never empty here.
    registry = JWSRegistry(algorithms=provider.algorithms, strict_check_header=False)

    def read(keys: KeySet) -> jwt.Token:
        return jwt.decode(token, keys, registry=registry)

    try:
        try:
            found = read(keys_of(provider))
        except InvalidKeyIdError:  # a new one, it may be
            found = read(keys_of(provider, anew=True))
    except InvalidKeyIdError as error:
        raise NotVerified("key") from error
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NotVerified(_word_for(error)) from error
    return dict(found.header), dict(found.claims)


def _held(check: Any) -> None:
    try:
        check()
    except (JoseError, ValueError, TypeError, AttributeError, OverflowError) as error:
        raise NotVerified(_word_for(error)) from error


_WORDS = {
    "iss": "issuer", "aud": "audience", "sub": "subject", "exp": "expired", "nbf": "future",
    "iat": "future",
}  # fmt: skip


def _word_for(error: BaseException) -> str:
    if isinstance(error, UnsupportedAlgorithmError):
        return "algorithm"
    if isinstance(error, BadSignatureError):
        return "signature"
    if isinstance(error, ExpiredTokenError):
        return "expired"
    if isinstance(error, ClaimError):
        claim = str(error.claim).split(",", 1)[0]
        return _WORDS.get(claim, claim)
    return "garbage"


def _require_subject(said: Mapping[str, Any]) -> None:
    subject = said.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise NotVerified("subject")
    # A character that a database or a page would take for another is nobody's name.
    if not subject.isascii() or not subject.isprintable():
        raise NotVerified("subject")


def _same(given: object, ours: str) -> bool:
    return isinstance(given, str) and hmac.compare_digest(given.encode(), ours.encode())
