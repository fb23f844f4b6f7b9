"""The client's log reads as a line a visit: who, when, which kinds, why; its pages behind it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from audit.models import Purpose
from audit.services import ShownData, record_access
from common.clock import HELSINKI, day_of
from consent.models import Category
from rights.selectors import AccessVisit, VisitFilter, list_questions, list_visits
from rights.services import ask_about_access
from tests.personas import World

BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=HELSINKI)
PLAN, HEALTH = Category.PLAN_FOLLOW_UP, Category.HEALTH_WORK_ABILITY


def looked(
    world: World,
    minutes: Iterable[int],
    *,
    who: str = "kela",
    kinds: Iterable[Category] = (PLAN,),
    purpose: Purpose = Purpose.KEEP_CASE,
    before_the_case: bool = False,
) -> None:
    case_id = None if before_the_case else world.case.pk
    for minute in minutes:
        record_access(
            actor=world.actor(who), action="case_opened", purpose=purpose,
            shown=[ShownData(world.case.person_id, case_id, frozenset(k.value for k in kinds))],
            now=BEGIN + timedelta(minutes=minute),
        )  # fmt: skip


def visits(world: World, **narrowed: Any) -> list[AccessVisit]:
    """Those of March: the demo's own past is left out."""
    chosen = VisitFilter(**{"first_day": day_of(BEGIN), "last_day": day_of(BEGIN), **narrowed})
    with translation.override("en"):
        found = list_visits(world.actor("client"), world.case.pk, chosen, now=world.now)
        return found[: len(found)]


def test_pages_of_one_sitting_are_one_visit_with_its_beginning_and_end(world: World) -> None:
    looked(world, [0, 10, 40])
    looked(world, [30], kinds=[HEALTH], purpose=Purpose.MAKE_PLAN)
    (visit,) = visits(world)
    assert (visit.began_at, visit.ended_at) == (BEGIN, BEGIN + timedelta(minutes=40))
    assert len(visit.pages) == 4
    assert "plan and its follow-up" in visit.what
    assert "health and work ability" in visit.what
    assert "to make or review the joint plan" in visit.purposes


@pytest.mark.parametrize(("minute", "count"), [(30, 1), (31, 2)])
def test_a_break_longer_than_half_an_hour_begins_another(
    world: World, minute: int, count: int
) -> None:
    looked(world, [0, minute])
    assert len(visits(world)) == count


def test_two_readers_at_a_time_are_two_visits(world: World) -> None:
    looked(world, [0, 2])
    looked(world, [1], who="social")
    assert [len(visit.pages) for visit in visits(world)] == [2, 1]


def test_the_newest_visit_comes_first_and_its_pages_too(world: World) -> None:
    looked(world, [0, 5, 120, 125])
    late, early = visits(world)
    assert late.began_at > early.began_at
    assert [page.at for page in late.pages] == [late.ended_at, late.began_at]


def test_somebody_from_outside_the_team_is_marked(world: World) -> None:
    looked(world, [0], who="colleague", purpose=Purpose.EMERGENCY)
    looked(world, [60], who="colleague", purpose=Purpose.ASKED)
    looked(world, [120])
    assert [(v.emergency, v.for_a_time) for v in visits(world)] == [
        (False, False), (False, True), (True, False),
    ]  # fmt: skip


def test_what_was_looked_at_before_there_was_a_case_is_told_too(world: World) -> None:
    looked(world, [0], before_the_case=True)
    assert len(visits(world)) == 1


def test_the_log_is_narrowed_by_body_and_by_day(world: World) -> None:
    looked(world, [0])
    looked(world, [1], who="social")
    looked(world, [24 * 60])
    assert len(visits(world, body="kela")) == 1
    assert len(visits(world)) == 2
    next_day = day_of(BEGIN) + timedelta(days=1)
    assert len(visits(world, last_day=next_day)) == 3
    assert len(visits(world, first_day=next_day, last_day=next_day)) == 1


def test_their_own_visits_and_other_clients_are_left_out(world: World) -> None:
    looked(world, [0], who="client")
    assert visits(world) == []


def test_a_page_holds_25_visits_and_takes_as_many_queries_for_few(world: World, login: Any) -> None:
    client = login("client")

    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            client.get("/my/access-log/")
        return len(made)

    looked(world, [0])
    few = queries()
    looked(world, range(60, 60 * 60, 60))
    assert queries() == few
    page = client.get("/my/access-log/").content.decode()
    assert page.count('class="log-entry"') == 25
    assert "page=2" in page


def test_a_question_stands_with_its_visit_and_the_officer_reads_the_same_visit(
    world: World,
) -> None:
    looked(world, [0, 5, 10])
    looked(world, [12], who="social")
    _other, visit = visits(world)
    question = ask_about_access(
        actor=world.actor("client"), case=world.case, log_row=visit.number, text="Why?",
        now=world.now,
    )  # fmt: skip
    assert [q.pk for q in visits(world)[1].questions] == [question.pk]
    (asked,) = list_questions(world.actor("officer"), [question], now=world.now)
    assert asked.visit is not None
    assert (asked.visit.who, asked.visit.what, asked.visit.pages) == (
        visit.who, visit.what, visit.pages,
    )  # fmt: skip
