"""What the plan of a case shows: the whole or what waits for one party, and what waits for me.

Of what a page has read already: nothing here asks the database.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from caseplan.plan.models import Action
from caseplan.plan.selectors import YOU, CasePage, GoalWithActions, who_waits
from common.actor import Actor
from common.bodies import Party


@dataclass(frozen=True, slots=True)
class PlanShown:
    """The goals that are shown; ``who``: for whom all of it waits, empty where it is not asked."""

    who: str
    own_goals: list[GoalWithActions]
    joint_goals: list[GoalWithActions]
    other_actions: list[Action]


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something that waits for the reader: its words, its day, and where on the page it stands."""

    text: str
    day: date
    place: UUID


def narrowed(page: CasePage, actor: Actor, who: str) -> PlanShown:
    """The plan, or of it what waits for ``who`` (``caseplan.plan.selectors.Waiting.who``).

    A word that names nobody narrows nothing. The client's own words stand in either.
    """
    if who not in {YOU, *Party.values}:
        return PlanShown("", page.own_goals, page.joint_goals, page.other_actions)
    own = _waiting(page.own_goals, actor, who)
    joint = [one for one in _waiting(page.joint_goals, actor, who) if one.actions or one.requests]
    return PlanShown(who, own, joint, _open(page.other_actions, actor, who))


def waiting_for_me(page: CasePage, actor: Actor) -> list[ToDo]:
    """The reader's own open actions, and what their body has to answer, the soonest first."""
    if not page.case.is_open:
        return []
    found = [
        ToDo(action.text, action.due_on, action.goal_id)
        for action in page.open_actions()
        if who_waits(actor, action.owner_party, action.owner_id) == YOU
    ]
    found += [
        ToDo(request.text, request.answer_by, request.pk)
        for request in page.requests
        if request.is_open and who_waits(actor, request.to_body) == YOU
    ]
    return sorted(found, key=lambda one: one.day)


def _waiting(goals: Iterable[GoalWithActions], actor: Actor, who: str) -> list[GoalWithActions]:
    return [
        replace(
            one,
            actions=_open(one.actions, actor, who),
            requests=[
                request
                for request in one.requests
                if request.is_open and who_waits(actor, request.to_body) == who
            ],
        )
        for one in goals
    ]


def _open(actions: Iterable[Action], actor: Actor, who: str) -> list[Action]:
    return [
        action
        for action in actions
        if action.is_open and who_waits(actor, action.owner_party, action.owner_id) == who
    ]
