"""Before a plan is proposed, and what whoever answers it reads: what lacks, changed, follows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from caseplan.plan import services
from caseplan.plan.models import Action, Goal, JointPlan, PlannedService, PlanVersion
from caseplan.plan.selectors import (
    LackKind,
    VersionPage,
    open_readiness,
    open_version,
    what_follows,
)
from cases.services import end_team_term
from common.bodies import Body, Party
from common.clock import day_of
from common.dates import add_months
from consent.models import Category
from rights.selectors import see_draft_as
from statutes.reader import law_on
from tests.personas import World

PLAN = Category.PLAN_FOLLOW_UP


def lacks(world: World, who: str = "employment") -> set[str]:
    return {one.kind.value for one in open_readiness_of(world, who).lacks}


def open_readiness_of(world: World, who: str = "employment") -> Any:
    return open_readiness(world.actor(who), world.case.pk, now=world.now)


def action(world: World, text: str = "Call the workshop", who: str = "social") -> Action:
    return services.add_action(
        actor=world.actor(who), goal_id=world.joint_goal.pk, text=text, category=PLAN,
        owner_party=Party(who), owner_id=world.actor(who).user_id,
        due_on=day_of(world.now) + timedelta(10), now=world.now,
    )  # fmt: skip


def propose(world: World, who: str = "social") -> PlanVersion:
    return services.propose_plan(actor=world.actor(who), case=world.case, now=world.now)


def test_a_plan_without_a_goal_is_told_so_and_nothing_else_stops_it(world: World) -> None:
    ready = open_readiness_of(world)
    assert ready.may_be_proposed and LackKind.NO_GOAL not in lacks(world)
    Goal.objects.filter(case=world.case).update(
        dropped_at=world.now, dropped_by=world.actor("social").user_id
    )
    ready = open_readiness_of(world)
    assert not ready.may_be_proposed
    assert {LackKind.NO_GOAL, LackKind.NO_OWN_GOAL} <= {one.kind for one in ready.lacks}


def test_the_clients_own_goal_and_what_they_can_do_are_missed(world: World) -> None:
    JointPlan.objects.filter(case=world.case).update(strengths="Keeps her word")
    assert not {"no_own_goal", "no_strengths"} & lacks(world)
    JointPlan.objects.filter(case=world.case).update(strengths="  ")
    Goal.objects.filter(case=world.case, recorded_for="client").update(
        dropped_at=world.now, dropped_by=world.actor("social").user_id
    )
    assert {"no_own_goal", "no_strengths"} <= lacks(world)


def test_an_action_in_the_past_or_of_somebody_who_has_left_is_told(world: World) -> None:
    one = action(world)
    assert one.pk not in {lack.subject_id for lack in open_readiness_of(world).lacks}
    Action.objects.filter(pk=one.pk).update(due_on=day_of(world.now) - timedelta(1))
    end_team_term(
        actor=world.actor("employment"), case=world.case, now=world.now,
        user_id=world.actor("social").user_id,
    )  # fmt: skip
    found = {lack.kind for lack in open_readiness_of(world).lacks if lack.subject_id == one.pk}
    assert found == {LackKind.PAST, LackKind.OWNER_GONE}


def test_a_task_of_a_body_that_takes_no_part_is_told(world: World) -> None:
    one = action(world, who="kela")
    JointPlan.objects.filter(case=world.case).update(kela_participates=True)
    assert "body_not_in" not in lacks(world)
    JointPlan.objects.filter(case=world.case).update(kela_participates=False)
    told = [one for one in open_readiness_of(world).lacks if one.kind == LackKind.BODY_NOT_IN]
    assert one.pk in {lack.subject_id for lack in told}
    assert {lack.party for lack in told} == {Party.KELA}


def test_a_question_is_no_action_and_a_request_waits_for_its_answer(world: World) -> None:
    assert not {"question", "request_waits"} & lacks(world)
    action(world, text="Can Kela pay the trip? ")
    asked = services.ask_body(
        actor=world.actor("social"), goal_id=world.joint_goal.pk, to_body=Body.KELA,
        text="The trip", answer_by=day_of(world.now) + timedelta(5), now=world.now,
    )  # fmt: skip
    assert {"question", "request_waits"} <= lacks(world)
    services.decline_request(
        actor=world.actor("kela"), request_id=asked.pk, answer="No.", now=world.now
    )
    assert "request_waits" not in lacks(world)


def test_a_service_that_a_body_does_not_see_is_told_to_whoever_sees_it(world: World) -> None:
    PlannedService.objects.filter(case=world.case).update(category=Category.SOCIAL_SITUATION)
    row = PlannedService.objects.filter(case=world.case).earliest("pk")
    (lack,) = [
        one for one in open_readiness_of(world).lacks
        if one.kind == LackKind.SERVICE_UNSEEN and one.subject_id == row.pk
    ]  # fmt: skip
    assert lack.bodies == [Body.KELA]
    assert "service_unseen" not in lacks(world, "kela"), "who does not see it, misses nothing"


def test_that_the_client_does_everything_is_told(world: World) -> None:
    Action.objects.filter(case=world.case).update(owner_party=Party.CLIENT, owner=None)
    assert "all_on_client" in lacks(world)
    action(world)
    assert "all_on_client" not in lacks(world)


def test_what_would_be_proposed_is_read_as_each_party_will_and_no_further(world: World) -> None:
    hidden = services.add_goal(
        actor=world.actor("social"), case=world.case, text="The rent", now=world.now,
        category=Category.SOCIAL_SITUATION,
    )  # fmt: skip

    def goals(who: str, key: str) -> set[str]:
        _label, page = see_draft_as(world.actor(who), world.case.pk, key, now=world.now)
        return {entry.goal.title for entry in page.goals}

    shown = world.joint_goal.text
    assert {hidden.text, shown} <= goals("social", "client")
    assert hidden.text not in goals("social", "kela") and shown in goals("social", "kela")
    assert hidden.text not in goals("kela", "client"), "no more than the reader sees"
    assert PlanVersion.objects.filter(case=world.case).count() == 1, "nothing is written"


def page_of(world: World, who: str, version: PlanVersion) -> VersionPage:
    return open_version(world.actor(who), version.pk, now=world.now)


def test_a_version_is_compared_with_the_one_that_its_reader_last_answered(world: World) -> None:
    services.accept_plan(actor=world.actor("kela"), version_id=world.version.pk, now=world.now)
    services.disagree_with_plan(
        actor=world.actor("social"), version_id=world.version.pk, comment="Too soon.",
        now=world.now,
    )  # fmt: skip
    action(world, text="Second")
    second = propose(world)
    services.accept_plan(actor=world.actor("social"), version_id=second.pk, now=world.now)
    action(world, text="Third")
    third = propose(world)

    def new(who: str) -> tuple[PlanVersion | None, list[str]]:
        page = page_of(world, who, third)
        return page.compared_with, [change.item.title for change in page.changes]

    assert new("kela") == (world.version, ["Second", "Third"])
    assert new("social") == (second, ["Third"])
    assert new("client") == (None, []), "whoever never answered reads the whole"
    page = page_of(world, "kela", third)
    assert [(a.party, a.comment) for a in page.objections] == [("social", "Too soon.")]
    assert page.last_answer is not None and page.last_answer.reply == "accepted"
    own = page_of(world, "social", third)
    assert [change.item.title for change in own.own_changes] == ["Third"]


def test_a_change_in_what_a_reader_does_not_see_is_neither_shown_nor_counted(world: World) -> None:
    services.accept_plan(actor=world.actor("kela"), version_id=world.version.pk, now=world.now)
    services.add_goal(
        actor=world.actor("social"), case=world.case, text="The rent", now=world.now,
        category=Category.SOCIAL_SITUATION,
    )  # fmt: skip
    assert page_of(world, "kela", propose(world)).changes == []


def test_accepting_says_first_what_follows(world: World, login: Any) -> None:
    one = action(world)
    version = propose(world, "employment")
    follows = what_follows(page_of(world, "social", version), Party.SOCIAL, now=world.now)
    assert one.text in [task.title for task in follows.tasks]
    assert follows.waits_for == [Party.CLIENT, Party.EMPLOYMENT, Party.KELA] == follows.told
    page = login("social").get(f"/versions/{version.pk}/").content.decode()
    assert f'action="/versions/{version.pk}/accept/"' in page
    for who in ("employment", "kela", "client"):
        services.accept_plan(actor=world.actor(who), version_id=version.pk, now=world.now)
    follows = what_follows(page_of(world, "social", version), Party.SOCIAL, now=world.now)
    assert follows.waits_for == []
    today = day_of(world.now)
    assert follows.review_on == add_months(today, law_on(today).review_months.value)


def test_proposing_and_accepting_for_ones_own_body_are_three_clicks(
    world: World, login: Any
) -> None:
    worker, case = login("employment"), world.case.pk
    assert f'href="/cases/{case}/propose/"' in worker.get(f"/cases/{case}/").content.decode()
    Action.objects.filter(case=case).update(due_on=day_of(world.now) - timedelta(1))
    ready = worker.get(f"/cases/{case}/propose/").content.decode()
    assert f'href="/actions/{world.action.pk}/"' in ready, "what mends it is one click away"
    version = worker.post(f"/cases/{case}/propose/").headers["Location"]
    form = f"{version}accept/"
    assert f'action="{form}"' in worker.get(version).content.decode()
    assert worker.post(form).status_code == 302
    newest = PlanVersion.objects.filter(case=case).latest("number")
    assert newest.answers.filter(party="employment", reply="accepted").exists()
