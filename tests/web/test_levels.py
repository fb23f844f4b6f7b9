"""How surely somebody has shown who they are: by level, for how long, and for nobody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore

from caseplan.plan.services import accept_plan, disagree_with_plan
from common import clock
from common.decision import LogInTooWeak
from common.levels import EVERY_ACT, NEEDED, Act, LogInLevel
from people.models import User
from tests.personas import World
from web.levels import level_of, proven_acts, record_level

Proves = Callable[..., frozenset[Act]]
NOW = clock.now()


@pytest.fixture
def client_user(world: World) -> User:
    return User.objects.get(username="client")


@pytest.fixture
def request_of(client_user: User, settings: Any) -> Any:
    settings.LEVELS_LAST_MINUTES = 0
    return SimpleNamespace(user=client_user, session=SessionStore())


def test_the_levels_are_in_the_order_of_eidas() -> None:
    low, substantial, high = LogInLevel
    assert high.reaches(substantial) and substantial.reaches(low) and low.reaches(low)
    assert not low.reaches(substantial) and not substantial.reaches(high)


def test_a_low_level_proves_nothing_that_stands_in_the_table(
    request_of: Any, client_user: User
) -> None:
    record_level(request_of, level=LogInLevel.LOW, method="code", at=NOW)
    assert proven_acts(request_of, client_user, NOW) == frozenset()
    record_level(request_of, level=LogInLevel.HIGH, method="oidc", at=NOW)
    assert proven_acts(request_of, client_user, NOW) == EVERY_ACT
    assert level_of(request_of, client_user, NOW) is LogInLevel.HIGH


@pytest.mark.parametrize("act", Act)
def test_a_log_in_counts_for_an_act_as_long_as_the_table_says(
    act: Act, request_of: Any, client_user: User
) -> None:
    lasts = NEEDED[act].lasts
    record_level(request_of, level=LogInLevel.SUBSTANTIAL, method="oidc", at=NOW)
    assert act in proven_acts(request_of, client_user, NOW + lasts - timedelta(seconds=1))
    assert act not in proven_acts(request_of, client_user, NOW + lasts)
    # Whoever was identified elsewhere some time ago has that time behind them already.
    earlier = SimpleNamespace(user=client_user, session=SessionStore())
    record_level(earlier, level=LogInLevel.HIGH, method="oidc", at=NOW - lasts)  # type: ignore[arg-type]
    assert act not in proven_acts(earlier, client_user, NOW)  # type: ignore[arg-type]


def test_what_one_user_has_shown_is_nothing_of_anothers(request_of: Any, client_user: User) -> None:
    record_level(request_of, level=LogInLevel.HIGH, method="oidc", at=NOW)
    other = User.objects.get(username="client2")
    assert proven_acts(request_of, other, NOW) == frozenset()
    assert level_of(request_of, other, NOW) is LogInLevel.LOW


def test_a_password_alone_shows_little_where_people_are_served(
    world: World, login: Any, settings: Any
) -> None:
    settings.LEVEL_OF_A_WAY = {"password": "low"}
    assert login("colleague").get("/cases/find/emergency/").status_code == 403
    settings.LEVEL_OF_A_WAY = {"password": "substantial"}
    assert login("colleague").get("/cases/find/emergency/").status_code == 200


def test_the_client_accepts_with_a_strong_log_in_and_disagrees_with_any(world: World) -> None:
    weak = replace(world.actor("client"), proven=frozenset())
    with pytest.raises(LogInTooWeak) as refused:
        accept_plan(actor=weak, version_id=world.version.pk, now=world.now)
    assert refused.value.act is Act.ACCEPT_PLAN
    disagree_with_plan(
        actor=weak, version_id=world.version.pk, comment="Not the Tuesdays.", now=world.now
    )
