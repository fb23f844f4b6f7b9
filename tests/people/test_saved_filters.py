"""Saved filters of a list: one's own or the office's, counted now, and nobody's name in them."""

from __future__ import annotations

from typing import Any

import pytest

from benefits.selectors import WorklistFilter, count_people
from common.decision import NotVisible, Refused
from people.models import FilteredList, Position, SavedFilter
from people.selectors import list_saved_filters
from people.services import change_filter, remove_filter, save_filter
from tests.personas import World

pytestmark = pytest.mark.django_db
TRIGGERS = FilteredList.TRIGGERS
YEAR = {"rule": "unemployed_12_months"}


def saved(world: World, who: str = "employment", **given: Any) -> SavedFilter:
    wanted = {"of": TRIGGERS, "name": "Long unemployed", "choices": YEAR, **given}
    return save_filter(actor=world.actor(who), **wanted)


def used_by(world: World, who: str) -> list[str]:
    return [row.name for row in list_saved_filters(world.actor(who), TRIGGERS)]


def test_a_filter_is_ones_own_until_it_is_shared_with_the_office(world: World) -> None:
    row = saved(world)
    assert used_by(world, "employment") == ["Long unemployed"]
    assert used_by(world, "colleague") == []
    change_filter(
        actor=world.actor("employment"), filter_id=row.pk, name="A year", shared=True,
        now=world.now,
    )  # fmt: skip
    assert used_by(world, "colleague") == ["A year"]
    assert used_by(world, "kela") == used_by(world, "outsider") == []


def test_it_is_changed_by_its_owner_or_whoever_leads_the_office(world: World) -> None:
    mine, shared = saved(world), saved(world, name="The office's", shared=True)

    def removes(who: str, row: SavedFilter) -> None:
        remove_filter(actor=world.actor(who), filter_id=row.pk, now=world.now)

    for who in ("colleague", "kela"):
        with pytest.raises(NotVisible):
            removes(who, shared)
    leads = Position.objects.filter(user_id=world.actor("colleague").user_id)
    leads.update(leads=True)
    with pytest.raises(NotVisible):
        removes("colleague", mine)
    removes("colleague", shared)
    removes("employment", mine)
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("name", ["Timo Virtanen", "010190-999C", "040 123 4567", " "])
def test_no_filter_is_named_after_somebody(world: World, name: str) -> None:
    with pytest.raises(Refused) as refused:
        saved(world, name=name)
    assert refused.value.field == "name"


def test_only_codes_are_kept_never_what_was_typed(world: World, login: Any) -> None:
    with pytest.raises(Refused):
        saved(world, choices={"rule": "Virtanen, Timo"})
    login("employment").post(
        "/filters/triggers/save/?rule=unemployed_12_months&q=Virtanen&page=2&within=0",
        {"name": "A year"},
    )
    assert SavedFilter.objects.get().choices == YEAR
    assert login("employment").post("/filters/news/save/", {"name": "x"}).status_code == 404


def test_the_list_says_how_many_each_finds_now(world: World, login: Any) -> None:
    saved(world)
    page = login("employment").get("/triggers/")
    counts = {str(one.name): one.count for one in page.context["saved_filters"]}
    actor = world.actor("employment")
    assert counts["Long unemployed"] == count_people(actor, WorklistFilter(**YEAR), now=world.now)
    assert counts["Nobody has taken"] == count_people(
        actor, WorklistFilter(status="new"), now=world.now
    )


def test_a_filter_that_no_longer_fits_says_so_and_shows_the_rest(world: World, login: Any) -> None:
    saved(world, choices={**YEAR, "municipality": "999"})
    worker = login("employment")
    (one,) = (one for one in worker.get("/triggers/").context["saved_filters"] if one.pk)
    page = worker.get(f"/triggers/{one.url}").content.decode()
    assert "Not narrowed by what is not understood any more" in page
    assert f"({one.count})" in page


def test_my_cases_have_theirs(world: World, login: Any) -> None:
    saved(world, of=FilteredList.CASES, name="As manager", choices={"whose": "managed"})
    page = login("employment").get("/cases/?whose=managed")
    (one,) = page.context["saved_filters"]
    assert (one.is_current, one.count) == (True, page.context["total"])
    assert used_by(world, "employment") == []


def test_so_has_the_board_of_commitments(world: World, login: Any) -> None:
    worker = login("employment")
    worker.post(
        "/filters/board/save/?kind=overdue&party=client&due=30&order=-due&q=Virtanen",
        {"name": "Late ones", "shared": "on"},
    )
    kept = SavedFilter.objects.get()
    assert kept.choices == {"kind": "overdue", "party": "client", "due": "30", "order": "-due"}
    page = login("colleague").get("/commitments/")
    (one,) = page.context["saved_filters"]
    shown = login("colleague").get(f"/commitments/{one.url}")
    assert one.count == shown.context["page"].paginator.count
    assert [filt.is_current for filt in shown.context["saved_filters"]] == [True]
