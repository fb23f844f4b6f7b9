"""What a worker writes down of a client's decisions, for the tests of what becomes of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from caseplan.plan.models import Goal
from common.actor import Actor
from consent.models import (
    Category,
    Consent,
    WrittenDown,
)
from consent.services import (
    confirm_written,
)
from people.models import Position
from records.access import visible_to
from tests.builders import written_down
from tests.consent.deciding import (
    SOCIAL,
)
from tests.personas import World

WORK = Category.EDUCATION_WORK  # Kela sees it by consent only, too


def writes(world: World, by: str = "social", confirmed_by: str = "", **said: Any) -> Consent:
    """The social worker writes down what the client decided about Kela."""
    if "document" not in said:
        said.setdefault("categories", [SOCIAL])
    return written_down(
        world.case, by=world.actor(by), now=said.pop("now", world.now),
        confirmed_by=world.actor(confirmed_by) if confirmed_by else None, **said,
    )  # fmt: skip


def confirms(world: World, consent: Consent, by: str = "client", **more: Any) -> WrittenDown:
    return confirm_written(
        actor=more.get("actor") or world.actor(by), consent_id=consent.pk,
        now=more.get("now", world.now),
    )  # fmt: skip


def state_of(consent: Consent) -> str:
    return WrittenDown.objects.get(consent=consent).state


def is_open(world: World, text: str = "", to: str = "kela", days_on: int = 0) -> bool:
    """Does Kela see the debts, by the gate?"""
    now = world.now + timedelta(days=days_on)
    goals = visible_to(world.actor(to), Goal, now=now).filter(case=world.case)
    return goals.filter(text=text or world.debts_goal.text).exists()


def leads(world: World, username: str) -> Actor:
    """Lets a worker lead the office they work in."""
    Position.objects.filter(user__username=username, until=None).update(leads=True)
    return world.actor(username)
