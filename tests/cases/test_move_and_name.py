"""Somebody moves to another network, or has another name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from caseplan.plan.models import Ending, EndingOutcome, Exit, SeenNeed
from caseplan.plan.selectors import CaseChoices, case_elsewhere, cases_of, moved_from, own_changes
from caseplan.plan.services import open_case_on_need
from cases.lifecycle import CaseState
from cases.models import Case
from cases.services import change_name, end_because_moved, record_move, undo_change
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused
from people.models import FormerName, LifeEvent, Municipality, NetworkMunicipality, Person
from records.selectors import reading_of
from tests.builders import CaseFactory
from tests.cases.in_life import differing, everything
from tests.looks import looks_at
from tests.personas import World


def case_of(world: World) -> Case:
    return Case.objects.get(pk=world.case.pk)


def elsewhere(world: World) -> Municipality:
    found = Municipality.objects.filter(networks__network_id=world.actor("outsider").network_id)
    return found.order_by("code")[0]


def network_of(town: Municipality) -> str:
    return str(NetworkMunicipality.objects.get(municipality=town).network)


def moves(world: World, who: str = "social", code: str = "", days: int = -1) -> LifeEvent:
    return record_move(
        actor=world.actor(who), case=case_of(world), now=world.now,
        municipality_code=code or elsewhere(world).code,
        on=day_of(world.now) + timedelta(days=days),
    )  # fmt: skip


def ends(world: World, who: str = "employment", reason: str = "Ask the new network.") -> LifeEvent:
    return end_because_moved(
        actor=world.actor(who), case=case_of(world), reason=reason, now=world.now
    )


def in_both(world: World) -> Case:
    """The client has moved, and the other network has opened a case too."""
    outsider = world.actor("outsider")
    moves(world)
    return CaseFactory(person=world.case.person, led_by=outsider, now=world.now)


def test_the_old_team_sees_that_the_client_lives_elsewhere_until_the_case_ends(
    world: World, login: Any
) -> None:
    assert moved_from(world.actor("employment"), now=world.now) == []
    Person.objects.filter(pk=world.case.person_id).update(municipality_code=elsewhere(world).code)
    for who, cases in (("employment", [world.case]), ("kela", [world.case]), ("colleague", [])):
        assert moved_from(world.actor(who), now=world.now) == cases
    said = login("kela").get(f"/cases/{world.case.pk}/changes/").content.decode()
    assert "lives outside this network" in said and network_of(elsewhere(world)) in said
    ends(world)
    assert moved_from(world.actor("employment"), now=world.now) == []


def test_a_municipality_of_no_network_is_told_too(world: World, login: Any) -> None:
    moves(world, code="200")
    assert moved_from(world.actor("social"), now=world.now) == [world.case]
    said = login("social").get(f"/cases/{world.case.pk}/changes/").content.decode()
    assert "of no network here" in said


def test_the_case_manager_ends_it_at_once_and_a_mistake_is_taken_back_whole(world: World) -> None:
    with pytest.raises(NotAllowed), transaction.atomic():
        ends(world)  # the client lives here
    moves(world)
    with pytest.raises(NotAllowed), transaction.atomic():
        ends(world, who="social")
    with pytest.raises(Refused) as refused, transaction.atomic():
        ends(world, reason=" ")
    assert refused.value.field == "reason"
    before = everything()
    event = ends(world)
    case = case_of(world)
    assert (case.state, case.ended_because) == (CaseState.CLOSED, "moved")
    assert Ending.objects.get(case=case, outcome=EndingOutcome.AGREED).exit == Exit.MOVED
    assert world.case.person.user is not None and world.case.person.user.is_active
    assert event in own_changes(world.actor("client"), now=world.now)
    undo_change(actor=world.actor("kela"), event_id=event.pk, now=world.now)
    assert differing(before, everything()) == {}


def test_ending_one_leaves_the_case_of_the_other_network(world: World) -> None:
    other = in_both(world)
    ends(world)
    assert Case.objects.get(pk=other.pk).is_open


def test_a_move_is_taken_back_whole_and_has_a_day_that_has_come(world: World) -> None:
    before = everything()
    event = moves(world)
    undo_change(actor=world.actor("kela"), event_id=event.pk, now=world.now)
    assert differing(before, everything()) == {}
    for given, field in (
        ({"days": 1}, "on"), ({"code": "12"}, "municipality_code"),
        ({"code": world.case.person.municipality_code}, "municipality_code"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused, transaction.atomic():
            moves(world, **given)  # type: ignore[arg-type]
        assert refused.value.field == field
    with pytest.raises(NotAllowed):
        moves(world, who="colleague")


def test_the_client_reaches_every_open_case_of_theirs(world: World, login: Any) -> None:
    other = in_both(world)
    client = login("client")
    page = client.get("/my/").content.decode()
    assert f"/my/plans/{world.case.pk}/" in page and other.network.name in page
    assert client.post(f"/my/plans/{world.case.pk}/").status_code == 302
    assert world.own_goal.text in client.get("/my/plan/").content.decode()
    page = client.get("/my/").content.decode()
    assert f"/my/plans/{other.pk}/" in page
    who_sees = client.get("/my/who-sees/").content.decode()
    assert f"/my/plans/{other.pk}/" in who_sees
    client.post("/my/goals/new/", {"text": "In the first plan"})
    assert world.case.goals.filter(text="In the first plan").exists()
    client.post(f"/my/plans/{other.pk}/")
    client.post("/my/goals/new/", {"text": "In the second plan"})
    assert other.goals.filter(text="In the second plan").exists()
    theirs = Case.objects.exclude(person=world.case.person).order_by("pk")[0]
    assert client.post(f"/my/plans/{theirs.pk}/").status_code == 404
    ends(world)
    assert "own-plans" not in client.get("/my/").content.decode()


def test_whoever_opens_a_case_is_told_that_a_joint_plan_is_kept_elsewhere(world: World) -> None:
    person = Person.objects.get(pk=world.case.person_id)
    outsider = world.actor("outsider")
    with pytest.raises(NotVisible):
        case_elsewhere(outsider, person.pk, now=world.now)
    moves(world)
    found = case_elsewhere(outsider, person.pk, now=world.now)
    assert found == world.case.network
    (look,) = looks_at(world.case.pk, action="case_elsewhere_told")
    assert look.actor == outsider.label
    ends(world)
    assert case_elsewhere(outsider, person.pk, now=world.now) is None


def test_a_changed_name_finds_by_both_and_is_taken_back_whole(world: World) -> None:
    before = everything()
    employment, person = world.actor("employment"), world.case.person
    old = person.last_name
    event = change_name(
        actor=world.actor("kela"), case=case_of(world), last_name="  Uusi-Nimi ",
        first_names=person.first_names, on=day_of(world.now), now=world.now,
    )  # fmt: skip
    person.refresh_from_db()
    assert (person.last_name, person.sort_key.split("!")[0]) == ("Uusi-Nimi", "uusi nimi")
    assert person.user is not None and person.user.last_name == "Uusi-Nimi"
    for words in (old, "Uusi-Nimi"):
        reading = reading_of(employment, now=world.now)
        assert world.case.pk in list(cases_of(reading, CaseChoices(search=words)))
    undo_change(actor=world.actor("social"), event_id=event.pk, now=world.now)
    assert differing(before, everything()) == {}


def test_a_name_that_an_import_changes_still_finds_by_the_one_before(world: World) -> None:
    old = world.case.person.last_name
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_person SET last_name = 'Toinen', sort_key = 'toinen!x' WHERE id = %s",
            [world.case.person_id],
        )
        cursor.execute("UPDATE people_person SET phone = '1' WHERE id = %s", [world.case.person_id])
    assert FormerName.objects.get(person=world.case.person_id).last_name == old
    reading = reading_of(world.actor("employment"), now=world.now)
    assert world.case.pk in list(cases_of(reading, CaseChoices(search=old)))


@pytest.mark.parametrize(
    ("last", "first", "on", "field"),
    [("", "A", date(2026, 1, 1), "last_name"), ("A", " ", date(2026, 1, 1), "first_names"),
     ("A", "B", date(2190, 1, 1), "on")],
)  # fmt: skip
def test_a_name_is_whole_and_its_day_has_come(
    world: World, last: str, first: str, on: date, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        change_name(
            actor=world.actor("kela"), case=case_of(world), last_name=last, first_names=first,
            on=on, now=world.now,
        )  # fmt: skip
    assert refused.value.field == field


def test_opening_on_need_elsewhere_is_possible_but_never_twice_in_one_network(
    world: World,
) -> None:
    in_both(world)
    outsider = world.actor("outsider")
    with pytest.raises(Refused):
        open_case_on_need(
            actor=outsider, person_id=world.case.person_id,
            needs=[SeenNeed.MANAGING_LIFE], reason="Need.",
            case_manager_id=outsider.writer_id, member_ids=[], now=world.now,
        )  # fmt: skip
