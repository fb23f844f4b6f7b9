"""Questions asked together: the answers are the ORM's, and nothing of one asking stays in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from audit.models import Purpose
from caseplan.plan.models import Action, Goal
from caseplan.plan.selectors import open_case
from cases.models import Case, TeamTerm
from common import questions
from common.questions import CASE, HOLES, NOW, USER, ask
from people.models import Person, User
from records.access import get_row
from tests.personas import World


def of_case(only_open: bool) -> dict[str, QuerySet[Any]]:
    terms = TeamTerm.objects.filter(case=CASE, since__lte=NOW).select_related("user")
    return {
        "goals": Goal.objects.filter(case=CASE).order_by("pk"),
        "nothing": Goal.objects.none(),
        "actions": Action.objects.filter(case=CASE, state__in=Action.OPEN_STATES).order_by("pk")
        if only_open
        else Action.objects.filter(case=CASE).order_by("-pk"),
        "terms": terms.order_by("since", "pk"),
    }


def given(case: Case, now: datetime) -> dict[Any, Any]:
    return {CASE: case.pk, NOW: now}


@pytest.mark.parametrize("only_open", [True, False])
def test_the_answers_are_those_of_the_orm_in_one_round_trip(world: World, only_open: bool) -> None:
    with CaptureQueriesContext(connection) as asked:
        found = ask(of_case, only_open, given(world.case, world.now))
    assert len(asked) == 1
    goals = list(Goal.objects.filter(case=world.case).order_by("pk"))
    assert goals
    assert [(g.pk, g.text, g.recorded_at) for g in found["goals"]] == [
        (g.pk, g.text, g.recorded_at) for g in goals
    ]
    actions = Action.objects.filter(case=world.case)
    if only_open:
        actions = actions.filter(state__in=Action.OPEN_STATES)
    assert found["actions"] == list(actions.order_by("pk" if only_open else "-pk"))
    assert found["nothing"] == []
    with CaptureQueriesContext(connection) as asked:
        names = {term.user.username for term in found["terms"] if term.user}
    assert "employment" in names
    assert len(asked) == 0, "what was read along is asked again"


def test_the_same_words_answer_of_another_case_and_another_moment(world: World) -> None:
    other = Case.objects.exclude(pk=world.case.pk)[0]
    Goal._default_manager.filter(pk=world.own_goal.pk).update(case=other)
    first = ask(of_case, True, given(world.case, world.now))
    second = ask(of_case, True, given(other, world.now))
    assert {goal.case_id for goal in first["goals"]} == {world.case.pk}
    assert {goal.case_id for goal in second["goals"]} == {other.pk}
    earlier = TeamTerm.objects.filter(case=world.case).earliest("since").since - timedelta(days=1)
    assert first["terms"]
    assert ask(of_case, True, given(world.case, earlier))["terms"] == []


def test_a_hole_that_is_given_nothing_is_said(world: World) -> None:
    with pytest.raises(KeyError):
        ask(of_case, True, {CASE: world.case.pk})


def test_a_hole_given_none_finds_nothing_rather_than_what_has_none(world: World) -> None:
    """``office = NULL`` is true of no row: nobody's office is not every row without one."""

    assert ask(of_user, None, {USER: world.actor("kela").user_id})["persons"] == []
    assert Person.objects.filter(user=None).exists()
    assert ask(of_user, None, {USER: None})["persons"] == []


def of_user(shape: None) -> dict[str, QuerySet[Any]]:
    return {"persons": Person.objects.filter(user_id=USER)}


@pytest.mark.usefixtures("committed_db")
def test_words_written_by_one_thread_are_asked_by_another() -> None:
    questions._written.cache_clear()
    seen: list[int] = []

    def count() -> None:
        seen.append(len(ask(everybody, None, {})["users"]))
        connection.close()

    for _each in range(2):
        thread = Thread(target=count)
        thread.start()
        thread.join()
    assert seen == [User.objects.count()] * 2


def everybody(shape: None) -> dict[str, QuerySet[Any]]:
    return {"users": User.objects.all()}


def test_no_case_no_client_and_no_reader_stays_in_the_words_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything put into the words of a page is a hole, a code or a day: no id and no moment."""
    kept: list[questions._Written] = []
    write = questions._written

    def noted(forms: Any, shape: Any) -> questions._Written:
        kept.append(write(forms, shape))
        return kept[-1]

    monkeypatch.setattr(questions, "_written", noted)
    for who in ("employment", "social", "kela", "client"):
        actor = world.actor(who)
        open_case(actor, world.case.pk, purpose=Purpose.KEEP_CASE, now=world.now)
        get_row(actor, Goal, world.joint_goal.pk, now=world.now)
    assert len(kept) >= 8
    for written in kept:
        ids = [p for p in written.params if isinstance(p, UUID | datetime)]
        assert ids
        assert set(ids) <= HOLES
        assert not any(str(world.case.pk) in str(p) for p in written.params)
