"""The demo with everything asked of it, as it stands for all tests of one module.

Sweeps that ask something of every page open the same pages by the same readers. In a module that
uses ``standing`` each page is opened once by each reader, and whoever asks for it again gets the
answer it had. What a test writes is undone at its end, as anywhere; what it has opened stays known.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.pages.places import places_of
from tests.personas import World
from tests.printed import Printing, is_written


@dataclass(frozen=True)
class Opened:
    """What a page answered; of its context its form alone, of a file nothing but its status."""

    status: int
    page: str
    form: Any


@dataclass
class Standing:
    """Who asks, and what stands in the address of each route."""

    world: World
    trigger: tuple[Any, str]
    asked: dict[str, Any]
    clients: dict[str, Client]
    opened: dict[tuple[str, str], Opened] = field(default_factory=dict)
    drawn: set[str] = field(default_factory=set)
    """The routes whose PDF has been laid out: for the first who got it."""

    @cached_property
    def places(self) -> dict[str, list[Any]]:
        return places_of(self.world, self.trigger, self.asked)

    def url(self, route: str) -> str:
        return reverse(route, args=self.places[route])

    def open(self, route: str, persona: str, printing: Printing) -> Opened:
        """The answer of a route to a persona, asked for at most once. What it wrote is undone."""
        if (route, persona) not in self.opened:
            printing.laid_out = route not in self.drawn
            with undone():
                answer = self.clients[persona].get(self.url(route))
            printing.laid_out = False
            is_page = "html" in answer.headers.get("Content-Type", "")
            drawn = answer.content.startswith(b"%PDF-") and not is_written(answer.content)
            self.drawn |= {route} if drawn else set()
            self.opened[route, persona] = Opened(
                status=answer.status_code,
                page=answer.content.decode() if is_page else "",
                form=(answer.context or {}).get("form") if is_page else None,
            )
        return self.opened[route, persona]


@contextmanager
def undone() -> Iterator[None]:
    """Nothing that is written meanwhile stays."""
    mark = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(mark)
