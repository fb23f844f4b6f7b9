"""Compiles the interface texts without the gettext tools, so that nothing need be installed.

A compiled file carries the hash of its source, so that no clock of a copy or a checkout decides
whether it is up to date.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import polib

_MARK = "X-Source-SHA256"


def compile_messages(locale: Path) -> list[Path]:
    """Write ``django.mo`` beside each ``django.po`` it was not made from; returns what it wrote."""
    sources = uncompiled(locale)
    for source in sources:
        texts = polib.pofile(str(source))
        texts.metadata[_MARK] = _hash(source)
        draft = source.with_name(f".{source.stem}.{os.getpid()}")
        texts.save_as_mofile(str(draft))
        draft.replace(source.with_suffix(".mo"))  # two at once: each leaves a whole file
    return sources


def uncompiled(locale: Path) -> list[Path]:
    """The sources whose texts nobody would read: not compiled, or changed since."""
    return [
        source
        for source in sorted(locale.glob("*/LC_MESSAGES/*.po"))
        if not _is_made_from(source.with_suffix(".mo"), source)
    ]


def _is_made_from(compiled: Path, source: Path) -> bool:
    return compiled.exists() and f"{_MARK}: {_hash(source)}".encode() in compiled.read_bytes()


def _hash(source: Path) -> str:
    return hashlib.sha256(source.read_bytes()).hexdigest()
