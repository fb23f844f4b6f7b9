"""Somebody goes, and nothing stays with nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils.translation import override

from cases import services
from cases.models import Case, Cover, Handover, HandoverCode, HandoverState, TeamMembership
from cases.selectors import case_manager_of, count_managed_cases
from common.actor import system_actor
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused
from people.models import Person, Position, User
from tests.personas import World


def ends(world: World, who: str, by: str = "colleague") -> int:
    return services.end_work(actor=world.actor(by), position_id=position(who).pk, now=world.now)


def position(username: str) -> Position:
    return Position.objects.get(user__username=username, until__isnull=True)


@pytest.fixture
def led(world: World) -> World:
    """The colleague leads the office of employment services."""
    Position.objects.filter(user__username="colleague").update(leads=True)
    return world


def manager(world: World) -> str:
    found = case_manager_of(Case.objects.get(pk=world.case.pk), now=world.now)
    assert found is not None
    return found.username


def test_their_cases_go_to_who_leads_the_office_at_once(led: World) -> None:
    user_id = led.actor("employment").user_id
    assert user_id is not None
    managed = count_managed_cases([user_id], now=led.now)[user_id]
    assert ends(led, "employment") == managed >= 1
    assert manager(led) == "colleague"
    assert count_managed_cases([user_id], now=led.now) == {}


def test_they_can_no_longer_log_in_nor_go_on_with_what_was_open(led: World, login: Any) -> None:
    browser = login("employment")
    assert browser.get(f"/cases/{led.case.pk}/").status_code == 200
    ends(led, "employment")
    assert browser.get(f"/cases/{led.case.pk}/").status_code == 302
    answer = browser.post("/login/", {"username": "employment", "password": "demo"}, follow=True)
    assert b"This account is closed" in answer.content
    assert browser.get("/day/").status_code == 302  # asked to log in, as before


def test_the_client_is_told_who_comes_and_why_in_their_language(led: World, login: Any) -> None:
    Person.objects.filter(pk=led.case.person_id).update(language="sv")
    ends(led, "employment")
    told = Handover.objects.get(case=led.case, state=HandoverState.ACCEPTED)
    assert (told.reason, told.code) == ("", HandoverCode.LEFT)
    with override("en"):
        assert told.why in login("client").get("/my/people/").content.decode()
    with override("sv"):
        assert told.why.startswith("Hen arbetar inte längre här")


def test_nobody_goes_who_manages_cases_while_nobody_else_leads(world: World) -> None:
    """The one worker of an office leads it: whoever is to take their cases is named first."""
    Position.objects.filter(user__username="social").update(leads=True)
    with pytest.raises(Refused, match="Name a leader"):
        ends(world, "social", by="social")
    assert position("social").until is None
    assert User.objects.get(username="social").is_active


def test_whoever_leads_alone_names_another_before_they_go(led: World) -> None:
    with pytest.raises(Refused, match="Name another first"):
        ends(led, "colleague")


def test_they_leave_every_team(led: World) -> None:
    user = User.objects.get(username="employment")
    services.add_team_member(
        actor=led.actor("employment"), case=led.case, user_id=position("colleague").user_id,
        why="", now=led.now,
    )  # fmt: skip
    ends(led, "employment")
    assert not TeamMembership.objects.filter(user=user, until__isnull=True).exists()


def test_nobody_they_stood_in_for_is_thought_covered(led: World) -> None:
    today = day_of(led.now)
    cover = services.cover_absence(
        actor=led.actor("colleague"), user_id=position("colleague").user_id,
        by_id=position("employment").user_id, since=today, until=today + timedelta(days=9),
        now=led.now,
    )  # fmt: skip
    ends(led, "employment")
    assert not Cover.objects.filter(pk=cover.pk, until__gt=led.now).exists()


def asks(world: World, giver: str, case: Case, receiver: str) -> Handover:
    return services.hand_over(
        actor=world.actor(giver), case=case, receiver_id=position(receiver).user_id,
        reason="I move.", leaves=True, now=world.now,
    )  # fmt: skip


def test_what_they_were_asked_to_take_is_taken_back(led: World) -> None:
    theirs = Case.objects.filter(
        team__user__username="colleague", team__role="case_manager", ended_at=None
    ).first()
    assert theirs is not None
    offer = asks(led, "colleague", theirs, "employment")
    ends(led, "employment")
    offer.refresh_from_db()
    assert offer.state == HandoverState.WITHDRAWN


def test_a_case_offered_to_who_leads_is_theirs_by_that_offer(led: World) -> None:
    offer = asks(led, "employment", led.case, "colleague")
    ends(led, "employment")
    offer.refresh_from_db()
    assert offer.state == HandoverState.ACCEPTED
    assert Handover.objects.filter(case=led.case).count() == 1
    assert manager(led) == "colleague"


def test_another_to_whom_they_offered_a_case_may_still_take_it(led: World) -> None:
    offer = asks(led, "employment", led.case, "social")
    ends(led, "employment")
    assert manager(led) == "colleague"
    services.accept_handover(actor=led.actor("social"), handover_id=offer.pk, now=led.now)
    assert manager(led) == "social"


def test_only_who_leads_the_office_ends_work_in_it(led: World) -> None:
    with pytest.raises(NotVisible):
        ends(led, "employment", by="social")
    with pytest.raises(NotAllowed):
        ends(led, "employment", by="director")


def test_the_night_does_it_for_who_stopped_in_another_way(led: World) -> None:
    night = system_actor("night")
    User.objects.filter(username="employment").update(is_active=False)
    assert services.reassign_cases(actor=night, now=led.now) >= 1
    assert manager(led) == "colleague"
    assert Handover.objects.filter(case=led.case, state=HandoverState.ACCEPTED).exists()


def test_the_page_says_what_ending_does_before_it_does(led: World, login: Any) -> None:
    leader, there = login("colleague"), position("employment")
    url = f"/workers/{there.pk}/end/"
    page = leader.get(url).content.decode()
    assert "Cases they manage: 1." in page
    assert leader.post(url).status_code == 302
    office = leader.get(f"/offices/{there.office_id}/").content.decode()
    assert "Have left within a year" in office
    back = f"/offices/{there.office_id}/{there.user_id}/back/"
    assert leader.post(back).status_code == 302
    assert (
        "Have left within a year" not in leader.get(f"/offices/{there.office_id}/").content.decode()
    )
