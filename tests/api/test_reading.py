"""The JSON face shows what the pages show, logs what it showed, in a fixed number of queries."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.exceptions import Throttled

from audit.models import AuditRow
from cases.models import Case, TeamMembership
from common.crypto import decrypt
from common.identity_code import mask
from people.models import Person
from tests.looks import looks_at
from tests.personas import World


def plan_of(client: Client, world: World) -> Any:
    return client.get(f"/api/v1/plans/{world.case.pk}/").json()


def test_the_list_holds_the_readers_cases_and_no_others(world: World, login: Any) -> None:
    own = {str(world.case.pk)}
    for persona in ("employment", "social", "kela", "client"):
        rows = login(persona).get("/api/v1/cases/").json()["results"]
        assert own <= {row["id"] for row in rows}
    for persona in ("colleague", "outsider", "client2"):
        for path in ("cases", "plans"):
            rows = login(persona).get(f"/api/v1/{path}/").json()["results"]
            assert rows
            assert not own & {row["id"] for row in rows}


def test_a_body_without_a_ground_reads_no_row_of_the_category(world: World, login: Any) -> None:
    """Kela has no ground for the social situation: neither the goal nor the service is there."""
    seen = plan_of(login("social"), world)
    hidden = plan_of(login("kela"), world)
    for part in ("goals", "actions", "measures"):
        assert "social_situation" in {row["category"] for row in seen[part]}
        assert "social_situation" not in {row["category"] for row in hidden[part]}
    assert str(world.debts_goal.pk) not in str(hidden)


def test_an_action_does_not_name_a_goal_the_reader_may_not_see(world: World, login: Any) -> None:
    action = world.debts_goal.actions.get()
    type(action).objects.filter(pk=action.pk).update(category="plan_follow_up")
    (row,) = (a for a in plan_of(login("kela"), world)["actions"] if a["id"] == str(action.pk))
    assert row["goal"] is None


def test_the_log_tells_the_categories_really_returned(world: World, login: Any) -> None:
    for persona in ("social", "kela"):
        before = len(looks_at(world.case.pk))
        plan = plan_of(login(persona), world)
        returned = {row["category"] for part in plan.values() if isinstance(part, list)
                    for row in part}  # fmt: skip
        (look,) = looks_at(world.case.pk)[before:]
        assert look.actor == world.actor(persona).label
        assert look.categories == returned | {"identity_contact"}


def test_a_list_logs_each_person_once_and_only_those_on_the_page(world: World, login: Any) -> None:
    before = AuditRow.objects.count()
    rows = login("colleague").get("/api/v1/cases/").json()["results"]
    (logged,) = AuditRow.objects.order_by("pk")[before:]
    assert sorted(map(str, logged.subjects)) == sorted(row["id"] for row in rows)


@pytest.mark.parametrize("path", ["cases", "plans"])
def test_what_is_refused_logs_nothing(world: World, login: Any, path: str) -> None:
    before = AuditRow.objects.count()
    for persona in ("outsider", "colleague", "client2", "director"):
        answer = login(persona).get(f"/api/v1/{path}/{world.case.pk}/")
        assert answer.status_code == 404
        assert answer.headers["Content-Type"] == "application/json"
    assert login("director").get(f"/api/v1/{path}/").status_code == 404
    assert AuditRow.objects.count() == before


@pytest.mark.parametrize("path", ["cases", "plans"])
def test_somebody_not_logged_in_is_refused_in_json(world: World, path: str) -> None:
    for url in (f"/api/v1/{path}/", f"/api/v1/{path}/{world.case.pk}/"):
        answer = Client().get(url)
        assert answer.status_code in (401, 403)
        assert answer.headers["Content-Type"] == "application/json"


def test_nothing_can_be_written(world: World, login: Any) -> None:
    client = login("employment")
    for path in ("cases", "plans"):
        for method in (client.post, client.put, client.patch, client.delete):
            assert method(f"/api/v1/{path}/{world.case.pk}/").status_code == 405


def test_no_identity_code_leaves(world: World, login: Any) -> None:
    code = decrypt(Person.objects.get(cases=world.case).identity_code_encrypted)
    for persona in ("employment", "client"):
        for path in ("cases", "plans"):
            said = login(persona).get(f"/api/v1/{path}/").content.decode()
            assert code not in said
            assert mask(code) not in said


@pytest.mark.parametrize("path", ["cases", "plans"])
def test_the_number_of_queries_does_not_grow_with_the_list(
    world: World, login: Any, path: str
) -> None:
    """``employment`` begins with one case and gets those of the colleague."""

    def queries() -> tuple[int, int]:
        client = login("employment")
        with CaptureQueriesContext(connection) as asked:
            rows = client.get(f"/api/v1/{path}/").json()["results"]
        return len(rows), len(asked)

    few, asked_for_few = queries()
    worker = world.actor("employment").user_id
    for case in Case.objects.filter(network=world.case.network).exclude(team__user=worker):
        TeamMembership.objects.create(case=case, user_id=worker, role="member", since=world.now)
    many, asked_for_many = queries()
    assert few < many
    assert asked_for_few == asked_for_many


def test_a_list_comes_by_name_in_pages_of_25(world: World, login: Any) -> None:
    client = login("colleague")
    body = client.get("/api/v1/cases/").json()
    assert set(body) == {"count", "next", "previous", "results"}
    assert len(body["results"]) == min(body["count"], 25)
    by_name = Case.objects.filter(pk__in=[row["id"] for row in body["results"]])
    wanted = [str(case.pk) for case in by_name.order_by("person__sort_key", "pk")]
    assert [row["id"] for row in body["results"]] == wanted
    assert client.get("/api/v1/cases/?page=99").status_code == 404


def is_json(answer: Any) -> bool:
    """JSON that says something, and in its header."""
    return answer.headers["Content-Type"].startswith("application/json") and bool(answer.json())


NOWHERE = (
    "/api", "/api/", "/api/v1/", "/api/v2/cases/", "/api/v1/plans/abc/", "/api/v1/cases/abc/",
    "/api/v1/explanations/abc/unemployed_12_months/", "/api/v1/plans/%00/", "/api/nothing",
    "/api/v1/cases/?page=0", "/api/v1/cases/?page=abc", "/api/v1/plans/?page=%00",
)  # fmt: skip


def test_what_is_not_there_is_said_in_json_to_everybody(world: World, login: Any) -> None:
    for client in (login("employment"), login("director")):
        for url in NOWHERE:
            answer = client.get(url)
            assert answer.status_code == 404, url
            assert is_json(answer), url
    for url in NOWHERE:
        answer = Client(enforce_csrf_checks=True).post(url)
        assert answer.status_code in (403, 404, 405), url
        assert is_json(answer), url


def test_every_other_refusal_of_the_api_is_json_too(
    world: World, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = login("employment")
    case, person = world.case.pk, world.case.person_id
    asked = f"/api/v1/explanations/{person}/unemployed_12_months/?on="
    for ask, url, status in (
        (client.post, f"/api/v1/cases/{case}/", 405),
        (client.delete, "/api/v1/plans/", 405),
        (client.put, "/api/schema/", 405),
        (client.get, "/api/schema/", 200),
        (client.options, "/api/v1/cases/", 200),
        (client.get, f"{asked}nonsense", 400),
        (client.get, f"{asked}2026-13-45", 400),
        (client.get, f"/api/v1/explanations/{person}/no_such_rule/", 404),
        (Client().get, "/api/v1/cases/", 403),
        (Client().get, f"/api/v1/plans/{case}/", 403),
        (Client(HTTP_HOST="elsewhere.example").get, "/api/v1/cases/", 400),
    ):
        answer = ask(url)
        assert answer.status_code == status, url
        assert is_json(answer), url
    sender = login("employment")
    sender.handler.enforce_csrf_checks = True
    assert is_json(sender.post("/api/v1/cases/"))
    client.raise_request_exception = False
    monkeypatch.setattr("api.views.list_cases", lambda *args, **kwargs: 1 // 0)
    monkeypatch.setattr("api.views.explain_rule", lambda *args, **kwargs: _throttled())
    for url, status in ((f"/api/v1/cases/{case}/", 500), (asked, 429)):
        answer = client.get(url)
        assert answer.status_code == status
        assert is_json(answer), url


def _throttled() -> None:
    raise Throttled(wait=5)


def test_pages_go_on_answering_with_pages(world: World, login: Any) -> None:
    for url in ("/nothing/", "/apiary/", f"/cases/{world.own_goal.pk}/"):
        answer = login("employment").get(url)
        assert answer.status_code == 404
        assert answer.headers["Content-Type"].startswith("text/html"), url
