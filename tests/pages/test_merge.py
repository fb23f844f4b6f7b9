"""Two people edit one thing: the second sees both, field by field, and loses nothing typed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from caseplan.plan import services
from caseplan.plan.models import Action
from common.bodies import Party
from common.clock import day_of
from tests.personas import World


def the_action(world: World) -> Action:
    return Action.objects.get(case=world.case, owner__username="kela")


def edit(world: World, client: Any, **given: str) -> Any:
    action = the_action(world)
    due = (day_of(world.now) + timedelta(days=3)).isoformat()
    sent = {"text": "Mine.", "owner": f"kela:{action.owner_id}", "due_on": due, "revision": "1"}
    return client.post(f"/actions/{action.pk}/", sent | given)


def somebody_saves(world: World, text: str = "Theirs.") -> Action:
    action = the_action(world)
    return services.edit_action(
        actor=world.actor("social"), action_id=action.pk, text=text, owner_party=Party.KELA,
        owner_id=action.owner_id, due_on=day_of(world.now) + timedelta(days=9),
        revision=action.revision, now=world.now,
    )  # fmt: skip


def test_what_was_typed_and_what_stands_now_are_shown_field_by_field(
    world: World, login: Any
) -> None:
    saved = somebody_saves(world)
    answer = edit(world, login("employment"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mine." in page and "Theirs." in page
    assert 'name="keep_text"' in page and 'name="keep_due_on"' in page
    assert 'name="keep_owner"' not in page  # the same in both
    assert f'name="revision" value="{saved.revision}"' in page


def test_each_field_is_kept_as_chosen(world: World, login: Any) -> None:
    saved = somebody_saves(world)
    answer = edit(
        world, login("employment"), revision=str(saved.revision), keep_text="mine",
        keep_due_on="theirs",
    )  # fmt: skip
    assert answer.status_code == 302
    action = Action.objects.get(pk=saved.pk)
    assert (action.text, action.due_on) == ("Mine.", saved.due_on)


def test_a_third_who_saves_in_between_is_met_again(world: World, login: Any) -> None:
    saved = somebody_saves(world)
    somebody_saves(world, "A third.")
    answer = edit(world, login("employment"), revision=str(saved.revision))
    assert answer.status_code == 409
    assert "A third." in answer.content.decode()


def test_yes_and_no_are_kept_too(world: World, login: Any) -> None:
    plan = world.case.plan
    sent = {
        "strengths": plan.strengths, "job_search_duty": plan.job_search_duty,
        "follow_up": plan.follow_up, "revision": str(plan.revision - 1),
    }  # fmt: skip
    client = login("employment")
    page = client.post(f"/cases/{world.case.pk}/plan/", sent).content.decode()
    assert 'name="keep_kela_participates"' in page
    sent |= {"revision": str(plan.revision), "keep_kela_participates": "theirs"}
    assert client.post(f"/cases/{world.case.pk}/plan/", sent).status_code == 302
    plan.refresh_from_db()
    assert plan.kela_participates
