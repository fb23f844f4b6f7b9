"""The addresses of the database: one for each log-in, none of which may do another's work.

In an installation each is set by itself, and only where it is needed: ``DATABASE_URL`` is the
web's, ``DATABASE_OWNER_URL`` the one that migrates, ``DATABASE_SEALER_URL`` and
``DATABASE_KEEPER_URL`` those of the night. In a trial one address is enough: where
``DATABASE_OWNER_URL`` is not set, ``DATABASE_URL`` is an owner's or a superuser's, and the others
are the same place with passwords derived from its own. Who makes those log-ins is
``devservers.log_ins``.
"""

from __future__ import annotations

import hmac
import os
from typing import Any

from common.database_roles import KEEPER, SEALER, WEB, alias_of

SETTINGS = {
    WEB: "DATABASE_URL",
    SEALER: "DATABASE_SEALER_URL",
    KEEPER: "DATABASE_KEEPER_URL",
}
OWNER = "DATABASE_OWNER_URL"


def is_derived(*, production: bool) -> bool:
    """Whether the log-ins are derived from one address, as in a trial."""
    return not production and not os.environ.get(OWNER)


def derived(owner: dict[str, Any], role: str) -> dict[str, Any]:
    """The parts of the address of a role beside an owner's: the same place, a password of its own.

    Whoever knows it knows neither the owner's nor another's.
    """
    key = str(owner.get("password", "")).encode()
    return {**owner, "user": role, "password": hmac.digest(key, role.encode(), "sha256").hex()}


def addresses(*, production: bool, as_owner: bool) -> dict[str, tuple[str, str]]:
    """For each alias of the settings, the setting that its address is in, and its role or ""."""
    if is_derived(production=production):
        return {
            "default": (SETTINGS[WEB], "" if as_owner else WEB),
            **{alias_of(role): (SETTINGS[WEB], role) for role in (SEALER, KEEPER)},
        }
    return {
        "default": (OWNER if as_owner else SETTINGS[WEB], ""),
        **{
            alias_of(role): (SETTINGS[role], "")
            for role in (SEALER, KEEPER)
            if os.environ.get(SETTINGS[role])
        },
    }
