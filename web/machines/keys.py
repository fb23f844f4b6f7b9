"""The public keys of a system as somebody pastes them (RFC 7517): read, never a private half."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from typing import Any

from django.utils.translation import gettext_lazy as _
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from common.decision import Refused
from people.services import PublicKey

ALGORITHMS = {"RSA": ("RS256", "PS256"), "EC": ("ES256",)}
"""By which a key of each kind may sign: nothing that a public key could be the secret of."""
_PUBLIC = {"RSA": ("kty", "n", "e"), "EC": ("kty", "crv", "x", "y")}
_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_LEAST_BITS, _MOST_BITS = 2048, 4096
_LONGEST = 20_000


def read_public_keys(text: str, *, most: int = 2) -> list[PublicKey]:
    """The keys of a JWKS, or one key alone. Raises :class:`Refused` for the field ``jwks``.

    RSA of 2048 to 4096 bits, or EC on P-256; for signing. Only the public numbers are kept, and
    neither names nor certificates that stand beside them.
    """
    if len(text) > _LONGEST:
        raise _not(_("This is too long for a key or two."))
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        given = None
    rows = given.get("keys", [given]) if isinstance(given, dict) else None
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise _not(_('This is no JWKS. It begins like this: {"keys": [{"kty": "RSA", ...'))
    if any(_PRIVATE & row.keys() for row in rows):
        raise _not(
            _(
                "A private key, or a secret, stands here. It is not kept, but it has left its "
                "system: make a new key there, and give its public half alone."
            )
        )
    if len(rows) > most:
        raise _not(_("%(most)s keys at most.") % {"most": most})
    found = [_key(row) for row in rows]
    if len({key.thumbprint for key in found}) < len(found):
        raise _not(_("The same key stands here twice."))
    return found


def _key(row: dict[str, Any]) -> PublicKey:
    kind = row.get("kty")
    if kind not in _PUBLIC:
        raise _not(_("Of the kinds of keys RSA and EC (P-256) are taken."))
    if (
        row.get("use", "sig") != "sig"
        or row.get("alg", ALGORITHMS[kind][0]) not in ALGORITHMS[kind]
    ):
        raise _not(_("The key is meant for something else than signing by RS256, PS256 or ES256."))
    jwk: dict[str, str | list[str]] = {
        name: row[name] for name in _PUBLIC[kind] if isinstance(row.get(name), str)
    }
    if len(jwk) < len(_PUBLIC[kind]) or not all(str(value).isascii() for value in jwk.values()):
        raise _not(_("A part of the key is missing."))
    size = _bits(str(jwk["n"])) if kind == "RSA" else 0
    if kind == "RSA" and not _LEAST_BITS <= size <= _MOST_BITS:
        raise _not(_("An RSA key has 2048 to 4096 bits. This one has %(size)s.") % {"size": size})
    try:
        key: RSAKey | ECKey
        key = RSAKey.import_key(jwk) if kind == "RSA" else ECKey.import_key(jwk)
        thumbprint = key.thumbprint()
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise _not(_("The numbers of the key are no key.")) from error
    if kind == "EC" and jwk["crv"] != "P-256":
        raise _not(_("Of the kinds of keys RSA and EC (P-256) are taken."))
    return PublicKey(jwk, thumbprint, "P-256" if kind == "EC" else f"RSA {size}")


def _bits(number: str) -> int:
    """How long a number is (RFC 7518 6.3.1.1); 0 where it is none."""
    try:
        return int.from_bytes(urlsafe_b64decode(number + "=" * (-len(number) % 4))).bit_length()
    except ValueError:
        return 0


def _not(message: Any) -> Refused:
    return Refused(message, field="jwks")
