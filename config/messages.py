"""Compiles the interface texts without the gettext tools, so that nothing need be installed."""

from pathlib import Path

import polib


def compile_messages(locale: Path) -> None:
    """Write ``django.mo`` beside each ``django.po`` that is newer."""
    for source in locale.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
