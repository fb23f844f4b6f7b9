"""A client asks for a later day, and it waits for whoever may move it until it is answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from caseplan.plan import services
from caseplan.plan.models import Action, MoreTime, MoreTimeState
from cases.models import News, NewsKind
from common.bodies import Party
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused
from common.inbox import InboxKind
from consent.models import Category
from inbox.own import open_own_day
from inbox.own_parts import OwnKind
from rights.selectors import open_everything
from tests.cases.at_work import stands_in
from tests.inbox.rows import rows_of
from tests.personas import World


def task_of_client(world: World, days: int = 3, who: str = "employment") -> Action:
    return services.add_action(
        actor=world.actor(who), goal_id=world.joint_goal.pk, text="Visit the workshop",
        owner_party=Party.CLIENT, owner_id=None, category=Category.PLAN_FOLLOW_UP,
        due_on=in_days(world, days), now=world.now,
    )  # fmt: skip


def in_days(world: World, days: int) -> date:
    return day_of(world.now) + timedelta(days=days)


def asks(world: World, task: Action, days: int = 10, who: str = "client", **other: Any) -> MoreTime:
    said: dict[str, Any] = {
        "actor": world.actor(who), "action_id": task.pk, "asked_for": in_days(world, days),
        "text": "I am ill.", "now": world.now, **other,
    }  # fmt: skip
    return services.ask_for_more_time(**said)


def gives(world: World, asked: MoreTime, days: int = 8, who: str = "employment") -> MoreTime:
    return services.give_more_time(
        actor=world.actor(who), more_time_id=asked.pk, new_day=in_days(world, days),
        answer="Get well.", now=world.now,
    )  # fmt: skip


def refuses(world: World, asked: MoreTime, answer: str = "The course begins then.") -> MoreTime:
    return services.refuse_more_time(
        actor=world.actor("employment"), more_time_id=asked.pk, answer=answer, now=world.now
    )


def waits_for(world: World, who: str) -> bool:
    return any(row.kind == InboxKind.MORE_TIME for row in rows_of(world.actor(who), now=world.now))


def client_waits(world: World) -> bool:
    day = open_own_day(world.actor("client"), world.case, now=world.now)
    return any(one.kind is OwnKind.TIME_ASKED for one in day.others)


def test_it_waits_for_the_case_manager_and_the_body_whose_step_it_is(world: World) -> None:
    asks(world, task_of_client(world, who="social"))
    assert {who: waits_for(world, who) for who in ("employment", "social", "kela")} == {
        "employment": True, "social": True, "kela": False,
    }  # fmt: skip
    assert client_waits(world)


def test_whoever_stands_in_for_the_case_manager_has_it_too(world: World) -> None:
    asks(world, task_of_client(world))
    assert not waits_for(world, "colleague")
    stands_in(world)
    assert waits_for(world, "colleague")


def test_agreed_the_day_moves_and_the_client_is_told_once(world: World) -> None:
    task = task_of_client(world)
    asked = gives(world, asks(world, task), days=8)
    task.refresh_from_db()
    assert (task.due_on, asked.new_day, asked.state) == (in_days(world, 8),) * 2 + ("agreed",)
    told = News.objects.filter(for_user__username="client", subject_id__in=[task.pk, asked.pk])
    assert [(one.kind, one.was_on) for one in told] == [
        (NewsKind.MORE_TIME_GIVEN, in_days(world, 3))
    ]
    assert not waits_for(world, "employment") and not client_waits(world)


def test_a_day_that_stays_says_why_and_moves_nothing(world: World) -> None:
    task = task_of_client(world)
    asked = asks(world, task)
    with pytest.raises(Refused) as refused:
        refuses(world, asked, " ")
    assert refused.value.field == "answer"
    refuses(world, asked)
    task.refresh_from_db()
    assert task.due_on == in_days(world, 3)
    assert News.objects.get(kind=NewsKind.MORE_TIME_REFUSED).for_user.username == "client"
    assert not waits_for(world, "employment") and not client_waits(world)
    with pytest.raises(NotAllowed):
        gives(world, asked)


def test_taken_back_it_leaves_both_lists_and_may_be_asked_anew(world: World) -> None:
    task = task_of_client(world)
    asked = asks(world, task)
    with pytest.raises(Refused):
        asks(world, task, days=20)
    with pytest.raises(NotAllowed):
        services.take_back_more_time(
            actor=world.actor("employment"), more_time_id=asked.pk, now=world.now
        )
    services.take_back_more_time(actor=world.actor("client"), more_time_id=asked.pk, now=world.now)
    assert not waits_for(world, "employment") and not client_waits(world)
    assert asks(world, task, days=20).waits


def test_a_step_that_moved_or_closed_meanwhile_waits_no_more(world: World) -> None:
    moved, closed = task_of_client(world), task_of_client(world)
    asked = [asks(world, moved), asks(world, closed)]
    services.move_day(
        actor=world.actor("social"), action_id=moved.pk, due_on=in_days(world, 5), why="",
        revision=1, now=world.now,
    )  # fmt: skip
    services.close_action(
        actor=world.actor("client"), action_id=closed.pk, state="done", reason="",  # type: ignore
        revision=1, now=world.now,
    )  # fmt: skip
    assert not waits_for(world, "employment") and not client_waits(world)
    for one in asked:
        with pytest.raises(NotAllowed):
            gives(world, one)
    assert asks(world, moved).waits


def test_only_a_later_day_is_asked_and_only_of_the_clients_own_open_step(world: World) -> None:
    task = task_of_client(world)
    for days in (-1, 2, 3):
        with pytest.raises(Refused) as refused:
            asks(world, task, days=days)
        assert refused.value.field == "asked_for"
    with pytest.raises(Refused):
        asks(world, task, text=" ")
    with pytest.raises(NotAllowed):
        asks(world, world.action)  # a body's
    with pytest.raises(Refused) as refused:
        gives(world, asks(world, task), days=3)
    assert refused.value.field == "new_day"


def test_nobody_asks_for_the_client_without_the_client(world: World) -> None:
    task = task_of_client(world)
    with pytest.raises(NotAllowed):
        asks(world, task, who="employment")
    for who in ("colleague", "outsider", "client2"):
        with pytest.raises(NotVisible):
            asks(world, task, who=who)
    beside = replace(world.actor("employment"), with_client_of=world.case.pk)
    asked = asks(world, task, actor=beside)
    assert asked.with_client and asked.recorded_for == Party.CLIENT


def test_everything_about_me_tells_what_i_asked_and_what_was_answered(world: World) -> None:
    refuses(world, asks(world, task_of_client(world)))
    items = open_everything(world.actor("client"), now=world.now).items
    said = {str(v.display) for item in items if item.kind == "more_time" for v in item.values}
    assert {"I am ill.", "The course begins then."} <= said


def test_the_database_holds_it(world: World) -> None:
    asked = asks(world, task_of_client(world))
    for wrong in (
        {"text": ""}, {"recorded_for": "kela"}, {"asked_for": asked.due_on}, {"answer": "Yes."},
        {"new_day": in_days(world, 9)}, {"state": "taken_back"},
        {"state": "agreed", "answered_at": world.now, "answered_by": world.action.owner_id},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            MoreTime.objects.filter(pk=asked.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        asked.pk = None
        MoreTime.objects.bulk_create([asked])


# -- on the pages ----------------------------------------------------------------------------------


def test_the_client_asks_and_a_worker_answers(world: World, login: Any) -> None:
    task = task_of_client(world)
    client, worker = login("client"), login("employment")
    page = client.get(f"/actions/{task.pk}/more-time/").content.decode()
    assert "the day stays as it is" in page and "This is your choice" in page
    sent = client.post(
        f"/actions/{task.pk}/more-time/",
        {"asked_for": in_days(world, 10).isoformat(), "text": "I am ill."},
    )
    assert sent.status_code == 302
    asked = MoreTime.objects.get()
    step = client.get(f"/my/steps/{task.pk}/").content.decode()
    assert "has not answered yet" in step and f"/more-time/{asked.pk}/take-back/" in step
    assert f"/actions/{task.pk}/more-time/" not in client.get("/my/").content.decode()
    assert f"/more-time/{asked.pk}/" in worker.get("/day/").content.decode()
    assert f"/more-time/{asked.pk}/" in worker.get(f"/cases/{world.case.pk}/").content.decode()
    answered = worker.post(
        f"/more-time/{asked.pk}/",
        {"decision": "agreed", "new_day": in_days(world, 9).isoformat(), "answer": "Get well."},
    )
    assert answered.status_code == 302
    assert MoreTime.objects.get().state == MoreTimeState.AGREED
    step = client.get(f"/my/steps/{task.pk}/").content.decode()
    assert "Your team agreed" in step and "Get well." in step
    assert "You have more time" in client.get("/my/").content.decode()


def test_a_day_that_stays_is_told_with_its_reason(world: World, login: Any) -> None:
    asked = asks(world, task_of_client(world))
    page = login("employment").post(f"/more-time/{asked.pk}/", {"decision": "not_agreed"})
    assert page.status_code == 200, "why is asked for"
    refuses(world, asked)
    assert "The course begins then." in login("client").get("/my/").content.decode()


# -- saying no -------------------------------------------------------------------------------------


def test_the_page_on_which_a_client_says_no_repeats_what_it_is_and_what_follows(
    world: World, login: Any
) -> None:
    client, free = login("client"), task_of_client(world)
    page = client.get(f"/my/actions/{free.pk}/no/").content.decode()
    assert "You may say no freely" in page and "it can affect" not in page
    services.propose_plan(actor=world.actor("employment"), case=world.case, now=world.now)
    page = client.get(f"/my/actions/{free.pk}/no/").content.decode()
    assert "It becomes your duty only if you say yes" in page and "section 7" in page
    for who in ("client", "employment", "social", "kela"):
        version = world.case.plan_versions.order_by("-number")[0]
        services.accept_plan(actor=world.actor(who), version_id=version.pk, now=world.now)
    page = client.get(f"/my/actions/{free.pk}/no/").content.decode()
    assert "This is your duty now" in page and "You may say no freely" not in page
    assert "it can affect your unemployment benefit" in page and "section 7" in page
    page = client.get(f"/actions/{free.pk}/more-time/").content.decode()
    assert "also while you wait for the answer" in page and "section 7" in page
