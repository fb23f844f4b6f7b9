"""What is declared of a field is so: each is read in every place it is declared for.

The rows are written by the services, a value in each field, and the table says in which words each
is read. A field that is declared and stands in no row of the table fails here.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, models
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy

from caseplan.assessments.models import Assessment, ExpertRating
from caseplan.assessments.services import assess_oneself, rate_work_ability
from caseplan.contacts.models import ContactEntry, ContactKind
from caseplan.contacts.services import record_contact
from caseplan.plan import services
from caseplan.plan.catalogue import ServiceType
from caseplan.plan.models import (
    Action,
    ActionState,
    Area,
    DeclinedCode,
    Goal,
    JointPlan,
    KelaConfirmation,
    MappingView,
    Participation,
    PlannedService,
    Referral,
    SeenNeed,
    ServiceResult,
)
from caseplan.plan.selectors import frozen_fields, open_version
from common.bodies import Party
from common.clock import day_of
from common.history import save_with_history
from components.templatetags.formatting import in_words
from consent.models import Category
from records.fields import Told, told_fields, version_fields
from records.history import history_fields, models_with_history, open_history
from rights.selectors import open_everything
from rights.selectors.kinds import KINDS
from statutes.steps import StepKind
from tests.personas import World

PLAN = Category.PLAN_FOLLOW_UP
# In English, as it is read; a day by how many days it is after today.
READ: dict[type[Any], dict[str, str | int]] = {
    Goal: {
        "kind": "Joint goal", "text": "A goal of planks", "reason": "The planks are gone",
        "dropped_at": 0,
    },
    Action: {
        "text": "Sand the planks", "owner_party": "Employment services", "owner": "of the worker",
        "due_on": 21, "state": "Waiting", "state_reason": "The glue is out",
        "waiting_for": "Client", "repeats_weeks": "7",
    },
    PlannedService: {
        "name": "At the mill", "body": "Employment services", "service": "Work trial",
        "provider": "The mill", "starts_on": -30, "ends_on": 9, "began_on": -28,
        "finished_on": -2, "participation": "Took part in some of it",
        "result": "Some of it was reached", "result_text": "Half of the bread",
    },
    JointPlan: {
        "strengths": "Strong in arithmetic", "job_search_duty": "Two a month",
        "follow_up": "By telephone", "kela_participates": "No",
    },
    MappingView: {"area": "Skills and work", "text": "Reads drawings"},
    ExpertRating: {"on": 0, "work_ability": "6", "basis": "Seen at work for a week"},
    Assessment: {
        "instrument": "Kykyviisari", "version": "1", "taken_on": 0, "scores": "3",
    },
    KelaConfirmation: {
        "step": "Part-time work", "begins_on": 30, "statement": "The benefit goes on",
        "said_by": "The benefit office", "said_on": -1,
    },
    ContactEntry: {
        "kind": "Call", "happened_at": 0, "answered": "Yes", "with_whom": "A brother",
        "outcome": "He will tell the client", "next_on": 5,
    },
    Referral: {
        "needs": "Problems of managing everyday life", "reason": "Long out of work",
        "client_view": "I want to sleep at night", "tried_before": "A course in 2024",
        "declined_because": "Not now",
        "declined_code": "The joint service has ended.",
    },
}  # fmt: skip


@pytest.fixture
def written(world: World) -> Iterator[World]:
    """The joint case with a value in every field, in English."""
    by, today, case, now = world.actor("employment"), day_of(world.now), world.case, world.now
    days = {
        name: today + timedelta(n) for name, n in READ[PlannedService].items() if isinstance(n, int)
    }
    row: Any = services.add_service(
        actor=by, case=case, name="At the mill", provider="The mill", category=PLAN, now=now,
        starts_on=days["starts_on"], ends_on=days["ends_on"], service=ServiceType.WORK_TRIAL,
    )  # fmt: skip
    services.record_service_outcome(
        actor=by, service_id=row.pk, began_on=days["began_on"], finished_on=days["finished_on"],
        participation=Participation.PARTLY, result=ServiceResult.PARTLY,
        result_text="Half of the bread", revision=1, now=now,
    )  # fmt: skip
    goal = services.add_goal(actor=by, case=case, text="A goal of planks", category=PLAN, now=now)
    services.drop_goal(actor=by, goal_id=goal.pk, reason="The planks are gone", revision=1, now=now)
    row = services.add_action(
        actor=by, goal_id=world.joint_goal.pk, text="Sand the planks", category=PLAN, now=now,
        owner_party=Party.EMPLOYMENT, owner_id=by.user_id, due_on=today + timedelta(21),
        repeats_weeks=7,
    )  # fmt: skip
    services.move_action(
        actor=by, action_id=row.pk, state=ActionState.WAITING, reason="The glue is out",
        waiting_for=Party.CLIENT, revision=1, now=now,
    )  # fmt: skip
    services.edit_plan(
        actor=by, case=case, strengths="Strong in arithmetic", job_search_duty="Two a month",
        follow_up="By telephone", kela_participates=False, now=now,
        revision=JointPlan.objects.get(case=case).revision,
    )  # fmt: skip
    MappingView.objects.filter(case=case).delete()
    services.write_view(
        actor=by, case=case, area=Area.SKILLS, text="Reads drawings", revision=0, now=now
    )
    rate_work_ability(
        actor=world.actor("social"), case=case, on=today, work_ability=6,
        basis="Seen at work for a week", now=now,
    )  # fmt: skip
    assess_oneself(
        actor=world.actor("client"), case=case, instrument="kykyviisari", version="1",
        taken_on=today, scores={"health": 3}, now=now,
    )  # fmt: skip
    record_contact(
        actor=by, case=case, kind=ContactKind.CALL, happened_at=now, answered=True,
        with_whom="A brother", outcome="He will tell the client", next_on=today + timedelta(5),
        category=PLAN, now=now,
    )  # fmt: skip
    services.confirm_for_kela(
        actor=world.actor("kela"), case=case, step=StepKind.PART_TIME_WORK,
        begins_on=today + timedelta(30), statement="The benefit goes on",
        said_by="The benefit office", said_on=today - timedelta(1), now=now,
    )  # fmt: skip
    referral = Referral.objects.get(case=case)
    referral.reason, referral.declined_because = "Long out of work", "Not now"
    referral.declined_code = DeclinedCode.CASE_ENDED
    referral.needs = [SeenNeed.MANAGING_LIFE]
    referral.client_view, referral.tried_before = "I want to sleep at night", "A course in 2024"
    save_with_history(by, referral, now=now)
    with translation.override("en"):
        yield world


def as_read(world: World, model: type[Any], name: str) -> str:
    words = READ[model][name]
    if name == "owner":
        return str(Action.objects.get(text="Sand the planks").owner_name)
    return in_words(day_of(world.now) + timedelta(words)) if isinstance(words, int) else words


def test_the_table_has_a_row_for_each_model_whose_former_wordings_are_kept() -> None:
    assert set(models_with_history()) == set(READ)


@pytest.mark.parametrize("model", READ, ids=lambda model: model.__name__)
def test_history_shows_each_field_declared_for_it(written: World, model: type[Any]) -> None:
    assert {field.name for field in history_fields(model)} == READ[model].keys()
    found = open_history(written.actor("client"), written.case.pk, now=written.now)
    kind = str(model.declared.row)
    told = {
        (str(field.label), in_words(field.said)): value
        for value in found
        for field in value.fields
        if str(value.kind) == kind
    }
    for field in history_fields(model):
        words = as_read(written, model, field.name)
        assert any(
            label == str(field.label_for(client=True)) and words in value for label, value in told
        ), (
            field.name,
            words,
            sorted(told),
        )


@pytest.mark.parametrize("model", READ, ids=lambda model: model.__name__)
def test_everything_about_me_shows_each_told_field(written: World, model: type[Any]) -> None:
    (kind,) = [kind for kind in KINDS if kind.model is model]
    everything = open_everything(written.actor("client"), now=written.now)
    told = {
        (value.label, in_words(value.display))
        for item in everything.items
        if item.kind == kind.code
        for value in item.values
    }
    labels = {label for label, _words in told}
    for field in told_fields(model):
        if field.name in READ[model]:
            words = as_read(written, model, field.name)
            assert any(
                label == str(field.label_for(client=True)) and words in value
                for label, value in told
            ), (
                field.name,
                words,
                sorted(told),
            )
        elif field.told.history:
            pytest.fail(f"{field.name} is in no row of the table")
    assert labels <= {str(label) for label in kind.told.values()}


def test_the_client_is_not_called_the_client_in_their_own_history(written: World) -> None:
    """Nor anywhere among everything recorded about them; a worker reads of the client."""
    labels = {
        str(field.label)
        for value in open_history(written.actor("client"), written.case.pk, now=written.now)
        for field in value.fields
    }
    assert "What I can do" in labels and "How you took part" in labels
    told = {str(kind.told[name]) for kind in KINDS if kind.model in READ for name in kind.told}
    assert [label for label in labels | told if "the client" in label.lower()] == []
    read = {
        str(field.label)
        for value in open_history(written.actor("social"), written.case.pk, now=written.now)
        for field in value.fields
    }
    assert "What the client can do" in read


FROZEN = {JointPlan: "plan", Goal: "goal", Action: "action", PlannedService: "service"}


@pytest.mark.parametrize("model", FROZEN, ids=lambda model: model.__name__)
def test_a_version_keeps_each_field_declared_for_it_and_its_pages_show_it(
    written: World, login: Any, monkeypatch: pytest.MonkeyPatch, model: type[Any]
) -> None:
    """On the page, in what changed since, on paper (the same text), and in everything about me."""
    if model is Goal:  # a dropped goal is in no version
        Goal.objects.filter(text="A goal of planks").update(dropped_at=None, dropped_by=None)
    version = services.propose_plan(
        actor=written.actor("employment"), case=written.case, now=written.now
    )
    wanted = {field.name: field for field in version_fields(model)}
    assert wanted, "nothing is frozen of it"
    shown = open_version(written.actor("client"), version.pk, now=written.now)
    client = login("client")
    printed: list[str] = []
    monkeypatch.setattr(
        "pages.agreement.views.pdf_page",
        lambda request, template, context, name: HttpResponse(
            printed.append(render_to_string(template, context, request)) or ""  # type: ignore
        ),
    )
    page = html.unescape(client.get(f"/versions/{version.pk}/").content.decode())
    client.get(f"/versions/{version.pk}/plan.pdf?lang=en")
    everything = open_everything(written.actor("client"), now=written.now)
    told = {
        (value.label, str(value.display))
        for item in everything.items
        if item.kind == "version_item"
        for value in item.values
    }
    kept = {
        (field.column, field.said)
        for item in shown.items
        if item.kind == FROZEN[model]
        for field in frozen_fields(item, shown.owners)
    }
    for name, field in wanted.items():
        words = as_read(written, model, name)
        assert (field.column, words) in kept, name
        assert (str(field.label), words) in told, name
        assert words in page, name
        assert words in html.unescape(printed[0]), name


@pytest.mark.parametrize("model", READ, ids=lambda model: model.__name__)
def test_the_handover_summary_shows_each_field_declared_for_it(
    written: World, login: Any, model: type[Any]
) -> None:
    worker = login("social")  # who sees the rating, which is health
    page = html.unescape(worker.get(f"/cases/{written.case.pk}/taking-over/").content.decode())
    for field in told_fields(model):
        if field.told.summary:
            assert str(field.label) in page, field.name
            assert as_read(written, model, field.name) in page, field.name


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[None]:
    """A new column of the goal, with its history, that is declared for every place."""
    both = (Goal, Goal.history.model)  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        for model in both:
            cursor.execute(
                f"ALTER TABLE {model._meta.db_table} ADD planted varchar(40) NOT NULL DEFAULT ''"
            )
        cursor.execute("SET ROLE yhdessa_web")
    for model in both:
        model.add_to_class("planted", models.CharField(max_length=40, default=""))
    monkeypatch.setitem(
        Goal.declared.fields, "planted",
        Told(gettext_lazy("What it concerns"), version=True, summary=True),
    )  # fmt: skip
    yield
    for model in both:
        model._meta.local_fields.remove(model._meta.get_field("planted"))
        model._meta._expire_cache()
        delattr(model, "planted")


def test_a_new_field_is_told_in_every_place_once_it_is_declared(
    planted: None, world: World, login: Any
) -> None:
    by, case, now = world.actor("employment"), world.case, world.now
    goal = services.add_goal(actor=by, case=case, text="Planks", category=PLAN, now=now)
    goal.planted = "Larch"  # type: ignore[attr-defined]
    save_with_history(by, goal, now=now)
    version = services.propose_plan(actor=by, case=case, now=now)
    client, worker = login("client"), login("employment")
    for who, place in (
        (client, "/my/who-sees/history/"),
        (client, "/my/everything/"),
        (client, f"/versions/{version.pk}/"),
        (worker, f"/cases/{case.pk}/taking-over/"),
    ):
        assert "Larch" in who.get(place).content.decode(), place


def test_what_is_not_declared_any_more_is_still_read_in_the_version_that_kept_it(
    written: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = written.version.items.filter(kind="goal").first()
    assert item is not None
    monkeypatch.setitem(Goal.declared.fields, "text", Told())
    assert {"text": item.content["text"]}.items() <= {
        field.column: field.said for field in frozen_fields(item, {})
    }.items()


def test_a_task_given_to_another_worker_of_the_same_body_is_a_change(written: World) -> None:
    action = Action.objects.get(text="Sand the planks")
    before = action.owner_name
    action.owner_id = written.actor("colleague").user_id
    save_with_history(written.actor("employment"), action, now=written.now + timedelta(minutes=1))
    newest = open_history(written.actor("client"), written.case.pk, now=written.now)[0]
    assert [(str(f.label), f.before, f.said) for f in newest.fields] == [
        ("Who does it", before, Action.objects.get(pk=action.pk).owner_name)
    ]
