"""Who waits for whom: actions that wait and come again, requests between bodies, the board."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from caseplan.plan import services
from caseplan.plan.models import Action, ActionState, BodyRequest, BodyRequestState
from caseplan.plan.selectors import (
    CommitmentFilter,
    CommitmentKind,
    body_requests_of,
    commitments,
    count_commitments,
    unanswered_by_body,
    unanswered_in_office,
)
from cases.services import end_team_term
from common.bodies import Body, Party
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused
from consent.models import Category
from evaluation.selectors import late_answers
from people.models import Position, User
from records.selectors import reading_of
from tests.personas import World


def asks(world: World, **given: Any) -> BodyRequest:
    return services.ask_body(
        **{
            "actor": world.actor("social"),
            "goal_id": world.joint_goal.pk,
            "to_body": Body.KELA,
            "text": "Can rehabilitation help?",
            "answer_by": day_of(world.now) + timedelta(days=7),
            "now": world.now,
            **given,
        }
    )


def moves(world: World, state: ActionState, **given: Any) -> Action:
    action = Action.objects.get(pk=world.action.pk)
    return services.move_action(
        **{
            "actor": world.actor("employment"),
            "action_id": action.pk,
            "state": state,
            "reason": "",
            "waiting_for": "",
            "revision": action.revision,
            "now": world.now,
            **given,
        }
    )


def shown(world: World, who: str, kind: CommitmentKind) -> set[str]:
    return {a.text for a in commitments(reading_of(world.actor(who), now=world.now), kind)}


def test_an_accepted_request_is_an_action_with_a_name_and_a_day(world: World) -> None:
    request = asks(world)
    kela, due = world.actor("kela"), day_of(world.now) + timedelta(days=20)
    services.accept_request(actor=kela, request_id=request.pk, due_on=due, answer="", now=world.now)
    request.refresh_from_db()
    action = request.action
    assert action is not None and request.state == BodyRequestState.ACCEPTED
    assert (action.owner_party, action.owner_id, action.due_on) == (Party.KELA, kela.user_id, due)


def test_a_declined_request_says_why_to_those_who_asked(world: World) -> None:
    request = asks(world)
    kela = world.actor("kela")
    with pytest.raises(Refused) as refusal:
        services.decline_request(actor=kela, request_id=request.pk, answer=" ", now=world.now)
    assert refusal.value.field == "answer"
    services.decline_request(actor=kela, request_id=request.pk, answer="Not ours.", now=world.now)
    declined = body_requests_of(world.actor("social"), now=world.now).declined
    assert [row.answer for row in declined] == ["Not ours."]


def test_only_the_body_that_was_asked_answers_and_only_once(world: World) -> None:
    request = asks(world)
    given: dict[str, Any] = {"request_id": request.pk, "answer": "No.", "now": world.now}
    with pytest.raises(NotAllowed):
        services.decline_request(actor=world.actor("employment"), **given)
    with pytest.raises(NotVisible):
        services.decline_request(actor=world.actor("outsider"), **given)
    services.decline_request(actor=world.actor("kela"), **given)
    with pytest.raises(NotAllowed):
        services.decline_request(actor=world.actor("kela"), **given)


def test_a_request_is_to_another_body_and_not_for_yesterday(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        asks(world, to_body=Body.SOCIAL)
    assert refusal.value.field == "to_body"
    with pytest.raises(Refused) as refusal:
        asks(world, answer_by=day_of(world.now) - timedelta(days=1))
    assert refusal.value.field == "answer_by"
    with pytest.raises(IntegrityError), transaction.atomic():
        BodyRequest.objects.filter(pk=asks(world).pk).update(to_body=Body.SOCIAL)


def test_nobody_is_asked_under_a_goal_they_may_not_see(world: World) -> None:
    with pytest.raises(Refused):
        asks(world, goal_id=world.debts_goal.pk)


def test_an_action_waits_for_somebody_and_stands_on_their_board(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        moves(world, ActionState.WAITING)
    assert refusal.value.field == "waiting_for"
    action = moves(world, ActionState.WAITING, waiting_for="kela")
    assert action.text in shown(world, "kela", CommitmentKind.WAITING)
    assert action.text not in shown(world, "social", CommitmentKind.WAITING)
    moves(world, ActionState.DONE)
    assert action.text not in shown(world, "kela", CommitmentKind.WAITING)


def test_what_comes_again_has_its_day_so_many_weeks_later_and_never_past(world: World) -> None:
    today = day_of(world.now)
    due = today - timedelta(days=10)
    Action.objects.filter(pk=world.action.pk).update(repeats_weeks=1, due_on=due)
    done = moves(world, ActionState.DONE)
    again = Action.objects.exclude(pk=done.pk).get(text=done.text)
    assert again.due_on == due + timedelta(weeks=2) > today
    assert again.repeats_weeks == 1 and again.owner_id == done.owner_id


def test_what_comes_again_does_not_when_it_is_dropped(world: World) -> None:
    Action.objects.filter(pk=world.action.pk).update(repeats_weeks=1)
    dropped = moves(world, ActionState.DROPPED, reason="No use.")
    assert not Action.objects.exclude(pk=dropped.pk).filter(text=dropped.text).exists()


def test_an_action_whose_person_left_has_no_owner(world: World) -> None:
    kela = Action.objects.get(owner_party=Party.KELA, case=world.case)
    assert kela.text not in shown(world, "employment", CommitmentKind.UNOWNED)
    end_team_term(
        actor=world.actor("employment"), case=world.case,
        user_id=User.objects.get(username="kela").pk, now=world.now,
    )  # fmt: skip
    assert kela.text in shown(world, "employment", CommitmentKind.UNOWNED)


def test_the_board_shows_no_action_that_its_reader_may_not_see(world: World) -> None:
    debts = Action.objects.get(goal=world.debts_goal)
    Action.objects.filter(pk=debts.pk).update(due_on=day_of(world.now) - timedelta(days=1))
    assert debts.text in shown(world, "social", CommitmentKind.OVERDUE)
    assert debts.text not in shown(world, "kela", CommitmentKind.OVERDUE)
    assert shown(world, "colleague", CommitmentKind.OVERDUE) == set()


def test_the_board_counts_what_it_lists(world: World) -> None:
    counts = count_commitments(reading_of(world.actor("employment"), now=world.now))
    for kind in CommitmentKind:
        listed = commitments(reading_of(world.actor("employment"), now=world.now), kind).count()
        assert getattr(counts, kind.value) == listed


def test_few_commitments_or_many_the_same_queries(world: World, login: Any) -> None:
    client = login("employment")

    def queries() -> int:
        client.get("/commitments/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/commitments/").status_code == 200
        return len(asked)

    few = queries()
    one = Action.objects.get(pk=world.action.pk)
    for _each in range(60):
        one.pk = one.id = None
        one._state.adding = True
        one.id = type(one)._meta.pk.get_default()  # type: ignore[union-attr]
        one._history_user = one.recorded_by_id  # type: ignore[attr-defined]
        one.save(force_insert=True)
    assert queries() == few


def leads(who: str) -> None:
    Position.objects.update(leads=False)
    Position.objects.filter(user__username=who).update(leads=True)


def test_what_is_not_answered_in_time_goes_up_to_the_offices_leader(world: World) -> None:
    """The leader learns whose turn it is and since when, and nothing of the client."""
    asks(world, to_body=Body.EMPLOYMENT)
    leads("colleague")  # of the same office as employment, and not on the team
    colleague = world.actor("colleague")
    assert unanswered_in_office(colleague, now=world.now + timedelta(days=7)) == []
    late = unanswered_in_office(colleague, now=world.now + timedelta(days=8))
    assert [(row.who.username, row.count) for row in late] == [("employment", 1)]
    for who in ("employment", "social", "kela", "outsider"):
        assert unanswered_in_office(world.actor(who), now=world.now + timedelta(days=8)) == []


def test_an_answer_ends_the_escalation(world: World) -> None:
    asked = asks(world, to_body=Body.EMPLOYMENT)
    leads("colleague")
    later = world.now + timedelta(days=8)
    services.decline_request(
        actor=world.actor("employment"), request_id=asked.pk, answer="Not ours.", now=world.now
    )
    assert unanswered_in_office(world.actor("colleague"), now=later) == []


def test_the_director_sees_how_many_wait_and_never_a_small_number(world: World) -> None:
    for _number in range(4):
        asks(world)
    later, director = world.now + timedelta(days=8), world.actor("director")
    assert unanswered_by_body(director, now=later)[Body.KELA] == 4
    assert {c.label: c.value for c in late_answers(director, now=later)}["Kela"] is None
    asks(world)
    assert {c.label: c.value for c in late_answers(director, now=later)}["Kela"] == 5
    with pytest.raises(NotVisible):
        late_answers(world.actor("employment"), now=later)


def found(world: World, **wanted: str) -> list[Action]:
    reading = reading_of(world.actor("employment"), now=world.now)
    return list(commitments(reading, CommitmentKind.MINE, CommitmentFilter(**wanted)))


def test_the_board_is_narrowed_by_whose_how_it_stands_and_when(world: World) -> None:
    today = day_of(world.now)
    late = Action.objects.filter(pk=world.action.pk)
    late.update(due_on=today - timedelta(days=1))
    assert world.action in found(world, due="overdue")
    assert world.action not in found(world, due="7")
    for days, kept in ((0, True), (7, True), (8, False)):
        late.update(due_on=today + timedelta(days=days))
        assert (world.action in found(world, due="7")) is kept
    moves(world, ActionState.WAITING, waiting_for=Party.KELA)
    assert world.action in found(world, state="waiting")
    assert world.action not in found(world, state="planned")
    assert world.action in found(world, party="employment")
    assert found(world, party="kela") == []


def test_the_board_is_ordered_by_each_of_its_columns_and_turned_round(world: World) -> None:
    employment = world.actor("employment")
    services.add_action(
        actor=employment, goal_id=world.joint_goal.pk, text="Calls the school",
        owner_party=Party.EMPLOYMENT, owner_id=employment.user_id,
        due_on=day_of(world.now) + timedelta(days=90), category=Category.PLAN_FOLLOW_UP,
        now=world.now,
    )  # fmt: skip
    for order in ("due", "client", "who", "state"):
        forth = [action.pk for action in found(world, order=order)]
        back = [action.pk for action in found(world, order=f"-{order}")]
        assert sorted(forth) == sorted(back) and len(forth) > 1
    days = [action.due_on for action in found(world, order="-due")]
    assert days == sorted(days, reverse=True)


def test_what_is_taken_out_of_the_board_is_what_it_shows(world: World, login: Any) -> None:
    page = login("employment").get("/commitments/?kind=mine&state=waiting&order=-due")
    assert page.context["query"] == "kind=mine&state=waiting&order=-due"
    heads = {str(column.label): column for column in page.context["columns"]}
    assert heads["Due"].direction == "descending" and heads["Due"].url.endswith("order=due")
    assert heads["What"].url == ""
