"""Clients' questions about who looked: to the officer, and back to the client."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Purpose
from audit.services import ShownData, record_access
from cases.models import Case
from common.clock import day_of
from rights.models import Question
from rights.selectors import QuestionFilter, list_visits, questions_asked
from tests.looks import looks_at
from tests.pages.officer import asked, text_of
from tests.personas import PERSONAS, World


def test_an_answer_comes_to_the_clients_access_log(world: World, login: Any) -> None:
    question, client = asked(world, login), login("client")
    assert "The answer comes by" in text_of(client.get("/my/access-log/"))
    officer = login("officer")
    assert officer.post(f"/questions/{question.pk}/", {"answer": " "}).status_code == 200
    answer = officer.post(f"/questions/{question.pk}/", {"answer": "To plan rehabilitation."})
    assert answer["Location"] == "/questions/"
    log = text_of(client.get("/my/access-log/"))
    assert "You asked: Why? Answer: To plan rehabilitation." in log
    assert "To plan rehabilitation." in text_of(officer.get(f"/questions/{question.pk}/"))
    again = officer.post(f"/questions/{question.pk}/", {"answer": "Other"})
    assert "This has been answered already." in text_of(again)
    question.refresh_from_db()
    assert question.answer == "To plan rehabilitation."


def test_the_look_is_told_as_the_clients_own_log_tells_it(world: World, login: Any) -> None:
    question = asked(world, login)
    visits = list_visits(world.actor("client"), world.case.pk, now=world.now)
    own = visits.holding(question.log_row)
    assert own is not None
    page = text_of(login("officer").get(f"/questions/{question.pk}/"))
    assert own.who in page
    assert own.what in page
    assert own.purposes in page
    assert own.why in page
    assert f"{own.who} {own.what}" in text_of(login("officer").get("/questions/"))


def test_two_cases_looked_at_in_one_minute_are_two_looks(world: World, login: Any) -> None:
    """One list shows many cases at once: each client's question is about their own row."""
    other = Case.objects.exclude(pk=world.case.pk).order_by("pk")[0]
    record_access(
        actor=world.actor("employment"), action="cases_listed", purpose=Purpose.KEEP_CASE,
        shown=[
            ShownData(case.person_id, case.pk, frozenset({kind}), {kind: "own"})
            for case, kind in ((world.case, "plan_follow_up"), (other, "service_needs"))
        ],
        now=world.now,
    )  # fmt: skip
    (look,) = looks_at(world.case.pk, action="cases_listed")
    for case in (world.case, other):
        Question.objects.create(
            case=case, log_row=look.number, text=f"OF {case.pk}", asked_at=world.now,
            due_on=day_of(world.now),
        )  # fmt: skip
    page = login("officer").get("/questions/")
    told = {a.question.case_id: a.visit.what for a, _late in page.context["rows"]}
    assert told == {
        world.case.pk: "looked at: plan and its follow-up",
        other.pk: "looked at: need for services",
    }


def test_whose_case_it_is_is_not_told(world: World, login: Any) -> None:
    question = asked(world, login)
    for path in ("/questions/", f"/questions/{question.pk}/"):
        page = login("officer").get(path).content.decode()
        assert world.case.person.last_name not in page
        assert str(world.case.pk) not in page
        assert str(world.case.person_id) not in page


def test_open_questions_come_first_and_the_overdue_lead(world: World, login: Any) -> None:
    late = asked(world, login, days_ago=31, text="LATE")
    due_today = asked(world, login, who="social", days_ago=30, text="TODAY")
    officer = login("officer")
    rows = officer.get("/questions/").context["rows"]
    assert [(a.question.text, overdue) for a, overdue in rows] == [
        ("LATE", True), ("TODAY", False),
    ]  # fmt: skip
    page = text_of(officer.get("/questions/"))
    assert "2 questions wait for an answer. 1 is overdue." in page
    assert "overdue" in text_of(officer.get(f"/questions/{late.pk}/"))
    assert "overdue" not in text_of(officer.get(f"/questions/{due_today.pk}/"))
    officer.post(f"/questions/{late.pk}/", {"answer": "A"})
    rows = officer.get("/questions/").context["rows"]
    assert [a.question.text for a, _late in rows] == ["TODAY", "LATE"]
    assert not any(overdue for _a, overdue in rows)  # an answered one is no longer overdue


def test_questions_are_filtered_by_state_and_by_who_had_looked(world: World, login: Any) -> None:
    late = asked(world, login, days_ago=40)
    officer = login("officer")

    def found(query: str) -> list[Question]:
        return [a.question for a, _late in officer.get(f"/questions/?{query}").context["rows"]]

    for query in ("", "state=open", "state=overdue", "body=kela", "state=x&body=y"):
        assert found(query) == [late], query
    for query in ("state=answered", "body=social", "state=overdue&body=employment"):
        assert found(query) == [], query
        assert "No question matches" in text_of(officer.get(f"/questions/?{query}"))


def test_nobody_else_is_given_questions(world: World, login: Any) -> None:
    asked(world, login)
    for persona in PERSONAS:
        rows = questions_asked(world.actor(persona), QuestionFilter(), on=day_of(world.now))
        assert rows.exists() == (persona == "officer")


def test_the_list_takes_as_many_queries_for_many_questions(world: World, login: Any) -> None:
    for persona in ("employment", "social", "kela"):
        for page in ("", "history/", "who-sees/", "see-as/employment/"):
            login(persona).get(f"/cases/{world.case.pk}/{page}")
    looks = looks_at(world.case.pk)
    officer = login("officer")

    def queries(count: int) -> int:
        Question.objects.all().delete()
        for look in looks[:count]:
            Question.objects.create(
                case=world.case, log_row=look.number, text="w", asked_at=world.now,
                due_on=day_of(world.now),
            )  # fmt: skip
        with CaptureQueriesContext(connection) as seen:
            officer.get("/questions/")
        return len(seen)

    assert len(looks) > 5
    assert queries(2) == queries(len(looks))
