"""What a step does to income: the same for client and worker; what is not known can be asked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from caseplan.messages.models import Message, Thread
from caseplan.plan.catalogue import IncomeStep, ServiceType, step_of
from caseplan.plan.models import PlannedService
from statutes.steps import StepKind, all_questions, consequences_of
from tests.looks import looks_at
from tests.personas import World

WHAT_IF = {"step": "part_time_work", "begins_on": "1.2.2027"}


def page(client: Any, url: str, data: dict[str, str] | None = None) -> str:
    answer = client.get(url) if data is None else client.post(url, data)
    assert answer.status_code == 200, url
    return str(answer.content.decode())


def test_every_step_has_a_name_and_every_kind_of_service_is_a_step() -> None:
    assert {step.value for step in IncomeStep} == {step.value for step in StepKind}
    assert step_of(ServiceType.REHABILITATIVE_WORK) == StepKind.REHABILITATIVE_WORK
    assert step_of(ServiceType.WORK_TRIAL) == StepKind.SERVICE
    assert step_of(ServiceType.DEBT_ADVICE) == StepKind.OTHER_SERVICE
    assert all(step_of(kind) in StepKind for kind in ServiceType)


def test_client_and_worker_read_the_same_sentences(world: World, login: Any) -> None:
    mine = page(login("client"), "/my/income/", WHAT_IF)
    theirs = page(login("employment"), f"/cases/{world.case.pk}/income/", WHAT_IF)
    known = consequences_of(StepKind.PART_TIME_WORK, date(2027, 2, 1))
    for sentence in known.sentences:
        words = sentence.says["en"].replace("'", "&#x27;")
        assert words in mine and words in theirs
    for shown in (mine, theirs):
        assert "Unemployment Security Act (1290/2002), chapter 4" in shown
        assert "Read in: Kela: Saitko osa- tai kokoaikaisia töitä?" in shown
        assert "Indicative" in shown and "€" not in shown


def test_what_if_on_a_day_of_another_law_says_another_thing(world: World, login: Any) -> None:
    client = login("client")
    before = page(client, "/my/income/", {"step": "service", "begins_on": "30.4.2026"})
    after = page(client, "/my/income/", {"step": "service", "begins_on": "1.5.2026"})
    assert "labour-market subsidy or an allowance" in before
    assert "Kela pays general support" in after


def test_the_day_chosen_is_in_no_address_and_nothing_of_it_is_kept(
    world: World, login: Any
) -> None:
    answer = login("client").post("/my/income/", {"step": "sickness", "begins_on": "1.2.2027"})
    assert answer.request["QUERY_STRING"] == ""
    assert "sickness" not in "".join(f"{key}{value}" for key, value in answer.headers.items())
    assert not Thread.objects.filter(case=world.case).exists()


def test_a_service_of_the_plan_is_told_by_its_kind_and_its_day(world: World, login: Any) -> None:
    PlannedService.objects.filter(pk=world.planned_service.pk).update(
        service=ServiceType.REHABILITATIVE_WORK, starts_on=date(2026, 6, 1)
    )
    url = reverse("pages:service_income", args=[world.planned_service.pk])
    shown = page(login("client"), url)
    assert "compensation for costs" in shown and "1 June 2026" in shown
    assert url in page(login("client"), "/my/income/")
    assert looks_at(world.case.pk)[-1].action == "income_opened"


def test_a_client_sends_the_question_and_it_waits_for_the_team(world: World, login: Any) -> None:
    client, question = login("client"), all_questions()[0]
    form = page(client, "/my/income/ask/", {"question": question.id, "day": "2027-02-01"})
    assert "1 February 2027" in form
    assert not Thread.objects.filter(case=world.case).exists()
    answer = client.post(
        "/my/income/ask/",
        {"topic": "A question about my income", "text": "I start on 1 February. What do I get?"},
    )
    assert answer.status_code == 302
    thread = Thread.objects.get(case=world.case)
    assert thread.waits_for == "team"
    assert Message.objects.get(thread=thread).text == "I start on 1 February. What do I get?"
    assert "A question about my income" in page(login("kela"), "/day/")


@pytest.mark.parametrize(
    "sent", [{"question": "nothing", "day": "soon"}, {"day": "2027-02-30"}, {}]
)
def test_a_question_that_is_none_begins_empty(world: World, login: Any, sent: Any) -> None:
    assert "</textarea>" in page(login("client"), "/my/income/ask/", sent)


def test_a_service_of_somebody_else_is_not_there(world: World, login: Any) -> None:
    url = reverse("pages:service_income", args=[world.planned_service.pk])
    for persona in ("client2", "outsider", "colleague", "director"):
        assert login(persona).get(url).status_code == 404


def test_a_client_finds_it_in_their_plan_and_where_they_would_write_of_it(
    world: World, login: Any
) -> None:
    url = f"/cases/{world.case.pk}/messages/"
    assert 'href="/my/income/"' in page(login("client"), url)
    assert 'href="/my/income/"' in page(login("client"), "/my/plan/")
    service = world.planned_service.pk
    assert f"/services/{service}/income/" in page(login("client"), f"/my/services/{service}/")
    assert 'href="/my/income/"' not in page(login("employment"), url)
