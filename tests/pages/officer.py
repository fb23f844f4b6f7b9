"""What the officers of the grounds type, and what stands in the table."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from common.actor import system_actor
from common.bodies import Receiver
from common.clock import day_of
from consent.models import Basis, Category, Ground
from consent.services import draft_ground
from rights.models import Question
from rights.services import ask_about_access
from tests.looks import looks_at
from tests.personas import World

TEST = system_actor("test")


DEBTS = Category.SOCIAL_SITUATION  # what Kela sees by consent only; the demo's debts goal


def standing(world: World, category: str, receiver: str) -> Ground:
    return Ground.objects.get(
        category=category, receiver=receiver, network=None, valid_to=None, signed_at__isnull=False
    )


def draft(world: World, **changes: Any) -> Ground:
    row = {
        "category": DEBTS.value, "receiver": Receiver.KELA, "basis": Basis.STATUTE,
        "section": "9/2026 9 §", "valid_from": day_of(world.now), "valid_to": None,
    }  # fmt: skip
    return draft_ground(actor=TEST, now=world.now, **{**row, **changes})


def typed(world: World, **changes: Any) -> dict[str, Any]:
    """What the officer types to draft a row."""
    today = day_of(world.now)
    return {
        "category": DEBTS.value, "receiver": "kela", "network": "", "basis": "statute",
        "section": "9/2026 9 §", "valid_from": today.isoformat(), "valid_to": "", "note": "n",
        **changes,
    }  # fmt: skip


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def asked(
    world: World, login: Any, *, who: str = "kela", days_ago: int = 0, text: str = "Why?"
) -> Question:
    """The client asks about a look of somebody, some days ago."""
    login(who).get(f"/cases/{world.case.pk}/")
    client = world.actor("client")
    look = looks_at(world.case.pk, actor=world.actor(who).label)[0]
    at = world.now - timedelta(days=days_ago)
    return ask_about_access(actor=client, case=world.case, log_row=look.number, text=text, now=at)
