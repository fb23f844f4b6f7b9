"""Two at once who answer a plan, propose it anew, or ask for its review."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseplan.plan import services as plan
from caseplan.plan.models import Answer, PlanVersion, Reply, ReviewState
from tests.operations.pairs import (
    Act,
    Two,
    agreed,
    says_yes,
    second_is_told,
)
from tests.personas import World

pytestmark = [pytest.mark.usefixtures("committed_db")]


def signs_for_the_client(world: World) -> Act:
    return lambda: plan.write_client_answer(
        actor=world.actor("social"), version_id=world.version.pk, reply=Reply.ACCEPTED, comment="",
        paper="A 1", now=world.now,
    )  # fmt: skip


def in_force(world: World) -> bool:
    return PlanVersion.objects.get(pk=world.version.pk).in_force_at is not None


def answered_by_the_client_and_on_paper(world: World) -> Two:
    return Two(
        says_yes(world, "client"),
        signs_for_the_client(world),
        lambda: Answer.objects.filter(version=world.version, party="client").count() == 1,
    )


def accepted_while_proposed_anew(world: World) -> Two:
    for party in ("social", "kela"):
        says_yes(world, party)()
    return Two(
        lambda: plan.propose_plan(actor=world.actor("employment"), case=world.case, now=world.now),
        says_yes(world, "client"),
        lambda: not in_force(world),
    )


def settled_while_accepted(world: World) -> Two:
    for party in ("social", "kela"):
        says_yes(world, party)()
    return Two(
        says_yes(world, "client"),
        lambda: plan.settle_disagreement(
            actor=world.actor("employment"), version_id=world.version.pk, settlement="So.",
            now=world.now,
        ),
        lambda: in_force(world),
    )  # fmt: skip


def settled_twice(world: World) -> Two:
    plan.disagree_with_plan(
        actor=world.actor("client"), version_id=world.version.pk, comment="No.", now=world.now
    )

    def settles(settlement: str) -> Act:
        return lambda: plan.settle_disagreement(
            actor=world.actor("employment"), version_id=world.version.pk, settlement=settlement,
            now=world.now,
        )  # fmt: skip

    return Two(
        settles("First."),
        settles("Second."),
        lambda: PlanVersion.objects.get(pk=world.version.pk).settled_by == "First.",
    )


def review_asked_twice(world: World) -> Two:
    agreed(world)

    def asks() -> object:
        return plan.ask_for_review(
            actor=world.actor("client"), case=world.case, reason="Changed.", now=world.now
        )

    return Two(asks, asks, lambda: world.case.reviewrequests.count() == 1)


def review_answered_twice(world: World) -> Two:
    agreed(world)
    wish = plan.ask_for_review(
        actor=world.actor("client"), case=world.case, reason="Changed.", now=world.now
    )

    def answers(state: ReviewState) -> Act:
        return lambda: plan.answer_review_request(
            actor=world.actor("employment"), request_id=wish.pk, state=state, answer="Why.",
            now=world.now,
        )  # fmt: skip

    return Two(
        answers(ReviewState.AGREED),
        answers(ReviewState.REFUSED),
        lambda: type(wish).objects.get(pk=wish.pk).state == ReviewState.AGREED,
    )


PAIRS = [
    answered_by_the_client_and_on_paper,
    accepted_while_proposed_anew,
    settled_while_accepted,
    settled_twice,
    review_asked_twice,
    review_answered_twice,
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.__name__)
def test_who_comes_second_is_told_and_changes_nothing(pair: Callable[[World], Two]) -> None:
    second_is_told(pair)
