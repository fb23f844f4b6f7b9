"""Two options put side by side for the client of the joint case."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from caseplan.options.models import Offer
from caseplan.options.services import NewStep, offer_steps
from common.bodies import Party
from common.clock import day_of
from consent.models import Category
from tests.personas import World


def offered(world: World, who: str = "social", **other: Any) -> Offer:
    """Two options that a worker has put side by side for the client."""
    said: dict[str, Any] = {
        "goal_id": world.joint_goal.pk, "question": "How would you like to practise Finnish?",
        "because": "You said in May that you want to speak more.", "within_weeks": 4,
        "answer_by": day_of(world.now) + timedelta(days=14), "category": Category.PLAN_FOLLOW_UP,
        "steps": [
            NewStep("A course two evenings a week", "Free. Begins in August.", Party.CLIENT, None),
            NewStep("A language café", "Whenever you like.", Party.SOCIAL,
                    world.actor("social").writer_id),
        ],
        "now": world.now, **other,
    }  # fmt: skip
    return offer_steps(actor=world.actor(who), **said)
