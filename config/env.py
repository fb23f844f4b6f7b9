"""Typed readers of environment variables.

What is wrong with a value is kept until all have been read, so that everything is told at once:
:func:`require_sound`, or in production with the other faults (``config.checks``).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

if TYPE_CHECKING:
    from web.identity.providers import Provider

faults: list[str] = []
"""What is wrong with the values read so far: the variable's name, and what it must be."""


def require_sound() -> None:
    """Raises ImproperlyConfigured, in one text, for every value that cannot be."""
    if faults:
        raise ImproperlyConfigured(" ".join(faults))


def text(name: str, default: str) -> str:
    """The variable's text, or the default where it is empty."""
    return os.environ.get(name) or default


def flag(name: str, *, default: bool = False) -> bool:
    """True for 1, true, yes, on; False for 0, false, no, off and empty."""
    value = os.environ.get(name, "1" if default else "0").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"", "0", "false", "no", "off"}:
        return False
    _wrong(f"{name} must be 1 or 0, not {value!r}.")
    return default


def words(name: str, default: str = "") -> list[str]:
    """The comma-separated words of the variable, without the empty ones."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    """An absolute path; not made here."""
    return Path(os.environ.get(name) or default).expanduser().absolute()


def number(name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
    """A whole number from ``least`` to ``most``, both inclusive."""
    value = text(name, str(default)).strip()
    if not (value.isascii() and value.isdigit()):
        _wrong(f"{name} must be a whole number, not {value!r}.")
        return default
    if int(value) < least or (most is not None and int(value) > most):
        _wrong(f"{name} must be {least} to {most}, not {value}.")
        return default
    return int(value)


def choice(name: str, allowed: tuple[str, ...]) -> str:
    """One of the words; the first where the variable is empty."""
    value = text(name, allowed[0]).strip().lower()
    if value not in allowed:
        _wrong(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
        return allowed[0]
    return value


def database(name: str, default: str) -> dict[str, Any]:
    """The parts of a PostgreSQL address. A wrong one is not repeated: a password stands in it."""
    try:
        return dict(conninfo_to_dict(text(name, default)))
    except psycopg.ProgrammingError:
        _wrong(f"{name} must be an address like postgresql://user:password@host:5432/name.")
        return dict(conninfo_to_dict(default))


def providers(name: str, *, production: bool) -> tuple[Provider, ...]:
    """The identity providers that stand in the file the variable names; none where it names none.

    What is not understood in it is kept like every other fault, line by line.
    """
    file = os.environ.get(name)
    if not file:
        return ()
    from web.identity.providers import NotUnderstood, read_providers  # noqa: PLC0415

    try:
        return read_providers(Path(file).expanduser().absolute(), production=production)
    except NotUnderstood as error:
        for fault in error.faults:
            _wrong(fault)
        return ()


def _wrong(fault: str) -> None:
    if fault not in faults:
        faults.append(fault)
