"""A case that has ended asks nobody for anything: its pages tell that it has, and are read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from caseplan.messages.models import ThreadKind
from caseplan.messages.services import start_thread
from caseplan.plan.models import Action
from cases.models import Case
from cases.services import end_because_moved, record_death, record_move
from common.clock import day_of
from consent.models import Category
from tests.pages.reading import without_help
from tests.pages.states import STAGES
from tests.personas import World

ASKED_WHILE_OPEN = (
    "Do this next",
    "late since",
    "If you cannot manage now",
    "No plan in force yet",
    "Your team makes the plan together with you",
    "Your team adds goals together with you",
    "Write here what you want",
    "Write to your team",
    "write how you see it",
)


def own_page(login: Any, username: str) -> str:
    page = login(username).get("/my/")
    assert page.status_code == 200
    return without_help(page.content.decode())


def waiting(page: str) -> str:
    """What the list of what waits for the client says; a consent that runs out may stand there."""
    return page.partition("Waiting for you")[2].partition("</section>")[0]


def own_action(world: World) -> str:
    return Action.objects.filter(case=world.case.pk, owner_party="client").latest("due_on").text


def with_somebody_late(world: World) -> None:
    late = day_of(world.now) - timedelta(days=1)
    action = Action.objects.filter(case=world.case.pk).earliest("due_on")
    assert action.is_open
    assert action.due_on <= late


def test_while_it_goes_on_the_client_is_told_what_waits(world: World, login: Any) -> None:
    with_somebody_late(world)
    page = own_page(login, "client")
    assert "Do this next" in page
    assert "late since" in page
    assert own_action(world) in waiting(page)


@pytest.mark.parametrize("state", ["declined", "follow_up", "closed"])
def test_the_client_is_asked_for_nothing_in_what_has_ended(
    world: World, login: Any, state: str
) -> None:
    stage = STAGES[state](world)
    page = own_page(login, stage.client)
    assert [text for text in ASKED_WHILE_OPEN if text in page] == []
    if state == "declined":
        assert "The joint service did not begin" in page
        assert "One body can help." in page
    else:
        assert own_action(world) not in waiting(page)
        assert "The joint service has ended" in page
        assert "Another service" in page


def test_who_has_moved_is_told_so_and_not_of_a_client_who_did(world: World, login: Any) -> None:
    case = Case.objects.get(pk=world.case.pk)
    worker = world.actor("employment")
    record_move(
        actor=worker, case=case, municipality_code="999", on=day_of(world.now), now=world.now
    )
    case.refresh_from_db()
    start_thread(
        actor=worker, case=case, kind=ThreadKind.DIALOGUE, topic="A question", text="Well?",
        category=Category.PLAN_FOLLOW_UP, now=world.now,
    )  # fmt: skip
    assert "A question" in waiting(own_page(login, "client"))
    end_because_moved(actor=worker, case=case, reason="They call you.", now=world.now)
    page = own_page(login, "client")
    assert [text for text in ASKED_WHILE_OPEN if text in page] == []
    assert own_action(world) not in waiting(page)
    assert "A question" not in waiting(page)  # nobody can answer it there
    assert "You have moved to another area." in page
    assert "The client has moved" not in page
    assert "Ended together" not in page


def test_the_case_of_somebody_who_died_invites_to_nothing(world: World, login: Any) -> None:
    with_somebody_late(world)
    case = Case.objects.get(pk=world.case.pk)
    worker = world.actor("employment")
    record_death(actor=worker, case=case, died_on=day_of(world.now), now=world.now)
    page = login("employment").get(f"/cases/{case.pk}/").content.decode()
    assert "The client has died" in page
    for text in ("Ended together", "overdue", "hand the case over", "It comes first", "adds its"):
        assert text not in page
