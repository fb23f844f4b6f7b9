"""The table of docs/adr/0009: who proposes, who decides, from which day on; nobody alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from common.actor import Actor, system_actor
from common.decision import NotAllowed, NotVisible, Refused
from people import services
from people.models import Position, Role, RoleChange, User
from people.selectors import actor_for, leads_office, list_role_holders
from tests.builders import WorkerFactory
from tests.people.test_staff import leads, letters, link_in, position
from tests.personas import World

OPERATOR = system_actor("operator")
DORA = services.Newcomer("dora", "Dora", "Director", "dora@example.org", "en")


@pytest.fixture
def leaders(world: World) -> dict[str, Actor]:
    """Who leads the office of each body but Kela's, which nobody leads."""
    for who in ("colleague", "social"):
        leads(who)
    return {who: world.actor(who) for who in ("colleague", "social")}


@pytest.fixture
def second_officer(world: World) -> Actor:
    return world.actor("officer2")


def kela_leader(world: World, who: str, **given: Any) -> RoleChange:
    return services.propose_role(
        actor=world.actor(who), role=Role.CASEWORKER, office=position("kela").office,
        successor=User.objects.get(username="kela"), now=world.now,
        **{"since": world.now, **given},
    )  # fmt: skip


def new_director(world: World, actor: Actor, **given: Any) -> RoleChange:
    network = position("director").network
    return services.propose_role(
        actor=actor, role=Role.DIRECTOR, network=network, now=world.now,
        **{"successor": DORA, "since": world.now, **given},
    )  # fmt: skip


def decides(actor: Actor, change: RoleChange, world: World) -> None:
    services.decide_role(actor=actor, change_id=change.pk, accepted=True, now=world.now)


def test_an_office_nobody_leads_gets_a_leader_by_two(
    world: World, leaders: dict[str, Actor]
) -> None:
    change = kela_leader(world, "director")
    assert not position("kela").leads
    for who in ("director", "kela", "employment"):
        with pytest.raises((NotAllowed, NotVisible)):
            decides(world.actor(who), change, world)
    decides(leaders["social"], change, world)
    held = position("kela")
    assert held.leads and held.begun_by_id == world.actor("director").user_id
    assert held.confirmed_by_id == leaders["social"].user_id
    assert held in list_role_holders(world.actor("officer"), now=world.now)


def test_where_no_other_office_is_led_the_officer_decides(world: World) -> None:
    decides(world.actor("officer"), kela_leader(world, "director"), world)
    assert position("kela").leads


def test_where_somebody_leads_nobody_else_proposes(world: World, leaders: dict[str, Actor]) -> None:
    for who in ("director", "officer", "social"):
        with pytest.raises(NotAllowed):
            services.propose_role(
                actor=world.actor(who), role=Role.CASEWORKER, office=position("colleague").office,
                successor=User.objects.get(username="employment"), since=world.now, now=world.now,
            )  # fmt: skip


def test_a_director_goes_and_another_comes_on_one_day(
    world: World, leaders: dict[str, Actor]
) -> None:
    then = world.now + timedelta(days=14)
    gone = User.objects.get(username="director")
    change = new_director(world, world.actor("officer"), since=then, leaver_id=gone.pk)
    assert not User.objects.get(username="dora").is_active and letters() == []
    with pytest.raises(NotAllowed):
        decides(world.actor("director"), change, world)
    decides(leaders["colleague"], change, world)
    before, dora = then - timedelta(seconds=1), User.objects.get(username="dora")
    assert actor_for(gone, now=before).kind == "director"
    assert actor_for(dora, now=before).kind == "stranger"
    assert actor_for(gone, now=then).kind == "stranger"
    assert actor_for(dora, now=then).kind == "director"
    assert letters()[-1].to == ["dora@example.org"] and link_in(letters()[-1])


def test_a_leader_proposes_the_director_and_a_leader_of_another_body_decides(
    world: World, leaders: dict[str, Actor]
) -> None:
    change = new_director(world, leaders["colleague"], since=world.now)
    office = position("colleague").office
    WorkerFactory(username="same_body", office=office, now=world.now, leads=True)
    with pytest.raises(NotAllowed):
        decides(world.actor("same_body"), change, world)
    decides(leaders["social"], change, world)
    assert position("dora").role == Role.DIRECTOR


def test_two_officers_make_no_director(
    world: World, leaders: dict[str, Actor], second_officer: Actor
) -> None:
    change = new_director(world, world.actor("officer"))
    with pytest.raises(NotAllowed):
        decides(second_officer, change, world)


def test_an_officer_by_another_officer_and_a_third(
    world: World, leaders: dict[str, Actor], second_officer: Actor
) -> None:
    change = services.propose_role(
        actor=world.actor("officer"), role=Role.OFFICER, successor=DORA, since=world.now,
        leaver_id=None, now=world.now,
    )  # fmt: skip
    for who in (world.actor("officer"), leaders["colleague"], world.actor("director")):
        with pytest.raises((NotAllowed, NotVisible)):
            decides(who, change, world)
    decides(second_officer, change, world)
    assert position("dora").role == Role.OFFICER


def test_the_last_officer_is_followed_by_one_whom_operator_and_a_leader_name(
    world: World, leaders: dict[str, Actor]
) -> None:
    Position.objects.filter(role=Role.OFFICER).update(until=world.now)
    change = services.propose_role(
        actor=OPERATOR, role=Role.OFFICER, successor=DORA, since=world.now, now=world.now
    )
    with pytest.raises(NotAllowed):
        decides(OPERATOR, change, world)
    decides(leaders["social"], change, world)
    assert position("dora").role == Role.OFFICER


def test_the_operator_decides_what_an_officer_proposed_and_no_other_role(
    world: World, leaders: dict[str, Actor]
) -> None:
    officer = world.actor("officer")
    change = services.propose_role(
        actor=officer, role=Role.OFFICER, successor=DORA, since=world.now, now=world.now
    )
    decides(OPERATOR, change, world)
    other = new_director(
        world, officer, successor=services.Newcomer("d2", "D", "D", "d2@example.org", "fi")
    )
    with pytest.raises(NotAllowed):
        decides(OPERATOR, other, world)


def test_nobody_begins_a_role_of_their_own(world: World, leaders: dict[str, Actor]) -> None:
    own = User.objects.get(username="colleague")
    with pytest.raises(Refused):
        new_director(world, leaders["colleague"], successor=own)
    row = RoleChange(
        role=Role.OFFICER, successor=own, since=world.now, proposed_by=own, proposed_at=world.now
    )
    with pytest.raises(IntegrityError, match="role_change_not_ones_own"), transaction.atomic():
        row.save()
    with pytest.raises(IntegrityError, match="position_not_begun"), transaction.atomic():
        Position.objects.filter(user=own).update(begun_by=own)


def test_who_works_elsewhere_has_no_second_place(world: World, leaders: dict[str, Actor]) -> None:
    worker = User.objects.get(username="employment")
    with pytest.raises(Refused) as refusal:
        new_director(world, world.actor("officer"), successor=worker)
    assert refusal.value.field == "username"
    client = User.objects.get(username="client")
    with pytest.raises(Refused):
        new_director(world, world.actor("officer"), successor=client)


def test_what_is_turned_down_or_withdrawn_begins_nothing(
    world: World, leaders: dict[str, Actor]
) -> None:
    first = kela_leader(world, "director")
    services.decide_role(actor=leaders["social"], change_id=first.pk, accepted=False, now=world.now)
    second = kela_leader(world, "director")
    with pytest.raises(NotVisible):
        services.withdraw_role(actor=leaders["social"], change_id=second.pk, now=world.now)
    services.withdraw_role(actor=world.actor("director"), change_id=second.pk, now=world.now)
    for change in (first, second):
        with pytest.raises(NotVisible):
            decides(leaders["social"], change, world)
    assert not leads_office(world.actor("kela"), now=world.now)


def test_the_pages_of_the_roles(world: World, login: Any) -> None:
    leads("social")
    director, social = login("director"), login("social")
    office = position("kela").office_id
    today = world.now.date().isoformat()
    form = {"what": f"office:{office}", "since": today, "username": "kela", "leaver": ""}
    assert director.post("/roles/new/", form).status_code == 302
    change = RoleChange.objects.get()
    assert b"Take it back" in director.get("/roles/").content
    assert b"Let it take effect" in social.get("/roles/").content
    assert login("kela").get("/roles/").status_code == 404
    assert social.post(f"/roles/{change.pk}/decide/", {"accepted": "yes"}).status_code == 302
    assert position("kela").leads
    page = social.get("/roles/").content.decode()
    assert position("kela").user.full_name in page and "Diana Director" in page


def test_somebody_new_is_asked_for_whole(world: World, login: Any) -> None:
    officer = login("officer")
    network = position("director").network_id
    form = {"what": f"network:{network}", "since": "2030-01-01", "username": "dora", "leaver": ""}
    said = officer.post("/roles/new/", form).content.decode()
    assert said.count("Nobody has this user name yet.") >= 4
    form |= {"first_name": "D", "last_name": "D", "email": "d@example.org", "language": "fi"}
    assert officer.post("/roles/new/", form).status_code == 302


def test_the_officers_look_at_an_account_is_seen_by_whose_it_is(world: World, login: Any) -> None:
    user = User.objects.get(username="employment")
    path = f"/roles/people/{user.pk}/log-ins/"
    assert login("officer").get(path).status_code == 200
    assert login("director").get(path).status_code == 404
    assert b"The data-protection officer looked" in login("employment").get("/log-ins/").content
