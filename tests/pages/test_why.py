"""Why joint service was proposed: the facts used with their day, and the client's say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from caseplan.plan.models import Referral
from common.clock import day_of
from tests.personas import World


@pytest.fixture
def referral(world: World) -> Referral:
    return Referral.objects.get(case=world.case)


def why(login: Any, world: World, who: str = "client") -> str:
    answer = login(who).get(f"/cases/{world.case.pk}/why/", headers={"accept-language": "en"})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_client_reads_the_facts_that_were_used_and_their_day(
    world: World, login: Any, referral: Referral
) -> None:
    reached = day_of(world.now) - timedelta(days=40)
    Referral.objects.filter(pk=referral.pk).update(
        rule="paid_days", statute="1369/2014 s. 2", asked_on=reached + timedelta(days=9),
        reached_on=reached, measured=304, reason="You need more than one office.",
    )  # fmt: skip
    page = why(login, world)
    for said in ("You need more than one office.", "304", "1369/2014 s. 2"):
        assert said in page, said
    for day in (reached, reached + timedelta(days=9)):
        assert f"{day.day}.{day.month}.{day.year}" in page
    assert "304" in why(login, world, "social"), "a worker beside them reads the same"


def test_where_no_register_was_used_it_says_so_and_a_sign_is_no_law(
    world: World, login: Any, referral: Referral
) -> None:
    nothing = {"rule": "", "statute": "", "asked_on": None, "reached_on": None, "measured": None}
    Referral.objects.filter(pk=referral.pk).update(**nothing)
    assert "<dl" not in why(login, world).partition('id="facts-h"')[2].partition("</section>")[0]
    today = day_of(world.now)
    Referral.objects.filter(pk=referral.pk).update(
        rule="many_benefits", statute="advisory", asked_on=today, reached_on=today, measured=4
    )
    page = why(login, world)
    assert "advisory" not in page.partition("<main")[2]


def test_the_client_has_a_say_and_a_worker_cannot_ask_for_a_correction_in_their_name(
    world: World, login: Any, referral: Referral
) -> None:
    wrong = f"/my/corrections/new/referral/{referral.pk}/"
    assert wrong in why(login, world) and wrong not in why(login, world, "social")
    assert login("client").get(wrong).status_code == 200
