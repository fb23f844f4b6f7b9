"""The plan, the people and who sees what: what is needed first on one sheet, the rest behind."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from caseplan.plan.models import PlannedService
from caseplan.plan.services import add_action, add_own_goal
from caseplan.remarks.services import answer_remark, propose_step
from common.bodies import Party
from common.clock import day_of
from consent.models import Category
from pages.on_paper import views
from people.models import Language, Person
from tests.caseplan.options.offering import offered
from tests.pages.test_whose_page import close_names
from tests.personas import World


@pytest.fixture(autouse=True)
def reads_english(world: World) -> None:
    Person.objects.filter(pk=world.case.person_id).update(chosen_language="en")


PAPERS = ("plan", "people", "grants")


def sheets(client: Any, world: World, name: str) -> list[str]:
    """The words of each page of a paper."""
    answer = client.get(f"/cases/{world.case.pk}/paper/{name}/")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert f'"{name}.pdf"' in answer["Content-Disposition"], "a name that names nobody"
    return [
        " ".join(page.extract_text().split()) for page in PdfReader(BytesIO(answer.content)).pages
    ]


def busy(world: World) -> None:
    """A plan with long goals and many steps of the client's own and of others."""
    client, social = world.actor("client"), world.actor("social")
    for _ in range(4):
        add_own_goal(actor=client, case=world.case, text="I want to work. " * 60, now=world.now)
    for place in range(12):
        for party, owner in ((Party.CLIENT, None), (Party.SOCIAL, social.writer_id)):
            add_action(
                actor=social, goal_id=world.joint_goal.pk, text=f"Step {place}: " + "call " * 20,
                owner_party=party, owner_id=owner, due_on=day_of(world.now) + timedelta(days=place),
                category=Category.PLAN_FOLLOW_UP, now=world.now,
            )  # fmt: skip


@pytest.mark.parametrize("name", PAPERS)
def test_what_is_needed_first_stands_on_one_sheet(world: World, login: Any, name: str) -> None:
    busy(world)
    first = sheets(login("client"), world, name)[0]
    expected = {
        "plan": ("What you do", "What others do", "If you cannot manage now", "on the next pages"),
        "people": ("Call first:", "Your team", "You may ask any of them."),
        "grants": ("Who sees what about me", "Where the law decides:", "To change something"),
    }
    for words in expected[name]:
        assert words in first, words


def test_behind_it_stands_what_is_asked_said_and_answered(world: World, login: Any) -> None:
    offer = offered(world)
    remark = propose_step(
        actor=world.actor("client"), goal_id=world.joint_goal.pk, text="A course.", now=world.now
    )
    answer_remark(
        actor=world.actor("social"), remark_id=remark.pk, answer="We ask for it.", now=world.now
    )
    PlannedService.objects.filter(pk=world.planned_service.pk).update(service="work_trial")
    found = sheets(login("social"), world, "plan")
    behind = " ".join(found[1:])
    for words in ("A course.", "We ask for it.", "Steps and income", "Unemployment Security Act"):
        assert words in behind, words
    slip = found[-1]
    asked = (
        "None of these", "I would rather have something else", "I cannot do this in time",
        "I need help soon", "I do not want this",
    )  # fmt: skip
    for words in (offer.question, *asked):
        assert words in slip, words
    boxes = 2 + 2 + 4
    assert slip.count("☐") == boxes, "two options, none, another, and how it goes"


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "Kuka näkee"), ("sv", "Vem ser"), ("en", "Who sees")]
)
def test_it_is_printed_in_the_clients_language(
    world: World, login: Any, language: str, words: str
) -> None:
    person = Person.objects.filter(pk=world.case.person_id)
    person.update(language=language, chosen_language="")
    assert language in Language.values
    assert words in sheets(login("kela"), world, "grants")[0]


def test_a_worker_prints_no_choice_of_the_client_for_another_body(world: World, login: Any) -> None:
    """What the client has allowed others or refused them is the client's to tell."""
    own = " ".join(sheets(login("client"), world, "grants"))
    theirs = " ".join(sheets(login("kela"), world, "grants"))
    assert "A worker printed this." in theirs and "What you have decided" not in theirs
    assert "A worker printed this." not in own
    assert "You said no." not in theirs and "You decide." in theirs


def test_what_a_body_may_not_read_it_does_not_print(world: World, login: Any) -> None:
    hidden = world.debts_goal.text
    assert hidden in " ".join(sheets(login("client"), world, "plan"))
    theirs = " ".join(sheets(login("kela"), world, "plan"))
    assert hidden not in theirs and "Some of your plan may be missing here" in theirs


@pytest.mark.parametrize("name", PAPERS)
def test_a_name_that_is_not_open_to_a_body_is_on_no_paper_it_prints(
    world: World, login: Any, name: str
) -> None:
    Person.objects.filter(pk=world.case.person_id).update(last_name="Ainokainen")
    assert "Ainokainen" in sheets(login("kela"), world, name)[0]
    close_names(world)
    assert "Ainokainen" not in " ".join(sheets(login("kela"), world, name))


@pytest.mark.parametrize(("language", "mirrored"), [("fi", False), ("ar", True)])
def test_a_language_from_right_to_left_is_laid_out_from_the_right(
    world: World, login: Any, monkeypatch: pytest.MonkeyPatch, language: str, mirrored: bool
) -> None:
    monkeypatch.setattr(views, "language_of_person", lambda _person: language)
    answer = login("client").get(f"/cases/{world.case.pk}/paper/grants/")
    begins: list[float] = []

    def note(text: str, cm: list[float], tm: list[float], *_font: Any) -> None:
        if "Kela" in text:  # the last column of the table, whichever way it runs
            begins.append(cm[4] + cm[0] * tm[4])

    page = PdfReader(BytesIO(answer.content)).pages[0]
    page.extract_text(visitor_text=note)
    middle = float(page.mediabox.width) / 2
    assert begins and (begins[0] < middle) is mirrored
