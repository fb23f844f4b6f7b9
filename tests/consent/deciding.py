"""What the tests of grounds, decisions and requests share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from audit.models import AuditRow
from common.actor import Actor, system_actor
from common.bodies import Receiver
from common.clock import day_of
from common.decision import Refused
from consent.models import (
    Basis,
    Category,
    Choice,
    Consent,
    ConsentLine,
    ConsentRequest,
    Ground,
    OutsideParty,
    PolicyText,
)
from consent.services import (
    ask_for_consent,
    decide,
    draft_ground,
    sign_ground,
)
from tests.personas import World

TEST = system_actor("test")
NIGHT = system_actor("night")
SOCIAL = Category.SOCIAL_SITUATION  # Kela sees it by consent only; the debts of the demo
STEP, SERVICE = "Aika talousneuvontaan", "Sosiaaliohjaus"  # the action and the measure about them


def kela_page(world: World, login: Any) -> str:
    """The case as Kela gets it at this very request."""
    answer = login("kela").get(f"/cases/{world.case.pk}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def decides(world: World, choice: Choice, *, by: str = "client", **more: Any) -> Consent:
    """The client (or somebody else) decides about what Kela sees."""
    said = {"receiver": Receiver.KELA, "purpose": "p", "now": world.now} | more
    if "document" not in said:
        said.setdefault("categories", [SOCIAL])
    return decide(actor=world.actor(by), case=world.case, choice=choice, **said)


def refused(write: Callable[[], object]) -> str | None:
    """The field a refusal names; nothing of what was refused is left behind."""
    before = _written()
    with pytest.raises(Refused) as error, transaction.atomic():
        write()
    assert _written() == before
    return error.value.field


def _written() -> tuple[int, ...]:
    tables = (Consent, ConsentLine, ConsentRequest, OutsideParty, Ground, PolicyText, AuditRow)
    return tuple(table.objects.count() for table in tables)


def days(world: World, number: int) -> date:
    return day_of(world.now) + timedelta(days=number)


def draft(world: World, by: Actor = TEST, **changes: Any) -> Ground:
    """The network's own decision that the law opens the social situation to Kela."""
    row = {
        "category": SOCIAL, "receiver": Receiver.KELA, "basis": Basis.STATUTE, "section": "1 §",
        "valid_from": days(world, 0), "valid_to": None, "network_id": world.case.network_id,
    } | changes  # fmt: skip
    return draft_ground(actor=by, now=world.now, **row)


def signed(world: World, **changes: Any) -> Ground:
    row = draft(world, **changes)
    return sign_ground(actor=TEST, ground_id=row.pk, signed_by="Officer", now=world.now)


def asked_by_kela(world: World) -> ConsentRequest:
    """The demo's: Kela asks for the social situation."""
    return ConsentRequest.objects.get(case=world.case, receiver=Receiver.KELA, closed_at=None)


def ask(world: World, by: str = "employment", **more: Any) -> ConsentRequest:
    said = {
        "categories": [Category.HEALTH_WORK_ABILITY], "purpose": "p", "valid_to": None,
        "now": world.now,
    } | more  # fmt: skip
    return ask_for_consent(actor=world.actor(by), case=world.case, **said)
