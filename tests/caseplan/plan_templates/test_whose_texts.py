"""Texts with fields for goals, actions and messages: of the network, of an office, one's own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from caseplan.messages.models import Thread, ThreadKind
from caseplan.messages.services import start_thread
from caseplan.plan import services as plan
from caseplan.plan.models import Action, Goal
from caseplan.plan_templates.models import Template, TemplateKind, UsedBy
from caseplan.plan_templates.selectors import templates_of
from caseplan.plan_templates.services import add_line, make_template, retire_template
from common.bodies import Party
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused
from consent.models import Category
from people.models import Position
from tests.personas import World

pytestmark = pytest.mark.django_db
WITH_FIELD = "I work at [[where]] by [[day]]."


def writes(world: World, who: str = "employment", **given: Any) -> Template:
    wanted = {
        "kind": TemplateKind.GOAL, "name": "Work", "language": "en", "text": WITH_FIELD,
        "whose": UsedBy.OWN, **given,
    }  # fmt: skip
    return make_template(actor=world.actor(who), now=world.now, **wanted)


def leads(who: str, *, leads: bool = True) -> None:
    Position.objects.filter(user__username=who).update(leads=leads)


def used_by(world: World, who: str) -> set[Template]:
    return set(templates_of(world.actor(who)))


def test_ones_own_is_ones_own_an_offices_its_staffs_and_the_networks_everybodys(
    world: World,
) -> None:
    leads("employment")
    own, offices, networks = (writes(world, whose=whose) for whose in UsedBy)
    assert {own, offices, networks} <= used_by(world, "employment")
    assert used_by(world, "colleague") & {own, offices, networks} == {offices, networks}
    assert used_by(world, "kela") & {own, offices, networks} == {networks}
    assert used_by(world, "director") & {own, offices, networks} == {networks}
    assert used_by(world, "outsider") & {own, offices, networks} == set()


def test_only_those_who_lead_keep_what_others_use(world: World) -> None:
    leads("employment", leads=False)
    for whose in (UsedBy.OFFICE, UsedBy.NETWORK):
        with pytest.raises(NotAllowed):
            writes(world, whose=whose)
    with pytest.raises(NotAllowed):
        writes(world, "director", whose=UsedBy.OFFICE)
    leads("colleague")
    offices = writes(world, "colleague", whose=UsedBy.OFFICE)
    with pytest.raises(NotAllowed):
        retire_template(actor=world.actor("employment"), template_id=offices.pk, now=world.now)
    own = writes(world)
    with pytest.raises(NotVisible):
        retire_template(actor=world.actor("colleague"), template_id=own.pk, now=world.now)
    retire_template(actor=world.actor("employment"), template_id=own.pk, now=world.now)
    assert own not in used_by(world, "employment")


def test_two_of_one_name_are_each_others_only_in_one_place(world: World) -> None:
    leads("employment")
    for whose in UsedBy:
        writes(world, whose=whose)
        with pytest.raises(Refused) as refused:
            writes(world, whose=whose)
        assert refused.value.field == "name"


@pytest.mark.parametrize("text", ["Timo Virtanen calls", "On 3.4. at the office", "040 123 4567"])
def test_nobodys_words_are_kept_beside_their_case(world: World, text: str) -> None:
    """What only its writer reads is no place for notes on a client: fields stand for them."""
    for field in ("name", "text"):
        with pytest.raises(Refused) as refused:
            writes(world, **{field: text})
        assert refused.value.field == field
    plan_of_own = writes(world, kind=TemplateKind.PLAN, text="")
    with pytest.raises(Refused):
        add_line(
            actor=world.actor("employment"), template_id=plan_of_own.pk, text=text, party="",
            due_days=None, now=world.now,
        )  # fmt: skip


def test_nothing_is_saved_while_a_field_is_left(world: World) -> None:
    employment, now = world.actor("employment"), world.now
    category = Category.PLAN_FOLLOW_UP

    def refused(write: Any) -> str:
        with pytest.raises(Refused) as refusal:
            write()
        assert "where, day" in str(refusal.value.message)
        return str(refusal.value.field)

    def goal() -> None:
        plan.add_goal(
            actor=employment, case=world.case, text=WITH_FIELD, category=category, now=now
        )

    def goal_changed() -> None:
        goal = world.joint_goal
        plan.edit_goal(
            actor=employment, goal_id=goal.pk, text=WITH_FIELD, revision=goal.revision, now=now
        )

    def action() -> None:
        plan.add_action(
            actor=employment, goal_id=world.joint_goal.pk, text=WITH_FIELD, category=category,
            owner_party=Party.EMPLOYMENT, owner_id=employment.user_id,
            due_on=day_of(now) + timedelta(days=9), now=now,
        )  # fmt: skip

    def topic(**said: str) -> None:
        start_thread(
            actor=employment, case=world.case, kind=ThreadKind.DIALOGUE, category=category,
            now=now, **{"topic": "Work", "text": "How is it?", **said},
        )  # fmt: skip

    assert [refused(write) for write in (goal, goal_changed, action)] == ["text"] * 3
    assert refused(lambda: topic(text=WITH_FIELD)) == "text"
    assert refused(lambda: topic(topic=WITH_FIELD)) == "topic"
    assert not Goal.objects.filter(text=WITH_FIELD).exists()
    assert not Action.objects.filter(text=WITH_FIELD).exists()
    assert not Thread.objects.filter(topic="Work").exists()


def test_a_form_begins_from_the_text_chosen_and_offers_no_other_kind(
    world: World, login: Any
) -> None:
    of_kind = {
        kind: writes(world, kind=kind, name=f"A {kind}", text=f"The {kind} of [[day]].")
        for kind in (TemplateKind.GOAL, TemplateKind.ACTION, TemplateKind.REPLY)
    }
    worker = login("employment")
    for kind, url in (
        (TemplateKind.GOAL, reverse("pages:goal_new", args=[world.case.pk])),
        (TemplateKind.ACTION, reverse("pages:action_new", args=[world.joint_goal.pk])),
        (TemplateKind.REPLY, reverse("pages:thread_new", args=[world.case.pk])),
    ):
        page = worker.get(url)
        for other, template in of_kind.items():
            assert (f"?ready={template.pk}" in page.content.decode()) is (other == kind)
        chosen = worker.get(f"{url}?ready={of_kind[kind].pk}").context["form"]
        assert chosen["text"].value() == f"The {kind} of [[day]]."
    theirs = login("kela").get(
        reverse("pages:thread_new", args=[world.case.pk]) + f"?ready={of_kind['reply'].pk}"
    )
    assert theirs.context["form"]["text"].value() in ("", None)


def test_a_worker_writes_one_of_their_own_on_the_page_of_templates(
    world: World, login: Any
) -> None:
    leads("employment", leads=False)
    worker = login("employment")
    form = worker.get("/templates/new/?kind=one_goal").context["form"]
    assert [code for code, _label in form.fields["whose"].choices] == ["own"]
    assert form["kind"].value() == "one_goal"
    sent = {
        "whose": "own", "kind": "one_goal", "name": "Work", "language": "fi", "text": WITH_FIELD,
    }  # fmt: skip
    assert worker.post("/templates/new/", sent).status_code == 302
    assert Template.objects.get(name="Work").whose == UsedBy.OWN
    assert worker.post("/templates/new/", {**sent, "whose": "network"}).status_code == 200
    assert "Work" in worker.get("/templates/").content.decode()
