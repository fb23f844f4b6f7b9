"""Whom a directory knows is let in by somebody who knows them, or told why not."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from audit.models import AuditRow
from common import clock
from common.actor import Actor, ActorKind
from common.decision import NotAllowed, NotVisible, Refused
from people import services
from people.access import entry_requests_seen_by
from people.entering import VerifiedIdentity
from people.models import AccountEvent, EntryRequest, Position, Role, User
from people.selectors import actor_for, list_let_in, own_entry, password_lets_in
from people.services import enter
from tests.people.test_entering import LOG_IN, identity, linked
from tests.people.test_staff import leads, letters, position
from tests.personas import World

OFFICE = "Salon seutu, sosiaalipalvelut"


@pytest.fixture
def leader(world: World) -> Actor:
    """Leads the office of social services; ``colleague`` that of employment services."""
    leads("social")
    User.objects.filter(username="social").update(email="leader@example.org")
    return world.actor("social")


def office() -> Any:
    return position("social").office


def comes(world: World, subject: str = "s-1", **claims: Any) -> EntryRequest:
    """Somebody comes in by the county's log-in for the first time, or again."""
    said = {"given_name": "Aino", "family_name": "Uusi", "title": "Ohjaaja", "phone": "040 1"}
    user = enter(
        actor=LOG_IN, identity=identity(world, subject, **said | claims), now=world.now
    ).user
    return EntryRequest.objects.filter(user=user).order_by("-asked_at", "-pk")[0]


def lets_in(world: World, actor: Actor, asked: EntryRequest, **given: Any) -> EntryRequest:
    with transaction.atomic():
        return services.let_in(
            actor=actor, request_id=asked.pk, now=world.now,
            **{"office_id": office().pk, "title": "Ohjaaja", **given},
        )  # fmt: skip


def test_whoever_leads_the_office_lets_them_in_and_they_work_there(
    world: World, leader: Actor
) -> None:
    asked = comes(world, office=office().name)
    lets_in(world, leader, asked)
    actor = actor_for(asked.user, now=world.now)
    assert (actor.kind, actor.office_id) == (ActorKind.WORKER, office().pk)
    given = Position.objects.get(user=asked.user)
    assert not given.leads and given.begun_by_id == leader.user_id
    assert not entry_requests_seen_by(leader, now=world.now).exists()
    seen = list_let_in(world.actor("officer"), now=clock.now())
    assert [row.by for row in seen if row.label == str(AccountEvent.LET_IN.label)] == [leader.name]


def test_nobody_else_sees_who_asks_or_lets_them_in(world: World, leader: Actor) -> None:
    leads("colleague")
    asked = comes(world)
    for who in ("colleague", "kela", "social2", "director", "officer", "client", "association"):
        actor = world.actor(who)
        assert not entry_requests_seen_by(actor, now=world.now).exists(), who
        with pytest.raises(NotVisible):
            lets_in(world, actor, asked)
    with pytest.raises(NotVisible):
        lets_in(world, actor_for(asked.user, now=world.now), asked)


def test_the_leader_is_told_and_it_leaves_when_it_is_dealt_with(
    world: World, leader: Actor, login: Any
) -> None:
    asked = comes(world)
    page = login("social")
    assert b"/letting-in/" in page.get("/day/").content
    told = [letter for letter in letters() if letter.to == ["leader@example.org"]]
    assert len(told) == 1 and "/letting-in/" in told[0].body and "Aino" not in told[0].body
    lets_in(world, leader, asked)
    assert b"/letting-in/" not in page.get("/day/").content


def test_they_are_told_whom_to_ask_and_why_they_were_not_let_in(
    world: World, leader: Actor
) -> None:
    asked = comes(world)
    user = asked.user
    own = own_entry(actor_for(user, now=world.now), now=world.now)
    assert [(one.name, bool(one.phone)) for one in own.whom] == [(leader.name, True)]
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user)
    assert leader.name in browser.get("/").content.decode()
    with pytest.raises(Refused):
        services.refuse_entry(actor=leader, request_id=asked.pk, reason=" ", now=world.now)
    services.refuse_entry(actor=leader, request_id=asked.pk, reason="Not ours.", now=world.now)
    assert "Not ours." in browser.get("/").content.decode()
    # The same log-in again asks nothing; the person does, when they like.
    comes(world)
    assert not entry_requests_seen_by(leader, now=world.now).exists()
    assert browser.post("/letting-in/again/").status_code == 302
    assert entry_requests_seen_by(leader, now=world.now).get().user == user


def test_a_request_is_answered_once(world: World, leader: Actor) -> None:
    asked = comes(world)
    lets_in(world, leader, asked)
    with pytest.raises(Refused):
        services.refuse_entry(actor=leader, request_id=asked.pk, reason="No.", now=world.now)


def test_what_a_directory_says_anew_overtakes_what_it_said(world: World, leader: Actor) -> None:
    first, second = comes(world), comes(world, title="Johtaja")
    first.refresh_from_db()
    assert (first.state, second.state) == ("overtaken", "waiting")
    with pytest.raises(Refused):
        lets_in(world, leader, first)


def test_a_new_name_is_asked_about_and_holds_when_somebody_says_so(
    world: World, leader: Actor
) -> None:
    leads("social")
    asked = comes(world)
    lets_in(world, leader, asked)
    renamed = comes(world, family_name="Vanha")
    assert renamed.what == "renamed" and User.objects.get(pk=asked.user_id).last_name == "Uusi"
    lets_in(world, leader, renamed)
    assert User.objects.get(pk=asked.user_id).last_name == "Vanha"
    assert comes(world, family_name="Vanha").state == "granted", "nothing is left to ask"


def test_somebody_who_moved_works_there_once_their_leader_has_ended_it_here(
    world: World, leader: Actor
) -> None:
    """Their cases are with the first office, whose leader is told too."""
    other = Position.objects.get(user__username="social2")
    Position.objects.filter(pk=other.pk).update(leads=True)
    asked = comes(world)
    lets_in(world, leader, asked)
    assert other.office is not None
    moved = comes(world, office=other.office.name)
    assert moved.what == "moved"
    there = world.actor("social2")
    assert entry_requests_seen_by(leader, now=world.now).get() == moved
    with pytest.raises(NotAllowed):
        lets_in(world, leader, moved)
    with pytest.raises(Refused):  # they have another place then
        lets_in(world, there, moved, office_id=other.office_id)
    Position.objects.filter(user=asked.user).update(until=clock.now())
    services.let_in(
        actor=there, request_id=moved.pk, office_id=other.office_id, title="T", now=clock.now()
    )
    actor = actor_for(User.objects.get(pk=asked.user_id), now=clock.now())
    assert actor.office_id == other.office_id


def test_a_used_account_is_linked_by_its_owner_alone_an_unused_one_by_the_leader(
    world: World, leader: Actor
) -> None:
    asked = comes(world)
    colleague = services.add_worker(
        actor=leader, office_id=office().pk, username="aino.uusi", first_name="Aino",
        last_name="Uusi", email="aino@example.org", title="Ohjaaja", phone="", language="fi",
        now=world.now,
    ).user  # fmt: skip
    same = {"actor": leader, "request_id": asked.pk, "username": "aino.uusi", "now": world.now}
    colleague.set_password("Kuu-kiertaa-77-maata")
    colleague.save()
    with pytest.raises(Refused), transaction.atomic():
        services.link_unused_account(**same)
    for name in ("kela", "nobody"):
        with pytest.raises(Refused), transaction.atomic():
            services.link_unused_account(**same | {"username": name})
    colleague.set_unusable_password()
    colleague.save()
    services.link_unused_account(**same)
    assert enter(actor=LOG_IN, identity=identity(world, "s-1"), now=world.now).user == colleague
    assert actor_for(colleague, now=world.now).is_worker
    assert not User.objects.get(pk=asked.user_id).is_active


def test_whoever_logs_in_elsewhere_is_given_no_password_here(world: World, leader: Actor) -> None:
    asked = comes(world, email="aino@example.org")
    lets_in(world, leader, asked)
    with pytest.raises(Refused):
        services.send_worker_link(
            actor=leader, position_id=Position.objects.get(user=asked.user).pk, now=world.now
        )
    mail.outbox.clear()
    services.ask_for_password(actor=LOG_IN, name="aino@example.org", now=clock.now())
    assert not [letter for letter in letters() if "/password/" in letter.body]


def test_where_the_states_centre_lets_in_no_leader_does(
    world: World, leader: Actor, settings: Any
) -> None:
    settings.STAFF_LET_IN_BY = "centre"
    asked = comes(world)
    with pytest.raises(NotAllowed):
        lets_in(world, leader, asked)
    with pytest.raises(NotAllowed):
        services.add_worker(
            actor=leader, office_id=office().pk, username="x", first_name="A", last_name="B",
            email="x@example.org", title="", phone="", language="fi", now=world.now,
        )  # fmt: skip
    clerk = services.create_user(
        actor=LOG_IN, username="clerk", password=None, first_name="Keijo", last_name="Keha",
        language="fi", now=world.now,
    )  # fmt: skip
    services.give_position(
        actor=LOG_IN, user=clerk, network=None, office=None, role=Role.GRANTER,
        title="Myöntäjä", phone="0295 000", since=world.now, now=world.now,
    )  # fmt: skip
    granter = actor_for(clerk, now=world.now)
    assert granter.kind is ActorKind.GRANTER
    own = own_entry(actor_for(asked.user, now=world.now), now=world.now)
    assert [one.phone for one in own.whom] == ["0295 000"]
    browser = Client()
    browser.force_login(clerk)
    assert browser.get("/", follow=True).redirect_chain == [("/letting-in/", 302)]
    for closed in ("/day/", "/cases/", f"/cases/{world.case.pk}/", "/dashboard/", "/triggers/"):
        assert browser.get(closed).status_code == 404, closed
    lets_in(world, granter, asked)
    assert actor_for(asked.user, now=world.now).is_worker


def test_the_pages_let_in_and_say_no_as_a_browser_sends_them(
    world: World, leader: Actor, login: Any
) -> None:
    asked, browser = comes(world, role="director"), login("social")
    page = f"/letting-in/{asked.pk}/"
    shown = browser.get(page).content.decode()
    assert "director" in shown and 'value="Ohjaaja"' in shown and office().name in shown
    assert browser.post(f"{page}no/", {"reason": ""}).status_code == 200
    sent = {"office": str(office().pk), "title": "", "phone": ""}
    assert browser.post(page, sent).status_code == 200
    assert not Position.objects.filter(user=asked.user).exists()
    assert browser.post(page, sent | {"title": "Ohjaaja"}).status_code == 302
    assert Position.objects.get(user=asked.user).office == office()
    assert browser.get(page).status_code == 404
    assert AuditRow.objects.filter(action="entry_granted", subject_id=asked.pk).exists()
    assert login("kela").get("/letting-in/").status_code == 404


def test_the_claims_of_somebody_with_a_place_change_nothing(world: World, leader: Actor) -> None:
    linked(world, "social", "s-17")
    who: VerifiedIdentity = identity(world, "s-17", role="director", title="Johtaja")
    enter(actor=LOG_IN, identity=who, now=world.now)
    assert not EntryRequest.objects.exists()
    assert actor_for(User.objects.get(username="social"), now=world.now).is_worker


def test_the_office_says_how_they_come_in_and_offers_no_password(
    world: World, leader: Actor, login: Any, settings: Any
) -> None:
    asked = comes(world, office=office().name)
    lets_in(world, leader, asked)
    page = login("social")
    staff = page.get(f"/offices/{office().pk}/").content.decode()
    assert "logs in through their own organisation" in staff
    assert "has not chosen a password yet" not in staff
    given = Position.objects.get(user=asked.user)
    own = page.get(f"/workers/{given.pk}/").content.decode()
    assert "They log in through their own organisation" in own
    assert "Send them a link" not in own and "second factor" not in own
    # Whoever was added by name where nobody has a password has not come yet.
    settings.LOCAL_ACCOUNTS = False
    staff = page.get(f"/offices/{office().pk}/").content.decode()
    assert "has not logged in through their own organisation yet" in staff
    assert (
        "where they choose a password"
        not in page.get(f"/offices/{office().pk}/new/").content.decode()
    )


def test_where_nobody_who_works_here_has_a_password_no_link_to_one_goes_out(
    world: World, leader: Actor, login: Any, settings: Any
) -> None:
    settings.LOCAL_ACCOUNTS = False
    browser, page = login("social"), f"/offices/{office().pk}/new/"
    sent = {
        "username": "nelli", "first_name": "Nelli", "last_name": "Uusi", "title": "Ohjaaja",
        "email": "nelli@example.org", "phone": "", "language": "fi",
    }  # fmt: skip
    said = browser.post(page, sent, follow=True).content.decode()
    assert "They log in through their own organisation" in said
    assert "link is on its way" not in said
    added = position("nelli")
    # Neither with their place, nor to another address, nor asked for by them or by their leader.
    change = {"actor": leader, "position_id": added.pk, "title": "Ohjaaja", "phone": ""}
    services.change_position(**change, email="nelli.uusi@example.org", now=clock.now())
    services.ask_for_password(actor=LOG_IN, name="nelli", now=clock.now())
    with pytest.raises(Refused), transaction.atomic():
        services.send_worker_link(actor=leader, position_id=added.pk, now=clock.now())
    assert not [letter for letter in letters() if "/password/" in letter.body]
    assert added.user.is_new, "nothing was chosen: they are linked at their first log-in"


def test_an_outside_party_keeps_their_password_where_no_worker_has_one(
    world: World, settings: Any
) -> None:
    settings.LOCAL_ACCOUNTS = False
    assert password_lets_in(User.objects.get(username="association"))
    assert password_lets_in(User.objects.get(username="client"))
    assert not password_lets_in(User.objects.get(username="director"))
