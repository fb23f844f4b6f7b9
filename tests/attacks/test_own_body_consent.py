"""A worker writes down that a client has opened something to the worker's own body, and reads it.

Nobody said so. Kela's worker has no right to the client's debts but by the client's word: so they
write that word themselves, on a paper that is not there, alone or with somebody beside them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cases.models import Cover, News
from cases.services import add_team_member
from common import clock
from common.clock import day_of
from consent.models import Category, Choice, Consent, ConsentLine, WrittenDown, WrittenState
from consent.services import confirm_written, lapse_written
from people.models import Position, User
from tests.builders import TEST, WorkerFactory, written_down
from tests.consent.deciding import decides
from tests.personas import World
from tests.together import at_once

PAPER = {
    "who": "kela", "choice": "granted", "scope": "categories", "categories": ["social_situation"],
    "valid_to": "", "method": "paper", "scan_reference": "Shelf 1", "archive_number": "A 1",
    "witness": "",
}  # fmt: skip


def forges(world: World, login: Any, **changed: Any) -> WrittenDown:
    """Kela's worker sends the form by which a paper is written down."""
    url = f"/cases/{world.case.pk}/write-down/"
    assert login("kela").post(url, PAPER | changed).status_code == 302
    return WrittenDown.objects.get(consent=Consent.objects.latest("given_at"))


def reads_the_debts(world: World, login: Any, who: str = "kela") -> bool:
    """Whether they stand on any page of the case that this worker can open."""
    text, client = world.debts_goal.text, login(who)
    pages = [f"/cases/{world.case.pk}/", f"/cases/{world.case.pk}/history/", "/day/",
             f"/api/v1/plans/{world.case.pk}/", f"/cases/{world.case.pk}/see-as/kela/",
             f"/cases/{world.case.pk}/who-sees/"]  # fmt: skip
    return any(text in client.get(page).content.decode() for page in pages)


def colleague_in_the_office(world: World, username: str, **given: Any) -> str:
    office = User.objects.get(username="kela").positions.get(until=None).office
    user = WorkerFactory(username=username, office=office, now=world.now, **given)
    add_team_member(
        actor=world.actor("employment"), case=world.case, user_id=user.pk, why="", now=world.now
    )
    return username


@pytest.mark.parametrize(
    "heard", [{}, {"method": "oral", "witness": "Kaveri Kela", "archive_number": ""}]
)
def test_alone_they_open_nothing_whatever_they_send(
    world: World, login: Any, heard: dict[str, str]
) -> None:
    written = forges(world, login, **heard)
    assert written.state == WrittenState.WAITING
    page = f"/written-down/{written.consent_id}/"
    for button in ("confirm", "mismatch"):
        assert login("kela").post(page, {"do": button}).status_code == 403
    assert login("kela").post(page, {"do": "yes"}).status_code == 404
    said = f"/my/who-sees/said/{written.consent_id}/"
    assert login("kela").post(said, {"do": "yes"}).status_code == 404
    assert not reads_the_debts(world, login)
    assert not ConsentLine.objects.filter(consent=written.consent).exists()


def test_an_accomplice_in_the_same_office_opens_nothing_either(world: World, login: Any) -> None:
    written = forges(world, login)
    accomplice = colleague_in_the_office(world, "accomplice")
    page = f"/written-down/{written.consent_id}/"
    assert "I have seen the paper" not in login(accomplice).get(page).content.decode()
    assert login(accomplice).post(page, {"do": "confirm"}).status_code == 403
    assert "Papers to look at" not in login(accomplice).get("/day/").content.decode()
    assert not reads_the_debts(world, login)
    assert not reads_the_debts(world, login, accomplice)


def test_standing_in_for_each_other_makes_no_second_person(world: World, login: Any) -> None:
    """A cover is of the same body: whoever stands in for the writer is no other body's."""
    written = forges(world, login)
    office = User.objects.get(username="kela").positions.get(until=None).office
    standing_in = WorkerFactory(username="standing_in", office=office, now=world.now)
    Cover.objects.create(
        user=User.objects.get(username="kela"), by=standing_in, network=world.case.network,
        since=world.now, until=world.now + timedelta(days=1), made_by=standing_in,
    )  # fmt: skip
    page = f"/written-down/{written.consent_id}/"
    assert login("standing_in").post(page, {"do": "confirm"}).status_code == 403
    assert not reads_the_debts(world, login, "standing_in")


def test_who_leads_the_office_does_not_write_and_confirm_nor_do_two_leaders(
    world: World, login: Any
) -> None:
    Position.objects.filter(user__username="kela", until=None).update(leads=True)
    written = forges(world, login)
    colleague_in_the_office(world, "second_leader", leads=True)
    for who in ("kela", "second_leader"):
        page = f"/written-down/{written.consent_id}/"
        assert login(who).post(page, {"do": "confirm"}).status_code == 403
    assert not reads_the_debts(world, login)


def test_a_change_of_office_afterwards_makes_them_nobody_else(world: World, login: Any) -> None:
    """The writer moves to another body and comes back as its worker: they wrote it all the same."""
    written = forges(world, login)
    social = User.objects.get(username="social").positions.get(until=None).office
    Position.objects.filter(user__username="kela", until=None).update(office=social)
    page = f"/written-down/{written.consent_id}/"
    assert login("kela").post(page, {"do": "confirm"}).status_code in (403, 404)
    assert not ConsentLine.objects.filter(consent=written.consent).exists()


def test_taking_back_the_clients_no_is_no_way_around_it(world: World, login: Any) -> None:
    """Beside a yes to the kind, a no to one thing is what keeps it closed."""
    client = login("client")
    client.post("/my/who-sees/4/kela/", {"do": "granted"})
    client.post(f"/my/who-sees/as/kela/one/{world.debts_goal.pk}/", {"do": "denied"})
    assert not reads_the_debts(world, login)
    client.post("/my/who-sees/4/kela/", {"do": "revoked"})
    client.post("/my/who-sees/4/kela/", {"do": "denied"})
    for choice in ("revoked", "granted", "denied"):
        soon = (day_of(world.now)).isoformat()
        forges(world, login, choice=choice, valid_to=soon if choice == "denied" else "")
    assert not reads_the_debts(world, login)
    denied = ConsentLine.objects.get(
        case=world.case, receiver="kela", category="social_situation", document=None, ended_at=None
    )
    assert denied.denied and denied.valid_to is None


def test_waiting_for_the_days_to_pass_opens_nothing(
    world: World, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = forges(world, login)
    later = world.now + timedelta(days=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert not reads_the_debts(world, login)
    lapse_written(actor=TEST, on=day_of(later), now=later)
    written.refresh_from_db()
    assert written.state == WrittenState.LAPSED
    assert not reads_the_debts(world, login)


def test_the_client_sees_it_at_once_and_says_that_it_is_not_so(world: World, login: Any) -> None:
    colleague_in_the_office(world, "head", leads=True)
    written = forges(world, login)
    client = login("client")
    page = client.get("/my/").content.decode()
    assert "A decision of yours was written down" in page
    address = f"/my/who-sees/said/{written.consent_id}/"
    assert address in page
    told = client.get(address).content.decode()
    name = User.objects.get(username="kela").full_name
    for part in ("Is this what you said?", name, "A 1", "Shelf 1", "Kela"):
        assert part in told, part
    assert client.post(address, {"do": "no"}).status_code == 302
    assert not reads_the_debts(world, login)
    # It stays, and whoever answers for it is told, without the client's name.
    written.refresh_from_db()
    assert written.state == WrittenState.NOT_SAID
    for who, first_page in (("head", "/day/"), ("officer", "/questions/")):
        assert "is disputed" in login(who).get(first_page).content.decode(), who
    told = login("officer").get(f"/written-down/{written.consent_id}/").content.decode()
    assert name in told
    assert world.case.person.last_name not in told
    assert not News.objects.filter(for_user__username="officer", seen_at=None).exists()


def _waits(world: World) -> WrittenDown:
    consent = written_down(
        world.case, by=world.actor("kela"), now=world.now, categories=[Category.SOCIAL_SITUATION]
    )
    return WrittenDown.objects.get(consent=consent)


def _confirm(world: World, written: WrittenDown, who: str) -> None:
    confirm_written(actor=world.actor(who), consent_id=written.consent_id, now=world.now)


@pytest.mark.usefixtures("committed_db")
def test_confirming_twice_at_once_confirms_once() -> None:
    world = World.load()
    written = _waits(world)
    outcomes = at_once(
        *(
            lambda w=who: _confirm(world, written, w)  # type: ignore[misc]
            for who in ("client", "employment", "social")
        )
    )
    assert outcomes.count("done") == 1, outcomes
    assert set(outcomes) <= {"done", "Refused", "NotVisible"}, outcomes
    lines = ConsentLine.objects.filter(consent=written.consent_id)
    assert lines.filter(ended_at=None).count() == lines.count() == 1


@pytest.mark.usefixtures("committed_db")
def test_taking_back_and_confirming_at_once_leaves_it_closed() -> None:
    world = World.load()
    for _time in range(4):
        written = _waits(world)
        outcomes = at_once(
            lambda w=written: _confirm(world, w, "employment"),  # type: ignore[misc]
            lambda: decides(world, Choice.REVOKED),
        )
        assert "done" in outcomes, outcomes
        assert set(outcomes) <= {"done", "Refused", "NotVisible"}, outcomes
        open_lines = ConsentLine.objects.filter(
            case=world.case, receiver="kela", category="social_situation", ended_at=None
        )
        assert not open_lines.exists()
        written.refresh_from_db()
        assert written.state in (WrittenState.CONFIRMED, WrittenState.OVERTAKEN)
