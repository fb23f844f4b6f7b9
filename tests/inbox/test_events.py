"""Nothing happens that nobody thought about: every act is told, or says why nobody needs it."""

from __future__ import annotations

from fnmatch import fnmatch

import pytest
from django.apps import apps

from audit.models import AuditKind, AuditRow
from cases.models import NewsKind
from common.inbox import InboxKind
from consent.models import ClientInformation
from inbox.events import EVENTS, Nobody, ToldBy
from tests.inbox.acts import acts
from tests.personas import World

# All news is of these kinds.
NEWS_ITSELF = {InboxKind.GOOD_NEWS, InboxKind.NEWS}
# Told to a client or somebody outside alone, by what their own pages hold.
TO_CLIENTS = {NewsKind.WRITTEN_FOR_YOU}


def is_known(act: str) -> bool:
    """Whether an act stands in the register: by itself, or with others of which nobody is told."""
    act = act.removesuffix("_with_client").removesuffix("_from_paper")
    return act in EVENTS or any(
        fnmatch(act, known) for known, event in EVENTS.items() if isinstance(event, Nobody)
    )


def is_known_as_run(act: str) -> bool:
    """The same of an act as it was written, whatever was put in."""
    return any(
        fnmatch(act.removesuffix("_with_client").removesuffix("_from_paper"), known)
        for known in EVENTS
    )


def test_every_act_that_a_service_writes_is_told_or_says_why_not() -> None:
    written = acts()
    assert len(written) > 100
    patterns = {act for act in written if act.startswith("*")}
    missing = {act: where for act, where in written.items() if act not in patterns}
    missing = {act: where for act, where in missing.items() if not is_known(act)}
    assert missing == {}, "put it into inbox.events: who is told, or why nobody"
    ends = {act.removeprefix("*") for act in patterns}
    assert {end for end in ends if not any(act.endswith(end) for act in EVENTS)} == set()


def test_every_row_of_client_information_is_told_or_says_why_not() -> None:
    names = {m._meta.model_name for m in apps.get_models() if issubclass(m, ClientInformation)}
    assert {name for name in names if not is_known(f"{name}_added")} == set()


def test_every_act_in_the_log_of_the_demo_is_known(world: World) -> None:
    rows = AuditRow.objects.filter(kind=AuditKind.CHANGE).order_by()
    written = set(rows.values_list("action", flat=True).distinct())
    assert len(written) > 20
    assert {act for act in written if not is_known_as_run(act)} == set()


def test_everything_that_waits_and_every_piece_of_news_comes_from_something() -> None:
    caused = {kind for event in EVENTS.values() if isinstance(event, ToldBy) for kind in event.by}
    assert set(InboxKind) - caused == NEWS_ITSELF
    assert set(NewsKind) - caused == TO_CLIENTS


@pytest.mark.parametrize("act", [act for act, event in EVENTS.items() if isinstance(event, Nobody)])
def test_why_nobody_is_told_is_said(act: str) -> None:
    event = EVENTS[act]
    assert isinstance(event, Nobody) and len(event.because.split()) >= 3


def test_what_nobody_registered_is_found() -> None:
    assert not is_known("nothing_of_the_kind")
    assert "goal_changed" in EVENTS and is_known("goal_added_with_client")
