"""Asking to see a case of others: who is asked, who answers, and how long it is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from audit.models import Purpose
from cases import services
from cases.access import visible_to
from cases.lifecycle import CaseState
from cases.models import Case, RequestState, TemporaryAccess
from cases.selectors import access_requests_for
from cases.services import (
    clear_expired_access,
    decline_access_request,
    move_case,
)
from common.actor import system_actor
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused
from tests.cases.outside import (
    ASK,
    FIND,
    NOBODYS,
    WORKERS,
    asks,
    code_of,
    gives,
    later,
    opens,
    sees,
    text_of,
)
from tests.looks import looks_at
from tests.personas import PERSONAS, World
from tests.together import at_once

__all__ = ["later"]


def test_a_request_reaches_the_case_manager_when_there_is_one_and_nobody_else(
    world: World, login: Any
) -> None:
    asked = asks(world)
    asks(world, identity_code=NOBODYS)
    url = f"/access-requests/{asked.pk}/"
    for persona in PERSONAS:
        manages = persona == "employment"
        assert login(persona).get(url).status_code == (200 if manages else 404), persona
        if persona in WORKERS:
            assert (url in login(persona).get("/day/").content.decode()) is manages, persona
    mine = access_requests_for(world.actor("employment"), now=world.now)
    assert [(row.pk, case.pk) for row, case in mine] == [(asked.pk, world.case.pk)]
    page = text_of(login("employment").get(url))
    assert "Kalle Colleague" in page
    assert "He came to us." in page


def test_a_request_follows_the_case_to_a_new_case_manager(world: World) -> None:
    asked = asks(world)
    later = world.now + timedelta(seconds=1)
    services.change_case_manager(
        actor=world.actor("employment"), case=world.case,
        user_id=world.actor("social").writer_id, now=later,
    )  # fmt: skip
    with pytest.raises(NotVisible):
        gives(world, asked, now=later)
    gives(world, asked, by="social", now=later)


def test_a_request_made_before_there_was_a_case_reaches_its_later_case_manager(
    world: World,
) -> None:
    """Who asks blindly is answered once somebody can: the request waits by the code alone."""
    case = world.case
    world.end_case()
    asked = asks(world)
    assert access_requests_for(world.actor("employment"), now=world.now) == []
    move_case(
        actor=world.actor("social"),
        case=Case.objects.get(pk=case.pk),
        to=CaseState.MAPPING,
        now=world.now,
    )
    assert [row for row, _c in access_requests_for(world.actor("employment"), now=world.now)] == [
        asked
    ]


def test_asking_opens_nothing_until_it_is_given(world: World, login: Any) -> None:
    asked = asks(world)
    assert not sees(login, world)
    gives(world, asked)
    assert sees(login, world)


def test_given_access_ends_with_its_last_day(
    world: World, login: Any, later: Callable[[World, timedelta], None]
) -> None:
    gives(world, asks(world), until=day_of(world.now) + timedelta(days=2))
    for number, open_ in ((0, True), (2, True), (3, False)):
        later(world, timedelta(days=number))
        assert sees(login, world) is open_, number
    end = services.end_of_day(day_of(world.now) + timedelta(days=2))
    colleague = world.actor("colleague")
    assert visible_to(colleague, now=end - timedelta(microseconds=1)).filter(pk=world.case.pk)
    assert not visible_to(colleague, now=end).filter(pk=world.case.pk)
    clear_expired_access(actor=system_actor("night"), now=end)
    assert not TemporaryAccess.objects.filter(user_id=colleague.user_id).exists()


@pytest.mark.parametrize(("ahead", "allowed"), [(-1, False), (0, True), (90, True), (91, False)])
def test_access_is_given_from_today_to_ninety_days_ahead(
    world: World, ahead: int, allowed: bool
) -> None:
    asked, until = asks(world), day_of(world.now) + timedelta(days=ahead)
    if allowed:
        gives(world, asked, until=until)
        return
    with pytest.raises(Refused) as refused, transaction.atomic():
        gives(world, asked, until=until)
    assert refused.value.field == "until"
    assert not visible_to(world.actor("colleague"), now=world.now).filter(pk=world.case.pk)


def test_who_was_given_access_reads_what_their_body_may_and_the_client_is_told(
    world: World, login: Any
) -> None:
    gives(world, asks(world))
    page = login("colleague").get(f"/cases/{world.case.pk}/").content.decode()
    assert world.joint_goal.text in page
    assert "Ammatillinen kuntoutusselvitys" not in page  # health, by consent only
    look = looks_at(world.case.pk, actor=world.actor("colleague").label)[-1]
    assert look.purpose == Purpose.ASKED
    log = text_of(login("client").get("/my/access-log/"))
    assert "Kalle Colleague" in log
    assert "access was asked for and given" in log


def test_a_refusal_says_why_to_the_case_manager_only(world: World, login: Any) -> None:
    asked = asks(world)
    url = f"/access-requests/{asked.pk}/"
    answer = login("employment").post(url, {"decision": "refuse", "answer": ""})
    assert list(answer.context["form"].errors) == ["answer"]
    assert login("employment").post(url, {"decision": "give", "until": ""}).status_code == 200
    assert login("employment").post(url, {"decision": "refuse", "answer": "WHY"}).status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == (RequestState.REFUSED, "WHY")
    assert not sees(login, world)
    assert login("employment").get(url).status_code == 404  # answered once
    for path in ("/day/", "/cases/", FIND):
        assert "WHY" not in login("colleague").get(path).content.decode()


def test_a_case_is_not_opened_across_networks(world: World, login: Any) -> None:
    asked = asks(world, by="outsider")
    with pytest.raises(NotAllowed), transaction.atomic():
        gives(world, asked)
    answer = login("employment").post(
        f"/access-requests/{asked.pk}/",
        {"decision": "give", "until": day_of(world.now).isoformat()},
    )
    assert list(answer.context["form"].errors) == ["answer"]  # only why not is asked
    asked.refresh_from_db()
    assert asked.state == RequestState.OPEN
    assert not sees(login, world, "outsider")


def test_nobody_but_the_case_manager_answers(world: World) -> None:
    asked = asks(world)
    for persona in PERSONAS:
        if persona == "employment":
            continue
        with pytest.raises(NotVisible):
            gives(world, asked, by=persona)
        with pytest.raises(NotVisible):
            decline_access_request(
                actor=world.actor(persona), request_id=asked.pk, answer="No", now=world.now
            )
    asked.refresh_from_db()
    assert asked.state == RequestState.OPEN


def test_asking_says_why(world: World, login: Any) -> None:
    code = code_of(world.case.person)
    answer = login("colleague").post(ASK, {"identity_code": code, "reason": "  "})
    assert list(answer.context["form"].errors) == ["reason"]
    for write in (asks, opens):
        with pytest.raises(Refused) as refused:
            write(world, reason="  ")
        assert refused.value.field == "reason"


def test_the_client_reads_of_every_search_and_request_at_once(world: World, login: Any) -> None:
    code = code_of(world.case.person)
    login("colleague").post(FIND, {"identity_code": code})
    assert "searched with your identity code" in text_of(login("client").get("/my/access-log/"))
    login("outsider").post(ASK, {"identity_code": code, "reason": "r"})
    log = text_of(login("client").get("/my/access-log/"))
    assert "Olli Outsider" in log
    assert "asked to see your case" in log


@pytest.mark.usefixtures("committed_db")
def test_two_who_ask_at_once_both_reach_the_case_manager() -> None:
    world = World.load()
    acts = [lambda by=by: asks(world, by=by) for by in ("colleague", "outsider", "colleague")]  # type: ignore[misc]
    assert at_once(*acts) == ["done"] * 3
    assert len(access_requests_for(world.actor("employment"), now=world.now)) == 3


@pytest.mark.usefixtures("committed_db")
def test_giving_and_refusing_at_once_leave_one_answer() -> None:
    world = World.load()
    employment, colleague = world.actor("employment"), world.actor("colleague")
    for _time in range(5):
        asked = asks(world)
        outcomes = at_once(
            lambda a=asked: gives(world, a),  # type: ignore[misc]
            lambda a=asked: decline_access_request(  # type: ignore[misc]
                actor=employment, request_id=a.pk, answer="No", now=world.now
            ),
        )
        assert outcomes == ["NotVisible", "done"]
        asked.refresh_from_db()
        held = TemporaryAccess.objects.filter(user_id=colleague.user_id)
        assert held.exists() == (asked.state == RequestState.GIVEN)
        held.delete()
