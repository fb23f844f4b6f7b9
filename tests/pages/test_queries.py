"""A list asks the database the same number of questions whether it shows few rows or many."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.template import base as template_base
from django.test.utils import CaptureQueriesContext

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


def test_few_triggers_or_many_the_same_queries(world: World, login: Any) -> None:
    worker = login("employment")
    assert queries(worker, "/triggers/?on=2023-08-01") == queries(
        worker, "/triggers/?on=2024-06-30"
    )


@pytest.mark.parametrize("path", ["/day/", "/cases/", "/triggers/", "/my/access-log/"])
def test_no_list_page_asks_the_database_while_it_is_drawn(
    world: World, login: Any, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = login("client" if path.startswith("/my") else "kela")
    inside: list[str] = []
    render = template_base.Template.render

    def watched(self: Any, context: Any) -> Any:
        with CaptureQueriesContext(connection) as captured:
            drawn = render(self, context)
        inside.extend(query["sql"] for query in captured.captured_queries)
        return drawn

    monkeypatch.setattr(template_base.Template, "render", watched)
    assert client.get(path).status_code == 200
    assert [sql for sql in inside if "django_session" not in sql] == []
