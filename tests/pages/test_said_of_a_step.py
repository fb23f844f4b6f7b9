"""What a client says of a step or a service stands on its page, with the answer beside it."""

from __future__ import annotations

from typing import Any

import pytest

from caseplan.options.models import Offer
from caseplan.remarks.models import Remark
from caseplan.remarks.services import answer_remark, propose_step, take_up_step
from common.bodies import Party
from common.clock import day_of
from tests.personas import World

WORDS = "The bus does not go there."


def page(login: Any, who: str, path: str) -> str:
    answer = login(who).get(path, headers={"accept-language": "en"})
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.parametrize("kind", ["step", "service"])
def test_what_was_said_of_it_and_the_answer_stand_on_its_page(
    login: Any, world: World, kind: str
) -> None:
    thing = world.action if kind == "step" else world.planned_service
    address = f"{'actions' if kind == 'step' else 'services'}/{thing.pk}/remark/"
    its_page = f"/my/{kind}s/{thing.pk}/"
    assert f'href="/{address}"' in page(login, "client", its_page)
    sent = login("client").post(f"/{address}", {"text": WORDS})
    assert sent["location"] == its_page, "back where it stands"
    shown = page(login, "client", its_page)
    assert WORDS in shown and "No answer yet" in shown
    answer_remark(
        actor=world.actor("kela"), remark_id=Remark.objects.get().pk, answer="We move it.",
        now=world.now,
    )  # fmt: skip
    shown = page(login, "client", its_page)
    assert shown.index(WORDS) < shown.index("We move it.") and "No answer yet" not in shown


def test_a_step_that_the_client_proposed_says_so(login: Any, world: World) -> None:
    remark = propose_step(
        actor=world.actor("client"), goal_id=world.joint_goal.pk, text="I ask at the garden.",
        now=world.now,
    )  # fmt: skip
    step = take_up_step(
        actor=world.actor("social"), remark_id=remark.pk, answer="Good.", owner_party=Party.CLIENT,
        owner_id=None, due_on=day_of(world.now), now=world.now,
    ).step  # fmt: skip
    assert step is not None
    shown = page(login, "client", f"/my/steps/{step.pk}/")
    assert "You proposed:" in shown and "Good." in shown
    assert "You proposed:" not in page(login, "client", f"/my/steps/{world.action.pk}/")


def test_the_plan_leads_to_what_was_said_of_it(login: Any, world: World) -> None:
    assert f'href="/cases/{world.case.pk}/remarks/"' in page(login, "client", "/my/plan/")


def test_where_nothing_was_said_or_offered_a_worker_is_led_on(login: Any, world: World) -> None:
    case = f"/cases/{world.case.pk}/"
    Offer.objects.all().delete()
    for path, leads in (("options/", f'href="{case}#joint-goals"'), ("remarks/", f'href="{case}"')):
        main = page(login, "social", case + path).partition("<main")[2].partition("</nav>")[2]
        assert leads in main, path


@pytest.mark.parametrize("path", ["options/", "remarks/", "why/"])
def test_a_worker_goes_back_by_the_tabs_and_a_client_by_a_link(
    login: Any, world: World, path: str
) -> None:
    case = f"/cases/{world.case.pk}/"
    assert "Back to my plan" in page(login, "client", case + path)
    assert "Back to" not in page(login, "social", case + path)
