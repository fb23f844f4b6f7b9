"""Two at once at the end of a case, after it, and while the night erases it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest

from audit.models import AuditRow
from caseplan.plan import services as plan
from caseplan.plan.models import Ending, Exit
from cases import services as cases
from cases.lifecycle import CaseState
from cases.models import Case
from common.bodies import Receiver
from common.clock import HELSINKI, day_of
from consent.models import Choice, ConsentLine
from consent.services import decide
from followup import services as followup
from followup.models import (
    Feeling,
    FollowUpPoint,
    PointAnswer,
    Situation,
)
from followup.points import token_of
from followup.services import make_points
from tests.consent.deciding import SOCIAL
from tests.operations.letting_go import close_and_erase
from tests.operations.pairs import (
    NIGHT,
    TOO_LATE,
    Act,
    Two,
    agreed,
    on,
    second_is_told,
)
from tests.personas import World
from tests.together import by_turns

pytestmark = [pytest.mark.usefixtures("committed_db")]


# The end, and after it


def ending(world: World) -> Ending:
    agreed(world)
    case = Case.objects.get(pk=world.case.pk)
    return plan.propose_ending(
        actor=world.actor("employment"), case=case, exit=Exit.EDUCATION, reason="Enough.",
        follow_up_by_id=world.actor("social").user_id, now=world.now,
    )  # fmt: skip


def assesses(world: World, who: str, proposed: Ending, ended: bool = True) -> Act:
    return lambda: plan.assess_ending(
        actor=world.actor(who), ending_id=proposed.pk, need_has_ended=ended, statement="Why.",
        now=world.now,
    )  # fmt: skip


def state_of(world: World) -> CaseState:
    return CaseState(Case.objects.get(pk=world.case.pk).state)


def an_ending_taken_back_while_agreed(world: World) -> Two:
    proposed = ending(world)
    assesses(world, "social", proposed)()
    return Two(
        assesses(world, "kela", proposed),
        lambda: plan.withdraw_ending(
            actor=world.actor("employment"), ending_id=proposed.pk, now=world.now
        ),
        lambda: state_of(world) == CaseState.FOLLOW_UP,
    )


def an_ending_assessed_by_one_body_twice(world: World) -> Two:
    proposed = ending(world)
    return Two(
        assesses(world, "social", proposed),
        assesses(world, "social", proposed, ended=False),
        lambda: state_of(world) == CaseState.ENDING and proposed.views.count() == 2,
    )


def reopened_twice(world: World) -> Two:
    proposed = ending(world)
    for who in ("social", "kela"):
        assesses(world, who, proposed)()

    def reopens(by: str) -> Act:
        case = Case.objects.get(pk=world.case.pk)
        return lambda: plan.reopen_case(
            actor=world.actor(by), case=case, reason="A mistake.", now=world.now
        )

    return Two(
        reopens("employment"),
        reopens("social"),
        lambda: AuditRow.objects.filter(action="case_reopened").count() <= 1,
    )


def opened_to_kela_while_the_case_ends(world: World) -> Two:
    proposed = ending(world)
    assesses(world, "social", proposed)()
    case = Case.objects.get(pk=world.case.pk)
    return Two(
        assesses(world, "kela", proposed),
        lambda: decide(
            actor=world.actor("client"), case=case, choice=Choice.GRANTED, receiver=Receiver.KELA,
            categories=[SOCIAL], purpose="p", now=world.now,
        ),
        lambda: not ConsentLine.objects.filter(case=world.case, receiver=Receiver.KELA).exists(),
    )  # fmt: skip


def a_point(world: World) -> FollowUpPoint:
    proposed = ending(world)
    for who in ("social", "kela"):
        assesses(world, who, proposed)()
    make_points(actor=NIGHT, on=on(world, 0), now=world.now)
    point = FollowUpPoint.objects.get(case=world.case, months=3)
    FollowUpPoint.objects.filter(pk=point.pk).update(due_on=on(world, 0))
    return point


def a_point_answered_twice(world: World) -> Two:
    point = a_point(world)

    def answers(situation: Situation) -> Act:
        return lambda: followup.answer_point(
            actor=world.actor("social"), point_id=point.pk, situation=situation, now=world.now
        )

    return Two(
        answers(Situation.CONTRACT),
        answers(Situation.OTHER),
        lambda: PointAnswer.objects.get(point=point).situation == Situation.CONTRACT,
    )


def a_link_used_twice(world: World) -> Two:
    point = a_point(world)

    def answers(situation: Situation) -> Act:
        return lambda: followup.answer_by_link(
            token=token_of(point.pk), situation=situation, wants_contact=False, now=world.now
        )

    return Two(
        answers(Situation.CONTRACT),
        answers(Situation.OTHER),
        lambda: PointAnswer.objects.get(point=point).situation == Situation.CONTRACT,
    )


def a_call_for_help_handled_twice(world: World) -> Two:
    said = followup.check_in(
        actor=world.actor("client"), case=world.case, feeling=Feeling.HELP, now=world.now
    )

    def handles(by: str) -> Act:
        return lambda: followup.handle_check_in(
            actor=world.actor(by), check_in_id=said.pk, now=world.now
        )

    return Two(
        handles("employment"),
        handles("social"),
        lambda: (
            type(said).objects.get(pk=said.pk).handled_by_id == world.actor("employment").user_id
        ),
    )


# Erasure: the night looks first, and takes one case after another


def kept_its_time(world: World, state: CaseState = CaseState.CLOSED) -> datetime:
    """The joint case ended so long ago that it goes; the night that erases it."""
    case = world.end_case()
    long_ago = world.now - timedelta(days=366 * 5)
    Case.objects.filter(pk=case.pk).update(state=state, ended_at=long_ago)
    return datetime.combine(on(world, 0), time(2), HELSINKI)


PAIRS = [
    an_ending_taken_back_while_agreed,
    an_ending_assessed_by_one_body_twice,
    reopened_twice,
    opened_to_kela_while_the_case_ends,
    a_point_answered_twice,
    a_link_used_twice,
    a_call_for_help_handled_twice,
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.__name__)
def test_who_comes_second_is_told_and_changes_nothing(pair: Callable[[World], Two]) -> None:
    second_is_told(pair)


def test_a_case_held_while_the_night_is_about_to_erase_it_stays() -> None:
    world = World.load()
    night = kept_its_time(world)
    case = Case.objects.get(pk=world.case.pk)
    outcomes = by_turns(
        lambda: cases.hold_case(
            actor=world.actor("employment"), case=case, why="A court asks.", now=world.now
        ),
        lambda: close_and_erase(actor=NIGHT, on=day_of(night), now=night),
    )
    assert outcomes == ("done", "done")
    assert Case.objects.get(pk=world.case.pk).hold_why == "A court asks."


def test_a_case_reopened_while_the_night_is_about_to_close_or_erase_it_stays() -> None:
    world = World.load()
    night = kept_its_time(world, CaseState.FOLLOW_UP)
    case = Case.objects.get(pk=world.case.pk)
    outcomes = by_turns(
        lambda: plan.reopen_case(
            actor=world.actor("employment"), case=case, reason="A mistake.", now=world.now
        ),
        lambda: close_and_erase(actor=NIGHT, on=day_of(night), now=night),
    )
    assert outcomes == ("done", "done")
    assert Case.objects.get(pk=world.case.pk).is_open


def test_a_hold_that_comes_while_the_case_is_erased_is_told() -> None:
    world = World.load()
    night = kept_its_time(world)
    case = Case.objects.get(pk=world.case.pk)
    outcomes = by_turns(
        lambda: close_and_erase(actor=NIGHT, on=day_of(night), now=night),
        lambda: cases.hold_case(
            actor=world.actor("employment"), case=case, why="A court asks.", now=world.now
        ),
    )
    assert outcomes[0] == "done"
    assert outcomes[1] in TOO_LATE, outcomes[1]
    assert not Case.objects.filter(pk=world.case.pk).exists()
