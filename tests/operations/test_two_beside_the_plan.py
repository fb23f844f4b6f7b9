"""Two at once at the client's questions, the grounds, and a flag before a case."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benefits.models import FlagDecision
from benefits.selectors import WorklistFilter, list_people
from benefits.services import decline_person
from consent.models import Ground
from consent.services import discard_draft, end_ground, sign_ground
from rights.models import Outcome
from rights.selectors import list_visits
from rights.services import (
    answer_correction,
    answer_question,
    ask_about_access,
    ask_for_correction,
)
from tests.consent.deciding import TEST, draft, signed
from tests.operations.pairs import (
    Act,
    Two,
    on,
    plan_page,
    second_is_told,
)
from tests.personas import World

pytestmark = [pytest.mark.usefixtures("committed_db")]


# The client's rights


def a_question_answered_twice(world: World) -> Two:
    plan_page(world)
    look = list_visits(world.actor("client"), world.case.pk, now=world.now)[0].number
    question = ask_about_access(
        actor=world.actor("client"), case=world.case, log_row=look, text="Why?", now=world.now
    )

    def answers(text: str) -> Act:
        return lambda: answer_question(
            actor=world.actor("officer"), question_id=question.pk, answer=text, now=world.now
        )

    return Two(
        answers("First."),
        answers("Second."),
        lambda: type(question).objects.get(pk=question.pk).answer == "First.",
    )


def a_correction_answered_twice(world: World) -> Two:
    asked = ask_for_correction(
        actor=world.actor("client"), case=world.case, kind="goal", statement="Wrong.",
        subject_id=str(world.debts_goal.pk), now=world.now,
    )  # fmt: skip

    def answers(outcome: Outcome) -> Act:
        return lambda: answer_correction(
            actor=world.actor(asked.to_body), correction_id=asked.pk, outcome=outcome,
            answer="Why.", now=world.now,
        )  # fmt: skip

    return Two(
        answers(Outcome.NOT_CORRECTED),
        answers(Outcome.CORRECTED),
        lambda: type(asked).objects.get(pk=asked.pk).outcome == Outcome.NOT_CORRECTED,
    )


# The grounds


def a_draft_thrown_away_while_signed(world: World) -> Two:
    row = draft(world)
    return Two(
        lambda: sign_ground(actor=TEST, ground_id=row.pk, signed_by="Officer", now=world.now),
        lambda: discard_draft(actor=TEST, ground_id=row.pk, now=world.now),
        lambda: Ground.objects.get(pk=row.pk).is_signed,
    )


def a_ground_ended_later_than_it_was_ended(world: World) -> Two:
    row = signed(world)

    def ends(days: int) -> Act:
        return lambda: end_ground(
            actor=TEST, ground_id=row.pk, last_day=on(world, days), now=world.now
        )

    return Two(ends(3), ends(30), lambda: Ground.objects.get(pk=row.pk).valid_to == on(world, 3))


# Before a case


def a_flag_declined_twice(world: World) -> Two:
    worker = world.actor("employment")
    row = next(
        r for r in list_people(worker, WorklistFilter(), now=world.now).rows if r.status == "new"
    )

    def declines(why: str) -> Act:
        return lambda: decline_person(
            actor=worker, person_id=row.person.pk, reason=why, now=world.now
        )

    return Two(
        declines("First."),
        declines("Second."),
        lambda: (
            FlagDecision.objects.get(
                flag__person=row.person.pk,
                flag__rule=row.reasons[0].rule,
                network=worker.network_id,
            ).reason
            == "First."
        ),
    )


PAIRS = [
    a_question_answered_twice,
    a_correction_answered_twice,
    a_draft_thrown_away_while_signed,
    a_ground_ended_later_than_it_was_ended,
    a_flag_declined_twice,
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.__name__)
def test_who_comes_second_is_told_and_changes_nothing(pair: Callable[[World], Two]) -> None:
    second_is_told(pair)
