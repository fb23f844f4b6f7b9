"""What an import changes in a client's life leaves the same line and the same news as by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from audit.models import AuditRow
from benefits.models import ClosedBecause, Flag
from benefits.services import ImportReport, evaluate, import_register
from caseplan.plan.selectors import changes_for_day, open_changes, own_changes
from cases.access import cases_moved_away
from cases.lifecycle import CaseState
from cases.models import Case
from cases.services import (
    confirm_change,
    mark_change_seen,
    record_death,
    turn_change_down,
    undo_change,
)
from common.actor import system_actor
from common.clock import day_of
from common.crypto import decrypt
from people.models import LifeEvent, LifeKind, LifeState, Municipality, NetworkMunicipality, Person
from tests.benefits.test_import import PAYMENTS, PERSONS, SPELLS, code
from tests.cases.in_life import differing, everything
from tests.personas import World

NEW = code(961)
Give = Callable[..., ImportReport]


@pytest.fixture
def give(world: World, tmp_path: Path) -> Give:
    """An extract that says of the client what stands, but for what is named."""

    def give(**other: str) -> ImportReport:
        person = Person.objects.get(pk=world.case.person_id)
        stands = {
            "hetu": decrypt(person.identity_code_encrypted),
            "last_name": person.last_name,
            "first_names": person.first_names,
            "language": person.language,
            "municipality": person.municipality_code,
            "email": person.email,
            "phone": person.phone,
            "non_disclosure": "",
            "former_hetu": "",
            "died_on": "",
        }
        line = ";".join({**stands, **other}[column] for column in stands)
        (tmp_path / "persons.csv").write_text(f"{PERSONS};former_hetu;died_on\n{line}\n")
        (tmp_path / "unemployment.csv").write_text(SPELLS)
        (tmp_path / "benefits.csv").write_text(PAYMENTS)
        return import_register(
            actor=system_actor("import_register"), folder=tmp_path, commit=True, now=world.now
        )

    return give


def of_client(world: World) -> list[tuple[str, str]]:
    events = LifeEvent.objects.filter(person=world.case.person_id).order_by("recorded_at", "kind")
    return sorted((event.kind, event.state) for event in events)


SAYS = {
    LifeKind.NAME: {"last_name": "Uusinimi"},
    LifeKind.MOVED: {"municipality": "999"},
    LifeKind.PROTECTED: {"non_disclosure": "1"},
}


def say(world: World, give: Give, kind: LifeKind) -> ImportReport:
    if kind is LifeKind.IDENTITY_CODE:
        person = Person.objects.get(pk=world.case.person_id)
        return give(hetu=NEW, former_hetu=decrypt(person.identity_code_encrypted))
    return give(**SAYS[kind])


@pytest.mark.parametrize("kind", [LifeKind.IDENTITY_CODE, *SAYS])
def test_a_change_by_import_is_a_line_and_news_and_is_taken_back(
    world: World, give: Give, kind: LifeKind
) -> None:
    """The team reads it on their first page until they have seen it, in the case, in its log."""
    give()  # the register speaks for the client: what it no longer states is closed before
    before = everything()
    report = say(world, give, kind)
    assert report.rejected == []
    assert of_client(world) == [(kind, LifeState.DONE)]
    event = LifeEvent.objects.get(person=world.case.person_id)
    assert (event.recorded_by_id, event.done_by_id) == (None, None)
    for who in ("employment", "social", "kela"):
        actor = world.actor(who)
        news = changes_for_day(actor, now=world.now)
        assert [change.event for change in news] == [event]
        assert event in [c.event for c in open_changes(actor, world.case.pk, now=world.now).changes]
    mark_change_seen(actor=world.actor("kela"), event_id=event.pk, now=world.now)
    assert changes_for_day(world.actor("kela"), now=world.now) == []
    assert changes_for_day(world.actor("social"), now=world.now) != []
    assert own_changes(world.actor("client"), now=world.now) == [event]
    logged = AuditRow.objects.filter(case_id=world.case.pk, action=f"life_{kind}")
    assert logged.count() == 1
    if kind is LifeKind.PROTECTED:  # goes off by two people only, whoever put it on
        return
    undo_change(actor=world.actor("social"), event_id=event.pk, now=world.now)
    assert of_client(world) == [(kind, LifeState.UNDONE)]
    told = differing(before, everything())
    assert told.keys() <= {"benefits.registerimport", "benefits.registermention"}, told


def test_a_name_by_import_is_the_name_of_the_log_in(world: World, give: Give) -> None:
    give(last_name="Uusinimi")
    person = Person.objects.select_related("user").get(pk=world.case.person_id)
    assert person.user is not None
    assert person.user.last_name == person.last_name == "Uusinimi"


def test_the_new_code_of_a_merged_municipality_is_no_move(world: World, give: Give) -> None:
    """The register comes to say the code of the same home: nobody moved, no team is told."""
    give()
    old = world.case.person.municipality_code
    new = Municipality.objects.create(code="998", name_fi="Yhteinen", name_sv="Gemensam")
    today = day_of(world.now)
    Municipality.objects.filter(code=old).update(merged_into=new, merged_on=today)
    NetworkMunicipality.objects.create(network=world.case.network, municipality=new, since=today)
    report = give(municipality="998")
    assert (report.rejected, of_client(world)) == ([], [])
    person = Person.objects.get(pk=world.case.person_id)
    assert person.municipality_code == "998"
    assert world.case not in cases_moved_away(world.actor("employment"), now=world.now)


def test_the_same_extract_again_changes_nothing_more(world: World, give: Give) -> None:
    give(last_name="Uusinimi", municipality="999", non_disclosure="1")
    assert sorted(kind for kind, _ in of_client(world)) == ["moved", "name", "protected"]
    report = give(non_disclosure="1")
    assert len(of_client(world)) == 3
    assert report.changes["persons_changed"] == 0


def test_a_death_of_a_client_is_asked_of_the_team(world: World, give: Give) -> None:
    """A case ends by somebody who is answerable, never by a file; one of the team is enough."""
    give(died_on="2020-01-01")
    assert of_client(world) == [("died", "asked")]
    assert Case.objects.get(pk=world.case.pk).ended_at is None
    for who in ("employment", "social", "kela"):
        (change,) = changes_for_day(world.actor(who), now=world.now)
        assert change.may_confirm
    assert own_changes(world.actor("client"), now=world.now) == []
    confirm_change(actor=world.actor("kela"), event_id=change.event.pk, now=world.now)
    assert of_client(world) == [("died", "done")]
    assert Case.objects.get(pk=world.case.pk).state == CaseState.CLOSED
    assert str(Person.objects.get(pk=world.case.person_id).died_on) == "2020-01-01"


def test_an_answered_death_is_not_said_again_for_the_same_day(world: World, give: Give) -> None:
    give(died_on="2020-01-01")
    give(died_on="2020-01-01")
    event = LifeEvent.objects.get(person=world.case.person_id)
    turn_change_down(actor=world.actor("social"), event_id=event.pk, now=world.now)
    give(died_on="2020-01-01")
    assert of_client(world) == [("died", "turned_down")]
    give(died_on="2020-01-02")
    assert of_client(world) == [("died", "asked"), ("died", "turned_down")]
    record_death(
        actor=world.actor("social"), case=Case.objects.get(pk=world.case.pk),
        died_on=day_of(world.now), now=world.now,
    )  # fmt: skip
    assert sorted(state for _, state in of_client(world)) == ["done", "turned_down", "turned_down"]


def test_the_page_says_that_a_register_asks(world: World, give: Give, login: Any) -> None:
    give(died_on="2020-01-01")
    event = LifeEvent.objects.get(person=world.case.person_id)
    page = login("social").get(f"/changes/{event.pk}/confirm/").content.decode()
    assert "A register said this" in page
    assert "1.1.2020" in page


@pytest.mark.parametrize(
    ("day", "reason"),
    [("31.2.2020", "date"), ("1900-01-01", "death_before_birth"), ("2099-01-01", "day_to_come")],
)
def test_a_death_that_cannot_be_spoils_its_line(
    world: World, give: Give, day: str, reason: str
) -> None:
    report = give(died_on=day, last_name="Uusinimi")
    assert [(r.column, r.reason) for r in report.rejected] == [("died_on", reason)]
    assert of_client(world) == []


def test_a_death_of_somebody_without_a_case_stops_triggers(world: World, give: Give) -> None:
    """Nobody's team is told, and nobody is asked any more whether they need joint service."""
    hetu = code(962)
    give(hetu=hetu)
    person = Person.objects.latest("pk")
    assert person.pk != world.case.person_id
    Flag.objects.create(
        person=person, rule="paid_300", reached_on=day_of(world.now), opened_on=day_of(world.now)
    )
    give(hetu=hetu, died_on="2020-01-01")
    assert Flag.objects.get(person=person).closed_because == ClosedBecause.DIED
    later = world.now + timedelta(days=1)
    evaluate(actor=system_actor("night"), on=day_of(later), now=later)
    assert not Flag.objects.filter(person=person, closed_on=None).exists()
