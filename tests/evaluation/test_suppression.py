"""No cell under five leaves, and none can be worked out from what does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.bodies import Body
from common.decision import NotVisible
from evaluation.selectors import network_counts
from evaluation.suppression import suppressed
from people.models import Person, Position
from tests.personas import World

columns = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=6)


def nothing_small(parts: list[int], rests: list[int], shown: list[int | None]) -> None:
    """Of the counts and of what they leave of the whole, nothing under five can be worked out."""
    *cells, total = shown
    for counts in (parts, rests if any(rests) else parts):
        for count, cell in zip(counts, cells, strict=True):
            assert cell is None or count >= 5 or (counts is rests and count == 0)
        if total is None:
            continue
        withheld = [n for n, cell in zip(counts, cells, strict=True) if cell is None]
        assert len(withheld) != 1
        assert not withheld or sum(withheld) >= 5 or (counts is rests and sum(withheld) == 0)


@given(st.lists(st.integers(0, 12), min_size=1, max_size=6))
def test_no_small_count_is_shown_or_can_be_worked_out(parts: list[int]) -> None:
    shown = suppressed(parts)
    assert all(out is None or out == n for out, n in zip(shown, [*parts, sum(parts)], strict=True))
    nothing_small(parts, [0] * len(parts), shown)


@given(columns)
def test_what_a_share_leaves_over_is_guarded_too(column: list[tuple[int, int]]) -> None:
    parts, rests = [p for p, _ in column], [r for _, r in column]
    shown = suppressed(parts, whole=[p + r for p, r in column])
    nothing_small(parts, rests, shown)


@pytest.mark.parametrize(
    ("parts", "whole", "shown"),
    [
        # Nothing is small: nothing is withheld. Five is not small.
        ([10, 20], None, [10, 20, 30]),
        ([5, 6], None, [5, 6, 11]),
        # One is small: the next smallest goes with it, or the total would tell it.
        ([4, 20, 30], None, [None, None, 30, 54]),
        ([30, 4, 20], None, [30, None, None, 54]),
        # Nothing is none too few: and two small ones must together leave room for five.
        ([0, 3, 20, 30], None, [None, None, None, 30, 53]),
        ([3, 2, 30], None, [None, None, 30, 35]),
        # No other left to go with it: the total goes.
        ([4], None, [None, None]),
        ([2, 1], None, [None, None, None]),
        # What is left over of a count shown beside it is a count too: none, or five and more.
        ([10], [10], [10, 10]),
        ([10], [15], [10, 10]),
        ([10], [14], [None, None]),
        ([10, 20, 30], [12, 20, 30], [None, 20, 30, None]),
        # Withheld of the whole, withheld of its share.
        ([12, 4, 20], [40, 4, 30], [12, None, None, 36]),
        ([20, 4, 12], [30, 4, 40], [None, None, 12, 36]),
    ],
)
def test_no_more_is_withheld_than_must_be(
    parts: list[int], whole: list[int] | None, shown: list[int | None]
) -> None:
    assert suppressed(parts, whole=whole) == shown


def test_only_a_director_gets_counts(world: World) -> None:
    for other in ("employment", "client", "outsider"):
        with pytest.raises(NotVisible):
            network_counts(world.actor(other), now=world.now)


def test_a_body_somebody_has_left_is_not_counted(world: World) -> None:
    """Whoever moves from social services to Kela stands on their teams for Kela alone."""
    before = network_counts(world.actor("director"), now=world.now)
    position = Position.objects.get(user__username="social")
    kela = Position.objects.get(user__username="kela").office
    position.until = world.now - timedelta(minutes=1)
    position.save()
    Position.objects.create(
        user=position.user, role=position.role, network=position.network, office=kela,
        since=world.now - timedelta(minutes=1),
    )  # fmt: skip
    after = network_counts(world.actor("director"), now=world.now)
    social = before.bodies.index(Body.SOCIAL)
    assert before.by_body[-1][social] is not None
    assert after.by_body[-1][social] is None


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
