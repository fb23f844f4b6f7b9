"""Staff from a file: checked first, written by who leads the office or decided by an officer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from common.actor import Actor, system_actor
from common.decision import NotAllowed, NotVisible, Refused
from people import services
from people.models import Position, StaffFile, StaffFileState, StaffMissing, User
from people.selectors import missing_from_files
from tests.people.test_staff import leads, letters, position
from tests.personas import World

HEAD = "username;first_name;last_name;title;email;phone"
NEW = "nelli;Nelli;Uusi;Ohjaaja;nelli@example.org;1"


@pytest.fixture
def leader(world: World) -> Actor:
    leads("colleague")
    User.objects.filter(username="employment").update(email="employment@example.org")
    return world.actor("colleague")


def given(world: World, actor: Actor, *lines: str, head: str = HEAD, **more: Any) -> StaffFile:
    text = "\n".join([head, *lines])
    return services.check_staff_file(
        actor=actor, content=text.encode() if isinstance(text, str) else text, now=world.now,
        **{"office_id": position("colleague").office_id, **more},
    )  # fmt: skip


def writes(world: World, actor: Actor, file: StaffFile) -> StaffFile:
    return services.write_staff_file(actor=actor, file_id=file.pk, now=world.now)


def faults(world: World, file: StaffFile) -> list[tuple[int, str, str]]:
    return services.plan_of(file, now=world.now).faults


def test_nothing_is_written_before_it_is_said_so(world: World, leader: Actor) -> None:
    before = Position.objects.count()
    file = given(world, leader, NEW)
    plan = services.plan_of(file, now=world.now)
    assert plan.counts["new"] == 1 and Position.objects.count() == before
    writes(world, leader, file)
    assert position("nelli").office_id == position("colleague").office_id
    assert not position("nelli").leads
    assert letters()[-1].to == ["nelli@example.org"]
    file.refresh_from_db()
    assert file.rows == [] and file.counts["new"] == 1
    with pytest.raises(Refused):
        writes(world, leader, file)


def test_the_same_people_again_change_nothing(world: World, leader: Actor) -> None:
    writes(world, leader, given(world, leader, NEW))
    again = given(world, leader, NEW.replace("nelli;", "NELLI;"))
    plan = services.plan_of(again, now=world.now)
    assert (plan.counts["same"], plan.counts["new"]) == (1, 0)
    before = User.objects.count(), len(letters())
    writes(world, leader, again)
    assert (User.objects.count(), len(letters())) == before


def test_who_is_no_longer_in_the_file_is_asked_about_and_works_on(
    world: World, leader: Actor
) -> None:
    file = given(world, leader, NEW)
    assert [p.user.username for p in services.plan_of(file, now=world.now).missing] == [
        "employment"
    ]
    writes(world, leader, file)
    office = position("employment").office
    assert office is not None and position("employment").until is None
    (row,) = missing_from_files(office, now=world.now)
    with pytest.raises(NotAllowed):
        services.keep_missing(actor=world.actor("social"), missing_id=row.pk, now=world.now)
    services.keep_missing(actor=leader, missing_id=row.pk, now=world.now)
    assert missing_from_files(office, now=world.now) == []


def test_a_line_that_cannot_be_read_asks_about_nobody(world: World, leader: Actor) -> None:
    file = given(world, leader, NEW, '"employment;E')
    plan = services.plan_of(file, now=world.now)
    assert plan.missing == [] and plan.unsure and plan.counts["new"] == 1
    writes(world, leader, file)
    assert not StaffMissing.objects.exists()


@pytest.mark.parametrize(
    ("line", "column", "fault"),
    [
        ("nelli;;Uusi;O;n@example.org;1", "first_name", "empty"),
        ("ne lli;N;Uusi;O;n@example.org;1", "username", "username"),
        ("nelli;N;Uusi;O;n.example.org;1", "email", "address"),
        ("nelli;N;Uusi;O;employment@example.org;1", "email", "taken"),
        ("kela;K;K;O;k@example.org;1", "username", "elsewhere"),
        ("client;K;K;O;k@example.org;1", "username", "taken"),
        ("officer;K;K;O;k@example.org;1", "username", "elsewhere"),
        ("employment;Eeva;Other;O;employment@example.org;1", "last_name", "other_name"),
        ("nelli;N;Uusi;O;n@example.org", "phone", "line_ends_before"),
        ("nelli;N;Uusi;O;n@example.org;1;2", "phone", "more_cells"),
        ('nelli;N;"Uusi;O;n@example.org;1', "last_name", "quote"),
        ("nelli;N;Uu\u202esi;O;n@example.org;1", "last_name", "control_character"),
    ],
)
def test_what_is_wrong_with_a_line_is_told_by_line_column_and_reason(
    world: World, leader: Actor, line: str, column: str, fault: str
) -> None:
    file = given(world, leader, NEW.replace("nelli", "nora"), line)
    assert faults(world, file) == [(3, column, fault)]
    writes(world, leader, file)
    assert position("nora") and not User.objects.filter(username="nelli").exists()


def test_who_stands_twice_is_taken_once(world: World, leader: Actor) -> None:
    other = "nora;N;O;O;NELLI@example.org;1"
    file = given(world, leader, NEW, NEW.replace("Nelli;", "Nella;"), other)
    assert faults(world, file) == [(3, "username", "twice"), (4, "email", "twice")]


@pytest.mark.parametrize("role", ["director", "officer", "leader", "esihenkilö"])
def test_a_file_names_no_other_role(world: World, leader: Actor, role: str) -> None:
    file = given(world, leader, f"{NEW};{role}", head=f"{HEAD};role")
    assert faults(world, file) == [(2, "role", "role")]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1"])
def test_home_made_files_are_read(
    world: World, leader: Actor, separator: str, encoding: str
) -> None:
    head = "Käyttäjätunnus;Etunimi;Sukunimi;Nimike;Sähköposti;Puhelin"
    text = f"{head}\r\nneea;Neeä;Äijälä;Ohjaaja;neea@example.org;1\r\n".replace(";", separator)
    file = services.check_staff_file(
        actor=leader, content=text.encode(encoding), office_id=position("colleague").office_id,
        now=world.now,
    )  # fmt: skip
    assert services.plan_of(file, now=world.now).lines[0].cells["last_name"] == "Äijälä"


def test_a_broken_byte_spoils_its_own_line(world: World, leader: Actor) -> None:
    good = "".join(f"n{n};N;Ä{n};O;n{n}@example.org;1\n" for n in range(3))
    content = f"{HEAD}\n{good}".encode() + b"x;X;\xff;O;x@example.org;1\n"
    file = services.check_staff_file(
        actor=leader, content=content, office_id=position("colleague").office_id, now=world.now
    )
    assert [fault[0] for fault in faults(world, file)] == [5]


@pytest.mark.parametrize(
    "content",
    [b"", b"\0", b"a;b\n1;2", HEAD.encode(), HEAD.replace(";title", "").encode() + b"\nx",
     HEAD.replace("title", "title;title").encode() + b"\nx"],
)  # fmt: skip
def test_what_is_no_such_file_says_so(world: World, leader: Actor, content: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        services.check_staff_file(
            actor=leader, content=content, office_id=position("colleague").office_id, now=world.now
        )
    assert refusal.value.field == "file"


def test_a_leader_says_nothing_of_another_office(world: World, leader: Actor) -> None:
    with pytest.raises(NotAllowed):
        given(world, leader, NEW, office_id=position("kela").office_id)
    with pytest.raises(NotAllowed):
        given(world, leader, NEW, office_id=None)
    file = given(world, leader, f"{NEW};Kela, Salo", head=f"{HEAD};office")
    assert faults(world, file) == [(2, "office", "office")]
    with pytest.raises(NotVisible):
        writes(world, world.actor("social"), file)


def test_the_keepers_file_is_decided_by_an_officer(world: World) -> None:
    keeper, office = world.actor("keeper"), position("kela").office
    assert office is not None
    head, line = f"{HEAD};office", f"{NEW};{office.name}"
    file = given(world, keeper, line, head=head, office_id=None)
    for actor in (keeper, world.actor("officer")):
        with pytest.raises(NotAllowed):
            writes(world, actor, file)
    services.propose_staff_file(actor=keeper, file_id=file.pk, now=world.now)
    with pytest.raises(NotAllowed):
        writes(world, keeper, file)
    writes(world, world.actor("officer"), file)
    held = position("nelli")
    assert held.office_id == office.pk
    assert (held.begun_by_id, held.confirmed_by_id) == (
        keeper.user_id, world.actor("officer").user_id,
    )  # fmt: skip
    assert [m.position.user.username for m in missing_from_files(office, now=world.now)] == ["kela"]
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        StaffFile.objects.filter(pk=file.pk).update(decided_by=keeper.user_id)


def test_a_file_that_is_turned_down_or_thrown_away_is_forgotten(world: World) -> None:
    keeper, office = world.actor("keeper"), position("kela").office
    assert office is not None
    for actor, state in ((keeper, "discarded"), (world.actor("officer"), "turned_down")):
        line = f"{NEW};{office.name}"
        file = given(world, keeper, line, head=f"{HEAD};office", office_id=None)
        services.propose_staff_file(actor=keeper, file_id=file.pk, now=world.now)
        services.discard_staff_file(actor=actor, file_id=file.pk, now=world.now)
        file.refresh_from_db()
        assert (file.state, file.rows) == (StaffFileState(state), [])


def test_a_file_that_waits_too_long_is_forgotten(world: World, leader: Actor) -> None:
    file = given(world, leader, NEW)
    night = system_actor("night")
    for days, gone in ((29, 0), (30, 1)):
        then = world.now + timedelta(days=days)
        assert services.forget_staff_files(actor=night, now=then) == gone
    file.refresh_from_db()
    assert (file.state, file.rows) == (StaffFileState.DISCARDED, [])


def test_the_pages_of_a_file_of_staff(world: World, login: Any, leader: Actor) -> None:
    client = login("colleague")
    office = position("colleague").office_id
    upload = SimpleUploadedFile("staff.csv", f"{HEAD}\n{NEW}\nx;;X;O;x@example.org;1".encode())
    answer = client.post(f"/offices/{office}/file/", {"file": upload})
    page = client.get(answer.headers["Location"]).content.decode()
    assert "(nelli)" in page and "nothing is written here" in page and "Write it" in page
    file = StaffFile.objects.get()
    assert b"first_name" in client.get(f"/staff-files/{file.pk}/faults.csv").content
    client.post(f"/staff-files/{file.pk}/write/")
    page = client.get(f"/offices/{office}/").content.decode()
    assert ">Nelli Uusi<" in page and "No longer in the file" in page
    row = StaffMissing.objects.get()
    client.post(f"/staff-files/missing/{row.pk}/stays/")
    assert "No longer in the file" not in client.get(f"/offices/{office}/").content.decode()


def test_where_the_states_centre_lets_in_no_file_does(
    world: World, leader: Actor, settings: Any
) -> None:
    """Neither somebody new nor who worked here before; what is known of the others is written."""
    settings.STAFF_LET_IN_BY = "centre"
    stays = "employment;Eeva;Employment;Ohjaaja;employment@example.org;7"
    file = given(world, leader, NEW, stays)
    assert [(n, c) for n, c, _f in services.plan_of(file, now=world.now).faults] == [
        (2, "username")
    ]
    writes(world, leader, file)
    assert not User.objects.filter(username="nelli").exists()
    assert position("employment").title == "Ohjaaja"
