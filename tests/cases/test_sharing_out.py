"""Many cases move at once, and whoever leads an office shares its work out, seen by all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from audit.models import Purpose
from caseplan.plan.models import ActionState
from caseplan.plan.selectors import open_case
from caseplan.plan.services import close_action
from cases import services
from cases.models import Case, Cover, Handover, HandoverState, News, NewsKind
from cases.selectors import case_manager_of, count_managed_cases
from common.actor import Actor
from common.clock import day_of
from common.decision import NotVisible, Refused
from followup.selectors import (
    list_load,
    list_unowned,
    list_what_came,
    open_load,
    what_happened,
)
from people.models import Office, Person, Position
from people.selectors import actor_for
from tests.builders import TEST, CaseFactory, WorkerFactory
from tests.cases.at_work import has_step, is_called, stands_in
from tests.personas import World


@pytest.fixture
def leader(world: World) -> Actor:
    """Who leads the office of employment services, and is in none of its cases."""
    return actor_for(works(world, leads=True), now=world.now)


def works(world: World, **given: Any) -> Any:
    return WorkerFactory(office=office(world), now=world.now, **given)


def office(world: World) -> Office:
    return Office.objects.get(pk=world.actor("employment").office_id)


def position(who: str) -> Position:
    return Position.objects.get(user__username=who, until=None)


def manager(case: Case, world: World) -> str:
    found = case_manager_of(case, now=world.now + timedelta(minutes=5))
    assert found is not None
    return found.username


def more_cases(world: World, number: int) -> list[Case]:
    """Further cases that employment services' worker manages."""
    employment = world.actor("employment")
    people = Person.objects.filter(cases=None).order_by("pk")[:number]
    return [CaseFactory(person=one, led_by=employment, now=world.now) for one in people]


def gives(world: World, leader: Actor, *cases: Case, to: str = "colleague", **given: Any) -> Any:
    return services.share_out(
        **{
            "actor": leader, "giver_id": world.actor("employment").writer_id,
            "case_ids": [case.pk for case in cases], "now": world.now,
            "receiver_id": world.actor(to).writer_id, "leaves": True,
            "reason": "The work is shared out anew.",
        } | given
    )  # fmt: skip


# -- several at once -------------------------------------------------------------------------------


def offers(world: World, *cases: Case, **given: Any) -> services.Several:
    return services.hand_over_several(
        **{
            "actor": world.actor("employment"), "case_ids": [case.pk for case in cases],
            "receiver_id": world.actor("colleague").writer_id, "reason": "I move away.",
            "reasons": {}, "leaves": True, "now": world.now,
        } | given
    )  # fmt: skip


def test_many_are_offered_with_one_reason_or_their_own_and_each_waits_by_itself(
    world: World,
) -> None:
    first, second = more_cases(world, 2)
    done = offers(world, first, second, reasons={second.pk: "You asked for it."})
    assert (done.done, done.stayed) == (2, [])
    reasons = {row.case_id: row.reason for row in Handover.objects.filter(state="open")}
    assert reasons == {first.pk: "I move away.", second.pk: "You asked for it."}
    assert manager(first, world) == "employment"


def test_of_many_all_are_chosen_by_one_click_and_none_that_is_offered_already(
    world: World, login: Any
) -> None:
    first, *rest = more_cases(world, 8)
    offers(world, first)
    client = login("employment")
    assert "?all=1" in client.get("/hand-over/").content.decode()
    page = client.get("/hand-over/?all=1").content.decode()
    assert all(f'value="{case.pk}" id="c_{case.pk}" checked' in page for case in rest)
    assert f'value="{first.pk}"' not in page


def test_what_is_offered_already_stays_and_the_others_go(world: World) -> None:
    first, second = more_cases(world, 2)
    offers(world, first)
    done = offers(world, first, second)
    assert done.done == 1 and len(done.stayed) == 1
    with pytest.raises(Refused):
        offers(world, first)


def test_of_several_that_are_taken_one_that_was_taken_back_meanwhile_stays(world: World) -> None:
    first, second = more_cases(world, 2)
    offers(world, first, second)
    asked = {row.case_id: row for row in Handover.objects.filter(state="open")}
    services.withdraw_handover(
        actor=world.actor("employment"), handover_id=asked[first.pk].pk, now=world.now
    )
    done = services.accept_several(
        actor=world.actor("colleague"), handover_ids=[row.pk for row in asked.values()],
        now=world.now,
    )  # fmt: skip
    assert done.done == 1 and len(done.stayed) == 1
    assert (manager(first, world), manager(second, world)) == ("employment", "colleague")


def test_what_moved_stands_with_the_taker_until_they_have_read_it(world: World) -> None:
    step = has_step(world)
    is_called(world, "social")
    offers(world, world.case)
    offer = Handover.objects.get(state=HandoverState.OPEN)
    colleague = world.actor("colleague")
    services.accept_several(actor=colleague, handover_ids=[offer.pk], now=world.now)
    (came,) = list_what_came(colleague, now=world.now)
    assert came.giver.username == "employment"
    ((case, steps, meetings, _threads),) = came.cases
    assert case == world.case and steps >= 1 and meetings >= 1
    step.refresh_from_db()
    assert step.owner_id == colleague.user_id
    services.mark_news_seen(actor=colleague, subject_id=came.giver.pk, now=world.now)
    assert list_what_came(colleague, now=world.now) == []


# -- whoever leads shares out ----------------------------------------------------------------------


def test_a_leader_gives_cases_to_another_of_the_office_and_everybody_is_told(
    world: World, leader: Actor
) -> None:
    gives(world, leader, world.case)
    assert manager(world.case, world) == "colleague"
    told = set(News.objects.filter(seen_at=None).values_list("for_user__username", "kind"))
    assert {
        ("employment", NewsKind.CASE_GIVEN_ON), ("colleague", NewsKind.CASE_TAKEN),
        ("client", NewsKind.MANAGER_CHANGED),
    } <= told  # fmt: skip
    with pytest.raises(NotVisible):  # giving a case opens it to nobody else
        open_case(leader, world.case.pk, purpose=Purpose.KEEP_CASE, now=world.now)


def test_a_leader_gives_no_case_to_themselves(world: World, leader: Actor) -> None:
    with pytest.raises(Refused) as refusal:
        gives(world, leader, world.case, receiver_id=leader.writer_id)
    assert refusal.value.field == "receiver_id"


def test_nobody_else_shares_out_and_no_leader_another_offices_cases(
    world: World, leader: Actor
) -> None:
    for who in ("employment", "colleague", "social", "director", "client"):
        with pytest.raises(NotVisible):
            gives(world, world.actor(who), world.case)
    Position.objects.filter(user__username="social").update(leads=True)
    with pytest.raises(NotVisible):
        gives(world, world.actor("social"), world.case)
    with pytest.raises(Refused):
        gives(world, leader, world.case, to="kela")


def test_a_case_of_whom_it_is_about_stays_and_why_is_not_told(world: World, leader: Actor) -> None:
    """That a colleague is a client is not for their leader to find out by trying."""
    user = works(world)
    person = Person.objects.filter(cases=None, user=None)[0]
    own = CaseFactory(person=person, led_by=world.actor("employment"), now=world.now)
    Person.objects.filter(pk=person.pk).update(user=user)
    done = gives(world, leader, own, world.case, receiver_id=user.pk)
    assert done.done == 1
    assert manager(own, world) == "employment"
    moved = gives(world, leader, own, *more_cases(world, 1))
    assert moved.done == 2 and moved.stayed == []
    with pytest.raises(Refused) as gone:
        gives(world, leader, own)  # it has moved meanwhile: the same words
    assert str(gone.value.message) == done.stayed[0]


def test_load_is_counted_by_name_and_no_client_is_named_to_a_leader_outside_the_case(
    world: World, leader: Actor
) -> None:
    has_step(world, in_days=-2)
    is_called(world, "employment")
    rows = list_load(leader, office(world).pk, now=world.now)
    names = [(row.position.user.last_name, row.position.user.first_name) for row in rows]
    assert names == sorted(names)
    mine = next(row for row in rows if row.position.user.username == "employment")
    employment = world.actor("employment").writer_id
    assert mine.cases == count_managed_cases([employment], now=world.now)[employment]
    assert mine.overdue >= 1 and mine.meetings >= 1
    found = open_load(leader, position("employment").pk, now=world.now)
    assert {row.id for row in found.rows} >= {world.case.pk}
    assert all(row.case is None for row in found.rows)
    for who in ("employment", "social", "director"):
        with pytest.raises(NotVisible):
            list_load(world.actor(who), office(world).pk, now=world.now)


def test_what_nobody_owns_is_there_until_somebody_does(world: World, leader: Actor) -> None:
    here = office(world).pk
    assert not list_unowned(leader, here, now=world.now)
    step = has_step(world)
    Position.objects.filter(pk=position("employment").pk).update(
        until=world.now, ended_by=leader.writer_id
    )
    found = list_unowned(leader, here, now=world.now)
    assert [user.username for user, _n in found.cases] == ["employment"]
    assert found.steps and step.owner_id is not None
    services.reassign_cases(actor=TEST, now=world.now)
    assert not list_unowned(leader, here, now=world.now).cases


def test_the_pages_share_out_after_both_numbers_were_seen(
    world: World, leader: Actor, login: Any
) -> None:
    browser = login(leader_name(leader))
    here = f"/offices/{office(world).pk}/load/"
    page = f"/workers/{position('employment').pk}/load/"
    assert browser.get(here).status_code == 200
    shown = browser.get(page).content.decode()
    assert world.case.person.last_name not in shown
    sent = {
        "cases": [str(world.case.pk)], "receiver_id": str(world.actor("colleague").writer_id),
        "reason": "Shared out.",
    }  # fmt: skip
    first = browser.post(page, sent)
    assert first.status_code == 200 and manager(world.case, world) == "employment"
    assert b'name="confirmed"' in first.content
    assert browser.post(page, {**sent, "confirmed": "yes"}).status_code == 302
    assert manager(world.case, world) == "colleague"
    came = login("colleague").get("/cases-came/").content.decode()
    assert str(world.case.pk) in came


def leader_name(leader: Actor) -> str:
    return Position.objects.get(user=leader.writer_id, until=None).user.username


# -- back again ------------------------------------------------------------------------------------


def test_who_is_back_reads_in_numbers_what_happened_and_nobody_else_does(world: World) -> None:
    cover = stands_in(world)
    step = has_step(world)
    close_action(
        actor=world.actor("colleague"), action_id=step.pk, state=ActionState.DONE, reason="",
        revision=step.revision, now=world.now + timedelta(hours=1),
    )  # fmt: skip
    later = world.now + timedelta(hours=2)
    services.end_cover(actor=world.actor("employment"), cover_id=cover.pk, now=later)
    assert News.objects.filter(for_user__username="employment", kind=NewsKind.COVER_OVER).exists()
    _cover, rows = what_happened(world.actor("employment"), cover.pk, now=later)
    assert [(row.case, row.done) for row in rows] == [(world.case, 1)]
    for who in ("colleague", "social", "client"):
        with pytest.raises(NotVisible):
            what_happened(world.actor(who), cover.pk, now=later)


def test_a_cover_that_ends_by_itself_is_told_once_and_one_that_never_began_is_not(
    world: World,
) -> None:
    cover = stands_in(world)
    today = day_of(world.now)
    after = world.now + timedelta(days=6)
    assert services.tell_of_ended_covers(actor=TEST, now=world.now) == 0
    assert services.tell_of_ended_covers(actor=TEST, now=after) == 1
    assert services.tell_of_ended_covers(actor=TEST, now=after) == 0
    assert Cover.objects.get(pk=cover.pk).until > world.now
    never = services.cover_absence(
        actor=world.actor("kela"), user_id=world.actor("kela").writer_id, now=world.now,
        by_id=kela_colleague(world), since=today + timedelta(days=9),
        until=today + timedelta(days=12),
    )  # fmt: skip
    services.end_cover(actor=world.actor("kela"), cover_id=never.pk, now=world.now)
    assert services.tell_of_ended_covers(actor=TEST, now=world.now + timedelta(days=10)) == 0


def kela_colleague(world: World) -> Any:
    return WorkerFactory(office=position("kela").office, now=world.now).pk
