"""What an installation that serves people must have set, all told at once, before it starts.

Run where web, worker, beat and commands start with ``PRODUCTION=1``, and by ``manage.py check
--deploy``. Each fault names the setting and the way out; no value is repeated.
"""

from __future__ import annotations

import base64
import ipaddress
import os
from collections.abc import Iterator
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.http.request import validate_host

from config import env
from config.database_checks import require_served_database
from config.messages import uncompiled
from config.refusing import refuse
from config.stylesheets import unbundled

_KEY_LENGTH, _KEY_LETTERS = 32, 8
_ED25519_BYTES = 32
_MAKE_A_PAIR = (
    'python -c "import base64; from cryptography.hazmat.primitives.asymmetric.ed25519 import'
    " Ed25519PrivateKey as K; k = K.generate(); print(*(base64.b64encode(b).decode() for b in"
    ' (k.private_bytes_raw(), k.public_key().public_bytes_raw())))"'
)
_MAKE_A_KEY = 'Make one: python3 -c "import secrets; print(secrets.token_urlsafe(50))".'


class Part(StrEnum):
    """What is being started."""

    WEB = "web"
    WORKER = "worker"
    BEAT = "beat"
    COMMAND = "command"
    OWNER = "owner"  # a command that changes the tables


def require_sound(part: Part) -> None:
    """End the process, with a line for each fault, unless all is set. Does nothing in a trial."""
    if not settings.PRODUCTION:
        return
    found = list(faults(part))
    if found:
        refuse("PRODUCTION=1, but:", *(f"- {fault.msg} {fault.hint}" for fault in found))


def require_all(part: Part) -> None:
    """:func:`require_sound` and :func:`require_served_database`."""
    require_sound(part)
    require_served_database()


@register(Tags.security, deploy=True)
def installation(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Every fault, whichever part it would stop."""
    return list(faults(Part.WEB))


def faults(part: Part) -> Iterator[CheckMessage]:
    """What keeps this part from starting in production."""
    for number, (message, hint) in enumerate(_faults(part), start=1):
        yield Error(message, hint=hint, id=f"yhdessa.E{number:03}")


def _faults(part: Part) -> Iterator[tuple[str, str]]:
    if not settings.PRODUCTION:
        yield "PRODUCTION is not set.", "Set PRODUCTION=1 where people are served."
    for fault in env.faults:
        yield fault, "Mend it."
    for name, why in (
        ("DEMO", "it would load artificial people whose passwords everybody knows"),
        ("DEBUG", "its error pages show what people wrote"),
    ):
        if getattr(settings, name):
            yield f"{name}=1: {why}.", f"Take {name} away."
    if os.environ.get("DAYS_AHEAD_FILE"):
        yield "DAYS_AHEAD_FILE is set: the clock would be wrong.", "Take DAYS_AHEAD_FILE away."
    yield from _keys()
    yield from _servers(part)
    yield from _log(part)
    yield from _addresses()
    yield from _letters()
    collected = settings.STATIC_ROOT and (settings.STATIC_ROOT / "staticfiles.json").exists()
    if part is Part.WEB and not collected:
        yield (
            f"The style sheets are not in {settings.STATIC_ROOT}.",
            "Run: python manage.py collectstatic --noinput",
        )
    if part is Part.WEB and unbundled(settings.BASE_DIR / "static" / "css"):
        yield (
            "The style sheets are not bundled: pages would stand without them.",
            "Run: python manage.py bundle_stylesheets (make setup does it), then collectstatic.",
        )


def _keys() -> Iterator[tuple[str, str]]:
    for name in ("SECRET_KEY", "IDENTITY_HASH_KEY"):
        key = os.environ.get(name, "")
        if not key:
            yield f"{name} is not set.", _MAKE_A_KEY
        elif len(key) < _KEY_LENGTH or len(set(key)) < _KEY_LETTERS:
            yield (
                f"{name} is easily guessed: it needs {_KEY_LENGTH} characters, and different ones.",
                _MAKE_A_KEY,
            )
    make = (
        "Make one: python -c "
        '"from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())".'
    )
    given = env.words("IDENTITY_KEYS")
    if not given:
        yield "IDENTITY_KEYS is not set.", make
    elif not all(_is_fernet(key) for key in given):
        yield "IDENTITY_KEYS has a key that is none, or is easily guessed.", make
    if os.environ.get("SECRET_KEY") and os.environ["SECRET_KEY"] == settings.IDENTITY_HASH_KEY:
        yield "SECRET_KEY and IDENTITY_HASH_KEY are the same.", _MAKE_A_KEY


def _is_fernet(key: str) -> bool:
    try:
        Fernet(key)
    except ValueError:
        return False
    return len(set(key)) >= _KEY_LETTERS


def _servers(part: Part) -> Iterator[tuple[str, str]]:
    if part is Part.OWNER and not os.environ.get("DATABASE_OWNER_URL"):
        yield (
            "DATABASE_OWNER_URL is not set: whoever changes the tables must own them.",
            "Set it to postgresql://owner:password@host/name, for this command only.",
        )
    if not os.environ.get("DATABASE_URL"):
        yield "DATABASE_URL is not set.", "Set it to postgresql://user:password@host/name."
    if not os.environ.get("REDIS_URL"):
        yield "REDIS_URL is not set.", "Set it to redis://:password@host:6379/0."


# Each with what it is, for whoever has to make or to move it.
_OF_THE_NIGHT = {
    "DATABASE_SEALER_URL": "postgresql://yhdessa_sealer:password@host/name",
    "DATABASE_KEEPER_URL": "postgresql://yhdessa_keeper:password@host/name",
    "AUDIT_SIGNING_KEY": "the first word of: " + _MAKE_A_PAIR,
}


def _log(part: Part) -> Iterator[tuple[str, str]]:
    """Whoever answers people has neither the owner's log-in nor what the log is sealed with."""
    if part is Part.WEB:
        for name in ("DATABASE_OWNER_URL", *_OF_THE_NIGHT):
            if os.environ.get(name):
                yield (
                    f"{name} is set: whoever took over the web process would have it too.",
                    "Set it where it is needed only: docs/install.md.",
                )
        return
    if part is not Part.WORKER:
        return
    for name, what in _OF_THE_NIGHT.items():
        if not os.environ.get(name):
            yield f"{name} is not set: the night could not be done.", f"Set it to {what}."
    if not os.environ.get("AUDIT_PUBLIC_KEY"):
        yield (
            "AUDIT_PUBLIC_KEY is not set: the log could not be verified.",
            f"Set it to the second word of: {_MAKE_A_PAIR}.",
        )
    for name in ("AUDIT_SIGNING_KEY", "AUDIT_PUBLIC_KEY"):
        if os.environ.get(name) and not _is_ed25519(os.environ[name]):
            yield f"{name} is no key.", f"Make both: {_MAKE_A_PAIR}."
    if not os.environ.get("AUDIT_HEADS_DIR"):
        yield (
            "AUDIT_HEADS_DIR is not set: the heads of the log must lie outside the database.",
            "Set it to a folder that other machines keep a copy of.",
        )


def _is_ed25519(key: str) -> bool:
    try:
        return len(base64.b64decode(key, validate=True)) == _ED25519_BYTES
    except ValueError:
        return False


def _addresses() -> Iterator[tuple[str, str]]:
    hosts = settings.ALLOWED_HOSTS
    if not hosts:
        yield "ALLOWED_HOSTS is not set.", "Name the hosts people come to, with commas between."
    elif any(host.strip(".") in {"*", ""} for host in hosts):
        yield "ALLOWED_HOSTS lets any name in.", "Name the hosts people come to."
    if not os.environ.get("PUBLIC_URL"):
        yield "PUBLIC_URL is not set.", "Set it to the address people come to: https://..."
    else:
        public = urlsplit(settings.PUBLIC_URL)
        host = public.hostname or ""
        if public.scheme != "https":
            yield "PUBLIC_URL does not begin with https://.", "Letters must lead to a safe address."
        if _is_here(host):
            yield (
                "PUBLIC_URL is an address only this machine reaches.",
                "Set it to the address people come to.",
            )
        elif hosts and not validate_host(host, hosts):
            yield "ALLOWED_HOSTS does not have the host of PUBLIC_URL.", "Add it."
    for origin in settings.CSRF_TRUSTED_ORIGINS:
        if not origin.startswith("https://"):
            yield "TRUSTED_ORIGINS has one that does not begin with https://.", "Mend it."
    if not os.environ.get("TRUSTED_PROXIES"):
        yield (
            "TRUSTED_PROXIES is not set.",
            "Say how many proxies of your own stand before the web process: 1, or 0 for none.",
        )


def _is_here(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host in {"", "localhost"} or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def _letters() -> Iterator[tuple[str, str]]:
    if not settings.EMAIL_HOST:
        yield "EMAIL_HOST is not set: no letter would leave.", "Name the mail server."
    sender = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >")
    if _is_here(sender) or "@" not in settings.DEFAULT_FROM_EMAIL:
        yield (
            "EMAIL_FROM is not set to an address of yours.",
            "Set it to the address letters come from.",
        )
    for locale in settings.LOCALE_PATHS:
        if uncompiled(locale):
            yield (
                "The texts are not compiled: everybody would read English.",
                "Run: python manage.py compilemessages (make setup does it).",
            )
