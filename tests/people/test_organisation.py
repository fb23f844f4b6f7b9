"""Whoever keeps the organisation: what they do alone, what a second person decides, by the day.

The tables of docs/adr/0034; which municipality is of which network on a day is one rule.
"""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import translation

from cases import services as cases
from cases.access import cases_moved_away
from cases.models import TeamMembership, TeamRole
from common.actor import Actor
from common.bodies import Body
from common.clock import day_of, start_of
from common.decision import NotAllowed, NotVisible, Refused
from evaluation.selectors import network_counts, territory_effects
from people import access, services
from people.models import (
    FormerOfficeName,
    Municipality,
    NetworkMunicipality,
    Office,
    OrganisationKind,
    Person,
    Position,
    ProposalState,
    Role,
    TerritoryChange,
    User,
)
from people.selectors import (
    actor_for,
    list_organisation_news,
    list_role_holders,
    municipality_names,
    officer_contacts,
    open_address_change,
    towns_on,
)
from people.services import roles, territory
from tests.builders import OfficeFactory, WorkerFactory
from tests.people.test_staff import leads, position
from tests.personas import World

NOBODY_ELSE = ("employment", "colleague", "director", "client", "outsider", "steering", "national")


@pytest.fixture
def keeper(world: World) -> Actor:
    return world.actor("keeper")


@pytest.fixture
def officer(world: World) -> Actor:
    return world.actor("officer")


def joins(world: World, actor: Actor, code: str = "999", **given: Any) -> TerritoryChange:
    return services.propose_joining(
        actor=actor, code=code, now=world.now,
        **{"network_id": world.case.network_id, "name_fi": "Uusi", "name_sv": "Nya",
           "since": day_of(world.now) + timedelta(days=30), **given},
    )  # fmt: skip


def decides(world: World, actor: Actor, change: TerritoryChange, accepted: bool = True) -> None:
    services.decide_territory(actor=actor, change_id=change.pk, accepted=accepted, now=world.now)


def network_of(code: str, on: date) -> Any:
    return towns_on(on).network_of.get(code)


def test_a_municipality_joins_by_two_and_from_its_day_on(
    world: World, keeper: Actor, officer: Actor
) -> None:
    then, here = day_of(world.now) + timedelta(days=30), world.case.network_id
    change = joins(world, keeper)
    for who in (keeper, world.actor("director"), world.actor("employment")):
        with pytest.raises((NotAllowed, NotVisible)):
            decides(world, who, change)
    decides(world, officer, change)
    assert network_of("999", then - timedelta(days=1)) is None
    assert network_of("999", then) == here
    assert ("999", "Uusi") not in municipality_names(here, on=then - timedelta(days=1))
    assert ("999", "Uusi") in municipality_names(here, on=then)
    news = [row.event.kind for row in list_organisation_news(world.actor("kela"), now=world.now)]
    assert news == [OrganisationKind.TOWN_JOINED]


@pytest.mark.parametrize("who", NOBODY_ELSE)
def test_nobody_but_the_keeper_keeps_the_organisation(world: World, who: str) -> None:
    actor = world.actor(who)
    office = position("kela").office_id
    for act in (
        lambda: joins(world, actor),
        lambda: services.found_empty_network(actor=actor, name="N", now=world.now),
        lambda: services.change_office(
            actor=actor, office_id=office, name="N", phone="", now=world.now
        ),
        lambda: cases.close_office(
            actor=actor, office_id=office, closes_on=day_of(world.now), now=world.now
        ),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_municipality_that_changes_its_network_leaves_the_other_on_that_day(
    world: World, keeper: Actor, officer: Actor
) -> None:
    """Its open cases stay with their team, which sees that the client lives elsewhere."""
    there, then = world.actor("outsider").network_id, day_of(world.now) + timedelta(days=30)
    code = world.case.person.municipality_code
    change = joins(world, keeper, code, network_id=there)
    (effect,) = territory_effects(keeper, change, now=world.now)
    assert (effect.network.pk, effect.receiver and effect.receiver.pk) == (
        world.case.network_id, there,
    )  # fmt: skip
    assert effect.open_cases is None or effect.open_cases >= 5
    with pytest.raises(NotVisible):
        territory_effects(world.actor("director"), change, now=world.now)
    decides(world, officer, change)
    worker, moment = world.actor("employment"), start_of(then)
    assert network_of(code, then - timedelta(days=1)) == world.case.network_id
    assert network_of(code, then) == there
    before = moment - timedelta(seconds=1)
    assert world.case not in cases_moved_away(worker, now=before)
    assert world.case in cases_moved_away(worker, now=moment)
    kinds = {row.event.kind for row in list_organisation_news(worker, now=world.now)}
    assert kinds == {OrganisationKind.TOWN_LEFT}


def test_the_database_holds_one_network_a_day(world: World) -> None:
    code, there = world.case.person.municipality_code, world.actor("outsider").network_id
    with pytest.raises(IntegrityError, match="one_network_a_day"), transaction.atomic():
        NetworkMunicipality.objects.create(
            network_id=there, municipality_id=code, since=day_of(world.now)
        )


def test_a_merged_municipality_is_the_one_that_goes_on(
    world: World, keeper: Actor, officer: Actor
) -> None:
    """Who is still placed by the old code lives there: no move, one row of figures, one filter."""
    then, here = date(day_of(world.now).year + 1, 1, 1), world.case.network_id
    old = world.case.person.municipality_code
    change = services.propose_merger(
        actor=keeper, code=old, into_code="998", name_fi="Yhteinen", name_sv="Gemensam",
        since=then, now=world.now,
    )  # fmt: skip
    assert territory_effects(keeper, change, now=world.now) == []
    decides(world, officer, change)
    assert network_of(old, then) == network_of("998", then) == here
    assert network_of("998", then - timedelta(days=1)) is None
    names = dict(municipality_names(here, on=then))
    assert "998" in names and old not in names
    towns = towns_on(then)
    assert (towns.now_called(old), towns.codes_within("998")) == ("998", ["998", old])
    counts = network_counts(world.actor("director"), now=start_of(then))
    assert "Yhteinen" in counts.municipalities and "Elsewhere" not in counts.municipalities
    with pytest.raises(Refused):
        joins(world, keeper, old, network_id=world.actor("outsider").network_id)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"code": "99"}, "code"),
        ({"code": "997", "name_sv": " "}, "name_sv"),
        ({"since": date(2020, 1, 1)}, "since"),
        ({"code": "061"}, "code"),
    ],
)
def test_what_is_wrong_with_a_municipality_is_said_at_its_field(
    world: World, keeper: Actor, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        joins(world, keeper, **given)
    assert refusal.value.field == field


def test_what_is_turned_down_or_taken_back_changes_nothing(
    world: World, keeper: Actor, officer: Actor
) -> None:
    decides(world, officer, joins(world, keeper), accepted=False)
    services.withdraw_territory(actor=keeper, change_id=joins(world, keeper).pk, now=world.now)
    assert not NetworkMunicipality.objects.filter(municipality="999").exists()
    with pytest.raises(Refused):
        joins(world, keeper) and joins(world, keeper)


def test_a_network_ends_once_its_offices_have(world: World, keeper: Actor, officer: Actor) -> None:
    made = services.found_empty_network(actor=keeper, name="Pohjola", now=world.now)
    office = services.open_office(
        actor=keeper, network_id=made.pk, body=Body.KELA, name="Kela, Pohjola", phone="",
        now=world.now,
    )  # fmt: skip
    today = day_of(world.now)
    with pytest.raises(Refused, match="Kela, Pohjola"):
        services.propose_network_end(actor=keeper, network_id=made.pk, since=today, now=world.now)
    cases.close_office(actor=keeper, office_id=office.pk, closes_on=today, now=world.now)
    change = services.propose_network_end(
        actor=keeper, network_id=made.pk, since=today, now=world.now
    )
    decides(world, officer, change)
    made.refresh_from_db()
    assert made.ends_on == today
    with pytest.raises(Refused):
        joins(world, keeper, network_id=made.pk)


def test_an_office_has_another_name_and_what_it_was_is_kept(world: World, keeper: Actor) -> None:
    office = position("kela").office
    assert office is not None
    services.change_office(
        actor=keeper, office_id=office.pk, name="Kela, uusi", phone="1", now=world.now
    )
    assert FormerOfficeName.objects.get(office=office).name == office.name
    (news,) = list_organisation_news(world.actor("kela"), now=world.now)
    assert office.name in news.text and "Kela, uusi" in news.text
    services.see_organisation_news(
        actor=world.actor("kela"), event_ids=[news.event.pk], now=world.now
    )
    assert list_organisation_news(world.actor("kela"), now=world.now) == []
    assert list_organisation_news(world.actor("employment"), now=world.now) == []


def test_an_office_where_somebody_works_does_not_close(world: World, keeper: Actor) -> None:
    office = position("kela").office
    assert office is not None
    with pytest.raises(Refused, match="Kaarina Kela"):
        cases.close_office(
            actor=keeper, office_id=office.pk, closes_on=day_of(world.now), now=world.now
        )
    with pytest.raises(IntegrityError, match="somebody works"), transaction.atomic():
        Office.objects.filter(pk=office.pk).update(closes_on=day_of(world.now))


def test_the_last_office_of_a_body_stays_while_cases_are_open(world: World, keeper: Actor) -> None:
    office = position("kela").office
    assert office is not None
    Position.objects.filter(office=office).update(until=world.now)
    with translation.override("fi"), pytest.raises(Refused, match="viimeinen toimipiste"):
        cases.close_office(
            actor=keeper, office_id=office.pk, closes_on=day_of(world.now), now=world.now
        )


def test_nobody_begins_in_a_closed_office(world: World, keeper: Actor) -> None:
    office = OfficeFactory(network_id=world.case.network_id, body=Body.KELA)
    cases.close_office(
        actor=keeper, office_id=office.pk, closes_on=day_of(world.now), now=world.now
    )
    with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
        WorkerFactory(office=office, now=world.now)


def test_a_merged_office_takes_its_staff_and_its_place_on_teams_along(
    world: World, keeper: Actor
) -> None:
    office = position("kela").office
    assert office is not None
    leads("kela")
    into = OfficeFactory(network_id=office.network_id, body=Body.KELA)
    WorkerFactory(username="leads_it", office=into, now=world.now, leads=True)
    TeamMembership.objects.create(
        case=world.case, office=office, role=TeamRole.MEMBER, since=world.now
    )
    then = day_of(world.now) + timedelta(days=10)
    cases.merge_office(actor=keeper, office_id=office.pk, into_id=into.pk, on=then, now=world.now)
    user, at = User.objects.get(username="kela"), start_of(then)
    before, after = actor_for(user, now=at - timedelta(seconds=1)), actor_for(user, now=at)
    assert (before.office_id, after.office_id) == (office.pk, into.pk)
    assert not Position.objects.get(user=user, since=at).leads
    assert TeamMembership.objects.get(case=world.case, office=into).since == at
    other = position("employment").office
    assert other is not None
    with pytest.raises(Refused):
        cases.merge_office(
            actor=keeper, office_id=other.pk, into_id=into.pk, on=then, now=world.now
        )


def test_the_director_and_the_steering_group_have_a_term(world: World, keeper: Actor) -> None:
    """Five years at most: Decree 388/2024 s. 1 and 4."""
    network = world.case.network
    newcomer = services.Newcomer("nn", "N", "N", "nn@example.org", "fi")
    with pytest.raises(Refused) as refusal:
        services.propose_role(
            actor=keeper, role=Role.STEERING, network=network, successor=newcomer,
            since=world.now, until=world.now + timedelta(days=366 * 6), now=world.now,
        )  # fmt: skip
    assert refusal.value.field == "until"
    change = services.propose_role(
        actor=keeper, role=Role.DEPUTY, network=network, successor=newcomer, since=world.now,
        now=world.now,
    )  # fmt: skip
    services.decide_role(
        actor=world.actor("officer"), change_id=change.pk, accepted=True, now=world.now
    )
    held = position("nn")
    assert held.until is not None and held.until.year == world.now.year + 5
    user = User.objects.get(username="nn")
    assert actor_for(user, now=world.now).kind == "director"
    assert actor_for(user, now=held.until).kind == "stranger"


@pytest.mark.parametrize("role", [Role.OFFICER, Role.KEEPER, Role.NATIONAL, Role.STEERING])
def test_the_keeper_proposes_and_never_decides(world: World, keeper: Actor, role: Role) -> None:
    network = world.case.network if role is Role.STEERING else None
    newcomer = services.Newcomer("nn", "N", "N", "nn@example.org", "fi")
    change = services.propose_role(
        actor=keeper, role=role, network=network, successor=newcomer, since=world.now,
        now=world.now,
    )  # fmt: skip
    assert change.state == ProposalState.WAITING
    assert not User.objects.get(username="nn").is_active
    services.propose_role(
        actor=world.actor("officer"), role=Role.KEEPER, leaver_id=keeper.user_id,
        since=world.now, now=world.now,
    )  # fmt: skip
    for refused in (keeper, world.actor("director"), world.actor("employment")):
        with pytest.raises((NotAllowed, NotVisible)):
            services.decide_role(actor=refused, change_id=change.pk, accepted=True, now=world.now)
    services.decide_role(
        actor=world.actor("officer"), change_id=change.pk, accepted=True, now=world.now
    )
    assert position("nn").role == role
    told = list_organisation_news(world.actor("officer2"), now=world.now)
    assert any("N N" in row.text for row in told)


def test_before_anybody_is_here_nothing_waits(
    world: World, keeper: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From nothing: there is nobody who could be second, and nothing that could be opened."""
    assert not access.holds_nobody()
    for room in (roles, territory):
        monkeypatch.setattr(room, "holds_nobody", lambda: True)
    made = services.found_empty_network(actor=keeper, name="Pohjola", now=world.now)
    joined = joins(world, keeper, network_id=made.pk, since=day_of(world.now))
    assert joined.state == ProposalState.DONE and joined.decided_by is None
    office = services.open_office(
        actor=keeper, network_id=made.pk, body=Body.KELA, name="K", phone="", now=world.now
    )
    change = services.propose_role(
        actor=keeper, role=Role.CASEWORKER, office=office, since=world.now, now=world.now,
        successor=services.Newcomer("nn", "N", "N", "nn@example.org", "fi"),
    )  # fmt: skip
    assert change.state == ProposalState.DONE and position("nn").leads
    assert position("nn").confirmed_by is None
    assert position("nn") in list_role_holders(world.actor("officer"), now=world.now)


def test_the_operator_lets_only_the_first_keeper_in(world: World) -> None:
    given = ("--first-name", "K", "--last-name", "K", "--email", "k@example.org")
    with pytest.raises(CommandError):
        call_command("begin_keeper", "kk", *given)
    Position.objects.filter(role=Role.KEEPER).update(until=world.now)
    said = StringIO()
    call_command("begin_keeper", "kk", *given, stdout=said)
    assert "kk: http" in said.getvalue()
    assert position("kk").role == Role.KEEPER


def test_the_pages_of_the_organisation(world: World, login: Any) -> None:
    keeper, officer = login("keeper"), login("officer")
    network, then = world.case.network_id, day_of(world.now) + timedelta(days=30)
    code = world.case.person.municipality_code
    answer = keeper.post(
        f"/organisation/networks/{network}/towns/leave/", {"code": code, "since": then.isoformat()}
    )
    page = officer.get(answer.headers["Location"]).content.decode()
    assert "Let it take effect" in page and "outside it from then on" in page
    assert "Let it take effect" not in keeper.get(answer.headers["Location"]).content.decode()
    change = TerritoryChange.objects.get()
    officer.post(f"/organisation/changes/{change.pk}/decide/", {"accepted": "yes"})
    assert network_of(code, then) is None
    news = login("director").get("/dashboard/").content.decode()
    name = Municipality.objects.get(pk=code).name_fi
    assert f"{name} leaves the network" in news


def test_the_keepers_pages_show_no_client(world: World, login: Any) -> None:
    keeper, person = login("keeper"), Person.objects.get(pk=world.case.person_id)
    for path in (
        "/organisation/",
        "/offices/",
        "/roles/",
        f"/offices/{position('kela').office_id}/",
    ):
        page = keeper.get(path).content.decode()
        assert person.last_name not in page and str(world.case.pk) not in page
    for path in ("/cases/", "/triggers/", "/dashboard/", "/register/", "/exports/"):
        assert keeper.get(path).status_code == 404


def test_a_network_has_another_name_and_its_people_are_told_both(
    world: World, keeper: Actor, login: Any
) -> None:
    before = world.case.network.name
    answer = login("keeper").post(
        f"/organisation/networks/{world.case.network_id}/name/", {"name": " Uusi nimi "},
        follow=True,
    )  # fmt: skip
    assert "Uusi nimi" in answer.content.decode()
    for who in ("employment", "director", "officer"):
        told = [one.text for one in list_organisation_news(world.actor(who), now=world.now)]
        assert f"The network {before} is now: Uusi nimi" in told, who
    other = world.actor("outsider").working_network_id
    with pytest.raises(Refused) as refused:
        services.rename_network(actor=keeper, network_id=other, name="uusi NIMI", now=world.now)
    assert refused.value.field == "name"
    for who in NOBODY_ELSE:
        with pytest.raises(NotAllowed):
            services.rename_network(
                actor=world.actor(who), network_id=other, name="Mine", now=world.now
            )


def test_whoever_has_a_role_outside_the_offices_writes_their_own_phone(
    world: World, officer: Actor, login: Any
) -> None:
    mine = position("officer")
    page = login("officer").post(
        f"/roles/holders/{mine.pk}/", {"phone": "029 123"}, follow=True
    ).content.decode()  # fmt: skip
    assert "029 123" in page  # on My log-ins
    assert "029 123" in [one.phone for one in officer_contacts(now=world.now)]
    for who in ("director", "keeper", "employment", "client"):
        with pytest.raises(NotVisible):
            services.change_role_contact(
                actor=world.actor(who), position_id=mine.pk, phone="1", now=world.now
            )


@pytest.mark.parametrize("whose", ["director", "keeper", "officer2", "national"])
def test_the_address_of_a_role_is_asked_for_by_an_officer_and_approved_by_another(
    world: World, officer: Actor, login: Any, whose: str
) -> None:
    theirs = position(whose)
    User.objects.filter(pk=theirs.user_id).update(last_login=world.now)
    login("officer").post(
        f"/roles/holders/{theirs.pk}/", {"phone": "029 1", "email": "new@example.org"}
    )
    theirs.user.refresh_from_db()
    assert theirs.user.email != "new@example.org", "it waits"
    change = open_address_change(theirs.user_id)
    assert change is not None and change.address == "new@example.org"
    with pytest.raises(NotAllowed):
        services.approve_address(actor=officer, change_id=change.pk, now=world.now)
    services.confirm_address(token=services.link_of_change(change), now=world.now)
    if whose != "officer2":  # nobody approves their own
        services.approve_address(actor=world.actor("officer2"), change_id=change.pk, now=world.now)
        theirs.user.refresh_from_db()
        assert theirs.user.email == "new@example.org"


def test_the_reader_of_national_figures_is_told_plainly_what_is_here(
    world: World, login: Any
) -> None:
    page = login("national").get("/").content.decode()
    assert world.case.network.name in page and "Log out" in page
    assert "No network publishes" in page
