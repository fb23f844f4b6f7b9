"""A plan is in force when the client and each participating body have accepted it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditRow
from caseplan.plan import services
from caseplan.plan.models import (
    Action,
    ActionState,
    Answer,
    Goal,
    GoalKind,
    PlanVersion,
    VersionItem,
)
from cases.lifecycle import CaseState
from cases.models import Case, TeamMembership, TeamRole
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused, Stale
from consent.models import Category
from people.models import User
from people.selectors import actor_for
from tests.personas import World
from tests.together import at_once


def accept_all(world: World, version: PlanVersion, *parties: str) -> None:
    for party in parties:
        services.accept_plan(actor=world.actor(party), version_id=version.pk, now=world.now)


def test_the_last_acceptance_brings_the_version_into_force(world: World) -> None:
    accept_all(world, world.version, "social", "kela")
    world.version.refresh_from_db()
    assert not world.version.is_in_force  # the client has not accepted
    accept_all(world, world.version, "client")
    world.version.refresh_from_db()
    assert world.version.is_in_force
    assert world.version.review_section == "381/2023 6 §"


def test_the_review_is_due_three_months_after_force_from_date_to_date(world: World) -> None:
    accept_all(world, world.version, "social", "kela", "client")
    world.version.refresh_from_db()
    started = world.version.in_force_at
    assert started is not None
    due = world.version.review_due_on
    assert isinstance(due, date)
    assert (due.month - day_of(world.now).month) % 12 == 3


def test_kela_is_not_asked_when_it_does_not_take_part(world: World) -> None:
    services.edit_plan(
        actor=world.actor("employment"),
        case=world.case,
        strengths="",
        job_search_duty="",
        follow_up="",
        kela_participates=False,
        revision=2,
        now=world.now,
    )
    version = services.propose_plan(actor=world.actor("social"), case=world.case, now=world.now)
    with pytest.raises(NotAllowed):
        services.accept_plan(actor=world.actor("kela"), version_id=version.pk, now=world.now)
    accept_all(world, version, "employment", "social", "client")
    version.refresh_from_db()
    assert version.is_in_force


def test_a_disagreement_keeps_the_proposal_its_reason_and_the_plan_in_force(world: World) -> None:
    accept_all(world, world.version, "social", "kela", "client")
    second = services.propose_plan(actor=world.actor("social"), case=world.case, now=world.now)
    assert second.number == 2
    services.disagree_with_plan(
        actor=world.actor("client"),
        version_id=second.pk,
        comment="Liian monta käyntiä",
        now=world.now,
    )
    accept_all(world, second, "employment", "social", "kela")
    second.refresh_from_db()
    world.version.refresh_from_db()
    assert not second.is_in_force
    assert world.version.is_in_force
    assert Answer.objects.get(version=second, party="client").comment == "Liian monta käyntiä"


def test_a_new_version_in_force_replaces_the_earlier_one(world: World) -> None:
    accept_all(world, world.version, "social", "kela", "client")
    second = services.propose_plan(actor=world.actor("social"), case=world.case, now=world.now)
    accept_all(world, second, "employment", "social", "kela", "client")
    world.version.refresh_from_db()
    assert world.version.replaced_at is not None
    assert PlanVersion.objects.filter(in_force_at__isnull=False, replaced_at=None).count() == 1


def test_versions_are_numbered_case_by_case_from_the_first(world: World) -> None:
    other = Case.objects.get(person__user__username="client2")
    manager = TeamMembership.objects.get(case=other, role=TeamRole.CASE_MANAGER, until=None)
    actor = actor_for(User.objects.get(pk=manager.user_id), now=world.now)
    services.add_goal(
        actor=actor, case=other, category=Category.PLAN_FOLLOW_UP, text="One", now=world.now
    )
    assert not PlanVersion.objects.filter(case=other).exists()
    numbers = [
        services.propose_plan(actor=actor, case=other, now=world.now).number for _time in range(2)
    ]
    assert numbers == [1, 2]
    third = services.propose_plan(actor=world.actor("social"), case=world.case, now=world.now)
    assert third.number == world.version.number + 1


def test_a_version_holds_the_plan_as_it_lives_and_nothing_that_was_left_behind(
    world: World,
) -> None:
    """Goals not dropped, every step under them, and open steps whose goal was dropped."""
    social, now = world.actor("social"), world.now

    def step(goal: Goal, text: str) -> Action:
        return services.add_action(
            actor=social, goal_id=goal.pk, text=text, owner_party="social",  # type: ignore[arg-type]
            owner_id=social.user_id, due_on=day_of(now), category=Category.PLAN_FOLLOW_UP, now=now,
        )  # fmt: skip

    dropped = services.add_goal(
        actor=social, case=world.case, category=Category.PLAN_FOLLOW_UP, text="Left", now=now
    )
    left_open, left_closed = step(dropped, "open"), step(dropped, "closed")
    closed = step(world.joint_goal, "done")
    for action in (left_closed, closed):
        services.close_action(
            actor=social, action_id=action.pk, state=ActionState.DONE, reason="", revision=1,
            now=now,
        )  # fmt: skip
    Goal.objects.filter(pk=dropped.pk).update(
        dropped_at=now, dropped_by=world.actor("social").user_id
    )
    version = services.propose_plan(actor=social, case=world.case, now=now)
    held = set(version.items.values_list("source_id", flat=True))
    assert {left_open.pk, closed.pk, world.joint_goal.pk, world.planned_service.pk} <= held
    assert not {left_closed.pk, dropped.pk} & held
    goals = Goal.objects.filter(pk__in=held)
    assert {goal.case_id for goal in goals} == {world.case.pk}
    positions = list(version.items.order_by("position").values_list("position", flat=True))
    assert positions == list(range(len(held)))


def test_the_first_plan_in_force_moves_the_case_on_and_the_next_one_leaves_it_there(
    world: World,
) -> None:
    state = Case.objects.filter(pk=world.case.pk).values_list("state", flat=True)
    state.update(state=CaseState.MAPPING)
    accept_all(world, world.version, "social", "kela", "client")
    assert state.get() == CaseState.IN_FORCE
    second = services.propose_plan(actor=world.actor("social"), case=world.case, now=world.now)
    accept_all(world, second, "employment", "social", "kela", "client")
    assert state.get() == CaseState.IN_FORCE
    second.refresh_from_db()
    assert second.is_in_force


def test_a_party_answers_a_version_once(world: World) -> None:
    with pytest.raises(Refused):
        services.accept_plan(
            actor=world.actor("employment"), version_id=world.version.pk, now=world.now
        )


def test_a_version_set_aside_cannot_be_accepted(world: World) -> None:
    services.propose_plan(actor=world.actor("social"), case=world.case, now=world.now)
    with pytest.raises(NotAllowed):
        services.accept_plan(
            actor=world.actor("client"), version_id=world.version.pk, now=world.now
        )


@pytest.mark.parametrize("stranger", ["colleague", "outsider", "client2", "director"])
def test_nobody_else_finds_the_version(world: World, stranger: str) -> None:
    with pytest.raises(NotVisible):
        services.accept_plan(
            actor=world.actor(stranger), version_id=world.version.pk, now=world.now
        )


def test_what_was_proposed_cannot_be_changed_in_the_database(world: World) -> None:
    item = VersionItem.objects.filter(version=world.version).first()
    assert item is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        VersionItem.objects.filter(pk=item.pk).update(content={"text": "other"})
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanVersion.objects.filter(pk=world.version.pk).update(number=9)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.filter(version=world.version).update(reply="disagrees", comment="x")


def test_the_database_refuses_force_before_all_have_accepted(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanVersion.objects.filter(pk=world.version.pk).update(
            in_force_at=world.now, review_due_on=date(2027, 1, 1)
        )


def test_staff_cannot_overwrite_the_clients_words(world: World) -> None:
    for worker in ("employment", "social", "kela"):
        with pytest.raises(NotAllowed):
            services.edit_goal(
                actor=world.actor(worker),
                goal_id=world.own_goal.pk,
                text="tidied",
                revision=1,
                now=world.now,
            )
    with pytest.raises(NotAllowed):
        services.add_own_goal(
            actor=world.actor("social"), case=world.case, text="hers", now=world.now
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        type(world.own_goal).objects.filter(pk=world.joint_goal.pk).update(kind=GoalKind.CLIENT)


def test_a_stale_edit_is_refused_and_overwrites_nothing(world: World) -> None:
    goal = world.joint_goal
    first = {"actor": world.actor("social"), "goal_id": goal.pk, "revision": 1, "now": world.now}
    services.edit_goal(text="first", **first)
    with pytest.raises(Stale):
        services.edit_goal(text="second", **{**first, "actor": world.actor("kela")})
    goal.refresh_from_db()
    assert goal.text == "first"
    assert goal.history.count() == 2
    assert goal.history.first().history_user_id == world.actor("social").user_id


def test_an_action_of_a_body_names_one_of_its_people_on_the_team(world: World) -> None:
    wanted = {
        "actor": world.actor("employment"),
        "goal_id": world.joint_goal.pk,
        "text": "x",
        "due_on": date(2027, 1, 1),
        "category": Category.PLAN_FOLLOW_UP,
        "now": world.now,
    }
    colleague = world.actor("colleague").user_id  # the right body, not on the team
    with pytest.raises(Refused) as refused:
        services.add_action(owner_party="employment", owner_id=colleague, **wanted)
    assert refused.value.field == "owner"
    kela = world.actor("kela").user_id  # on the team, another body
    with pytest.raises(Refused):
        services.add_action(owner_party="employment", owner_id=kela, **wanted)
    with pytest.raises(Refused):
        services.add_action(owner_party="employment", owner_id=None, **wanted)


def test_an_action_is_dropped_only_with_a_reason(world: World) -> None:
    action = world.action
    with pytest.raises(Refused) as refused:
        services.close_action(
            actor=world.actor("employment"),
            action_id=action.pk,
            state="dropped",
            reason=" ",
            revision=1,
            now=world.now,
        )
    assert refused.value.field == "reason"


@pytest.mark.usefixtures("committed_db")
def test_two_last_acceptances_at_once_bring_it_into_force_exactly_once() -> None:
    world = World.load()
    accept_all(world, world.version, "social")
    actors = [world.actor("kela"), world.actor("client")]
    accept, version = services.accept_plan, world.version.pk
    outcomes = at_once(*[
        lambda actor=actor: accept(actor=actor, version_id=version, now=world.now)  # type: ignore[misc]
        for actor in actors
    ])  # fmt: skip
    world.version.refresh_from_db()
    assert outcomes == ["done", "done"]
    assert world.version.is_in_force
    assert world.version.answers.count() == 4


def test_only_the_team_proposes_and_not_in_a_case_that_has_ended(world: World) -> None:
    for who in ("client", "director", "colleague", "officer"):
        with pytest.raises(NotAllowed):
            services.propose_plan(actor=world.actor(who), case=world.case, now=world.now)
    case = world.end_case()
    with pytest.raises(NotAllowed):
        services.propose_plan(actor=world.actor("social"), case=case, now=world.now)


def test_each_step_of_agreement_stands_in_the_log(world: World) -> None:
    social, now = world.actor("social"), world.now
    services.disagree_with_plan(
        actor=world.actor("client"), version_id=world.version.pk, comment="No.", now=now
    )
    services.settle_disagreement(
        actor=social, version_id=world.version.pk, settlement="So.", now=now
    )
    second = services.propose_plan(actor=social, case=world.case, now=now)
    accept_all(world, second, "employment", "social", "kela", "client")
    for version, steps in (
        (world.version, {"plan_disagrees", "plan_settled"}),
        (second, {"plan_proposed", "plan_accepted", "plan_in_force"}),
    ):
        rows = AuditRow.objects.filter(subject_type="plan_version", subject_id=version.pk)
        assert steps <= set(rows.values_list("action", flat=True))
