"""No cell under five leaves, and none can be worked out from what does."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.decision import NotVisible
from evaluation.selectors import network_counts
from evaluation.suppression import suppressed
from people.models import Person
from tests.personas import World

tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1, max_size=5
    )
)


def with_totals(cells: list[list[int]]) -> list[list[int]]:
    rows = [[*row, sum(row)] for row in cells]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


@given(tables)
def test_no_small_cell_or_group_is_shown_or_can_be_worked_out(cells: list[list[int]]) -> None:
    full = with_totals(cells)
    shown = suppressed(full)
    for row, out in zip(full, shown, strict=True):
        assert all(value is None or value == count for value, count in zip(out, row, strict=True))
        assert all(value is None or value >= 5 for value in out)
    columns = zip(zip(*full, strict=True), zip(*shown, strict=True), strict=True)
    for counts, line in (*zip(full, shown, strict=True), *columns):
        *parts, total = line
        if len(line) == 1 or total is None:
            continue
        withheld = [n for n, out in zip(counts, parts, strict=False) if out is None]
        assert not withheld or (len(withheld) > 1 and sum(withheld) >= 5)


def test_only_a_director_gets_counts(world: World) -> None:
    for other in ("employment", "client", "outsider"):
        with pytest.raises(NotVisible):
            network_counts(world.actor(other), now=world.now)


def test_the_directors_page_names_nobody_and_shows_nothing_under_five(
    world: World, login: Any
) -> None:
    page = login("director").get("/dashboard/").content.decode()
    main = page[page.index("<main") :]
    for person in Person.objects.filter(cases__isnull=False).order_by("pk"):
        assert person.last_name not in main
    counts = network_counts(world.actor("director"), now=world.now)
    values = [v for row in counts.by_body for v in row] + counts.cases
    assert all(v is None or v >= 5 for v in values)
    assert any(v is not None for v in values)
    assert any(v is None for v in values)
