"""The identity providers of the installation: the operator's table, read and checked at the start.

It is a TOML file (``docs/install.md`` shows one). What is not understood is refused, with line and
field: a misspelt word must not leave a check undone. Read by the settings, so it knows no model.
"""

from __future__ import annotations

import re
import stat
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey

from common.levels import LogInLevel
from people.entering import Claim, Whom

LEVELS = tuple(level.value for level in LogInLevel)
"""How surely somebody has proved who they are, the lowest first."""
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""What a provider may sign with: its own key, never a secret that both know, never nothing."""
USUAL_ALGORITHMS = ("RS256", "PS256", "ES256")
BODIES = ("employment", "social", "kela")
_LANGUAGES = ("fi", "sv", "en")
_KEY = re.compile(r"[a-z][a-z0-9-]{0,39}")
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_RSA_BITS = 2048
_LONGEST_ISSUER = 500
_LONGEST_MINUTES = 24 * 60


class Authentication(StrEnum):
    """How we prove to a provider that it is us who ask."""

    PRIVATE_KEY = "private_key_jwt"
    SECRET_BASIC = "client_secret_basic"  # noqa: S105
    SECRET_POST = "client_secret_post"  # noqa: S105


class NotUnderstood(Exception):
    """What is wrong with the table; each line names the file, the line and the field."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Provider:
    """One identity provider.

    ``key`` stands in our addresses. ``names``: by language. ``contact``: who mends what is wrong
    there, as people read it. ``bodies`` and ``domains``: whose staff it speaks for, and where their
    e-mail addresses are; empty for clients. ``networks`` and ``offices``: by name, those among
    their offices, where it does not speak for all. ``asks``: the ``acr`` values we ask for, the
    best liked first. ``levels``: which level each ``acr`` proves; one that is not there proves
    nothing. ``least``: below it nobody comes in. ``claims``: under which name it says what we know
    by ours. ``required``: what must be said. ``hosts``: the only ones we call. ``max_age_minutes``:
    how long ago somebody may have proved it there. ``logs_out_there``: offer to log out there too.
    ``decryption_keys``: where there are any, its ID tokens come sealed, and no other is taken.
    """

    key: str
    names: Mapping[str, str]
    issuer: str
    client_id: str
    authentication: Authentication
    whom: Whom
    contact: str
    bodies: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    networks: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    scopes: tuple[str, ...] = ("openid",)
    asks: tuple[str, ...] = ()
    levels: Mapping[str, str] = field(default_factory=dict)
    least: str = "low"
    claims: Mapping[Claim, str] = field(default_factory=dict)
    required: frozenset[Claim] = frozenset()
    hosts: frozenset[str] = frozenset()
    algorithms: tuple[str, ...] = USUAL_ALGORITHMS
    max_age_minutes: int = 720
    userinfo: bool = False
    logs_out_there: bool = False
    secret: str = field(default="", repr=False)
    signing_keys: tuple[RSAKey | ECKey, ...] = field(default=(), repr=False)
    decryption_keys: tuple[RSAKey, ...] = field(default=(), repr=False)

    def name_in(self, language: str) -> str:
        """What people call it, in their language."""
        return self.names.get(language) or self.names["fi"]

    def level_of(self, acr: str) -> str | None:
        """The level that an ``acr`` proves; None for one the table does not know."""
        return self.levels.get(acr)

    def reaches(self, level: str, least: str) -> bool:
        """Whether a level is as high as another."""
        return LogInLevel(level).reaches(LogInLevel(least))

    def asks_for(self, least: str) -> tuple[str, ...]:
        """The ``acr`` values to ask for where a level is needed, the best liked first."""
        wanted = self.asks or tuple(self.levels)
        return tuple(a for a in wanted if a in self.levels and self.reaches(self.levels[a], least))

    def may_call(self, url: str) -> bool:
        """Whether an address is one of this provider's, and safe on the way there."""
        parts = urlsplit(url)
        safe = parts.scheme == "https" or (
            parts.scheme == "http" and parts.hostname in _LOOPBACK and parts.netloc in self.hosts
        )
        return safe and parts.netloc in self.hosts and not parts.username

    @property
    def published_keys(self) -> dict[str, Any]:
        """Our public keys: what the provider verifies us by, and what it seals tokens with."""
        signing = KeySet(list(self.signing_keys)).as_dict(private=False, use="sig")
        sealing = KeySet(list(self.decryption_keys)).as_dict(private=False, use="enc")
        return {"keys": [*signing["keys"], *sealing["keys"]]}


def read_providers(path: Path, *, production: bool) -> tuple[Provider, ...]:
    """The table in a file. Raises :class:`NotUnderstood` with everything that is wrong with it."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NotUnderstood([f"IDENTITY_PROVIDERS: {path} cannot be read."]) from error
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NotUnderstood([f"IDENTITY_PROVIDERS: {path.name}: {error}."]) from error
    faults: list[str] = []
    providers = [
        _Reader(path, text, key, table, faults, production=production).provider()
        for key, table in tables.items()
    ]
    if not tables:
        faults.append(f"IDENTITY_PROVIDERS: {path.name} names no provider.")
    found = [one for one in providers if one is not None]
    seen: set[str] = set()
    for one in found:
        if one.issuer in seen:
            # What is theirs by the issuer's name would be two providers'.
            faults.append(
                f"IDENTITY_PROVIDERS: {path.name}: [{one.key}] issuer: another has the same."
            )
        seen.add(one.issuer)
    if faults:
        raise NotUnderstood(faults)
    return tuple(found)


class _Reader:
    """Reads one table; each fault is kept with its line, and the rest is read on."""

    def __init__(
        self, path: Path, text: str, key: str, table: Any, faults: list[str], *, production: bool
    ) -> None:
        self.path, self.lines, self.key = path, text.splitlines(), key
        self.faults, self.production = faults, production
        self.table = dict(table) if isinstance(table, dict) else {}
        if not isinstance(table, dict):
            self.wrong(None, f"must be a table: [{key}].")

    def provider(self) -> Provider | None:
        before = len(self.faults)
        if not _KEY.fullmatch(self.key):
            self.wrong(None, "must be small letters, digits and hyphens: it stands in addresses.")
        issuer = self.issuer()
        whom = self.one_of("whom", tuple(Whom), needed=True)
        staff = whom == Whom.STAFF
        authentication = self.one_of("authentication", tuple(Authentication), needed=True)
        by_key = authentication == Authentication.PRIVATE_KEY
        levels = self.words_by("levels", self.is_level)
        given: dict[str, Any] = {
            "key": self.key,
            "names": self.words_by("names", lambda name, _: name in _LANGUAGES, _LANGUAGES),
            "issuer": issuer,
            "client_id": self.word("client_id", needed=True),
            "contact": self.word("contact", needed=True),
            "bodies": frozenset(self.choices("bodies", BODIES, needed=staff)),
            "domains": frozenset(self.domains(needed=staff)),
            "networks": frozenset(self.words("networks")),
            "offices": frozenset(self.words("offices")),
            "scopes": tuple(self.words("scopes")) or ("openid",),
            "asks": tuple(self.words("asks")),
            "levels": levels,
            "least": self.one_of("least", LEVELS) or LEVELS[0],
            "claims": self.claims(),
            "hosts": frozenset({*self.words("hosts"), urlsplit(issuer).netloc}),
            "algorithms": tuple(self.choices("algorithms", ALGORITHMS)) or USUAL_ALGORITHMS,
            "max_age_minutes": self.minutes("max_age_minutes", 720),
            "userinfo": self.flag("userinfo", default=False),
            "logs_out_there": self.flag("logs_out_there", default=not staff),
            "secret": "" if by_key else self.secret(needed=bool(authentication)),
            "signing_keys": self.keys("key_files", needed=True) if by_key else (),
            "decryption_keys": self.decryption_keys(),
        }
        given["required"] = frozenset(
            Claim(c) for c in self.choices("required", tuple(given["claims"]))
        )
        self.fits_together(given, staff=staff)
        for name in self.table:
            self.wrong(name, "is not known here.")
        if len(self.faults) > before:
            return None
        return Provider(whom=Whom(whom), authentication=Authentication(authentication), **given)

    def fits_together(self, given: dict[str, Any], *, staff: bool) -> None:
        if "openid" not in given["scopes"]:
            self.wrong("scopes", 'must have "openid".')
        for acr in given["asks"]:
            if acr not in given["levels"]:
                self.wrong("asks", f"{acr!r} has no level in levels.")
        if not given["levels"]:
            self.wrong("levels", "is missing: which level each acr of the provider proves.")
        elif not any(
            LEVELS.index(level) >= LEVELS.index(given["least"])
            for level in given["levels"].values()
            if level in LEVELS
        ):
            self.wrong("least", "no acr of levels reaches it: nobody could come in.")
        if not staff and Claim.IDENTITY_CODE not in given["claims"]:
            self.wrong("claims", "must say under which name the identity_code comes.")
        if not staff and (given["bodies"] or given["domains"]):
            self.wrong("bodies", "and domains are of providers for staff only.")
        if not staff and (given["networks"] or given["offices"]):
            self.wrong("networks", "and offices are of providers for staff only.")
        for host in given["hosts"]:
            if "/" in host or "@" in host:
                self.wrong("hosts", f"{host!r} must be a host, with its port where it has one.")

    def issuer(self) -> str:
        value = self.word("issuer", needed=True)
        parts = urlsplit(value)
        plain = parts.scheme == "http" and parts.hostname in _LOOPBACK and not self.production
        if value and not (parts.scheme == "https" or plain):
            self.wrong("issuer", "must begin with https://.")
        elif len(value) > _LONGEST_ISSUER:
            self.wrong("issuer", f"must have {_LONGEST_ISSUER} characters at most.")
        elif value and (not parts.netloc or parts.query or parts.fragment or parts.username):
            self.wrong("issuer", "must be an address without ?, # and user.")
        return value

    def domains(self, *, needed: bool) -> list[str]:
        given = self.words("domains", needed=needed)
        for word in given:
            if not _DOMAIN.fullmatch(word):
                self.wrong("domains", f"{word!r} must be like salo.fi, in small letters.")
        return given

    def claims(self) -> dict[Claim, str]:
        given = self.words_by("claims", lambda name, _: name in set(Claim))
        return {Claim(name): value for name, value in given.items() if name in set(Claim)}

    def secret(self, *, needed: bool) -> str:
        found = self.file("secret_file", needed=needed)
        secret = found.strip()
        if needed and found and not (secret.isascii() and secret):
            self.wrong("secret_file", "must hold the secret and nothing else.")
        return secret

    def keys(self, field: str, *, needed: bool) -> tuple[RSAKey | ECKey, ...]:
        keys = []
        for name in self.words(field, needed=needed):
            text = self._content(field, name)
            key = _private_key(text) if text else None
            if text and key is None:
                self.wrong(
                    field,
                    f"{name} must be a private key in PEM: RSA of 2048 bits or more, or P-256.",
                )
            elif key is not None:
                keys.append(key)
        return tuple(keys)

    def decryption_keys(self) -> tuple[RSAKey, ...]:
        given = self.keys("decryption_key_files", needed=False)
        if not all(isinstance(key, RSAKey) for key in given):
            self.wrong("decryption_key_files", "must be RSA keys.")
        return tuple(key for key in given if isinstance(key, RSAKey))

    # What each kind of value must be.

    def word(self, name: str, *, needed: bool = False) -> str:
        value = self.table.pop(name, None)
        if value is None:
            if needed:
                self.wrong(name, "is missing.")
            return ""
        if not isinstance(value, str) or not value.strip():
            self.wrong(name, "must be text.")
            return ""
        return value.strip()

    def words(self, name: str, *, needed: bool = False) -> list[str]:
        value = self.table.pop(name, None)
        if value is None:
            if needed:
                self.wrong(name, "is missing.")
            return []
        if not (isinstance(value, list) and all(isinstance(w, str) and w.strip() for w in value)):
            self.wrong(name, 'must be a list of words: ["...", "..."].')
            return []
        if needed and not value:
            self.wrong(name, "is empty.")
        return [word.strip() for word in value]

    def choices(self, name: str, of: tuple[str, ...], *, needed: bool = False) -> list[str]:
        given = self.words(name, needed=needed)
        for word in given:
            if word not in of:
                self.wrong(name, f"{word!r} must be one of {', '.join(of)}.")
        return [word for word in given if word in of]

    def one_of(self, name: str, of: tuple[str, ...], *, needed: bool = False) -> str:
        value = self.word(name, needed=needed)
        if value and value not in of:
            self.wrong(name, f"must be one of {', '.join(of)}.")
            return ""
        return str(value)

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.table.pop(name, default)
        if not isinstance(value, bool):
            self.wrong(name, "must be true or false.")
        return bool(value)

    def minutes(self, name: str, default: int) -> int:
        value = self.table.pop(name, default)
        if type(value) is not int or not 1 <= value <= _LONGEST_MINUTES:
            self.wrong(name, f"must be minutes, 1 to {_LONGEST_MINUTES}.")
            return default
        return value

    def words_by(
        self, name: str, is_one: Callable[[str, str], bool], needed: tuple[str, ...] = ()
    ) -> dict[str, str]:
        """A table of words by word."""
        value = self.table.pop(name, {})
        if not isinstance(value, dict):
            self.wrong(name, "must be a table.")
            return {}
        for inner, word in value.items():
            if not isinstance(word, str) or not word.strip() or not is_one(inner, word):
                self.wrong(f"{name}.{inner}", "is not understood.")
        for inner in needed:
            if inner not in value:
                self.wrong(f"{name}.{inner}", "is missing.")
        return {inner: str(word) for inner, word in value.items()}

    def is_level(self, _acr: str, level: str) -> bool:
        return level in LEVELS

    def file(self, name: str, *, needed: bool) -> str:
        value = self.word(name, needed=needed)
        return self._content(name, value) if value else ""

    def _content(self, name: str, value: str) -> str:
        """A file with something secret, its place relative to the table's."""
        path = self.path.parent / value
        try:
            mode, text = path.stat().st_mode, path.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            self.wrong(name, f"{value} cannot be read.")
            return ""
        if mode & (stat.S_IROTH | stat.S_IWOTH):
            self.wrong(name, f"{value} is anybody's to read: chmod o= {value}")
        return text

    def wrong(self, name: str | None, why: str) -> None:
        """Keep a fault, with the field and the line it stands in."""
        what = f"[{self.key}]" + (f" {name}" if name else "")
        line = self._line_of(name)
        self.faults.append(
            f"IDENTITY_PROVIDERS: {self.path.name}, line {line}: {what} {why}"
            if line
            else f"IDENTITY_PROVIDERS: {self.path.name}: {what} {why}"
        )

    def _line_of(self, name: str | None) -> int:
        """The line a field stands in, or its table; counted from 1."""
        table, inner = self.key, name or ""
        begun = at = 0
        for number, line in enumerate(self.lines, start=1):
            if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line):
                words = [w.strip().strip("\"'") for w in header[1].split(".", 1)]
                at = number if words[0] == table else 0
                prefix = f"{words[1]}." if len(words) > 1 else ""
                if at and not prefix:
                    begun = number
                if at and prefix and inner == prefix[:-1]:
                    return number
                continue
            if not at or not inner:
                continue
            left = line.split("=", 1)[0].strip().strip("\"'")
            if "=" in line and f"{prefix}{left}" == inner:
                return number
            if "=" in line and not prefix and inner.split(".")[0] == left:
                return number
        return begun


def _private_key(text: str) -> RSAKey | ECKey | None:
    for kind in (RSAKey, ECKey):
        try:
            key = kind.import_key(text)
        except (ValueError, TypeError, JoseError):
            continue
        if not key.is_private:
            return None
        if isinstance(key, RSAKey):
            return key if key.private_key and key.private_key.key_size >= _RSA_BITS else None
        return key if key.curve_name == "P-256" else None
    return None
