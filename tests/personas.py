"""Who is who in the tests. The meanings are fixed.

- ``employment``: worker on the team, case manager of the joint case
- ``colleague``: same office as ``employment``, not on that team
- ``social``, ``kela``: the other bodies on the team; Kela has no ground for social situation
- ``outsider``: caseworker of another network, with cases of their own
- ``director``: of the network
- ``client``: of the joint case; ``client2``: another client
- ``officer``: the data-protection officer of the installation
- ``deputy``: of the director; ``steering``: a member of the network's steering group; ``national``:
  a reader of figures over networks; ``keeper``: keeps the organisation. None is ever in a case
- ``association``: an outside party to whom the client has opened name and plan of the joint case
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from caseplan.plan.models import Action, Goal, PlannedService, PlanVersion
from cases.lifecycle import CaseState
from cases.models import Case
from cases.services import move_case
from common import clock
from common.actor import Actor
from common.levels import EVERY_ACT
from people.models import User
from people.selectors import actor_for

PERSONAS = (
    "employment",
    "colleague",
    "social",
    "kela",
    "outsider",
    "director",
    "client",
    "client2",
    "officer",
    "association",
    "deputy",
    "steering",
    "national",
    "keeper",
)
NEVER_IN_A_CASE = ("deputy", "steering", "national", "keeper")
"""Whose answers no state of a case can change: they are held once, by the table of the routes."""


@dataclass(frozen=True, slots=True)
class World:
    """The joint case of the demo and what is in it."""

    now: datetime
    case: Case
    version: PlanVersion
    own_goal: Goal
    joint_goal: Goal
    debts_goal: Goal

    @classmethod
    def load(cls) -> World:
        case = Case.objects.select_related("person").get(person__user__username="client")
        goals = Goal.objects.filter(case=case).order_by("recorded_at")
        own, joint, debts = goals
        return cls(
            now=clock.now(),
            case=case,
            version=PlanVersion.objects.get(case=case),
            own_goal=own,
            joint_goal=joint,
            debts_goal=debts,
        )

    def actor(self, username: str) -> Actor:
        return actor_for(User.objects.get(username=username), now=self.now, proven=EVERY_ACT)

    def end_case(self) -> Case:
        """The joint case, ended as the table of its life allows."""
        case = Case.objects.get(pk=self.case.pk)
        for state in (CaseState.ENDING, CaseState.FOLLOW_UP):
            move_case(actor=self.actor("employment"), case=case, to=state, now=self.now)
        return case

    @property
    def action(self) -> Action:
        return Action.objects.filter(goal=self.own_goal).order_by("due_on").first()  # type: ignore

    @property
    def planned_service(self) -> PlannedService:
        return PlannedService.objects.get(case=self.case, body="employment")
