"""Who is in a case, to the moment: each way onto a team, from its first moment to before its last.

And what each way lets somebody do: see, write, manage. One answer for a page and for a list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission

from cases import services
from cases.access import (
    can_confirm_change,
    can_hand_over,
    can_hold,
    can_record_change,
    can_undo_change,
    can_work_on,
    get_access_request,
    get_case,
    get_handover,
    get_life_event,
    handovers_to,
    managed_by,
    on_team_of,
    visible_to,
    worked_on_by,
)
from cases.lifecycle import CaseState
from cases.models import (
    AccessRequest,
    Case,
    Cover,
    EmergencyReason,
    Handover,
    RequestState,
    TeamMembership,
    TeamRole,
    TemporaryAccess,
    TemporaryAccessReason,
)
from cases.selectors import temporary_accesses_among
from cases.services import (
    ask_for_access,
    give_temporary_access,
    hand_over,
    open_in_emergency,
    record_death,
)
from common.actor import Actor, system_actor
from common.clock import day_of
from common.crypto import decrypt
from common.decision import NotVisible
from people.models import LifeState, User
from people.selectors import actor_for
from tests.personas import World

MOMENT = timedelta(microseconds=1)
SEES, WRITES, MANAGES = "sees", "writes", "manages"


def does(world: World, actor: Actor, now: datetime) -> set[str]:
    """What a worker may do with the joint case at a moment, by every question there is."""
    case = Case.objects.get(pk=world.case.pk)
    found = set()
    if visible_to(actor, now=now).filter(pk=case.pk).exists():
        found.add(SEES)
        assert get_case(actor, case.pk, now=now) == case
    else:
        with pytest.raises(NotVisible):
            get_case(actor, case.pk, now=now)
    if worked_on_by(actor, now=now).filter(pk=case.pk).exists():
        found.add(WRITES)
    assert bool(can_work_on(actor, case, now=now)) == (WRITES in found)
    if managed_by(actor, now=now).filter(pk=case.pk).exists():
        found.add(MANAGES)
    assert bool(can_hand_over(actor, case, now=now)) == (MANAGES in found)
    return found


def joins(world: World, since: datetime, until: datetime) -> None:
    """For a time, which somebody has ended already."""
    TeamMembership.objects.create(
        case=world.case, user_id=world.actor("colleague").user_id, role=TeamRole.MEMBER,
        since=since, until=until, ended_by_id=world.actor("employment").user_id,
    )  # fmt: skip


def office_joins(world: World, since: datetime, until: datetime) -> None:
    TeamMembership.objects.create(
        case=world.case, office_id=world.actor("colleague").office_id, role=TeamRole.MEMBER,
        since=since, until=until, ended_by_id=world.actor("employment").user_id,
    )  # fmt: skip


def stands_in(world: World, since: datetime, until: datetime, who: str = "employment") -> None:
    Cover.objects.create(
        user_id=world.actor(who).user_id, by_id=world.actor("colleague").user_id, since=since,
        until=until, network_id=world.case.network_id, made_by_id=world.actor(who).user_id,
    )  # fmt: skip


def is_let_in(world: World, since: datetime, until: datetime) -> None:
    made = give_temporary_access(
        actor=world.actor("employment"), case=world.case, why=TemporaryAccessReason.ASKED,
        until=until, user_id=world.actor("colleague").writer_id, now=since,
    )  # fmt: skip
    assert made.since == since


@pytest.mark.parametrize(
    ("comes", "may"),
    [
        (joins, {SEES, WRITES}),
        (office_joins, {SEES, WRITES}),
        (stands_in, {SEES, WRITES, MANAGES}),
        (is_let_in, {SEES}),
    ],
)
def test_from_its_first_moment_to_before_its_last(
    world: World, comes: Callable[[World, datetime, datetime], None], may: set[str]
) -> None:
    colleague, since = world.actor("colleague"), world.now + timedelta(days=1)
    until = since + timedelta(days=3)
    comes(world, since, until)
    for moment, then in (
        (world.now, set()), (since - MOMENT, set()), (since, may), (until - MOMENT, may),
        (until, set()), (until + timedelta(days=9), set()),
    ):  # fmt: skip
        assert does(world, colleague, moment) == then, moment - since


def test_a_cover_of_a_member_is_a_member_and_of_nobody_on_the_team_nobody(world: World) -> None:
    until = world.now + timedelta(days=3)
    stands_in(world, world.now, until, who="social")
    assert does(world, world.actor("colleague"), world.now) == {SEES, WRITES}
    Cover.objects.update(user_id=world.actor("outsider").user_id)
    assert does(world, world.actor("colleague"), world.now) == set()


def test_a_cover_covers_as_long_as_the_other_stands_on_the_team(world: World) -> None:
    stands_in(world, world.now, world.now + timedelta(days=9), who="social")
    leaves = world.now + timedelta(days=2)
    TeamMembership.objects.filter(case=world.case, user__username="social").update(
        until=leaves, ended_by=world.actor("employment").user_id
    )
    colleague = world.actor("colleague")
    assert does(world, colleague, leaves - MOMENT) == {SEES, WRITES}
    assert does(world, colleague, leaves) == set()


def test_in_the_network_they_work_in_and_in_no_other(world: World) -> None:
    until = world.now + timedelta(days=9)
    stands_in(world, world.now, until)
    elsewhere = world.actor("outsider").network_id
    for who in ("employment", "social", "colleague"):
        actor = world.actor(who)
        assert SEES in does(world, actor, world.now)
        moved = replace(actor, network_id=elsewhere)
        for cases in (visible_to, worked_on_by, managed_by):
            assert not cases(moved, now=world.now).filter(pk=world.case.pk).exists()
    # A cover chosen in another network is none here.
    Cover.objects.update(network_id=elsewhere)
    assert does(world, world.actor("colleague"), world.now) == set()
    stands_in(world, world.now - timedelta(days=30), world.now - timedelta(days=20))
    assert does(world, world.actor("colleague"), world.now) == set()


def test_an_exception_of_one_is_nobody_elses_and_only_for_seeing(world: World) -> None:
    until = world.now + timedelta(days=9)
    is_let_in(world, world.now, until)
    assert does(world, world.actor("outsider"), world.now) == set()
    theirs = TemporaryAccess.objects.filter(user_id=world.actor("colleague").user_id)
    theirs.update(permission=Permission.objects.get(codename="change_case"))
    assert does(world, world.actor("colleague"), world.now) == set()


def test_on_the_team_of_an_ended_case_is_who_stands_on_it_and_nobody_who_only_reads(
    world: World,
) -> None:
    is_let_in(world, world.now, world.now + timedelta(days=9))
    elsewhere = world.actor("outsider").network_id

    def on_team(who: str, **changed: object) -> bool:
        actor = replace(world.actor(who), **changed)  # type: ignore[arg-type]
        return on_team_of(actor, now=world.now).filter(pk=world.case.pk).exists()

    for _ended in (False, True):
        for who in ("employment", "social", "kela"):
            assert on_team(who)
            assert not on_team(who, network_id=elsewhere)
        for who in ("colleague", "outsider", "client", "director"):
            assert not on_team(who)
        case = world.end_case() if not _ended else world.case
    for state, may in (
        (CaseState.FOLLOW_UP, True),
        (CaseState.CLOSED, False),
        (CaseState.DECLINED, False),
    ):
        case.state = state
        assert bool(can_record_change(world.actor("kela"), case, now=world.now)) == may
        assert not can_record_change(world.actor("colleague"), case, now=world.now)
        assert not can_record_change(world.actor("client"), case, now=world.now)


def test_what_was_shared_with_one_party_is_nothing_to_another(world: World) -> None:
    other = Case.objects.exclude(pk=world.case.pk).order_by("pk")[0]
    give_temporary_access(
        actor=world.actor("employment"), case=other, why=TemporaryAccessReason.ASKED, now=world.now,
        until=world.now + timedelta(days=9), user_id=world.actor("colleague").writer_id,
    )  # fmt: skip
    association = world.actor("association")
    assert list(visible_to(association, now=world.now)) == [world.case]
    theirs = TemporaryAccess.objects.filter(user_id=association.user_id)
    theirs.update(permission=Permission.objects.get(codename="change_case"))
    assert not visible_to(association, now=world.now).exists()


def test_of_two_offers_and_two_requests_each_is_found_by_itself(world: World) -> None:
    other = Case.objects.get(person__user__username="client2")
    manager = TeamMembership.objects.get(case=other, role=TeamRole.CASE_MANAGER, until=None)
    first = offered(world)
    second = Handover.objects.create(
        case=other, giver_id=manager.user_id, reason="Why.", leaves=False, asked_at=world.now,
        receiver_id=first.giver_id,
    )  # fmt: skip
    employment = world.actor("employment")  # who made the first, and is asked to take the second
    for offer in (first, second):
        assert get_handover(employment, offer.pk, now=world.now) == offer
    with pytest.raises(NotVisible):
        get_handover(employment, world.case.pk, now=world.now)
    one = asks(world)
    with pytest.raises(NotVisible):
        get_access_request(world.actor("employment"), first.pk, now=world.now)
    assert get_access_request(world.actor("employment"), one.pk, now=world.now) == one


@pytest.mark.parametrize("who", ["director", "officer", "client2", "outsider", "colleague"])
def test_for_everybody_else_there_is_no_such_case(world: World, who: str) -> None:
    actor = world.actor(who)
    assert does(world, actor, world.now) == set()
    assert not can_hold(actor, world.case, now=world.now)
    assert not handovers_to(actor, now=world.now).exists()
    assert not managed_by(system_actor("night"), now=world.now).exists()
    assert not visible_to(system_actor("night"), now=world.now).exists()


def test_the_client_sees_their_own_and_works_on_none(world: World) -> None:
    client = world.actor("client")
    assert set(visible_to(client, now=world.now)) == set(
        Case.objects.filter(person_id=client.person_id)
    )
    assert not worked_on_by(client, now=world.now).exists()
    assert not managed_by(client, now=world.now).exists()
    assert not can_work_on(client, world.case, now=world.now)
    assert not visible_to(replace(client, person_id=None), now=world.now).exists()


def test_an_outside_party_sees_what_was_shared_for_as_long_as_it_is(world: World) -> None:
    association = world.actor("association")
    seen = visible_to(association, now=world.now)
    assert list(seen) == [world.case]
    until = TemporaryAccess.objects.get(user_id=association.user_id).until
    assert visible_to(association, now=until - MOMENT).exists()
    assert not visible_to(association, now=until).exists()
    assert not can_work_on(association, world.case, now=world.now)


def test_an_ended_case_is_read_kept_or_let_go_and_not_written_in(world: World) -> None:
    is_let_in(world, world.now, world.now + timedelta(days=9))
    assert not can_hold(world.actor("employment"), world.case, now=world.now), "it is open"
    case = world.end_case()
    for who in ("employment", "social", "kela"):
        assert does(world, world.actor(who), world.now) == {SEES}
        assert can_hold(world.actor(who), case, now=world.now)
    assert does(world, world.actor("colleague"), world.now) == {SEES}
    for who in ("colleague", "client", "director"):
        assert not can_hold(world.actor(who), case, now=world.now)


# What waits for an answer


def offered(world: World) -> Handover:
    return hand_over(
        actor=world.actor("employment"), case=world.case, reason="Why.", leaves=False,
        receiver_id=world.actor("colleague").user_id, now=world.now,  # type: ignore[arg-type]
    )  # fmt: skip


def finds(world: World, who: str, offer: Handover) -> bool:
    try:
        return get_handover(world.actor(who), offer.pk, now=world.now) == offer
    except NotVisible:
        return False


def test_an_offer_is_there_for_who_was_asked_and_who_manages_until_it_is_answered(
    world: World,
) -> None:
    offer = offered(world)
    there = {w for w in ("employment", "colleague", "social", "outsider") if finds(world, w, offer)}
    assert there == {"employment", "colleague"}
    assert list(handovers_to(world.actor("colleague"), now=world.now)) == [offer]
    assert not handovers_to(world.actor("employment"), now=world.now).exists()
    elsewhere = replace(
        world.actor("colleague"), network_id=world.actor("outsider").working_network_id
    )
    assert not handovers_to(elsewhere, now=world.now).exists()
    services.decline_handover(
        actor=world.actor("colleague"), handover_id=offer.pk, answer="No.", now=world.now
    )
    assert not handovers_to(world.actor("colleague"), now=world.now).exists()
    for who in ("employment", "colleague"):
        assert not finds(world, who, offer)


def test_an_offer_of_a_case_that_has_ended_waits_for_nobody(world: World) -> None:
    offer = offered(world)
    world.end_case()
    assert not handovers_to(world.actor("colleague"), now=world.now).exists()
    assert not finds(world, "colleague", offer)


def asks(world: World) -> AccessRequest:
    code = decrypt(world.case.person.identity_code_encrypted)
    ask_for_access(actor=world.actor("colleague"), identity_code=code, reason="Why.", now=world.now)
    return AccessRequest.objects.get(asked_by=world.actor("colleague").user_id, kind="ask")


def test_a_request_for_access_is_there_for_the_case_manager_alone_while_it_is_open(
    world: World,
) -> None:
    request = asks(world)

    def answers(who: str) -> bool:
        try:
            return get_access_request(world.actor(who), request.pk, now=world.now) == request
        except NotVisible:
            return False

    there = {who for who in ("employment", "social", "colleague", "outsider") if answers(who)}
    assert there == {"employment"}
    AccessRequest.objects.filter(pk=request.pk).update(
        state=RequestState.REFUSED, answered_at=world.now,
        answered_by=world.actor("employment").user_id, answer="No.",
    )  # fmt: skip
    assert not answers("employment")


def test_an_emergency_is_told_of_and_not_answered(world: World) -> None:
    opened = open_in_emergency(
        actor=world.actor("colleague"), reason="Life.", now=world.now,
        urgent=EmergencyReason.values[0],  # type: ignore[arg-type]
        identity_code=decrypt(world.case.person.identity_code_encrypted),
    )  # fmt: skip
    with pytest.raises(NotVisible):
        get_access_request(world.actor("employment"), opened.pk, now=world.now)


# Changes in a client's life


def test_a_change_in_life_is_found_by_the_team_and_confirmed_by_another_of_it(
    world: World,
) -> None:
    other = Case.objects.get(person__user__username="client2")
    event, theirs = (
        record_death(
            actor=actor_for(manager_of(case), now=world.now), case=case, now=world.now,
            died_on=day_of(world.now),
        )
        for case in (Case.objects.get(pk=world.case.pk), other)
    )  # fmt: skip
    employment, social = world.actor("employment"), world.actor("social")
    colleague, director = world.actor("colleague"), world.actor("director")
    assert get_life_event(social, event.pk, now=world.now) == event
    for who, missed in ((colleague, event), (director, event), (social, uuid4())):
        with pytest.raises(NotVisible):
            get_life_event(who, getattr(missed, "pk", missed), now=world.now)
    # The colleague stands on a team with a change in it, and not on this one.
    assert get_life_event(colleague, theirs.pk, now=world.now) == theirs
    assert not can_undo_change(colleague, event, now=world.now)
    assert can_undo_change(social, event, now=world.now)
    event.state = LifeState.DONE
    assert not can_confirm_change(social, event, now=world.now), "it waits for nobody"
    event.state = LifeState.ASKED
    assert not can_confirm_change(employment, event, now=world.now), "who wrote it down"
    assert can_confirm_change(social, event, now=world.now)
    assert not can_confirm_change(colleague, event, now=world.now)


def manager_of(case: Case) -> User:
    membership = TeamMembership.objects.get(case=case, role=TeamRole.CASE_MANAGER, until=None)
    return User.objects.get(pk=membership.user_id)


def test_who_sits_in_no_office_is_let_in_and_stands_on_no_team(world: World) -> None:
    """No office is not the same as the office of a term that names somebody, which has none."""
    outside = world.actor("association")
    assert outside.office_id is None
    assert temporary_accesses_among(outside, [world.case], now=world.now)
