"""The JSON face shows what the pages show, logs what it showed, in a fixed number of queries."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.models import AuditRow, Kind
from cases.models import Case, TeamTerm
from common.crypto import decrypt
from common.identity_code import mask
from people.models import Person
from tests.personas import World


def rows_logged(world: World) -> Any:
    return AuditRow.objects.filter(case_id=world.case.pk, kind=Kind.ACCESS).order_by("seq")


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
        before = rows_logged(world).count()
        plan = plan_of(login(persona), world)
        returned = {row["category"] for part in plan.values() if isinstance(part, list)
                    for row in part}  # fmt: skip
        (row,) = rows_logged(world)[before:]
        assert row.actor == world.actor(persona).label
        assert set(row.categories) == returned | {"identity_contact"}


def test_a_list_logs_each_person_once_and_only_those_on_the_page(world: World, login: Any) -> None:
    before = AuditRow.objects.count()
    rows = login("colleague").get("/api/v1/cases/").json()["results"]
    logged = AuditRow.objects.order_by("pk")[before:]
    assert sorted(str(row.case_id) for row in logged) == sorted(row["id"] for row in rows)


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
        TeamTerm.objects.create(case=case, user_id=worker, role="member", since=world.now)
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
