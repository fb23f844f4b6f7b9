"""Who works in an office, who leads it, and how somebody new chooses their password."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from audit.models import AuditRow
from cases import services as cases
from cases.models import TeamMembership, TeamRole
from common import clock
from common.actor import system_actor
from common.decision import NotAllowed, NotVisible, Refused
from followup.models import Channel
from followup.services import deliver
from people import services
from people.access import get_office, get_position
from people.models import Office, Position, User
from people.selectors import actor_for, leads_office
from tests.personas import World
from tests.together import at_once


def position(username: str) -> Position:
    standing = Position.objects.exclude(until__lte=clock.now()).select_related("office", "user")
    return standing.get(user__username=username)


def leads(username: str) -> Position:
    Position.objects.filter(user__username=username).update(leads=True)
    return position(username)


def adds(world: World, who: str = "colleague", **given: Any) -> Position:
    return services.add_worker(
        **{
            "actor": world.actor(who),
            "office_id": position("colleague").office_id,
            "username": "new.worker",
            "first_name": "Nelli",
            "last_name": "Uusi",
            "email": "nelli@example.org",
            "title": "Työntekijä",
            "phone": "",
            "language": "fi",
            "now": world.now,
            **given,
        }
    )


def test_whoever_leads_an_office_sees_its_staff_and_no_other(world: World) -> None:
    leads("colleague")
    actor = world.actor("colleague")
    assert get_position(actor, position("employment").pk, now=world.now)
    for stranger in ("social", "kela", "outsider"):
        with pytest.raises(NotVisible):
            get_position(actor, position(stranger).pk, now=world.now)


def test_a_worker_who_leads_nothing_sees_no_staff(world: World) -> None:
    leads("colleague")
    for who in ("employment", "social", "client", "officer", "association"):
        with pytest.raises(NotVisible):
            get_office(world.actor(who), position("colleague").office_id, now=world.now)


def test_the_director_sees_the_offices_of_the_network_only(world: World) -> None:
    director = world.actor("director")
    for who in ("employment", "social", "kela"):
        assert get_position(director, position(who).pk, now=world.now)
    with pytest.raises(NotVisible):
        get_position(director, position("outsider").pk, now=world.now)


def test_the_director_keeps_no_staff_led_or_not(world: World) -> None:
    with pytest.raises(NotAllowed):
        adds(world, "director")
    leads("colleague")
    with pytest.raises(NotAllowed):
        adds(world, "director", username="another")


def test_the_director_names_no_leader_alone(world: World) -> None:
    for mine in (position("kela"), leads("colleague")):
        with pytest.raises(NotAllowed):
            services.name_leader(
                actor=world.actor("director"), position_id=mine.pk, leads=True, now=world.now
            )


def test_who_leads_from_another_day_on_leads_from_then(world: World) -> None:
    leads("colleague")
    actor, then = world.actor("colleague"), world.now + timedelta(days=30)
    services.name_leader(
        actor=actor, position_id=Position.objects.get(user__username="employment").pk, leads=True,
        since=then, now=world.now,
    )  # fmt: skip
    rows = Position.objects.filter(user__username="employment").order_by("since")
    assert [(row.leads, row.since, row.until) for row in rows][1:] == [(True, then, None)]
    assert not leads_office(world.actor("employment"), now=then - timedelta(seconds=1))
    assert leads_office(world.actor("employment"), now=then)
    # And so the one who goes may go from that day on, and not before.
    mine = position("colleague")
    with pytest.raises(Refused):
        services.name_leader(
            actor=actor, position_id=mine.pk, leads=False, since=then - timedelta(days=1),
            now=world.now,
        )  # fmt: skip
    services.name_leader(actor=actor, position_id=mine.pk, leads=False, since=then, now=world.now)
    assert leads_office(actor, now=then - timedelta(seconds=1))
    assert not leads_office(actor, now=then)


def test_work_that_ends_on_a_day_ends_then_and_the_night_does_the_rest(world: World) -> None:
    leads("colleague")
    actor, then = world.actor("colleague"), world.now + timedelta(days=10)
    mine = position("employment")
    cases.end_work_later(actor=actor, position_id=mine.pk, until=then, now=world.now)
    user = User.objects.get(username="employment")
    assert actor_for(user, now=then - timedelta(seconds=1)).is_worker
    assert not actor_for(user, now=then).is_worker
    night = system_actor("night")
    assert cases.finish_ended_work(actor=night, now=then - timedelta(seconds=1)) == 0
    assert cases.finish_ended_work(actor=night, now=then) == 1
    assert not User.objects.get(username="employment").is_active
    managed = TeamMembership.objects.filter(case=world.case, role=TeamRole.CASE_MANAGER, until=None)
    assert managed.get().user_id == actor.user_id
    assert not TeamMembership.objects.filter(user=user, until=None).exists()


def test_an_office_is_never_left_without_whoever_led_it(world: World) -> None:
    mine = leads("colleague")
    actor = world.actor("colleague")
    with pytest.raises(Refused):
        services.name_leader(actor=actor, position_id=mine.pk, leads=False, now=world.now)
    other = position("employment")
    services.name_leader(actor=actor, position_id=other.pk, leads=True, now=world.now)
    services.name_leader(actor=actor, position_id=mine.pk, leads=False, now=world.now)
    assert position("employment").leads and not position("colleague").leads


def test_a_leader_who_cannot_log_in_does_not_count(world: World) -> None:
    mine = leads("colleague")
    leads("employment")
    User.objects.filter(username="employment").update(is_active=False)
    with pytest.raises(Refused):
        services.name_leader(
            actor=world.actor("colleague"), position_id=mine.pk, leads=False, now=world.now
        )


def test_two_who_lead_cannot_both_leave_the_lead_at_once(committed_db: None) -> None:
    world = World.load()
    both = [leads("colleague"), leads("employment")]
    actors = [world.actor("colleague"), world.actor("employment")]
    step_down = services.name_leader
    outcomes = at_once(*[
        lambda actor=actor, pk=own.pk: step_down(  # type: ignore[misc]
            actor=actor, position_id=pk, leads=False, now=world.now
        )
        for actor, own in zip(actors, both, strict=True)
    ])  # fmt: skip
    assert outcomes in (["NotVisible", "done"], ["Refused", "done"])
    led = Position.objects.filter(office=both[0].office, leads=True, until=None)
    assert led.count() == 1


def test_a_user_name_that_is_taken_says_so(world: World) -> None:
    leads("colleague")
    with pytest.raises(Refused) as refusal:
        adds(world, username="social")
    assert refusal.value.field == "username"


@pytest.mark.parametrize("name", ["SOCIAL", " social ", "\uff53ocial", "Social"])
def test_a_user_name_that_would_lock_another_out_is_taken(world: World, name: str) -> None:
    """Log-ins are found whatever the case: two that differ only in it let neither in."""
    leads("colleague")
    with pytest.raises(Refused) as refusal:
        adds(world, username=name)
    assert refusal.value.field == "username"
    answer = Client().post("/login/", {"username": "Social", "password": "demo"})
    assert answer.status_code == 302


def test_the_database_itself_holds_user_names_apart(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("EMPLOYMENT", None, first_name="E", last_name="E")


@pytest.mark.parametrize("name", ["two words", "a/b", "", "<b>"])
def test_a_user_name_is_of_letters_digits_and_a_few_signs(world: World, name: str) -> None:
    leads("colleague")
    with pytest.raises(Refused) as refusal:
        adds(world, username=name)
    assert refusal.value.field == "username"


def test_somebody_new_cannot_log_in_before_they_chose_a_password(world: World) -> None:
    leads("colleague")
    adds(world)
    assert not User.objects.get(username="new.worker").has_usable_password()
    for password in ("", "demo", "!"):
        answer = Client().post("/login/", {"username": "new.worker", "password": password})
        assert answer.status_code == 200


def opens(address: str) -> tuple[Client, Any]:
    client = Client(headers={"accept-language": "en"})
    return client, client.get(address, follow=True)


def made_by(login: Any, who: str, office: Any) -> str:
    """The link that came to the address of whoever ``who`` added to the office."""
    page = login(who).post(f"/offices/{office}/new/", NEW, follow=True)
    assert not re.search(rb"/password/[^\"/]+/", page.content), "no link is shown"
    return link_in(letters()[-1])


def letters() -> list[Any]:
    """Hand over what waits; every letter so far."""
    deliver(actor=system_actor("test"), channel=Channel.EMAIL, now=clock.now)
    return list(mail.outbox)


def link_in(letter: Any) -> str:
    found = re.search(r"https?://[^/\s]+(/(?:password|address)/\S+)", letter.body)
    assert found is not None, letter.body
    return found[1]


NEW = {
    "username": "new.worker", "first_name": "Nelli", "last_name": "Uusi", "title": "Expert",
    "email": "nelli@example.org", "phone": "", "language": "en",
}  # fmt: skip
STRONG = "correct horse battery"


def chooses(client: Client, page: Any, password: str = STRONG) -> Any:
    fields = {"new_password1": password, "new_password2": password}
    return client.post(page.request["PATH_INFO"], fields, follow=True)


def test_the_link_lets_them_choose_a_password_once(world: World, login: Any) -> None:
    office = leads("colleague").office_id
    address = made_by(login, "colleague", office)
    client, page = opens(address)
    token = address.rstrip("/").rpartition("/")[2]
    assert token not in page.request["PATH_INFO"] and token not in page.content.decode()
    assert b"The password is chosen" in chooses(client, page).content
    again, page = opens(address)
    assert b"This address works no more" in page.content
    answer = again.post("/login/", {"username": "new.worker", "password": STRONG})
    assert answer.status_code == 302
    assert again.get("/day/").status_code == 200
    chosen = AuditRow.objects.get(action="password_chosen")
    assert chosen.subject_id == User.objects.get(username="new.worker").pk


def test_a_weak_password_is_not_taken_and_the_link_still_works(world: World, login: Any) -> None:
    office = leads("colleague").office_id
    client, page = opens(made_by(login, "colleague", office))
    weak = chooses(client, page, "12345678")
    assert weak.status_code == 200 and b"too common" in weak.content
    assert b"The password is chosen" in chooses(client, page).content


def test_the_link_ends_with_the_work(world: World, login: Any) -> None:
    office = leads("colleague").office_id
    address = made_by(login, "colleague", office)
    User.objects.filter(username="new.worker").update(is_active=False)
    assert b"This address works no more" in opens(address)[1].content


def test_whoever_is_back_has_their_log_in_and_title_again(world: World) -> None:
    leads("colleague")
    actor, later = world.actor("colleague"), world.now + timedelta(days=1)
    left = position("employment")
    services.end_position(actor=actor, position_id=left.pk, now=world.now)
    assert not User.objects.get(username="employment").is_active
    assert left.office_id is not None
    back = services.reinstate_worker(
        actor=actor, office_id=left.office_id, user_id=left.user_id, now=later
    )
    assert back.title == left.title and not back.leads
    assert User.objects.get(username="employment").is_active
    with pytest.raises(Refused):
        services.reinstate_worker(
            actor=actor, office_id=left.office_id, user_id=left.user_id, now=later
        )


def test_nobody_is_taken_back_where_they_never_worked(world: World) -> None:
    office = leads("colleague").office
    assert office is not None
    with pytest.raises(NotVisible):
        services.reinstate_worker(
            actor=world.actor("colleague"), office_id=office.pk,
            user_id=position("kela").user_id, now=world.now,
        )  # fmt: skip


def test_the_pages_of_the_staff(world: World, login: Any) -> None:
    mine = leads("colleague")
    leader, director = login("colleague"), login("director")
    assert leader.get("/offices/").headers["Location"] == f"/offices/{mine.office_id}/"
    assert b"The staff of my office" in leader.get("/day/").content
    assert b"The staff of my office" not in login("employment").get("/day/").content
    page = leader.get(f"/offices/{mine.office_id}/").content.decode()
    assert position("employment").user.full_name in page
    offices = director.get("/offices/").content.decode()
    assert "nobody named" in offices
    assert Office.objects.get(body="social", network=mine.network).name in offices
    worker = f"/workers/{position('employment').pk}/"
    saved = leader.post(
        worker, {"title": "Senior expert", "phone": "040 1", "email": "e@example.org"}
    )
    assert saved.status_code == 302
    assert position("employment").title == "Senior expert"
    refused = director.post(worker, {"title": "X", "phone": "", "email": "e@example.org"})
    assert refused.status_code == 403
    assert director.post(f"{worker}leads/", {"leads": "yes"}).status_code == 403
    today = world.now.date().isoformat()
    assert leader.post(f"{worker}leads/", {"leads": "yes", "since": today}).status_code == 302
    assert position("employment").leads


def test_what_is_refused_at_a_button_is_said_where_one_was(world: World, login: Any) -> None:
    mine = leads("colleague")
    page = login("colleague").post(f"/workers/{mine.pk}/leads/", {"leads": "no"}, follow=True)
    assert page.redirect_chain == [(f"/workers/{mine.pk}/", 302)]
    said = page.content.decode()
    assert "Name another first." in said and "hds-notification--error" in said
    back = f"/offices/{mine.office_id}/{mine.user_id}/back/"
    assert b"They work somewhere already." in login("colleague").post(back, follow=True).content


def test_somebody_changes_their_password_and_is_logged_out_elsewhere(
    world: World, login: Any
) -> None:
    here, elsewhere = login("client"), login("client")
    fields = {"old_password": "wrong", "new_password1": STRONG, "new_password2": STRONG}
    assert here.post("/password/", fields).status_code == 200
    assert elsewhere.get("/my/").status_code == 200
    assert here.post("/password/", fields | {"old_password": "demo"}).status_code == 302
    assert here.get("/my/").status_code == 200
    assert elsewhere.get("/my/").status_code == 302
    assert Client().post("/login/", {"username": "client", "password": "demo"}).status_code == 200
    assert AuditRow.objects.filter(action="password_chosen").exists()
