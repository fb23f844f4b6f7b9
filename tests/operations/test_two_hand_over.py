"""Two at once who hand a case over, take it over, or stand in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from audit.models import AuditRow
from cases import services as cases
from cases.models import Cover, Handover, HandoverState, TeamMembership, TeamRole
from cases.selectors import case_manager_of
from tests.operations.pairs import (
    Act,
    Two,
    asked,
    on,
    second_is_told,
)
from tests.personas import World

pytestmark = [pytest.mark.usefixtures("committed_db")]


def accepts(world: World, offer: Handover) -> Act:
    return lambda: cases.accept_handover(
        actor=world.actor("colleague"), handover_id=offer.pk, now=world.now
    )


def takes_back(world: World, offer: Handover) -> Act:
    return lambda: cases.withdraw_handover(
        actor=world.actor("employment"), handover_id=offer.pk, now=world.now
    )


def managed_by(world: World, who: str) -> bool:
    found = case_manager_of(world.case, now=world.now)
    return found is not None and found.username == who


def became(offer: Handover, state: HandoverState) -> bool:
    return bool(Handover.objects.get(pk=offer.pk).state == state)


def accepted_while_taken_back(world: World) -> Two:
    offer = asked(world)
    return Two(
        takes_back(world, offer),
        accepts(world, offer),
        lambda: became(offer, HandoverState.WITHDRAWN) and managed_by(world, "employment"),
    )


def taken_back_while_accepted(world: World) -> Two:
    offer = asked(world)
    return Two(
        accepts(world, offer),
        takes_back(world, offer),
        lambda: became(offer, HandoverState.ACCEPTED) and managed_by(world, "colleague"),
    )


def accepted_twice(world: World) -> Two:
    offer = asked(world)
    return Two(
        accepts(world, offer),
        accepts(world, offer),
        lambda: (
            TeamMembership.objects.filter(case=world.case, role=TeamRole.CASE_MANAGER).count() == 2
        ),
    )


def declined_while_accepted(world: World) -> Two:
    offer = asked(world)
    return Two(
        accepts(world, offer),
        lambda: cases.decline_handover(
            actor=world.actor("colleague"), handover_id=offer.pk, answer="No.", now=world.now
        ),
        lambda: became(offer, HandoverState.ACCEPTED) and managed_by(world, "colleague"),
    )


def offered_to_two(world: World) -> Two:
    def offers(to: str) -> Act:
        return lambda: cases.hand_over(
            actor=world.actor("employment"), case=world.case, reason="Why.", leaves=False,
            receiver_id=world.actor(to).user_id, now=world.now,
        )  # fmt: skip

    return Two(offers("colleague"), offers("social"), lambda: Handover.objects.count() == 1)


def changes(world: World, to: str) -> Act:
    return lambda: cases.change_case_manager(
        actor=world.actor("employment"), case=world.case, user_id=world.actor(to).writer_id,
        now=world.now,
    )  # fmt: skip


def manager_changed_to_two(world: World) -> Two:
    return Two(
        changes(world, "social"), changes(world, "colleague"), lambda: managed_by(world, "social")
    )


def offered_by_who_no_longer_manages(world: World) -> Two:
    return Two(
        changes(world, "social"),
        lambda: asked(world),
        lambda: not Handover.objects.exists() and managed_by(world, "social"),
    )


def ended_while_it_changes_hands(world: World) -> Two:
    """The one made case manager can't be taken off the team by who still saw a member."""
    return Two(
        changes(world, "social"),
        lambda: cases.end_team_term(
            actor=world.actor("kela"), case=world.case, user_id=world.actor("social").writer_id,
            now=world.now,
        ),
        lambda: managed_by(world, "social"),
    )  # fmt: skip


def taken_off_the_team_twice(world: World) -> Two:
    def ends(by: str) -> Act:
        return lambda: cases.end_team_term(
            actor=world.actor(by), case=world.case, user_id=world.actor("kela").writer_id,
            now=world.now,
        )  # fmt: skip

    return Two(
        ends("employment"),
        ends("social"),
        lambda: AuditRow.objects.filter(action="team_member_ended").count() == 1,
    )


def covers(world: World, by: str = "colleague") -> Cover:
    actor = world.actor("employment")
    return cases.cover_absence(
        actor=actor, user_id=actor.user_id, by_id=world.actor(by).user_id,  # type: ignore[arg-type]
        since=on(world, 0), until=on(world, 9), now=world.now,
    )  # fmt: skip


def two_covers(world: World) -> Two:
    return Two(lambda: covers(world), lambda: covers(world), lambda: Cover.objects.count() == 1)


def cover_ended_twice(world: World) -> Two:
    row = covers(world)

    def ends(by: str) -> Act:
        return lambda: cases.end_cover(actor=world.actor(by), cover_id=row.pk, now=world.now)

    return Two(
        ends("employment"),
        ends("colleague"),
        lambda: AuditRow.objects.filter(action="cover_ended").count() == 1,
    )


PAIRS = [
    accepted_while_taken_back,
    taken_back_while_accepted,
    accepted_twice,
    declined_while_accepted,
    offered_to_two,
    manager_changed_to_two,
    offered_by_who_no_longer_manages,
    ended_while_it_changes_hands,
    taken_off_the_team_twice,
    two_covers,
    cover_ended_twice,
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.__name__)
def test_who_comes_second_is_told_and_changes_nothing(pair: Callable[[World], Two]) -> None:
    second_is_told(pair)
