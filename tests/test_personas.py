"""The named people of the tests are who they say: what each sees of the joint case's goals."""

from __future__ import annotations

import pytest

from caseplan.plan.models import Goal
from cases.models import Case
from common.actor import Actor
from consent.models import Category
from people.selectors import leads_office
from records.access import visible_to
from tests.personas import World

HIDDEN_FROM_KELA = Category.SOCIAL_SITUATION
IN_THE_CASE = {
    "team_worker": True, "kela_with_consent": True, "kela_after_revocation": True,
    "joint_client": True, "association": True, "office_colleague": False, "outsider": False,
    "network_director": False, "another_client": False, "officer": False, "office_leader": False,
}  # fmt: skip


@pytest.mark.parametrize(("persona", "sees"), IN_THE_CASE.items())
def test_a_goal_of_the_joint_plan_is_seen_by_those_in_the_case_alone(
    request: pytest.FixtureRequest, world: World, persona: str, sees: bool
) -> None:
    actor: Actor = request.getfixturevalue(persona)
    goals = visible_to(actor, Goal, now=world.now)
    assert goals.filter(pk=world.joint_goal.pk).exists() == sees


def test_what_consent_opens_its_revocation_closes(
    request: pytest.FixtureRequest, world: World
) -> None:
    def sees(persona: str) -> bool:
        actor: Actor = request.getfixturevalue(persona)
        goals = visible_to(actor, Goal, now=world.now)
        return goals.filter(case=world.case, category=HIDDEN_FROM_KELA).exists()

    assert sees("kela_with_consent")
    assert not sees("kela_after_revocation")


def test_the_outsider_has_cases_and_the_leader_an_office(
    outsider: Actor, office_leader: Actor, team_worker: Actor, world: World
) -> None:
    assert Case.objects.filter(team__user_id=outsider.user_id, team__until=None).exists()
    assert office_leader.office_id == team_worker.office_id
    assert leads_office(office_leader, now=world.now)
