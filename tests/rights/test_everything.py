"""Everything recorded about the client, in one request, and asking that it be corrected."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model
from pypdf import PdfReader

from audit.models import AuditRow
from caseplan.plan.models import Goal
from cases.models import Case
from common.bodies import Body
from common.clock import day_of
from common.dates import add_months
from common.decision import NotVisible, Refused
from people.models import Person
from rights.models import Correction, Outcome
from rights.selectors import list_visits, open_everything, recorded_item
from rights.selectors.kinds import KINDS, Recorder
from rights.services import answer_correction, ask_for_correction
from tests.personas import World


def hang_on_somebody() -> set[type[Model]]:
    """Every model of the rooms with a key to a person or a case, near or far; histories aside."""
    found: set[type[Model]] = {Person, Case}
    rooms = [model for model in apps.get_models() if model.__module__.split(".")[0] in ROOMS]
    while True:
        more = {
            model
            for model in rooms
            for field in model._meta.concrete_fields
            if field.related_model in found and not model.__name__.startswith("Historical")
        } - found
        if not more:
            return found
        found |= more


ROOMS = {"people", "cases", "benefits", "consent", "caseplan", "followup", "rights", "evaluation"}


def test_every_model_about_a_client_is_told() -> None:
    told = {kind.model for kind in KINDS}
    assert hang_on_somebody() - told == set()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_field_of_a_kind_is_told_or_left_out_with_a_reason(kind: Any) -> None:
    fields = {field.name for field in kind.model._meta.concrete_fields}
    assert fields - kind.fields() == set()
    assert all(kind.untold.values())
    assert hasattr(kind.model, "history") == kind.history


def test_the_client_gets_the_words_of_every_body_also_those_no_other_body_may_read(
    world: World,
) -> None:
    everything = open_everything(world.actor("client"), now=world.now)
    goals = {str(goal.pk) for goal in Goal.objects.filter(case=world.case)}
    assert goals and goals <= {item.subject_id for item in everything.items}
    by_recorder = dict(everything.by_recorder())
    assert by_recorder[Recorder.EMPLOYMENT] and by_recorder[Recorder.SOCIAL]
    assert by_recorder[Recorder.KELA] and by_recorder[Recorder.CLIENT]
    assert sum(map(len, by_recorder.values())) == len(everything.items)


def test_nobody_else_gets_it_and_it_holds_nobody_elses(world: World) -> None:
    for persona in ("employment", "kela", "director", "officer"):
        with pytest.raises(NotVisible):
            open_everything(world.actor(persona), now=world.now)
    mine, theirs = (
        {
            (item.kind, item.subject_id)
            for item in open_everything(world.actor(persona), now=world.now).items
        }
        for persona in ("client", "client2")
    )
    assert mine & theirs == set()


def test_a_former_wording_is_told_with_the_body_that_wrote_it(world: World) -> None:
    goal = Goal.objects.filter(case=world.case, dropped_at=None).order_by("pk").first()
    assert goal is not None
    before = goal.text
    goal.text = "Altogether another goal"
    goal.save()
    items = [
        item
        for item in open_everything(world.actor("client"), now=world.now).items
        if item.subject_id == str(goal.pk)
    ]
    assert [(item.past, item.values[0].display) for item in items][-2:] == [
        (True, before),
        (False, "Altogether another goal"),
    ]


def test_the_file_for_machines_and_the_pdf_say_what_the_page_says(world: World, login: Any) -> None:
    client = login("client")
    page = client.get("/my/everything/").content.decode()
    found = json.loads(client.get("/my/everything.json").content)
    answer = client.get("/my/everything.pdf")
    reader = PdfReader(io.BytesIO(answer.content))
    pdf = " ".join(" ".join(part.extract_text() for part in reader.pages).split())
    assert "no-store" in answer["Cache-Control"]
    texts = [
        value["value"]
        for items in found["recorded_by"].values()
        for item in items
        if item["kind"] in ("goal", "action", "planned_service")
        for name, value in item["values"].items()
        if name in ("text", "name")
    ]
    assert len(texts) > 5
    for text in texts:
        assert text in page
        assert text.split()[0] in pdf
    assert found["identity_code"] in pdf
    assert "/MarkInfo" in reader.trailer["/Root"]  # tagged: it can be heard


def test_reading_it_takes_the_same_number_of_queries_however_much_there_is(
    world: World, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(len(KINDS) * 2 + 45):
        open_everything(world.actor("client"), now=world.now)


def a_goal_of(world: World, body: Body) -> Goal:
    goal = Goal.objects.filter(case=world.case, recorded_for=body.value).order_by("pk").first()
    assert goal is not None
    return goal


def test_the_body_that_recorded_it_must_answer(world: World) -> None:
    goal = a_goal_of(world, Body.SOCIAL)
    correction = ask_for_correction(
        actor=world.actor("client"), case=world.case, kind="goal", subject_id=str(goal.pk),
        statement="I never said this.", now=world.now,
    )  # fmt: skip
    assert correction.to_body == Body.SOCIAL
    assert correction.due_on == add_months(day_of(world.now), 1)
    for persona in ("employment", "kela", "outsider", "client"):
        with pytest.raises(NotVisible):
            answer_correction(
                actor=world.actor(persona), correction_id=correction.pk,
                outcome=Outcome.CORRECTED, answer="", now=world.now,
            )  # fmt: skip
    with pytest.raises(Refused) as refused:
        answer_correction(
            actor=world.actor("social"), correction_id=correction.pk,
            outcome=Outcome.NOT_CORRECTED, answer=" ", now=world.now,
        )  # fmt: skip
    assert refused.value.field == "answer"
    answer_correction(
        actor=world.actor("social"), correction_id=correction.pk, outcome=Outcome.NOT_CORRECTED,
        answer="It was said on 3 March.", now=world.now,
    )  # fmt: skip
    actions = AuditRow.objects.filter(subject_id=str(correction.pk)).order_by("pk")
    assert [row.action for row in actions] == ["correction_asked", "correction_answered"]


def test_what_the_client_wrote_is_changed_not_corrected(world: World) -> None:
    goal = Goal.objects.filter(case=world.case, recorded_for="client").order_by("pk").first()
    assert goal is not None
    with pytest.raises(NotVisible):
        recorded_item(world.actor("client"), "goal", str(goal.pk), now=world.now)


def test_nobody_asks_about_somebody_elses_information(world: World) -> None:
    goal = a_goal_of(world, Body.SOCIAL)
    with pytest.raises(NotVisible):
        recorded_item(world.actor("client2"), "goal", str(goal.pk), now=world.now)
    for kind, key in (("goal", "nothing"), ("nothing", str(goal.pk)), ("person", "1")):
        with pytest.raises(NotVisible):
            recorded_item(world.actor("client"), kind, key, now=world.now)


def test_asking_twice_of_one_thing_leaves_one_request(world: World, login: Any) -> None:
    goal = a_goal_of(world, Body.SOCIAL)
    url = f"/my/corrections/new/goal/{goal.pk}/"
    client = login("client")
    assert client.post(url, {"statement": "Wrong."}).status_code == 302
    again = client.post(url, {"statement": "Wrong, I say."})
    assert again.status_code == 200
    assert "Wrong, I say." in again.content.decode()
    assert Correction.objects.filter(case=world.case).count() == 1


def test_the_client_reads_the_answer_where_they_asked(world: World, login: Any) -> None:
    goal = a_goal_of(world, Body.SOCIAL)
    client, social = login("client"), login("social")
    client.post(f"/my/corrections/new/goal/{goal.pk}/", {"statement": "I never said this."})
    correction = Correction.objects.get(case=world.case)
    address = f"/corrections/{correction.pk}/"
    assert address in social.get("/day/").content.decode()
    assert address not in login("employment").get("/day/").content.decode()
    assert login("kela").get(address).status_code == 404
    page = social.get(address).content.decode()
    assert "I never said this." in page
    assert goal.text in page
    answer = {"outcome": "corrected", "answer": "It is mended now."}
    assert social.post(address, answer).status_code == 302
    assert "It is mended now." in client.get("/my/everything/").content.decode()


def test_a_fact_of_the_benefit_register_is_answered_by_kela(world: World) -> None:
    everything = open_everything(world.actor("client"), now=world.now)
    paid = next(item for item in everything.items if item.kind == "payment")
    asked = ask_for_correction(
        actor=world.actor("client"), case=world.case, kind="payment",
        subject_id=paid.subject_id, statement="Not paid.", now=world.now,
    )  # fmt: skip
    assert asked.to_body == Body.KELA


def test_who_has_looked_is_told_in_the_same_visits_as_on_its_own_page(
    world: World, login: Any
) -> None:
    """Two pages within a minute, and a third some minutes later, are one visit wherever told."""
    kela = login("kela")
    for _page in range(3):
        kela.get(f"/cases/{world.case.pk}/")
    client = world.actor("client")
    told = open_everything(client, now=world.now).visits
    own = list_visits(client, world.case.pk, now=world.now)[:]
    assert [(v.number, v.what, v.purposes) for v in told] == [
        (v.number, v.what, v.purposes) for v in own
    ]
    assert len(told[0].pages) == 3
