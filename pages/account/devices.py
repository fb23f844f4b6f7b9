"""What a browser says of itself, in words its owner knows it by."""

from __future__ import annotations

from django.utils.translation import gettext as _

# The first that is found counts: most browsers name the others too.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_MACHINES = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def device_in_words(said: str) -> str:
    """The browser and the machine: ``Firefox, Windows``. What says neither is called unknown."""
    browser = next((name for mark, name in _BROWSERS if mark in said), "")
    machine = next((name for mark, name in _MACHINES if mark in said), "")
    return ", ".join(filter(None, (browser, machine))) or _("an unknown browser")
