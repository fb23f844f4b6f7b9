"""The client says something of anything in the plan, proposes steps, and is answered visibly."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from caseplan.plan.models import Action, Goal, PlannedService
from caseplan.remarks import services
from caseplan.remarks.models import Remark
from caseplan.remarks.selectors import list_remarks
from cases.models import News, NewsKind
from common.bodies import Party
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused
from rights.selectors import open_everything
from tests.personas import World


def says(world: World, who: str = "client", **other: Any) -> Remark:
    said: dict[str, Any] = {
        "about": Action, "about_id": world.action.pk, "text": "The bus does not go there.",
        "now": world.now, **other,
    }  # fmt: skip
    return services.comment_on(actor=world.actor(who), **said)


def proposes(world: World, who: str = "client") -> Remark:
    return services.propose_step(
        actor=world.actor(who), goal_id=world.joint_goal.pk, text="I ask at the garden centre.",
        now=world.now,
    )  # fmt: skip


def takes_up(world: World, remark: Remark, who: str = "social", **other: Any) -> Remark:
    said: dict[str, Any] = {
        "answer": "Good.", "owner_party": Party.CLIENT, "owner_id": None, "now": world.now,
        "due_on": day_of(world.now) + timedelta(days=9), **other,
    }  # fmt: skip
    return services.take_up_step(actor=world.actor(who), remark_id=remark.pk, **said)


def told() -> set[str]:
    news = News.objects.filter(kind=NewsKind.REMARK_ANSWERED)
    return set(news.values_list("for_user__username", flat=True))


def test_a_goal_a_step_and_a_service_may_each_be_spoken_of(world: World) -> None:
    for about, thing in (
        (Goal, world.debts_goal), (Action, world.action), (PlannedService, world.planned_service),
    ):  # fmt: skip
        remark = says(world, about=about, about_id=thing.pk)
        assert remark.about == thing and remark.category == thing.category
    with pytest.raises(Refused):
        says(world, text=" ")


def test_nobody_says_it_for_the_client_without_the_client(world: World) -> None:
    for who in ("social", "employment"):
        with pytest.raises(NotAllowed):
            says(world, who)
        with pytest.raises(NotAllowed):
            proposes(world, who)
    for who in ("colleague", "outsider", "client2"):
        with pytest.raises(NotVisible):
            says(world, who)
    beside = replace(world.actor("social"), with_client_of=world.case.pk)
    remark = services.comment_on(
        actor=beside, about=Action, about_id=world.action.pk, text="Too far.", now=world.now
    )
    assert remark.with_client and remark.recorded_for == Party.CLIENT


def test_who_sees_the_thing_sees_what_was_said_of_it_and_nobody_else(world: World) -> None:
    remark = says(world, about=Goal, about_id=world.debts_goal.pk)  # the social situation
    seen = {
        who: remark in list_remarks(world.actor(who), world.case.pk, now=world.now)[1]
        for who in ("client", "social", "kela")
    }
    assert seen == {"client": True, "social": True, "kela": False}


def test_an_answer_stands_beside_the_words_and_is_given_once(world: World) -> None:
    remark = says(world)
    with pytest.raises(NotAllowed):
        services.answer_remark(
            actor=world.actor("client"), remark_id=remark.pk, answer="Me.", now=world.now
        )
    with pytest.raises(Refused) as refused:
        services.answer_remark(
            actor=world.actor("kela"), remark_id=remark.pk, answer=" ", now=world.now
        )
    assert refused.value.field == "answer"
    services.answer_remark(
        actor=world.actor("kela"), remark_id=remark.pk, answer="We move it.", now=world.now
    )
    assert told() == {"client"}
    with pytest.raises(NotAllowed):
        services.answer_remark(
            actor=world.actor("social"), remark_id=remark.pk, answer="No.", now=world.now
        )
    remark.refresh_from_db()
    assert (remark.text, remark.answer) == ("The bus does not go there.", "We move it.")


def test_a_proposed_step_becomes_one_in_the_clients_own_words(world: World) -> None:
    remark, before = proposes(world), Action.objects.count()
    assert Action.objects.count() == before, "by a worker alone, never by itself"
    with pytest.raises(Refused) as refused:
        takes_up(world, remark, due_on=day_of(world.now) - timedelta(days=1))
    assert refused.value.field == "due_on"
    step = takes_up(world, remark).step
    assert step is not None
    assert (step.text, step.goal_id) == (remark.text, world.joint_goal.pk)
    assert step.owner_party == Party.CLIENT and told() == {"client"}


def test_a_comment_is_no_step_and_a_dropped_goal_takes_none(world: World) -> None:
    with pytest.raises(Refused):
        takes_up(world, says(world))
    Goal.objects.filter(pk=world.joint_goal.pk).update(
        dropped_at=world.now, dropped_by=world.actor("social").user_id
    )
    with pytest.raises(Refused):
        proposes(world)


def test_everything_about_me_tells_what_i_said_and_what_was_answered(world: World) -> None:
    remark = says(world)
    services.answer_remark(
        actor=world.actor("kela"), remark_id=remark.pk, answer="We move it.", now=world.now
    )
    items = open_everything(world.actor("client"), now=world.now).items
    said = {str(v.display) for item in items if item.kind == "remark" for v in item.values}
    assert {"The bus does not go there.", "We move it."} <= said


def test_the_database_holds_it(world: World) -> None:
    remark = says(world)
    for wrong in (
        {"text": ""}, {"recorded_for": "kela"}, {"kind": "step"}, {"answer": "Yes."},
        {"goal": world.joint_goal}, {"action": None}, {"step": world.action},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Remark.objects.filter(pk=remark.pk).update(**wrong)


def test_on_the_pages_the_client_says_it_and_a_worker_answers(world: World, login: Any) -> None:
    client, worker = login("client"), login("social")
    sent = client.post(f"/goals/{world.joint_goal.pk}/propose/", {"text": "I ask there."})
    assert sent.status_code == 302
    remark = Remark.objects.get()
    page = worker.get(f"/cases/{world.case.pk}/remarks/").content.decode()
    assert "I ask there." in page and f"/remarks/{remark.pk}/answer/" in page
    taken = worker.post(
        f"/remarks/{remark.pk}/take-up/",
        {"owner": "client", "due_on": day_of(world.now).isoformat(), "answer": "Do."},
    )
    assert taken.status_code == 302
    page = client.get(f"/cases/{world.case.pk}/remarks/").content.decode()
    assert "Do." in page and f"/remarks/{remark.pk}/answer/" not in page


def test_the_client_is_led_there_from_the_options_and_from_why(world: World, login: Any) -> None:
    client, case = login("client"), f"/cases/{world.case.pk}"
    for page in ("options", "why"):
        assert f'href="{case}/remarks/"' in client.get(f"{case}/{page}/").content.decode(), page
    says = client.get(f"{case}/remarks/").content.decode()
    assert f'href="/goals/{world.joint_goal.pk}/propose/"' in says
