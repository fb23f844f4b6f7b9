"""A system reads what a worker of its body on the team could, and never more; each call is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from audit.models import AuditRow, Purpose
from caseplan.plan.selectors import cases_of
from cases.access import visible_to
from cases.models import Case, TeamMembership, TeamRole
from common.bodies import Body, Receiver
from common.scopes import MachineScope
from consent.models import Category, Choice
from consent.services import decide
from people.models import Machine, Person, Position
from people.selectors import machine_actor
from records.selectors import reading_of
from rights.selectors import list_visits
from tests.api.registering import another_network, registered, system
from tests.personas import World

BODIES = {"employment": Body.EMPLOYMENT, "social": Body.SOCIAL, "kela": Body.KELA}


def of(world: World, body: Body, **more: Any) -> Machine:
    return registered(world, body=body, **more)


@pytest.mark.parametrize("persona", BODIES)
def test_it_reads_what_a_worker_of_its_body_on_the_team_reads(
    world: World, login: Any, persona: str
) -> None:
    own = system(of(world, BODIES[persona]))
    token = own.token()
    for path in (f"plans/{world.case.pk}/", f"cases/{world.case.pk}/"):
        assert own.reads(path, token).json() == login(persona).get(f"/api/v1/{path}").json()


def test_a_case_without_its_body_does_not_exist_for_it(world: World) -> None:
    reads = machine_actor(of(world, Body.KELA), MachineScope.values)
    seen = set(visible_to(reads, now=world.now))
    assert world.case in seen
    for case in Case.objects.filter(ended_at=None, network=world.case.network):
        bodies = {
            member.office.body if member.office else Position.objects.filter(
                user=member.user, until=None
            ).values_list("office__body", flat=True).first()
            for member in case.team.filter(until=None).exclude(role="awaited")
        }  # fmt: skip
        if not case.person.non_disclosure:
            assert (case in seen) == (Body.KELA in bodies)


def test_a_place_that_nobody_of_the_body_has_taken_yet_opens_nothing(world: World) -> None:
    kela = world.actor("kela")
    seat = TeamMembership.objects.get(case=world.case, user=kela.user_id)
    type(seat).objects.filter(pk=seat.pk).update(
        user=None, office=kela.office_id, role=TeamRole.AWAITED
    )
    own = system(of(world, Body.KELA))
    assert own.reads(f"cases/{world.case.pk}/").status_code == 404
    type(seat).objects.filter(pk=seat.pk).update(role=TeamRole.MEMBER)
    assert own.reads(f"cases/{world.case.pk}/").status_code == 200


def test_once_its_body_has_left_the_team_it_reads_the_case_no_more(world: World) -> None:
    own = system(of(world, Body.KELA))
    token = own.token()
    assert own.reads(f"plans/{world.case.pk}/", token).status_code == 200
    seats = TeamMembership.objects.filter(case=world.case, user__username="kela")
    seats.update(until=world.now, ended_by=world.actor("employment").user_id)
    assert own.reads(f"plans/{world.case.pk}/", token).status_code == 404


def test_an_ended_case_and_another_networks_are_not_read(world: World) -> None:
    own = system(of(world, Body.EMPLOYMENT))
    theirs = registered(
        world, name="Muualla", body=Body.EMPLOYMENT, network=another_network(world),
        keys=_another_key(),
    )  # fmt: skip
    elsewhere = system(theirs, key=_KEY)
    assert elsewhere.reads(f"cases/{world.case.pk}/").status_code == 404
    assert elsewhere.reads("cases/").json()["count"] > 0
    world.end_case()
    Case.objects.filter(pk=world.case.pk).update(ended_at=world.now)
    assert own.reads(f"cases/{world.case.pk}/").status_code == 404


def test_people_under_non_disclosure_only_where_its_scope_says_so(world: World) -> None:
    Person.objects.filter(pk=world.case.person_id).update(non_disclosure=True)
    without = system(of(world, Body.KELA))
    assert without.reads(f"cases/{world.case.pk}/").status_code == 404
    ids = [row["id"] for row in without.reads("cases/").json()["results"]]
    assert str(world.case.pk) not in ids
    scopes = [MachineScope.CASES, MachineScope.PROTECTED]
    allowed = of(world, Body.KELA, name="Turvallinen", scopes=scopes, keys=_another_key())
    own = system(allowed, key=_KEY)
    assert own.reads(f"cases/{world.case.pk}/").json()["non_disclosure"] is True
    # One that may, and has not asked for it, is given none either.
    assert own.reads(f"cases/{world.case.pk}/", own.token(scope="cases.read")).status_code == 404


def test_a_no_to_one_office_of_its_body_is_a_no_to_its_system(world: World, login: Any) -> None:
    """The system stands for every office; a worker of another one would still be shown it."""
    kela = world.actor("kela")
    social = Category.SOCIAL_SITUATION

    def decides(choice: Choice, office_id: Any) -> None:
        decide(
            actor=world.actor("client"), case=world.case, choice=choice, receiver=Receiver.KELA,
            office_id=office_id, categories=[social], purpose="p", now=world.now,
        )  # fmt: skip

    reads = machine_actor(of(world, Body.KELA), MachineScope.values)
    decides(Choice.GRANTED, kela.office_id)
    assert reading_of(kela, now=world.now).opens(social, [world.case.pk])
    assert not reading_of(reads, now=world.now).opens(social, [world.case.pk])
    decides(Choice.GRANTED, None)
    assert reading_of(reads, now=world.now).opens(social, [world.case.pk])
    decides(Choice.DENIED, kela.office_id)
    assert not reading_of(reads, now=world.now).opens(social, [world.case.pk])


def test_nothing_can_be_written_and_no_page_is_shown(world: World) -> None:
    own = system(of(world, Body.EMPLOYMENT))
    bearer = {"Authorization": f"Bearer {own.token()}"}
    client = Client()
    for path in ("cases", "plans"):
        for method in (client.post, client.put, client.patch, client.delete):
            assert method(f"/api/v1/{path}/{world.case.pk}/", headers=bearer).status_code == 405
    for page in ("/", f"/cases/{world.case.pk}/", "/machines/", "/triggers/"):
        assert client.get(page, headers=bearer).status_code in (302, 404)


def test_explanations_only_of_people_whose_case_it_reads(world: World) -> None:
    asks = registered(
        world, body=Body.EMPLOYMENT, purpose=Purpose.ASSESS_NEED,
        scopes=[MachineScope.CASES, MachineScope.EXPLANATIONS],
    )  # fmt: skip
    own = system(asks)
    rule = "unemployed_12_months"
    token = own.token()
    clients = Case.objects.filter(
        network=world.case.network, ended_at=None, person__non_disclosure=False
    ).values_list("person", flat=True)
    found = [
        own.reads(f"explanations/{person}/{rule}/", token).status_code for person in clients[:30]
    ]
    assert 200 in found
    before_one = Person.objects.filter(
        cases=None, municipality_code=world.case.person.municipality_code, died_on=None
    )
    assert before_one.exists()
    for person in before_one[:5]:
        assert own.reads(f"explanations/{person.pk}/{rule}/", token).status_code == 404


def test_each_call_is_logged_with_body_system_and_purpose(world: World) -> None:
    machine = of(world, Body.KELA, purpose=Purpose.FOLLOW_UP)
    own = system(machine)
    token = own.token()
    before = AuditRow.objects.count()
    own.reads(f"plans/{world.case.pk}/", token)
    (row,) = AuditRow.objects.order_by("pk")[before:]
    assert (row.actor, row.actor_kind, row.actor_body, row.purpose, row.action) == (
        f"machine:{machine.pk}", "machine", "kela", "follow_up", "plans_listed"
    )  # fmt: skip
    assert row.subjects == [world.case.pk]
    assert "plan_follow_up" in row.palette
    own.reads("cases/01890000-0000-7000-8000-000000000000/", token)
    (refused,) = AuditRow.objects.order_by("pk")[before + 1 :]
    assert (refused.actor, refused.action) == (row.actor, "machine_read_refused_404")
    assert refused.subjects == []


def test_the_client_reads_it_in_words(world: World) -> None:
    own = system(of(world, Body.KELA))
    own.reads(f"plans/{world.case.pk}/")
    visits = list_visits(world.actor("client"), world.case.pk, now=world.now)
    (visit,) = (v for v in visits if v.who == "Kela, its system Kelan kooste")
    assert visit.purposes == "to work on the joint case"
    assert "plan" in visit.what


def test_the_pages_tell_what_it_has_read_and_end_it(world: World, login: Any) -> None:
    machine = of(world, Body.KELA)
    own = system(machine)
    token = own.token()
    own.reads(f"plans/{world.case.pk}/", token)
    own.reads("cases/01890000-0000-7000-8000-000000000000/", token)
    name = world.case.person.last_name
    for persona in ("keeper", "officer"):
        said = login(persona).get(f"/machines/{machine.pk}/").content.decode()
        assert "read of 1 person, to work on the joint case" in said
        assert "was refused: there was nothing here for it" in said
        assert name not in said
        assert "Kelan kooste" in login(persona).get("/machines/").content.decode()
    # The director sees that it reads; nothing that is drawn for them comes from the log.
    directors = login("director").get(f"/machines/{machine.pk}/").content.decode()
    assert "Kelan kooste" in directors and "read of" not in directors
    for persona in ("kela", "employment", "client"):
        assert login(persona).get(f"/machines/{machine.pk}/").status_code == 404
    assert login("director").post(f"/machines/{machine.pk}/end/").status_code == 403
    assert own.reads("cases/", token).status_code == 200
    login("officer").post(f"/machines/{machine.pk}/end/")
    assert own.reads("cases/", token).status_code == 401


def test_the_lists_are_as_long_as_the_cases_it_may_see(world: World) -> None:
    reads = machine_actor(of(world, Body.EMPLOYMENT), MachineScope.values)
    keys = cases_of(reading_of(reads, now=world.now))
    listed = system(Machine.objects.get()).reads("cases/").json()
    protected = Case.objects.filter(pk__in=keys, person__non_disclosure=True).count()
    assert listed["count"] == len(keys) - protected


def test_two_years_at_most_and_only_what_the_purpose_allows(world: World) -> None:
    from common.decision import Refused  # noqa: PLC0415

    today = world.now.date()
    for wrong, field in (
        ({"valid_until": today + timedelta(days=740)}, "valid_until"),
        ({"valid_until": today - timedelta(days=2)}, "valid_until"),
        ({"scopes": [MachineScope.EXPLANATIONS]}, "scopes"),
        ({"scopes": [MachineScope.PROTECTED]}, "scopes"),
        ({"scopes": []}, "scopes"),
        ({"purpose": Purpose.OWN_DATA}, "purpose"),
        ({"addresses": ["0.0.0.0/0"]}, "addresses"),
        ({"addresses": ["nonsense"]}, "addresses"),
        ({"addresses": []}, "addresses"),
        ({"keys": []}, "jwks"),
    ):  # fmt: skip
        with pytest.raises(Refused) as error:
            registered(world, **wrong)
        assert error.value.field == field, wrong


_KEY: Any = None


def _another_key() -> Any:
    from joserfc.jwk import ECKey  # noqa: PLC0415

    from tests.api.registering import public  # noqa: PLC0415
    from web.machines.keys import read_public_keys  # noqa: PLC0415

    global _KEY  # noqa: PLW0603
    _KEY = ECKey.generate_key("P-256")
    return read_public_keys(public(_KEY))
