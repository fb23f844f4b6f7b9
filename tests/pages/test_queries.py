"""A list asks the database the same number of questions whether it shows few rows or many."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import cycle, islice
from typing import Any

import pytest
from django.db import connection
from django.template import base as template_base
from django.test.utils import CaptureQueriesContext

from caseplan.messages.models import Thread, ThreadKind, WaitsFor
from caseplan.plan.models import Action, Goal, GoalKind, PlannedService
from cases.lifecycle import CaseState
from cases.models import Case, TeamMembership, TeamRole
from common.bodies import Body
from common.clock import day_of
from common.ids import new_id
from consent.models import Category
from people.models import Person, User
from tests.personas import World


def queries(client: Any, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", ["/cases/", "/api/v1/cases/", "/api/v1/plans/"])
def test_one_case_or_many_the_same_queries(world: World, login: Any, path: str) -> None:
    few, many = login("employment"), login("kela")  # one case, and twenty
    few.get(path), many.get(path)  # the grounds and offices are read the same way by both
    assert queries(few, path) == queries(many, path)


def write_many(world: World) -> None:
    """Half a thousand goals, actions and services of every category and body, with their past."""
    writers = [(body, User.objects.get(username=body.value)) for body in Body]
    kinds = zip(cycle(Category), cycle([*writers, writers[0]]), strict=False)  # 9 and 4: all pairs

    def recorded(count: int) -> list[dict[str, Any]]:
        return [
            {
                "id": new_id(), "case": world.case, "category": category, "recorded_for": body,
                "recorded_by": user, "recorded_at": world.now,
            }
            for category, (body, user) in islice(kinds, count)
        ]  # fmt: skip

    goals = [Goal(**row, kind=GoalKind.JOINT, text="A goal") for row in recorded(60)]
    actions = [
        Action(
            **row, goal=goal, text="An action", owner_party=row["recorded_for"],
            owner=row["recorded_by"], due_on=day_of(world.now) + timedelta(days=number % 40 - 10),
        )
        for number, (row, goal) in enumerate(zip(recorded(380), cycle(goals), strict=False))
    ]  # fmt: skip
    planned_services = [
        PlannedService(**row, body=row["recorded_for"], name=f"Service {number}")
        for number, row in enumerate(recorded(60))
    ]
    for model, rows in ((Goal, goals), (Action, actions), (PlannedService, planned_services)):
        for row in rows:
            row._history_user = row.recorded_by_id
        model._default_manager.bulk_create(rows)  # type: ignore[attr-defined]
        for _twice in range(2):
            model.history.bulk_history_create(rows, default_date=world.now)  # type: ignore


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("social", "/cases/{}/"),
        ("kela", "/cases/{}/"),
        ("client", "/my/plan/"),
        ("client", "/my/who-sees/as/kela/"),
        ("social", "/cases/{}/see-as/kela/"),
        ("client", "/my/who-sees/history/"),
        ("social", "/cases/{}/history/"),
        ("association", "/shared/{}/"),
    ],
)
def test_five_items_or_five_hundred_the_same_queries(
    world: World, login: Any, who: str, path: str
) -> None:
    client, address = login(who), path.format(world.case.pk)
    client.get(address)
    few, size = queries(client, address), len(client.get(address).content)
    write_many(world)
    assert queries(client, address) == few
    has_pages = "history" in path or path == "/cases/{}/"
    assert len(client.get(address).content) > 2 * size or has_pages


def test_the_case_page_asks_a_known_number_of_questions(world: World, login: Any) -> None:
    """Session, user, position and audit among them; a savepoint or a commit is no question."""
    client, address = login("social"), f"/cases/{world.case.pk}/"
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    questions = [q["sql"] for q in asked if "SAVEPOINT" not in q["sql"]]
    assert len(questions) <= 30, [q[:90] for q in questions]


@pytest.mark.parametrize(
    ("tab", "most"),
    [
        ("messages/", 18), ("meetings/", 19), ("mapping/", 18), ("follow-up/", 23), ("team/", 22),
        ("who-sees/", 23), ("history/", 28),
    ],
)  # fmt: skip
def test_each_tab_asks_its_own_few_questions(world: World, login: Any, tab: str, most: int) -> None:
    """The case's bar among them, which stands over each."""
    client, address = login("social"), f"/cases/{world.case.pk}/{tab}"
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    questions = [q["sql"] for q in asked if "SAVEPOINT" not in q["sql"]]
    assert len(questions) <= most, (len(questions), [q[:90] for q in questions])


def give_cases(world: World, number: int) -> None:
    """So many more cases of the worker, each with something that waits: an action, a message."""
    worker = User.objects.get(username="employment")
    people = [
        Person(
            id=new_id(), identity_code_hash=f"{n:064}", birth_date=date(1980, 1, 1),
            last_name="Virtanen", first_names=f"Aino {n}", sort_key=f"virtanen aino {n}",
            municipality_code="999",
        )
        for n in range(number)
    ]  # fmt: skip
    cases = [
        Case(
            id=new_id(), person=person, network_id=world.case.network_id, statute="381/2023",
            state=CaseState.MAPPING, started_on=day_of(world.now), opened_at=world.now,
            opened_by=worker,
        )
        for person in people
    ]  # fmt: skip
    recorded: dict[str, Any] = {
        "category": Category.PLAN_FOLLOW_UP, "recorded_for": Body.EMPLOYMENT,
        "recorded_by": worker, "recorded_at": world.now,
    }  # fmt: skip
    goals = [Goal(id=new_id(), case=case, kind=GoalKind.JOINT, text="A goal", **recorded)
             for case in cases]  # fmt: skip
    Person.objects.bulk_create(people)
    Case.objects.bulk_create(cases)
    TeamMembership.objects.bulk_create(
        TeamMembership(case=case, user=worker, role=TeamRole.CASE_MANAGER, since=world.now)
        for case in cases
    )
    Goal._default_manager.bulk_create(goals)
    Action._default_manager.bulk_create(
        Action(
            id=new_id(), case=goal.case, goal=goal, text="An action", owner_party=Body.EMPLOYMENT,
            owner=worker, due_on=day_of(world.now), **recorded,
        )
        for goal in goals
    )  # fmt: skip
    Thread._default_manager.bulk_create(
        Thread(id=new_id(), case=case, kind=ThreadKind.DIALOGUE, topic="A topic",
               waits_for=WaitsFor.TEAM, newest_at=world.now, **recorded)
        for case in cases
    )  # fmt: skip


def test_two_hundred_cases_more_cost_no_query_more(world: World, login: Any) -> None:
    """The first page with its twelve, the worklist, the list of cases, a search, a case's plan."""
    worker = login("employment")
    most = {"/day/": 12, "/triggers/": 19, "/cases/": 17, f"/cases/{world.case.pk}/": 29}
    few = {}
    for path in most:
        worker.get(path)
        few[path] = questions_of(worker, path)
    searched = questions_of(worker, "/cases/", {"q": "virtanen"})
    give_cases(world, 200)
    worker.get("/day/")  # the menu's numbers have changed, and are kept anew
    for path, at_most in most.items():
        found = questions_of(worker, path)
        assert len(found) <= min(at_most, len(few[path]) + 1), (path, [q[:90] for q in found])
    assert len(questions_of(worker, "/cases/", {"q": "virtanen"})) <= min(8, len(searched))
    assert len(worker.get("/day/").content) < 60_000
    assert len(worker.get("/triggers/").content) < 60_000


def questions_of(client: Any, path: str, sent: dict[str, str] | None = None) -> list[str]:
    """What a page asks: a savepoint is no question."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path) if sent is None else client.post(path, sent)
    assert answer.status_code in {200, 302}
    return [q["sql"] for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]


def test_few_triggers_or_many_the_same_queries(world: World, login: Any) -> None:
    worker = login("employment")
    worker.get("/day/")  # the menu's numbers are kept for a minute
    assert queries(worker, "/triggers/?on=2023-08-01") == queries(
        worker, "/triggers/?on=2024-06-30"
    )


@pytest.mark.parametrize("path", ["/day/", "/cases/", "/triggers/", "/my/access-log/"])
def test_no_list_page_asks_the_database_while_it_is_drawn(
    world: World, login: Any, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = login("client" if path.startswith("/my") else "kela")
    if not path.startswith("/my"):
        client.get("/day/")  # the menu's numbers are kept for a minute
    inside: list[str] = []
    render = template_base.Template.render

    def watched(self: Any, context: Any) -> Any:
        with CaptureQueriesContext(connection) as captured:
            drawn = render(self, context)
        inside.extend(query["sql"] for query in captured.captured_queries)
        return drawn

    monkeypatch.setattr(template_base.Template, "render", watched)
    assert client.get(path).status_code == 200
    assert [sql for sql in inside if "people_login" not in sql] == []
