"""What stands on the first sheet of the plan, and what behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseplan.plan.catalogue import step_of
from caseplan.plan.models import Action
from caseplan.plan.selectors import CasePage, IncomePage
from common.bodies import Party
from pages.income.shown import ShownStep, shown_step

OWN_STEPS, OTHERS_STEPS, GOALS, GOAL_LENGTH = 6, 4, 3, 220
"""How many steps of each and how much of how many goals fit on the first sheet."""


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """The first sheet: what the client does, what others do, each by its day.

    ``goals``: the first words of the client's own goals, where there is no more room; the rest of
    the steps are counted, and stand behind.
    """

    goals: list[str]
    own: list[Action]
    others: list[Action]
    more: int


def sheet_of(page: CasePage) -> PlanSheet:
    """The first sheet of a plan: the open steps that are due first."""
    steps = sorted((one for one in page.actions if one.is_open), key=lambda one: one.due_on)
    own = [step for step in steps if step.owner_party == Party.CLIENT]
    others = [step for step in steps if step.owner_party != Party.CLIENT]
    more = max(0, len(own) - OWN_STEPS) + max(0, len(others) - OTHERS_STEPS)
    goals = [_begun(entry.goal.text) for entry in page.own_goals[:GOALS]]
    return PlanSheet(goals, own[:OWN_STEPS], others[:OTHERS_STEPS], more)


def incomes_of(page: IncomePage, today: date) -> list[tuple[str, ShownStep]]:
    """What each service of the plan does to the income, a kind of service once."""
    found: dict[str, tuple[str, ShownStep]] = {}
    for service in page.services:
        step = step_of(service.service)
        if step.value not in found:
            begins_on = service.from_on or today
            found[step.value] = (service.title, shown_step(step, begins_on, today=today))
    return list(found.values())


def _begun(text: str) -> str:
    return text if len(text) <= GOAL_LENGTH else f"{text[:GOAL_LENGTH].rsplit(' ', 1)[0]} ..."
