"""Bundles the stylesheets: one file for each face instead of two dozen requests.

``static/css/client.css`` and ``static/css/staff.css`` say in plain CSS which parts a face has and
in which cascade layer each stands; a bundle is the same with every ``@import`` replaced by what it
names, without comments and the spaces that only people read. The design system is bought in with a
left and a right; a bundle says start and end instead, so that a page is mirrored whole for a
language that is written from right to left.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

FACES = ("client", "staff")
_SIDES = {"left": "start", "right": "end"}
_SIDE_OF_BOX = re.compile(r"(?<![\w-])(margin|padding|border)-(left|right)(?=[-:])")
_SIDE_OF_PLACE = re.compile(r"(?<=[{;])(left|right):")
_SIDE_OF_TEXT = re.compile(r"(text-align|float|clear):(left|right)")
_FOUR_SIDES = re.compile(r"(?<=[{;])(margin|padding|border-width):0 0 0 ([^;}]+)")
_QUOTED = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|url\([^)"']*\))"""
_SPACES = re.compile(_QUOTED + r"|/\*.*?\*/|\s+", re.DOTALL)
_AROUND = re.compile(r" *([{};,]) *")
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


def shortened(text: str) -> str:
    """The same rules, shorter; what is quoted stands as it was."""
    plain = _SPACES.sub(lambda found: found[1] or " ", text)
    parts = re.split(_QUOTED, plain)
    parts[::2] = [_AROUND.sub(r"\1", re.sub(" +", " ", part)) for part in parts[::2]]
    return "".join(parts).replace(";}", "}").strip()


def _bundle(css: Path, face: str) -> Path:
    return css / "bundles" / f"{face}.css"


def _inlined(source: Path) -> str:
    def part(found: re.Match[str]) -> str:
        name, layer = found.groups()
        css = (source.parent / name).read_text("utf-8").strip()
        return f"@layer {layer} {{\n{mirrorable(css) if layer == 'system' else css}\n}}\n"

    return shortened(_IMPORT.sub(part, source.read_text("utf-8")))


def mirrorable(css: str) -> str:
    """Minified CSS with start and end where it said left and right."""
    css = _FOUR_SIDES.sub(_inline_start_only, css)
    css = _SIDE_OF_BOX.sub(lambda found: f"{found[1]}-inline-{_SIDES[found[2]]}", css)
    css = _SIDE_OF_PLACE.sub(lambda found: f"inset-inline-{_SIDES[found[1]]}:", css)
    return _SIDE_OF_TEXT.sub(_side_of_text, css)


def _side_of_text(found: re.Match[str]) -> str:
    name, side = found.groups()
    return f"{name}:{'' if name == 'text-align' else 'inline-'}{_SIDES[side]}"


def _inline_start_only(found: re.Match[str]) -> str:
    name, width = found.groups()
    start = "border-inline-start-width" if name == "border-width" else f"{name}-inline-start"
    return f"{name}:0;{start}:{width}"
