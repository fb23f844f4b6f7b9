"""A case is handed over, somebody stands in, and no case is ever without somebody who answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from audit.models import Purpose
from cases import services
from cases.access import can_work_on, visible_to
from cases.models import (
    Case,
    Cover,
    Handover,
    HandoverState,
    TeamMembership,
    TeamRole,
    TemporaryAccess,
)
from cases.selectors import case_manager_of, new_manager
from common.actor import system_actor
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused
from people.models import Position, Role, User
from tests.looks import looks_at
from tests.personas import World


def asks(world: World, to: str = "colleague", **given: Any) -> Handover:
    return services.hand_over(
        **{
            "actor": world.actor("employment"),
            "case": world.case,
            "receiver_id": world.actor(to).user_id,
            "reason": "I change to another town.",
            "leaves": False,
            "now": world.now,
            **given,
        }
    )


def takes(world: World, handover: Handover, who: str = "colleague") -> None:
    services.accept_handover(actor=world.actor(who), handover_id=handover.pk, now=world.now)


def sees(world: World, who: str, days: int = 0) -> bool:
    now = world.now + timedelta(days=days)
    return visible_to(world.actor(who), now=now).filter(pk=world.case.pk).exists()


def writes(world: World, who: str) -> bool:
    return can_work_on(world.actor(who), world.case, now=world.now).allowed


def test_the_case_moves_only_when_the_receiver_accepts(world: World) -> None:
    handover = asks(world)
    manager = case_manager_of(world.case, now=world.now)
    assert manager is not None and manager.username == "employment"
    assert not sees(world, "colleague")
    takes(world, handover)
    manager = case_manager_of(world.case, now=world.now)
    assert manager is not None and manager.username == "colleague"
    assert writes(world, "colleague") and writes(world, "employment")


def test_the_client_is_told_who_came_when_and_why_for_sixty_days(world: World, login: Any) -> None:
    takes(world, asks(world))
    client = login("client")
    page = client.get("/my/people/").content.decode()
    assert "I change to another town." in page
    name = User.objects.get(username="colleague").full_name
    assert name in page and name in client.get("/my/").content.decode()
    assert new_manager(world.case, now=world.now + timedelta(days=61)) is None


def test_a_manager_who_leaves_reads_for_fourteen_days_and_does_not_write(world: World) -> None:
    takes(world, asks(world, leaves=True))
    assert sees(world, "employment")
    assert not writes(world, "employment")
    assert sees(world, "employment", days=14)
    assert not sees(world, "employment", days=15)
    assert TemporaryAccess.objects.get(user__username="employment").why == "grace"


def test_only_its_manager_hands_a_case_over(world: World) -> None:
    with pytest.raises(NotAllowed):
        asks(world, actor=world.actor("social"))


def test_only_the_one_asked_accepts_or_declines(world: World) -> None:
    handover = asks(world)
    with pytest.raises(NotVisible):
        takes(world, handover, "social")
    with pytest.raises(NotAllowed):
        takes(world, handover, "employment")
    with pytest.raises(NotAllowed):
        services.decline_handover(
            actor=world.actor("employment"), handover_id=handover.pk, answer="No.", now=world.now
        )


def test_a_case_is_not_handed_to_who_manages_it(world: World) -> None:
    with pytest.raises(Refused) as error:
        asks(world, to="employment")
    assert error.value.field == "receiver_id"


def test_a_declined_handover_says_why_and_the_case_stays(world: World) -> None:
    handover = asks(world)
    with pytest.raises(Refused) as refusal:
        services.decline_handover(
            actor=world.actor("colleague"), handover_id=handover.pk, answer=" ", now=world.now
        )
    assert refusal.value.field == "answer"
    services.decline_handover(
        actor=world.actor("colleague"), handover_id=handover.pk, answer="Too many.", now=world.now
    )
    manager = case_manager_of(world.case, now=world.now)
    assert manager is not None and manager.username == "employment"
    assert not sees(world, "colleague")
    assert asks(world).state == HandoverState.OPEN  # somebody may be asked anew


def test_one_handover_at_a_time(world: World) -> None:
    asks(world)
    with pytest.raises(Refused):
        asks(world, to="social")
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.create(
            case=world.case,
            giver=User.objects.get(username="employment"),
            receiver=User.objects.get(username="kela"),
            reason="Again.",
            asked_at=world.now,
        )


def test_a_handover_taken_back_cannot_be_accepted(world: World) -> None:
    handover = asks(world)
    services.withdraw_handover(
        actor=world.actor("employment"), handover_id=handover.pk, now=world.now
    )
    with pytest.raises(NotVisible):
        takes(world, handover)


def test_nobody_of_another_network_takes_the_case(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        asks(world, to="outsider")
    assert refusal.value.field == "receiver_id"


def test_the_receiver_is_told_on_the_first_page_and_reads_the_pack_after(
    world: World, login: Any
) -> None:
    handover = asks(world)
    client = login("colleague")
    assert f"/handovers/{handover.pk}/" in client.get("/day/").content.decode()
    assert client.get(f"/cases/{world.case.pk}/taking-over/").status_code == 404
    client.post(f"/handovers/{handover.pk}/accept/")
    page = client.get(f"/cases/{world.case.pk}/taking-over/")
    assert page.status_code == 200
    assert world.action.text in page.content.decode()


def test_why_one_is_asked_is_logged_wherever_it_is_read(world: World, login: Any) -> None:
    """Before it is taken the case is not theirs to see: of each who reads why, the log says so."""
    handover = asks(world)
    reader = world.actor("colleague").label
    for page in ("/handovers/", f"/handovers/{handover.pk}/"):
        before = len(looks_at(world.case.pk, actor=reader))
        assert handover.why in login("colleague").get(page).content.decode()
        assert len(looks_at(world.case.pk, actor=reader)) > before, page


def covers(world: World, **given: Any) -> Any:
    today = day_of(world.now)
    return services.cover_absence(
        **{
            "actor": world.actor("employment"),
            "user_id": world.actor("employment").user_id,
            "by_id": world.actor("colleague").user_id,
            "since": today,
            "until": today + timedelta(days=6),
            "now": world.now,
            **given,
        }
    )


def test_a_cover_sees_and_writes_in_all_cases_until_the_last_day(world: World) -> None:
    assert not sees(world, "colleague")
    covers(world)
    assert sees(world, "colleague") and writes(world, "colleague")
    assert sees(world, "colleague", days=6)
    assert not sees(world, "colleague", days=7)
    assert case_manager_of(world.case, now=world.now).username == "employment"  # type: ignore


def test_a_cover_of_one_day_is_a_day_and_none_begins_in_the_past_or_ends_before(
    world: World,
) -> None:
    today = day_of(world.now)
    for since, until in ((1, 0), (-1, 3)):
        with pytest.raises(Refused) as error:
            covers(world, since=today + timedelta(days=since), until=today + timedelta(days=until))
        assert error.value.field == "until"
    covers(world, until=today)
    assert sees(world, "colleague")
    assert not sees(world, "colleague", days=1)


def test_a_cover_is_somebody_else_who_works_in_this_network(world: World) -> None:
    for who in ("employment", "outsider", "director"):
        with pytest.raises(Refused) as error:
            covers(world, by_id=world.actor(who).user_id)
        assert error.value.field == "by_id"


def test_a_cover_ended_early_sees_nothing_from_then_on(world: World) -> None:
    row = covers(world)
    services.end_cover(actor=world.actor("colleague"), cover_id=row.pk, now=world.now)
    assert not sees(world, "colleague")


@pytest.mark.parametrize("who", ["employment", "colleague", "social"])
def test_a_cover_is_ended_by_either_of_the_two_or_by_who_chose_it(world: World, who: str) -> None:
    """For everybody else it is not there."""
    row = covers(world)
    Cover.objects.filter(pk=row.pk).update(made_by=world.actor("social").user_id)
    for stranger in ("kela", "director", "client", "outsider"):
        with pytest.raises(NotVisible):
            services.end_cover(actor=world.actor(stranger), cover_id=row.pk, now=world.now)
    services.end_cover(actor=world.actor(who), cover_id=row.pk, now=world.now)
    assert Cover.objects.get(pk=row.pk).until == world.now
    with pytest.raises(NotVisible):
        services.end_cover(actor=world.actor(who), cover_id=row.pk, now=world.now)


def test_a_cover_ended_before_it_began_never_was(world: World) -> None:
    row = covers(world, since=day_of(world.now) + timedelta(days=2))
    services.end_cover(actor=world.actor("employment"), cover_id=row.pk, now=world.now)
    ended = Cover.objects.get(pk=row.pk)
    assert ended.until == ended.since > world.now
    assert not sees(world, "colleague", days=3)


def test_nobody_stands_in_for_who_has_no_cases_here(world: World) -> None:
    director = world.actor("director")
    with pytest.raises(NotAllowed):
        covers(world, actor=director, user_id=director.user_id)
    assert not Cover.objects.exists()


def test_who_changed_the_manager_is_written_down_and_the_former_one_stays(world: World) -> None:
    social = world.actor("social")
    services.change_case_manager(
        actor=world.actor("employment"), case=world.case, user_id=social.writer_id, now=world.now
    )
    ended = TeamMembership.objects.filter(case=world.case, until=world.now)
    assert {membership.ended_by_id for membership in ended} == {world.actor("employment").user_id}
    assert writes(world, "employment") and writes(world, "social")


def no_longer_works(world: World) -> None:
    Position.objects.filter(user__username="colleague").update(until=world.now)


def is_no_caseworker(world: World) -> None:
    Position.objects.filter(user__username="colleague").update(role=Role.DIRECTOR, office=None)


def cannot_log_in(world: World) -> None:
    User.objects.filter(username="colleague").update(is_active=False)


@pytest.mark.parametrize("changed", [no_longer_works, is_no_caseworker, cannot_log_in])
def test_cases_go_only_to_who_works_with_cases_here_and_now(
    world: World, changed: Callable[[World], None]
) -> None:
    colleague = world.actor("colleague").writer_id
    changed(world)
    for field, act in (
        ("receiver_id", lambda: asks(world, receiver_id=colleague)),
        ("by_id", lambda: covers(world, by_id=colleague)),
        (
            "case_manager",
            lambda: services.change_case_manager(
                actor=world.actor("employment"), case=world.case, user_id=colleague, now=world.now
            ),
        ),
    ):  # fmt: skip
        with pytest.raises(Refused) as error:
            act()
        assert error.value.field == field


def test_only_who_leads_that_very_office_now_chooses_a_cover_in_it(world: World) -> None:
    colleague = Position.objects.filter(user__username="colleague")
    social = Position.objects.filter(user__username="social")
    social.update(leads=True)  # another office
    for who in ("colleague", "social"):
        with pytest.raises(NotAllowed):
            covers(world, actor=world.actor(who))
    colleague.update(leads=True)
    leader = world.actor("colleague")
    colleague.update(since=world.now + timedelta(days=1))
    with pytest.raises(NotAllowed):
        covers(world, actor=leader)


def test_the_rest_of_the_team_stays_and_a_case_changes_hands_more_than_once(world: World) -> None:
    def team() -> set[str]:
        memberships = TeamMembership.objects.filter(case=world.case, until=None)
        return set(memberships.values_list("user__username", flat=True))

    before = team()
    services.change_case_manager(
        actor=world.actor("employment"), case=world.case, now=world.now,
        user_id=world.actor("social").writer_id,
    )  # fmt: skip
    assert team() == before
    offer = asks(world, actor=world.actor("social"))
    assert offer.giver_id == world.actor("social").user_id
    takes(world, offer)
    assert team() == before | {"colleague"}


def test_a_cover_is_of_the_same_body(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        covers(world, by_id=world.actor("kela").user_id)
    assert refusal.value.field == "by_id"


def test_nobody_chooses_a_cover_for_a_colleague_unless_they_lead_the_office(world: World) -> None:
    with pytest.raises(NotAllowed):
        covers(world, actor=world.actor("colleague"))
    Position.objects.filter(user__username="colleague").update(leads=True)
    assert covers(world, actor=world.actor("colleague")).pk


def test_two_covers_of_one_worker_do_not_overlap(world: World) -> None:
    covers(world)
    with pytest.raises(Refused):
        covers(world)


def test_the_case_of_somebody_who_left_goes_to_the_leader_of_their_office(world: World) -> None:
    night = system_actor("night")
    User.objects.filter(username="employment").update(is_active=False)
    services.reassign_cases(actor=night, now=world.now)
    left = TeamMembership.objects.get(case=world.case, until=None, role=TeamRole.CASE_MANAGER)
    assert left.user is not None and left.user.username == "employment"  # no leader: it stays
    Position.objects.filter(user__username="colleague").update(leads=True)
    assert services.reassign_cases(actor=night, now=world.now) >= 1
    manager = case_manager_of(Case.objects.get(pk=world.case.pk), now=world.now)
    assert manager is not None and manager.username == "colleague"
    assert services.reassign_cases(actor=night, now=world.now) == 0


def test_only_a_position_in_an_office_leads(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Position.objects.filter(user__username="director").update(leads=True)


def test_a_manager_who_left_opens_the_case_and_every_list(world: World, login: Any) -> None:
    """Read as one who was there until a moment ago: the log and the client are told so."""
    takes(world, asks(world, leaves=True))
    giver = login("employment")
    case = world.case.pk
    for path in (
        "/day/", "/cases/", "/cases/export.csv", f"/cases/{case}/", "/commitments/",
        "/api/v1/cases/", f"/api/v1/cases/{case}/", "/api/v1/plans/", f"/api/v1/plans/{case}/",
    ):  # fmt: skip
        assert giver.get(path).status_code == 200, path
    looks = looks_at(case, actor=world.actor("employment").label, at__gte=world.now)
    assert {look.purpose for look in looks} == {Purpose.GRACE}
    assert (
        "case manager until a moment ago" in login("client").get("/my/access-log/").content.decode()
    )
