"""Moving to another day, for whatever is asked over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from common import clock
from tests.personas import World


@pytest.fixture
def on_day(monkeypatch: pytest.MonkeyPatch) -> Callable[[World, int], None]:
    """Every request from now on comes so many days later."""

    def move(world: World, number: int) -> None:
        monkeypatch.setattr(clock, "now", lambda: world.now + timedelta(days=number))

    return move
