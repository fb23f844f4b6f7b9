"""Counts leave rounded to fives: nothing from one to four can be told from its neighbours."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.exposure import Room, rooms, tells_too_much
from evaluation.rounding import SLACK, may_be, rounded

counts = st.integers(0, 400)


@given(counts, st.text(max_size=5))
def test_a_count_leaves_as_a_five_less_than_five_away(count: int, cell: str) -> None:
    shown = rounded(count, cell=cell)
    assert shown % 5 == 0 and abs(shown - count) <= SLACK
    least, most = may_be(shown)
    assert least <= count <= most


@given(counts, st.text(max_size=5))
def test_the_same_count_of_the_same_cell_comes_out_alike(count: int, cell: str) -> None:
    assert len({rounded(count, cell=cell) for _time in range(3)}) == 1


def test_what_is_seen_of_one_to_four_is_also_seen_of_nought_or_of_more() -> None:
    seen = {n: {rounded(n, cell=f"cell {at}") for at in range(200)} for n in range(10)}
    assert seen[0] == {0} and seen[5] == {5}
    for small in range(1, 5):
        assert seen[small] == {0, 5}, "each may be taken for nought's neighbour or for five's"
    assert all(seen[n] == {5, 10} for n in range(6, 10))


def test_over_many_cells_the_mean_comes_out_right() -> None:
    for count in range(5, 15):
        shown = [rounded(count, cell=f"{at}") for at in range(4000)]
        assert sum(shown) / len(shown) == pytest.approx(count, abs=0.15)


small_tables = st.lists(st.sampled_from([0, 5, 10]), min_size=1, max_size=3)


@given(small_tables, st.sampled_from([0, 5, 10, 15, 20]))
def test_the_room_left_is_what_trying_every_table_leaves(parts: list[int], total: int) -> None:
    tables = [
        table
        for table in product(*(range(may_be(p)[0], may_be(p)[1] + 1) for p in parts))
        if may_be(total)[0] <= sum(table) <= may_be(total)[1]
    ]
    if not tables:
        return  # no true table is shown so
    columns = [*zip(*tables, strict=True), [sum(table) for table in tables]]
    assert rooms(parts, total) == [Room(min(column), max(column)) for column in columns]


def test_a_table_whose_parts_are_all_pressed_against_their_ends_is_not_shown() -> None:
    """Four parts seen as nought have sixteen at most; a total seen as twenty has sixteen at least:
    each part would be four."""
    assert tells_too_much([0, 0, 0, 0], 20)
    assert not tells_too_much([0, 0, 0, 0], 15)
