"""Every route declares whom it is for, and answers each persona as the table says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from benefits.models import RegisterImport
from benefits.selectors import Choices, list_flags
from tests.personas import PERSONAS, World


def routes(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            name = f"{pattern.namespace}:" if pattern.namespace else prefix
            yield from routes(pattern.url_patterns, name)
        else:
            yield f"{prefix}{pattern.name}", pattern


def all_routes() -> list[tuple[str, URLPattern]]:
    return list(routes(get_resolver().url_patterns))


def test_every_view_declares_its_access() -> None:
    unmarked = [
        name
        for name, pattern in all_routes()
        if not hasattr(pattern.callback, "access_kinds")
        and not hasattr(getattr(pattern.callback, "view_class", None), "access_kinds")
    ]
    assert unmarked == []


# For each route: what employment, colleague, social, kela, outsider, director, client and
# client2 get. 302: sent on. The case, its goals and versions are those of the joint case.
TABLE: dict[str, str] = {
    "pages:home": "302 302 302 302 302 302 302 302",
    "pages:about": "200 200 200 200 200 200 200 200",
    "pages:my_day": "200 200 200 200 200 404 404 404",
    "pages:cases": "200 200 200 200 200 404 404 404",
    "pages:triggers": "200 200 200 200 200 404 404 404",
    "pages:trigger": "200 200 404 404 404 404 404 404",
    "pages:trigger_open": "200 200 404 404 404 404 404 404",
    "pages:trigger_decline": "200 200 404 404 404 404 404 404",
    "pages:trigger_assess": "200 200 404 404 404 404 404 404",
    "pages:trigger_snooze": "200 200 404 404 404 404 404 404",
    "pages:triggers_csv": "200 200 200 200 200 404 404 404",
    "pages:filter_save": "405 405 405 405 405 404 404 404",
    "pages:filter_remove": "405 405 405 405 405 404 404 404",
    "pages:by_hand": "200 200 404 404 404 404 404 404",
    "pages:by_hand_withdraw": "405 405 405 405 405 404 404 404",
    "pages:registers": "404 404 404 404 404 404 200 200",
    "api:explanation": "200 200 404 404 404 404 404 404",
    "pages:case": "200 404 200 200 404 404 404 404",
    "pages:plan_edit": "200 404 200 200 404 404 404 404",
    "pages:goal_new": "200 404 200 200 404 404 404 404",
    "pages:measure_new": "200 404 200 200 404 404 404 404",
    "pages:propose": "200 404 200 200 404 404 404 404",
    "pages:goal_edit": "403 404 403 403 404 404 200 404",  # the client's own goal
    "pages:action_new": "200 404 200 200 404 404 404 404",
    "pages:action_edit": "200 404 200 200 404 404 404 404",
    "pages:action_close": "200 404 200 200 404 404 404 404",
    "pages:measure_edit": "200 404 403 403 404 404 404 404",
    "pages:version": "200 404 200 200 404 404 200 404",
    "pages:accept": "200 404 200 200 404 404 200 404",
    "pages:disagree": "200 404 200 200 404 404 200 404",
    "pages:my_plan": "404 404 404 404 404 404 200 200",
    "pages:own_goal_new": "404 404 404 404 404 404 200 200",
    "pages:own_action_done": "404 404 404 404 404 404 405 405",
    "pages:who_sees": "404 404 404 404 404 404 200 200",
    "pages:change_grant": "404 404 404 404 404 404 200 200",
    "pages:access_log": "404 404 404 404 404 404 200 200",
    "pages:imports": "404 404 404 404 404 200 404 404",
    "pages:import_new": "404 404 404 404 404 200 404 404",
    "pages:import": "404 404 404 404 404 200 404 404",
    "pages:import_rejected": "404 404 404 404 404 200 404 404",
    "pages:import_write": "404 404 404 404 404 405 404 404",
    "pages:import_discard": "404 404 404 404 404 405 404 404",
    "pages:import_stop": "404 404 404 404 404 405 404 404",
    "pages:import_go_on": "404 404 404 404 404 405 404 404",
    "pages:dashboard": "404 404 404 404 404 200 404 404",
    "api:cases": "200 200 200 200 200 404 200 200",
    "api:case": "200 404 200 200 404 404 200 404",
    "api:plans": "200 200 200 200 200 404 200 200",
    "api:plan": "200 404 200 200 404 404 200 404",
    "api:schema": "200 200 200 200 200 200 200 200",
}
ELSEWHERE = {"account_login", "account_logout", "set_language"}


def test_the_table_holds_every_route() -> None:
    names = {name for name, _pattern in all_routes()}
    missing = {n for n in names - TABLE.keys() - ELSEWHERE if "design" not in n}
    assert missing == set()


def arguments(name: str, world: World, trigger: tuple[Any, str]) -> list[Any]:
    if name.startswith("pages:import") and name not in {"pages:imports", "pages:import_new"}:
        return [RegisterImport.objects.values_list("pk", flat=True)[0]]
    return {
        "pages:case": [world.case.pk],
        "pages:plan_edit": [world.case.pk],
        "pages:goal_new": [world.case.pk],
        "pages:measure_new": [world.case.pk],
        "pages:propose": [world.case.pk],
        "pages:goal_edit": [world.own_goal.pk],
        "pages:action_new": [world.own_goal.pk],
        "pages:action_edit": [world.action.pk],
        "pages:action_close": [world.action.pk],
        "pages:measure_edit": [world.measure.pk],
        "pages:version": [world.version.pk],
        "pages:accept": [world.version.pk],
        "pages:disagree": [world.version.pk],
        "pages:own_action_done": [world.action.pk],
        "pages:change_grant": ["social_situation", "kela"],
        "pages:trigger": list(trigger),
        "pages:trigger_open": list(trigger),
        "pages:trigger_decline": list(trigger),
        "pages:trigger_assess": list(trigger),
        "pages:trigger_snooze": list(trigger),
        "pages:by_hand": list(trigger),
        "pages:by_hand_withdraw": [trigger[0], trigger[0]],
        "pages:filter_remove": [trigger[0]],
        "api:explanation": list(trigger),
        "api:case": [world.case.pk],
        "api:plan": [world.case.pk],
    }.get(name, [])


@pytest.fixture
def trigger(world: World) -> tuple[Any, str]:
    """Somebody of the network who meets the months' rule: only employment may know of it."""
    rows = list_flags(
        world.actor("employment"), Choices(rule="unemployed_12_months"), now=world.now
    ).rows
    return rows[0].person.pk, rows[0].rule


def test_every_route_answers_each_persona_as_the_table_says(
    world: World, login: Any, trigger: tuple[Any, str]
) -> None:
    wrong = []
    clients = {persona: login(persona) for persona in PERSONAS}
    for name, expected in TABLE.items():
        url = reverse(name, args=arguments(name, world, trigger))
        for persona, want in zip(PERSONAS, expected.split(), strict=True):
            got = clients[persona].get(url).status_code
            if got != int(want):
                wrong.append(f"{name} {persona}: {got}, not {want}")
    assert wrong == []


@pytest.mark.django_db
def test_somebody_not_logged_in_is_asked_to_log_in_everywhere(world: World) -> None:
    client = Client()
    for url in ("/day/", f"/cases/{world.case.pk}/", f"/cases/{world.own_goal.pk}/", "/dashboard/"):
        answer = client.get(url)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/login/")
    assert client.get(f"/api/v1/cases/{world.case.pk}/").status_code in (401, 403)


@pytest.mark.django_db
def test_the_login_form_has_the_agreed_fields_and_works(world: World) -> None:
    client = Client()
    page = client.get("/login/")
    assert page.status_code == 200
    assert b'name="username"' in page.content
    assert b'name="password"' in page.content
    answer = client.post("/login/", {"username": "employment", "password": "demo"})
    assert answer.status_code == 302
    assert client.get("/day/").status_code == 200
