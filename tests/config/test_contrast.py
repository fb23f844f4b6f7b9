"""The contrast of what stands on what, in light and dark: WCAG 1.4.3 (text), 1.4.11 (graphics)."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "static"
NAMED = {"grey": "#808080"}
GROUNDS = ("white", "silver-light", "black-5", "fog-light")
TINTED = ("error-light", "success-light", "info-light", "alert-light", "engel-light",
          "suomenlinna-light", "bus-light", "coat-of-arms-light")  # fmt: skip
# What is written, and on which grounds.
TEXTS = {
    "black-90": GROUNDS + TINTED,
    "black": GROUNDS + TINTED,
    "black-80": GROUNDS,
    "black-60": GROUNDS,  # --quiet
    "bus": GROUNDS,  # links
    "bus-dark": GROUNDS,
    "error": ("white", "silver-light"),
    "error-dark": ("white", "silver-light", "error-light"),
    "white": ("bus", "bus-dark", "error"),  # on buttons
}
# What is drawn: borders of fields, shapes of states, bars, the ring of the focus.
GRAPHICS = {
    "black-50": ("white",),
    "focus-outline": GROUNDS,
    "success": ("white", "silver-light"),
    "error": ("white", "error-light"),
    "info": ("white", "info-light"),
    "coat-of-arms-dark": ("white",),
}


def tokens(text: str) -> dict[str, str]:
    found = re.findall(r"--color-([a-z0-9-]+): ?(#[0-9a-f]{3,6}|[a-z]+)[;}]", text)
    return {name: NAMED.get(value, value) for name, value in found}


def light() -> dict[str, str]:
    return tokens((STATIC / "vendor/hds-core/base.min.css").read_text("utf-8"))


def dark() -> dict[str, str]:
    return {**light(), **tokens((STATIC / "css/parts/dark.css").read_text("utf-8"))}


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_counted_as_wcag_counts_it() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", [light, dark])
@pytest.mark.parametrize(("pairs", "least"), [(TEXTS, 4.5), (GRAPHICS, 3)])
def test_everything_can_be_told_from_what_it_stands_on(
    scheme: Callable[[], dict[str, str]], pairs: dict[str, tuple[str, ...]], least: float
) -> None:
    colours = scheme()
    too_faint = [
        f"{front} on {ground}: {contrast(colours[front], colours[ground]):.2f}"
        for front, grounds in pairs.items()
        for ground in grounds
        if contrast(colours[front], colours[ground]) < least
    ]
    assert too_faint == []


def test_dark_turns_over_every_colour_the_pages_use() -> None:
    """A colour left as it is would stand light on light, or dark on dark."""
    used = {
        name
        for path in [*STATIC.glob("css/parts/*.css"), *STATIC.glob("vendor/hds-core/*.min.css")]
        for name in re.findall(r"var\(--color-([a-z0-9-]+)", path.read_text("utf-8"))
    }
    turned = set(tokens((STATIC / "css/parts/dark.css").read_text("utf-8")))
    assert used & set(light()) - turned == set()


def test_no_part_names_a_colour_of_its_own() -> None:
    """Only where the variables are turned over, and on paper."""
    named = {
        path.stem
        for path in STATIC.glob("css/parts/*.css")
        if re.search(r"#[0-9a-f]{3,6}\b", path.read_text("utf-8").partition("@media print")[0])
    }
    assert named == {"dark"}
