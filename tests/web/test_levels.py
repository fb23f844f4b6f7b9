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
from people.models import Position, User
from tests.personas import World
from web.levels import level_of, level_of_own, level_of_password, proven_acts, record_level

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


def test_a_low_level_proves_nothing_but_whose_passkeys_of_that_level_they_are(
    request_of: Any, client_user: User
) -> None:
    record_level(request_of, level=LogInLevel.LOW, method="code", at=NOW)
    assert proven_acts(request_of, client_user, NOW) == {Act.CHANGE_OWN_PASSKEYS}
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


def test_the_table_asks_for_what_was_decided() -> None:
    """Level and minutes of each act; a change here is a decision (docs/adr/0033)."""
    asked = {
        act: (need.level.value, need.lasts // timedelta(minutes=1)) for act, need in NEEDED.items()
    }
    assert asked == {
        Act.ACCEPT_PLAN: ("substantial", 60),
        Act.GRANT_CONSENT: ("substantial", 60),
        Act.TAKE_EVERYTHING_OUT: ("substantial", 60),
        Act.CHANGE_OWN_PASSKEYS: ("low", 15),
        Act.READ_SHARED: ("substantial", 60),
        Act.OPEN_IN_EMERGENCY: ("substantial", 60),
        Act.EXPORT_MANY: ("substantial", 60),
        Act.SIGN_GROUND: ("substantial", 15),
        Act.CHANGE_OWN_LOG_IN: ("substantial", 15),
    }


def test_what_is_not_known_is_little(request_of: Any, client_user: User, settings: Any) -> None:
    """Nobody said a level or a time; a way that the installation does not list."""
    assert level_of(request_of, client_user, NOW) is LogInLevel.LOW
    settings.LEVEL_OF_A_WAY = {}
    assert level_of_password() is LogInLevel.LOW
    record_level(request_of, level=LogInLevel.HIGH, method="oidc", at=NOW)
    assert proven_acts(request_of, client_user, NOW) == EVERY_ACT
    del request_of.session["account_authentication_methods"][0]["at"]
    assert proven_acts(request_of, client_user, NOW) == frozenset()


def test_what_is_shown_later_is_not_shown_yet(request_of: Any, client_user: User) -> None:
    record_level(request_of, level=LogInLevel.HIGH, method="oidc", at=NOW + timedelta(minutes=1))
    assert level_of(request_of, client_user, NOW) is LogInLevel.LOW


def test_a_trial_lets_every_log_in_count_for_as_long_as_it_says(
    request_of: Any, client_user: User, settings: Any
) -> None:
    settings.LEVELS_LAST_MINUTES = 720
    record_level(request_of, level=LogInLevel.HIGH, method="oidc", at=NOW)
    assert proven_acts(request_of, client_user, NOW + timedelta(minutes=719)) == EVERY_ACT
    assert proven_acts(request_of, client_user, NOW + timedelta(minutes=720)) == frozenset()


def test_whoever_works_here_no_more_shows_as_little_as_a_client(world: World) -> None:
    user = User.objects.get(username="kela")
    assert level_of_own(user, world.now) is LogInLevel.SUBSTANTIAL
    assert level_of_own(User.objects.get(username="client"), world.now) is LogInLevel.LOW
    Position.objects.filter(user=user).update(until=world.now)
    assert level_of_own(user, world.now) is LogInLevel.LOW


def test_what_one_user_has_shown_is_nothing_of_anothers(request_of: Any, client_user: User) -> None:
    record_level(request_of, level=LogInLevel.HIGH, method="oidc", at=NOW)
    other = User.objects.get(username="client2")
    assert proven_acts(request_of, other, NOW) == frozenset()
    assert level_of(request_of, other, NOW) is LogInLevel.LOW


def test_before_the_log_in_is_complete_it_is_of_whoever_logs_in(
    request_of: Any, client_user: User
) -> None:
    """Somebody else may be logged in at this browser still, or nobody."""
    other = User.objects.get(username="client2")
    record_level(request_of, level=LogInLevel.HIGH, method="oidc", at=NOW, user=other)
    assert proven_acts(request_of, other, NOW) == EVERY_ACT
    assert proven_acts(request_of, client_user, NOW) == frozenset()


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
