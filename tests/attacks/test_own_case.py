"""A worker who is a client sees their own case as its client alone, by no way of their work."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from cases.access import visible_to
from cases.models import TeamMembership, TeamRole
from cases.services import (
    add_team_member,
    change_case_manager,
    cover_absence,
    end_work,
    hand_over,
    open_case,
)
from common.clock import day_of
from common.crypto import decrypt, search_hash
from common.decision import Refused
from people.models import Position, User
from people.services import give_position
from tests.builders import TEST
from tests.people.test_staff import leads, position
from tests.personas import World


def is_the_client(world: World, username: str) -> None:
    """Their body's directory has told their own code at a log-in."""
    code = decrypt(world.case.person.identity_code_encrypted)
    User.objects.filter(username=username).update(own_code_hash=search_hash(code))


@pytest.mark.parametrize("who", ["social", "employment"])
def test_no_page_no_search_and_no_machine_shows_it_at_work(
    world: World, login: Any, who: str
) -> None:
    name, key = world.case.person.name_in_list, str(world.case.pk)
    assert name in login(who).get("/cases/").content.decode()
    is_the_client(world, who)
    worker = login(who)
    for url in ("/day/", "/cases/", "/commitments/", "/api/v1/cases/"):
        answer = worker.get(url)
        assert answer.status_code == 200, url
        assert name not in answer.content.decode() and key not in answer.content.decode(), url
    code = decrypt(world.case.person.identity_code_encrypted)
    for typed in (name, code):
        assert key not in worker.post("/cases/", {"search": typed}).content.decode()
    for url in (f"/cases/{key}/", f"/cases/{key}/plan/", f"/api/v1/cases/{key}/"):
        assert worker.get(url).status_code == 404, url
    # As the client, by the client's log-in.
    assert login("client").get("/my/").status_code == 200


def test_whoever_stands_in_for_its_manager_does_not_find_it(world: World) -> None:
    is_the_client(world, "colleague")
    today = day_of(world.now)
    cover_absence(
        actor=world.actor("employment"), user_id=position("employment").user_id,
        by_id=position("colleague").user_id, since=today, until=today + timedelta(days=5),
        now=world.now,
    )  # fmt: skip
    later = world.now + timedelta(days=1)
    assert not visible_to(world.actor("colleague"), now=later).filter(pk=world.case.pk).exists()


def test_nobody_is_given_their_own_case(world: World) -> None:
    """On the team, as its manager at once or by a handover, or as a case begins."""
    is_the_client(world, "colleague")
    manager, them = world.actor("employment"), position("colleague").user_id
    given: dict[str, Any] = {"actor": manager, "case": world.case, "now": world.now}
    for put in (
        lambda: add_team_member(**given, user_id=them, why=""),
        lambda: change_case_manager(**given, user_id=them),
        lambda: hand_over(**given, receiver_id=them, reason="x", leaves=False),
    ):
        with pytest.raises(Refused, match="own case"), transaction.atomic():
            put()
    with pytest.raises(Refused, match="own case"), transaction.atomic():
        open_case(
            actor=manager, person_id=world.case.person_id, statute="381/2023",
            first_contact_on=day_of(world.now),
            case_manager_id=position("employment").user_id, member_ids=[them], office_ids=[],
            now=world.now,
        )  # fmt: skip


@pytest.mark.parametrize("another", [False, True])
def test_a_leader_does_not_get_their_own_case_when_its_manager_leaves(
    world: World, another: bool
) -> None:
    """Another leader does; with none it is with nobody, as the director's board says."""
    leads("colleague")
    is_the_client(world, "colleague")
    office = position("employment").office
    second = User.objects.create_user("second", password=None, first_name="A", last_name="B")
    give_position(
        actor=TEST, user=second, network=office.network, office=office, title="", leads=another,
        since=world.now, now=world.now,
    )  # fmt: skip
    left = position("employment")
    end_work(actor=world.actor("colleague"), position_id=left.pk, now=world.now)
    managers = TeamMembership.objects.filter(
        case=world.case, role=TeamRole.CASE_MANAGER, until=None
    )
    assert managers.get().user_id == (second.pk if another else left.user_id)
    assert Position.objects.get(pk=left.pk).until is not None
