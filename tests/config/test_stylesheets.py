"""One stylesheet a face, made of the parts; a later layer wins over an earlier one."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from config.stylesheets import FACES, bundle_stylesheets, mirrorable, shortened, unbundled

CSS = Path(__file__).resolve().parents[2] / "static" / "css"


@pytest.fixture
def css(tmp_path: Path) -> Path:
    shutil.copytree(CSS, tmp_path / "css", ignore=shutil.ignore_patterns("bundles"))
    shutil.copytree(CSS.parent / "vendor", tmp_path / "vendor")
    return tmp_path / "css"


def test_a_bundle_holds_every_part_and_asks_for_nothing_more(css: Path) -> None:
    assert unbundled(css) == list(FACES)
    assert [path.stem for path in bundle_stylesheets(css)] == list(FACES)
    for face in FACES:
        bundle = (css / "bundles" / f"{face}.css").read_text("utf-8")
        assert "@import" not in bundle
        for part in re.findall(r'url\("(.*?)"\)', (css / f"{face}.css").read_text("utf-8")):
            said = (css / part).read_text("utf-8").strip()
            assert shortened(mirrorable(said) if "vendor" in part else said) in bundle
    assert unbundled(css) == []


def test_a_bundle_is_written_shorter_and_says_the_same() -> None:
    css = """
    /* A comment; with { signs */
    .a > .b, .a:not(.c) { margin: calc(-1 * var(--x)) 0; }
    .d::before { content: "a;  b /* kept */"; background: url(data:x;  y) }
    """
    assert shortened(css) == (
        ".a > .b,.a:not(.c){margin: calc(-1 * var(--x)) 0}"
        '.d::before{content: "a;  b /* kept */";background: url(data:x;  y)}'
    )


def test_a_changed_part_is_bundled_anew(css: Path) -> None:
    bundle_stylesheets(css)
    part = css / "parts" / "client.css"
    part.write_text(part.read_text("utf-8") + "\n.new {\n  color: red;\n}\n", "utf-8")
    assert unbundled(css) == ["client"]
    bundle_stylesheets(css)
    assert ".new" in (css / "bundles" / "client.css").read_text("utf-8")


@pytest.mark.parametrize("face", FACES)
def test_every_layer_a_face_uses_has_its_place(face: str) -> None:
    """A layer that the order doesn't name would come last, and win over print."""
    text = (CSS / f"{face}.css").read_text("utf-8")
    order = re.findall(r"[\w-]+", text.partition("@layer ")[2].partition(";")[0])
    assert list(dict.fromkeys(re.findall(r"layer\((.*?)\)", text))) == order


def test_no_part_is_forgotten() -> None:
    used = {
        name
        for face in FACES
        for name in re.findall(r'"parts/(\w+)\.css"', (CSS / f"{face}.css").read_text("utf-8"))
    }
    assert used == {path.stem for path in (CSS / "parts").glob("*.css")}


# A left or a right of the layout. What is drawn keeps its own (a corner of a shape, an axis).
SIDED = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right)|left|right)(?:-\w+)?\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)
FOUR = re.compile(r"(?<![\w-])(?:margin|padding|inset)\s*:([^;}]+)")
A_WIDTH = re.compile(r"(?:[^\s()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+")


def sided(css: str) -> list[str]:
    uneven = [
        found[0] for found in FOUR.finditer(css)
        if len(widths := A_WIDTH.findall(found[1])) == 4 and widths[1] != widths[3]
    ]  # fmt: skip
    return [found[0] for found in SIDED.finditer(css)] + uneven


@pytest.mark.parametrize("face", FACES)
def test_nothing_of_the_layout_has_a_left_or_a_right(css: Path, face: str) -> None:
    """A language written from right to left mirrors the page, the design system's parts too."""
    bundle_stylesheets(css)
    bundle = (css / "bundles" / f"{face}.css").read_text("utf-8")
    assert sided(bundle) == []
    for one in ("a{margin-left:0}", "a { left: 0 }", "a{text-align:right}", "a{padding:0 0 0 1px}"):
        assert sided(one), one
    assert not sided("a{margin-inline-start:0} b { padding: 0 1px 0 1px; } c{inset-inline: 0}")
