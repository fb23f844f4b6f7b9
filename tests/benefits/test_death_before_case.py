"""Somebody without a case has died: whoever may know of them writes it down, and all stops."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from audit.models import AuditRow
from benefits.models import ClosedBecause, Flag
from benefits.selectors import WorklistFilter, list_deaths, list_people
from benefits.services import evaluate, record_death_before_case, undo_death_before_case
from cases.models import Case
from common.actor import system_actor
from common.clock import day_of
from common.decision import NotVisible, Refused
from people.models import LifeEvent, LifeState, Person
from tests.pages.due import somebody_due
from tests.personas import World


def dies(world: World, person_id: Any, who: str = "employment", **day: date) -> LifeEvent:
    return record_death_before_case(
        actor=world.actor(who), person_id=person_id, now=world.now,
        **{"died_on": day_of(world.now), **day},
    )  # fmt: skip


def is_listed(world: World, person_id: Any, who: str = "employment") -> bool:
    rows = list_people(
        world.actor(who), WorklistFilter(rule="unemployed_12_months"), now=world.now, limit=10_000
    ).rows
    return person_id in {row.person.pk for row in rows}


def test_a_death_takes_somebody_off_every_list_until_it_is_taken_back(world: World) -> None:
    person, rule = somebody_due(world)
    assert is_listed(world, person)
    event = dies(world, person)
    assert not is_listed(world, person)
    assert Flag.objects.filter(person=person, rule=rule).latest("pk").closed_because == (
        ClosedBecause.DIED
    )
    later = world.now + timedelta(days=1)
    evaluate(actor=system_actor("night"), on=day_of(later), now=later)
    assert not is_listed(world, person)
    assert AuditRow.objects.filter(action="life_died", subject_id=str(event.pk)).count() == 1
    # A colleague who might know of them sees where they went, and mends a mistake.
    assert [d.event for d in list_deaths(world.actor("colleague"), now=world.now)] == [event]
    undo_death_before_case(actor=world.actor("colleague"), event_id=event.pk, now=world.now)
    assert is_listed(world, person)
    assert list_deaths(world.actor("colleague"), now=world.now) == []
    assert LifeEvent.objects.get(pk=event.pk).state == LifeState.UNDONE


def test_only_who_may_know_of_somebody_writes_their_death_down(world: World) -> None:
    person, _rule = somebody_due(world)
    for who in ("outsider", "director", "client", "officer"):
        with pytest.raises(NotVisible):
            dies(world, person, who)
    event = dies(world, person)
    assert list_deaths(world.actor("outsider"), now=world.now) == []
    for who in ("outsider", "client", "director"):
        with pytest.raises(NotVisible):
            undo_death_before_case(actor=world.actor(who), event_id=event.pk, now=world.now)
    over = world.now + timedelta(days=15)
    with pytest.raises((NotVisible, Refused)):
        undo_death_before_case(actor=world.actor("employment"), event_id=event.pk, now=over)


def test_the_death_of_a_client_is_for_their_team(world: World) -> None:
    with pytest.raises(Refused):
        dies(world, world.case.person_id)
    with pytest.raises(NotVisible):  # not on the team: that they are a client is not said
        dies(world, world.case.person_id, "colleague")
    assert Case.objects.get(pk=world.case.pk).ended_at is None


def test_a_day_that_cannot_be_is_refused(world: World) -> None:
    person, _rule = somebody_due(world)
    born = Person.objects.get(pk=person).birth_date
    for day in (day_of(world.now) + timedelta(days=1), born - timedelta(days=1)):
        with pytest.raises(Refused) as refusal:
            dies(world, person, died_on=day)
        assert refusal.value.field == "died_on"


def test_it_is_two_steps_on_the_page(world: World, login: Any) -> None:
    person, rule = somebody_due(world)
    client, url = login("employment"), f"/triggers/{person}/{rule}/died/"
    day = f"{day_of(world.now):%-d.%-m.%Y}"
    second = client.post(url, {"died_on": day}).content.decode()
    assert 'name="sure"' in second
    assert not LifeEvent.objects.exists()
    assert client.post(url, {"died_on": day, "sure": "1"})["Location"] == "/triggers/deaths/"
    event = LifeEvent.objects.get(person=person)
    assert "/triggers/deaths/" in client.get("/triggers/").content.decode()
    client.post(f"/triggers/deaths/{event.pk}/undo/")
    assert is_listed(world, person)
