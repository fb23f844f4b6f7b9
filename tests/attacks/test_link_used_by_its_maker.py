"""A leader wants to become one of their workers; a director, an operator, whoever finds a link."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.models import AuditRow
from common import clock
from common.decision import NotAllowed
from followup.models import Notification
from people import services
from people.models import AddressChange, User
from people.selectors import actor_for, list_let_in
from tests.people.test_staff import (
    NEW,
    STRONG,
    chooses,
    leads,
    letters,
    link_in,
    made_by,
    opens,
    position,
)
from tests.personas import World

WORKS_NO_MORE = b"This address works no more"


@pytest.fixture
def leader(world: World, login: Any) -> Client:
    """Leads the office of employment services, with an address of their own."""
    leads("colleague")
    lives_at("colleague", "leader@example.org")
    lives_at("employment", "eeva@example.org")
    client: Client = login("colleague")
    return client


def lives_at(username: str, address: str) -> User:
    """An account that is used, whose address is known to be its owner's."""
    user = User.objects.get(username=username)
    user.email, user.email_confirmed_at = address, user.created_at
    user.save()
    return user


def changes(leader: Client, address: str) -> Any:
    page = f"/workers/{position('employment').pk}/"
    return leader.post(page, {"title": "Expert", "phone": "", "email": address}, follow=True)


def adds(leader: Client, address: str) -> Any:
    office = position("colleague").office_id
    return leader.post(f"/offices/{office}/new/", NEW | {"email": address}, follow=True)


# A worker is invented.


@pytest.mark.parametrize(
    "address", ["leader@example.org", "Leader@Example.ORG", "leader+worker@example.org"]
)
def test_nobody_is_added_at_an_address_of_the_leaders_own(leader: Client, address: str) -> None:
    said = adds(leader, address).content.decode()
    assert "Somebody else has this address." in said
    assert not User.objects.filter(username="new.worker").exists()


def test_the_database_itself_keeps_one_mailbox_to_one_account(leader: Client) -> None:
    with pytest.raises(Exception, match="user_address_is_one_persons"):
        lives_at("social", "LEADER+x@example.org")


def test_an_address_elsewhere_is_no_workers_where_the_installation_says_so(
    leader: Client, settings: Any
) -> None:
    settings.STAFF_ADDRESS_DOMAINS = ["salo.example"]
    assert "of your own organisation" in adds(leader, "me@private.example").content.decode()
    adds(leader, "nelli@Salo.example")
    assert User.objects.filter(username="new.worker").exists()


def test_the_leader_sees_no_link_on_any_page_and_no_log_holds_one(
    world: World, leader: Client
) -> None:
    page = adds(leader, "nelli@example.org")
    link = link_in(letters()[-1])
    token = link.rstrip("/").rpartition("/")[2]
    office = position("colleague").office_id
    pages = [page.content] + [
        leader.get(path).content
        for path in (f"/offices/{office}/", f"/workers/{position('new.worker').pk}/", "/day/")
    ]
    assert not any(token.encode() in content or b"/password/Z" in content for content in pages)
    assert token not in str([vars(row) for row in AuditRow.objects.all()])
    assert token not in str([vars(row) for row in Notification.objects.all()])


def test_whom_somebody_let_in_is_read_by_the_officer(world: World, leader: Client) -> None:
    adds(leader, "accomplice@example.org")
    seen = list_let_in(world.actor("officer"), now=world.now + timedelta(minutes=1))
    made = next(row for row in seen if row.whose == "Nelli Uusi")
    assert made.by == world.actor("colleague").name and made.label == "The account was made"


# A colleague's address is changed.


def test_a_changed_address_gets_no_link_before_it_holds(world: World, leader: Client) -> None:
    changes(leader, "mine@private.example")
    assert User.objects.get(username="employment").email == "eeva@example.org"
    leader.post(f"/workers/{position('employment').pk}/link/")
    Client().post("/password/forgotten/", {"name": "employment"})
    Client().post("/password/forgotten/", {"name": "mine@private.example"})
    to = {letter.to[0]: letter for letter in letters()}
    assert set(to) == {"mine@private.example", "eeva@example.org"}
    assert "/password/" not in to["mine@private.example"].body


def test_the_leader_confirms_from_the_new_address_and_it_still_waits(
    world: World, leader: Client
) -> None:
    changes(leader, "mine@private.example")
    new = next(letter for letter in letters() if letter.to == ["mine@private.example"])
    said = Client(headers={"accept-language": "en"}).post(link_in(new), follow=True)
    assert b"once a second person has approved it" in said.content
    assert User.objects.get(username="employment").email == "eeva@example.org"
    change = AddressChange.objects.get()
    with pytest.raises(Exception, match="A second person"):
        services.approve_address(actor=world.actor("colleague"), change_id=change.pk, now=world.now)


def test_whoever_reads_the_old_address_stops_it(world: World, leader: Client) -> None:
    changes(leader, "mine@private.example")
    old = next(letter for letter in letters() if letter.to == ["eeva@example.org"])
    assert link_in(old).endswith("/stop/")
    Client().post(link_in(old))
    later = world.now + timedelta(days=8)
    services.settle_address_changes(actor=world.actor("officer"), now=later)
    assert User.objects.get(username="employment").email == "eeva@example.org"


def test_whose_it_is_sees_and_stops_it_at_their_next_log_in(
    world: World, leader: Client, login: Any
) -> None:
    changes(leader, "mine@private.example")
    owner, change = login("employment"), AddressChange.objects.get()
    assert b"mine@private.example" in owner.get("/log-ins/").content
    assert login("social").post(f"/log-ins/address/{change.pk}/stop/").status_code == 403
    owner.post(f"/log-ins/address/{change.pk}/stop/")
    assert AddressChange.objects.get().closed_at and not AddressChange.objects.get().holds


def test_after_a_week_that_nobody_stopped_it_holds(world: World, leader: Client) -> None:
    """The address before is dead, and no second person is there: nobody is locked out for good."""
    changes(leader, "eeva@new.example")
    new = next(letter for letter in letters() if letter.to == ["eeva@new.example"])
    Client().post(link_in(new))
    night = world.actor("officer")
    services.settle_address_changes(actor=night, now=world.now + timedelta(days=6))
    assert User.objects.get(username="employment").email == "eeva@example.org"
    services.settle_address_changes(actor=night, now=world.now + timedelta(days=7, hours=1))
    assert User.objects.get(username="employment").email == "eeva@new.example"


def test_this_morning_the_officer_approves_and_it_holds_at_once(
    world: World, leader: Client
) -> None:
    changes(leader, "eeva@new.example")
    new = next(letter for letter in letters() if letter.to == ["eeva@new.example"])
    change = AddressChange.objects.get()
    services.approve_address(actor=world.actor("officer"), change_id=change.pk, now=world.now)
    assert User.objects.get(username="employment").email == "eeva@example.org"
    Client().post(link_in(new))
    assert User.objects.get(username="employment").email == "eeva@new.example"


def test_a_stolen_session_changes_no_address_without_the_password(
    world: World, leader: Client, login: Any
) -> None:
    thief = login("employment")
    for password in ("", "wrong"):
        fields = {"email": "thief@example.org", "password": password}
        assert thief.post("/log-ins/address/", fields).status_code == 200
    assert not AddressChange.objects.exists()
    fields = {"email": "eeva@new.example", "password": "demo"}
    assert thief.post("/log-ins/address/", fields).status_code == 302
    new = next(letter for letter in letters() if letter.to == ["eeva@new.example"])
    Client().post(link_in(new))
    assert User.objects.get(username="employment").email == "eeva@new.example"


def test_one_who_was_let_in_wrongly_spelt_is_written_again_and_the_first_link_is_dead(
    world: World, leader: Client
) -> None:
    adds(leader, "neli@example.org")
    first = link_in(letters()[-1])
    page = f"/workers/{position('new.worker').pk}/"
    leader.post(page, {"title": "Expert", "phone": "", "email": "nelli@example.org"})
    second = letters()[-1]
    assert second.to == ["nelli@example.org"]
    assert WORKS_NO_MORE in opens(first)[1].content
    client, shown = opens(link_in(second))
    assert b"The password is chosen" in chooses(client, shown).content
    assert User.objects.get(username="new.worker").email_confirmed_at


def test_a_second_leader_made_for_the_purpose_approves_nothing(
    world: World, leader: Client
) -> None:
    """The leader invents a worker, makes them a leader, and lets them be the second person."""
    adds(leader, "accomplice@example.org")
    invented = position("new.worker")
    services.name_leader(
        actor=world.actor("colleague"), position_id=invented.pk, leads=True, now=clock.now()
    )
    changes(leader, "mine@private.example")
    change, later = AddressChange.objects.get(), clock.now() + timedelta(hours=1)
    accomplice = actor_for(User.objects.get(username="new.worker"), now=later)
    with pytest.raises(NotAllowed):
        services.approve_address(actor=accomplice, change_id=change.pk, now=later)


# The director and the operator.


def test_a_director_sends_a_link_to_nobody_they_do_not_keep(
    world: World, leader: Client, login: Any
) -> None:
    answer = login("director").post(f"/workers/{position('employment').pk}/link/")
    assert answer.status_code == 403
    assert letters() == []


def test_the_operators_link_leaves_a_row_and_a_letter(world: World, leader: Client) -> None:
    said = StringIO()
    call_command("password_link", "Employment", stdout=said)
    assert said.getvalue().startswith("employment (Eeva Employment): http")
    row = AuditRow.objects.get(action="password_link_printed")
    assert (row.actor, row.subject_id) == ("system:operator", position("employment").user_id)
    told = letters()[-1]
    assert told.to == ["eeva@example.org"] and "/log-ins/" in told.body
    link = said.getvalue().rpartition("http://")[2].partition("/")[2].strip()
    client, page = opens(f"/{link}")
    chooses(client, page)
    assert WORKS_NO_MORE in opens(f"/{link}")[1].content


def test_what_the_operator_printed_proves_no_address(world: World, leader: Client) -> None:
    adds(leader, "nelli@example.org")
    client, page = opens(printed("new.worker"))
    chooses(client, page)
    assert User.objects.get(username="new.worker").email_confirmed_at is None


def printed(username: str) -> str:
    """The link that the operator was given for an account."""
    said = StringIO()
    call_command("password_link", username, stdout=said)
    return "/" + said.getvalue().rpartition("http://")[2].partition("/")[2].strip()


@pytest.mark.parametrize("what", ["email", "last_login", "password"])
def test_a_printed_link_dies_with_the_address_the_log_in_and_the_password(
    world: World, leader: Client, what: str
) -> None:
    link = printed("employment")
    user = User.objects.get(username="employment")
    if what == "password":
        user.set_password(STRONG)
    else:
        setattr(user, what, {"email": "another@example.org", "last_login": clock.now()}[what])
    user.save()
    assert WORKS_NO_MORE in opens(link)[1].content


# The link itself.


def test_a_link_works_once(world: World, leader: Client, login: Any) -> None:
    address = made_by(login, "colleague", position("colleague").office_id)
    client, page = opens(address)
    chooses(client, page)
    assert WORKS_NO_MORE in opens(address)[1].content


def test_a_link_works_for_a_day(
    world: World, leader: Client, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = made_by(login, "colleague", position("colleague").office_id)
    now = services.MailedLink()._now()
    for hours, works in ((23.9, True), (24.1, False)):
        moment = now + timedelta(hours=hours)
        monkeypatch.setattr(services.MailedLink, "_now", lambda _, at=moment: at)
        assert (WORKS_NO_MORE not in opens(address)[1].content) is works


def test_a_link_ends_with_the_work(world: World, leader: Client, login: Any) -> None:
    address = made_by(login, "colleague", position("colleague").office_id)
    leader.post(f"/workers/{position('new.worker').pk}/end/")
    assert WORKS_NO_MORE in opens(address)[1].content


def test_a_link_that_waits_in_the_outbox_is_not_written_once_the_work_has_ended(
    world: World, leader: Client
) -> None:
    adds(leader, "nelli@example.org")
    leader.post(f"/workers/{position('new.worker').pk}/end/")
    assert letters() == []


# Whoever asks at the log-in.


def asks(name: str, *, at: str = "203.0.113.5") -> Any:
    client = Client(headers={"accept-language": "en"}, REMOTE_ADDR=at)
    return client.post("/password/forgotten/", {"name": name})


def test_the_answer_is_the_same_whether_or_not_there_is_an_account(
    world: World, leader: Client
) -> None:
    answers, statements = [], []
    for name in ("employment", "eeva@example.org", "nobody", "nobody@example.org", "kela"):
        with CaptureQueriesContext(connection) as asked:
            answers.append(asks(name, at=f"203.0.113.{len(answers)}"))
        asked_for = [query["sql"].split(" ")[:3] for query in asked]
        statements.append([words for words in asked_for if "SAVEPOINT" not in words])
    assert {(a.status_code, a.headers["Location"], a.content) for a in answers} == {
        (302, "/login/", b"")
    }
    assert [one for one in statements if one != statements[0]] == []


def test_a_forgotten_password_is_chosen_anew_from_the_confirmed_address(
    world: World, leader: Client
) -> None:
    asks("Eeva+work@Example.org")
    letter = letters()[-1]
    assert letter.to == ["eeva@example.org"]
    client, page = opens(link_in(letter))
    assert b"The password is chosen" in chooses(client, page).content
    answer = Client().post("/login/", {"username": "employment", "password": STRONG})
    assert answer.status_code == 302


def test_no_link_goes_to_an_address_that_nobody_confirmed(world: World, leader: Client) -> None:
    User.objects.filter(username="employment").update(email_confirmed_at=None)
    asks("employment")
    assert letters() == []


def test_asking_again_and_again_is_one_letter_and_then_a_wait(world: World, leader: Client) -> None:
    codes = [asks("employment").status_code for _ in range(6)]
    assert codes == [302] * 4 + [429] * 2 or codes == [302] * 3 + [429] * 3
    assert [asks("nobody").status_code for _ in range(6)] == codes
    assert len(letters()) == 1
    held = Client().post("/login/", {"username": "employment", "password": "demo"})
    assert held.status_code == 302, "the log-in itself is not held up by strangers who ask"


def test_no_link_goes_to_an_address_of_a_used_account_that_nobody_has_confirmed(
    leader: Client,
) -> None:
    """Whoever leads an office might have written their own."""
    page = f"/workers/{position('employment').pk}/link/"
    User.objects.filter(username="employment").update(email_confirmed_at=None)
    assert b"No address of theirs is confirmed" in leader.post(page, follow=True).content
    assert letters() == []
