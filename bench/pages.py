"""Whole pages as a caseworker asks for them, as multiples of a bare page with one query.

Every page goes through the whole of Django: session, user, actor, view, gate, log, template. The
bare page does the same up to the view, asks one query and says one word, so the multiple tells what
a page costs beyond being a page. All take turns in one run, and the median is told. The worker is
one with two hundred cases, of whom most have something that waits.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from itertools import cycle
from statistics import median
from types import ModuleType
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, connections
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path

from bench.caseload import NOW, Reader
from bench.table import Row
from caseplan.plan.models import Action, Goal, GoalKind
from cases.access import worked_on_by
from cases.models import Case
from common.bodies import Party
from common.clock import day_of
from common.ids import new_id
from config.urls import urlpatterns
from consent.models import Category
from people.models import User
from web.access import only_for
from web.sessions import SessionStore

MANY_GOALS, MANY_ACTIONS = 100, 400
READERS, EACH = 4, 25
MOST_QUERIES, MOST_KILOBYTES = 12, 60
"""Of the first page of a worker with two hundred cases."""
LEAST_OF_THE_BARE = 0.12
"""How many a second of the first page for each a second of the bare one, asked by four at once."""
TABS = ("messages", "meetings", "mapping", "follow-up", "team", "who-sees", "history")
"""The pages beside the plan under a case, as their addresses end."""


@only_for()
def bare(request: HttpRequest) -> HttpResponse:
    """A page of somebody logged in that asks one query."""
    return HttpResponse(str(Case.objects.order_by("pk").values_list("pk", flat=True)[0]))


def measure(reader: Reader, office: Reader, rounds: int) -> list[Row]:
    """The pages of a worker with two hundred cases, and the list of an office's two thousand."""
    small, large = worked_on_by(reader.actor, now=NOW).order_by("pk")[:2]
    _write(reader, small, 5, 10)
    _write(reader, large, MANY_GOALS, MANY_ACTIONS)
    with _served():
        worker, colleague = _logged_in(reader), _logged_in(office)
        searched = colleague.post("/cases/", {"q": "virtanen"}).headers["Location"]
        goal = Goal.objects.filter(case=small, text="Goal 0").get()
        revision = iter(range(1, 10_000_000))

        def save() -> Any:
            data = {"text": "Work that suits the back", "revision": str(next(revision))}
            return worker.post(f"/goals/{goal.pk}/", data)

        open_ones = Action.objects.filter(goal__case=large, text__startswith="Action ")
        waiting = iter(open_ones.order_by("pk").values_list("pk", flat=True))

        def mark_done() -> Any:
            row = next(waiting)
            headers = {"HX-Request": "true", "HX-Target": f"acts-{row}"}
            data = {"revision": "1", "next": f"/cases/{large.pk}/"}
            return worker.post(f"/actions/{row}/done/", data, headers=headers)

        asked: dict[str, tuple[Callable[[], Any], int]] = {
            "a bare page with one query": (lambda: worker.get("/bare/"), 200),
            "my day": (lambda: worker.get("/day/"), 200),
            "the list of people to assess": (lambda: worker.get("/triggers/"), 200),
            "case page, 5 goals": (lambda: worker.get(f"/cases/{small.pk}/"), 200),
            "case page, 500 goals and actions": (lambda: worker.get(f"/cases/{large.pk}/"), 200),
            "the list of 2 000 cases, searched": (lambda: colleague.get(searched), 200),
            "a search from the head of a page": (
                lambda: worker.post("/cases/", {"q": "virtanen"}),
                302,
            ),
            "saving a goal": (save, 302),
            "an action marked done in its row": (mark_done, 200),
        }
        for tab in TABS:
            path = f"/cases/{small.pk}/{tab}/"
            asked[f"tab of a case: {tab}"] = (partial(worker.get, path), 200)
        spent = _take_turns(asked, rounds)
        at_once = _at_once(reader)
        a_second = _a_second(reader, "/day/"), _a_second(reader, "/bare/")
        worker.get("/day/")  # the menu's other counts are kept for a minute
        with CaptureQueriesContext(connection) as made:
            size = len(worker.get("/day/").content) / 1000
    floor = spent.pop("a bare page with one query")
    limits = {"my day": 8.0, "the list of people to assess": 5.0, "case page, 5 goals": 8.0,
              "case page, 500 goals and actions": 12.0, "the list of 2 000 cases, searched": 6.0,
              "a search from the head of a page": 4.0, "saving a goal": 5.0,
              "an action marked done in its row": 4.0}  # fmt: skip
    limits |= {f"tab of a case: {tab}": 5.0 for tab in TABS}
    return [
        *(
            Row(figure, ours, floor, "a bare page with one query", limits[figure], unit="ms")
            for figure, ours in spent.items()
        ),
        Row("queries of my day", len(questions_in(made)), MOST_QUERIES, "limit", 1.0,
            unit="queries"),
        Row("size of my day", size, MOST_KILOBYTES, "limit", 1.0, unit="kB"),
        Row(f"my day, asked by {READERS} at once", 1 / a_second[0], 1 / a_second[1],
            "the bare page by as many", 1 / LEAST_OF_THE_BARE, unit="s"),
        Row(f"one case, read by {READERS} at once", *at_once, f"{READERS} different cases", 1.2,
            unit="ms"),
    ]  # fmt: skip


def questions_in(made: CaptureQueriesContext) -> list[str]:
    """The statements that ask or write something: none of those that only hold the rest together.

    What the driver has prepared has no text of its own any more.
    """
    said = [str(one["sql"]) for one in made]
    return [sql for sql in said if not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]


def _a_second(reader: Reader, address: str) -> float:
    """How many pages a second are answered to some who ask all at once, each over and over.

    Their connections are kept, as a server keeps its own.
    """

    def ask(worker: Client) -> None:
        for _time in range(EACH):
            assert worker.get(address).status_code == 200

    workers = [_logged_in(reader) for _number in range(READERS)]
    with ThreadPoolExecutor(READERS) as threads:

        def turn() -> float:
            began = time.perf_counter()
            list(threads.map(ask, workers))
            return READERS * EACH / (time.perf_counter() - began)

        turn()  # plans and templates
        return median(turn() for _turn in range(3))


def _at_once(reader: Reader) -> tuple[float, float]:
    """Milliseconds a case page takes while others are read: all the same one, each their own."""
    cases = list(worked_on_by(reader.actor, now=NOW).order_by("-pk")[:READERS])
    assert len(cases) == READERS

    def read(case: Case) -> None:
        worker = _logged_in(reader)
        try:
            for _time in range(EACH):
                assert worker.get(f"/cases/{case.pk}/").status_code == 200
        finally:
            connections.close_all()

    def spent(read_by_each: list[Case]) -> float:
        began = time.perf_counter()
        with ThreadPoolExecutor(READERS) as threads:
            list(threads.map(read, read_by_each))
        return (time.perf_counter() - began) * 1000 / (READERS * EACH)

    spent(cases)  # plans and templates
    turns = [(spent([cases[0]] * READERS), spent(cases)) for _turn in range(3)]
    return median(same for same, _own in turns), median(own for _same, own in turns)


def _take_turns(asked: dict[str, tuple[Callable[[], Any], int]], rounds: int) -> dict[str, float]:
    spent: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(rounds + 3):
        for name, (ask, expected) in asked.items():
            began = time.perf_counter()
            answer = ask()
            took = (time.perf_counter() - began) * 1000
            assert answer.status_code == expected, f"{name}: {answer.status_code}"
            if turn >= 3:  # the first ones load templates and plans
                spent[name].append(took)
    return {name: median(times) for name, times in spent.items()}


def _write(reader: Reader, case: Case, goals: int, actions: int) -> None:
    """So many goals of the joint plan in one case, and actions of the reader towards them."""
    recorded: dict[str, Any] = {
        "case": case, "category": Category.PLAN_FOLLOW_UP, "recorded_at": NOW,
        "recorded_for": Party(reader.actor.working_body.value),
        "recorded_by_id": reader.actor.writer_id,
    }  # fmt: skip
    rows = [Goal(id=new_id(), kind=GoalKind.JOINT, text=f"Goal {n}", **recorded)
            for n in range(goals)]  # fmt: skip
    Goal._default_manager.bulk_create(rows)
    Action._default_manager.bulk_create(
        Action(
            id=new_id(), goal=goal, text=f"Action {n}", owner_party=recorded["recorded_for"],
            owner_id=reader.actor.writer_id, due_on=day_of(NOW) + timedelta(days=n % 60),
            **recorded,
        )
        for n, goal in zip(range(actions), cycle(rows), strict=False)
    )  # fmt: skip


def _logged_in(reader: Reader) -> Client:
    """A browser with a session of the reader; passwords are hashed slowly on purpose."""
    user = User.objects.get(pk=reader.actor.writer_id)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    client = Client(headers={"accept-language": "en"})
    assert session.session_key is not None
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@contextmanager
def _served() -> Iterator[None]:
    """The project's addresses with the bare page beside them."""
    module = ModuleType("bench_urls")
    module.urlpatterns = [*urlpatterns, path("bare/", bare, name="bare")]  # type: ignore[attr-defined]
    sys.modules["bench_urls"] = module
    with override_settings(
        ROOT_URLCONF="bench_urls", ALLOWED_HOSTS=["testserver"], SECOND_FACTOR=False
    ):
        yield
