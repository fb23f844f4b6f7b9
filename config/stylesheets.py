"""Bundles the stylesheets: one file for each face instead of two dozen requests.

``static/css/client.css`` and ``static/css/staff.css`` say in plain CSS which parts a face has and
in which cascade layer each stands; a bundle is the same with every ``@import`` replaced by what it
names.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

FACES = ("client", "staff")
_IMPORT = re.compile(r'^@import url\("([^"]+)"\) layer\(([\w-]+)\);\n', re.MULTILINE)


def bundle_stylesheets(css: Path) -> list[Path]:
    """Write ``bundles/<face>.css`` where it is not what it should be; returns what it wrote."""
    faces = unbundled(css)
    for face in faces:
        target = _bundle(css, face)
        target.parent.mkdir(exist_ok=True)
        draft = target.with_name(f".{face}.{os.getpid()}")
        draft.write_text(_inlined(css / f"{face}.css"), "utf-8")
        draft.replace(target)  # two at once: each leaves a whole file
    return [_bundle(css, face) for face in faces]


def unbundled(css: Path) -> list[str]:
    """The faces whose bundle is missing, or made of other parts than those that stand."""
    return [
        face
        for face in FACES
        if not _bundle(css, face).exists()
        or _bundle(css, face).read_text("utf-8") != _inlined(css / f"{face}.css")
    ]


def _bundle(css: Path, face: str) -> Path:
    return css / "bundles" / f"{face}.css"


def _inlined(source: Path) -> str:
    def part(found: re.Match[str]) -> str:
        name, layer = found.groups()
        return f"@layer {layer} {{\n{(source.parent / name).read_text('utf-8').strip()}\n}}\n"

    return _IMPORT.sub(part, source.read_text("utf-8"))
