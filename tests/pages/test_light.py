"""A client's pages are light: for an old phone, a bad network, a small allowance."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders

KB = 1024
ASKED_FOR = re.compile(r'<(?:link|script|img)\b[^>]*?\b(?:href|src)="(/static/[^"]+)"')


def of_statics(page: str) -> dict[str, int]:
    """What a browser asks for beside the page, each once, and its bytes over the wire."""
    sizes = {}
    for address in ASKED_FOR.findall(page):
        path = finders.find(address.removeprefix("/static/"))
        assert isinstance(path, str), address
        sizes[address] = len(gzip.compress(Path(path).read_bytes()))
    return sizes


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("who", ["client", "client2"])
def test_a_clients_first_page_is_light(db: None, login: Any, who: str, language: str) -> None:
    """Under 30 KB with nothing kept, under 8 KB from the second visit on, four requests at most."""
    client = login(who)
    client.cookies["django_language"] = language
    page = client.get("/my/", headers={"accept-encoding": "gzip"})
    statics = of_statics(gzip.decompress(page.content).decode())
    assert len(statics) <= 3, statics
    assert len(page.content) < 8 * KB
    assert len(page.content) + sum(statics.values()) < 30 * KB


def test_nothing_on_a_page_comes_from_elsewhere(db: None, login: Any) -> None:
    """Not one request goes to another site: none is slow, and none is told who reads."""
    for who, path in (("client", "/my/"), ("employment", "/day/")):
        page = login(who).get(path).content.decode()
        loaded = re.findall(r'<(?:link|script|img|iframe)\b[^>]*?(?:href|src)="([^"]+)"', page)
        assert loaded
        assert [address for address in loaded if not address.startswith("/static/")] == []
