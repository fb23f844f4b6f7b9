"""A refusal that no form shows is still told in words, and nothing stays half done."""

from __future__ import annotations

from typing import Any

from followup.models import Feeling
from followup.services import check_in
from tests.personas import World


def test_a_refused_button_answers_in_words_and_breaks_nothing(world: World, login: Any) -> None:
    going = check_in(
        actor=world.actor("client"), case=world.case, feeling=Feeling.WELL, now=world.now
    )
    answer = login("employment").post(f"/check-ins/{going.pk}/handled/")
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "Nothing was asked for here." in said and "Nothing was changed." in said
    going.refresh_from_db()
    assert going.handled_at is None
