"""Who somebody is, as an identity provider has said it and the log-in has verified it.

Made by the log-in once every check of the protocol has held; handed to
:func:`people.services.entering.enter`, which decides whether and as whom they come in. Nothing here
knows how it was brought.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from common.bodies import Body


class Claim(StrEnum):
    """What a provider may say of somebody, by our own names.

    Under which names a provider says it is the operator's data. ``IDENTITY_CODE``: the Finnish
    identity code as the national identification gives it. ``BODY``, ``OFFICE``, ``ROLE``: what the
    organisation's directory proposes; they give nothing by themselves.
    """

    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    IDENTITY_CODE = "identity_code"
    EMAIL = "email"
    PHONE = "phone"
    LANGUAGE = "language"
    BODY = "body"
    OFFICE = "office"
    ROLE = "role"
    TITLE = "title"


class Whom(StrEnum):
    """For whom a provider speaks: the staff of bodies, or clients. Nobody is both by one log-in."""

    STAFF = "staff"
    CLIENTS = "clients"


@dataclass(frozen=True, slots=True)
class VerifiedIdentity:
    """One log-in at an identity provider, every check of the protocol passed.

    ``provider``: the operator's key of the provider. ``issuer``: its address, which with
    ``subject`` names the same somebody for ever; a key may be changed by the operator. ``bodies``:
    those for whose staff it speaks, empty for clients; ``networks`` and ``offices``: by name, those
    among their offices, empty for all. ``level``: ``low``, ``substantial`` or
    ``high``, by the operator's table from ``acr``, what the provider said of how they proved who
    they are. ``authenticated_at``: when they did, not when the token was made. ``session``: the
    provider's name of the log-in there, or ""; a log-out there names it. ``claims``: what the
    operator's table takes over, each not empty; of a claim with several values each is one.
    """

    provider: str
    issuer: str
    subject: str
    whom: Whom
    bodies: frozenset[Body]
    level: str
    acr: str
    authenticated_at: datetime
    session: str = ""
    networks: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    # Names and identity codes: never to be shown by accident.
    claims: Mapping[Claim, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def first(self, claim: Claim) -> str:
        """The first value of a claim, or "" where there is none."""
        return next(iter(self.claims.get(claim, ())), "")
