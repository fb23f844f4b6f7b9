"""What is done with an action where it stands: as a browser sends it, with script and without."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from caseplan.messages.models import Thread, ThreadKind, WaitsFor
from caseplan.messages.services import start_thread
from caseplan.plan.models import Action, ActionState
from caseplan.plan.services import (
    accept_plan,
    ask_body,
    close_action,
    drop_goal,
    edit_action,
    edit_goal,
    move_day,
    take_up_goal,
    undo_action,
)
from cases.models import News, NewsKind
from common.bodies import Body, Party
from common.clock import day_of
from common.decision import Refused
from common.reminders import ReminderKind
from consent.models import Category
from followup.models import Reminder, SnoozeReason
from followup.services import snooze
from people.models import User
from records.services import add_row
from tests.personas import World

PAGE = "/cases/{}/"


def own(world: World, **given: Any) -> Action:
    """An action of the worker of employment services, due yesterday."""
    actor = world.actor("employment")
    row = {
        "case": world.case, "goal": world.joint_goal, "category": Category.PLAN_FOLLOW_UP,
        "text": "Ask the workshop for a place", "owner_party": Party.EMPLOYMENT,
        "owner_id": actor.user_id, "due_on": day_of(world.now) - timedelta(days=1), **given,
    }  # fmt: skip
    return add_row(actor, Action(**row), world.now)


def key_on(client: Client, page: str) -> str:
    found = re.search(r'name="once" value="([^"]+)"', client.get(page).content.decode())
    assert found
    return found[1]


def in_row(client: Client, world: World, action: Action, verb: str, **data: Any) -> Any:
    """Sent by htmx from the row on the case's page."""
    page = PAGE.format(world.case.pk)
    return client.post(
        f"/actions/{action.pk}/{verb}/",
        {"revision": action.revision, "next": page, **data},
        headers={
            "HX-Request": "true", "HX-Target": f"acts-{action.pk}",
            "HX-Current-URL": f"http://testserver{page}",
        },
    )  # fmt: skip


def said(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_one_click_is_done_and_the_row_alone_comes_back(world: World, login: Any) -> None:
    action, client = own(world), login("employment")
    answer = in_row(client, world, action, "done")
    assert answer.status_code == 200 and "<html" not in said(answer)
    assert "done just now" in said(answer) and f"/actions/{action.pk}/undo/" in said(answer)
    assert f'id="state-{action.pk}"' in said(answer) and 'id="said"' in said(answer)
    assert "HX-Request" in answer.headers["Vary"]
    action.refresh_from_db()
    assert action.state == ActionState.DONE and action.closed_by == User.objects.get(
        username="employment"
    )


def test_without_script_the_same_button_leads_back_to_its_page(world: World, login: Any) -> None:
    action, client, page = own(world), login("employment"), PAGE.format(world.case.pk)
    answer = client.post(
        f"/actions/{action.pk}/done/", {"revision": action.revision, "next": page}, follow=True
    )
    assert answer.redirect_chain == [(page, 302)]
    assert "Done just now." in said(answer) and f"/actions/{action.pk}/undo/" in said(answer)


@pytest.mark.parametrize("elsewhere", ["//evil.example/", "https://evil.example/", "evil"])
def test_the_page_it_leads_back_to_is_ours(world: World, login: Any, elsewhere: str) -> None:
    action, client = own(world), login("employment")
    answer = client.post(
        f"/actions/{action.pk}/done/", {"revision": action.revision, "next": elsewhere}
    )
    assert answer.headers["Location"] == PAGE.format(world.case.pk)


def test_sent_twice_is_done_once_and_leads_to_the_page(world: World, login: Any) -> None:
    action, client = own(world, repeats_weeks=2), login("employment")
    once = key_on(client, PAGE.format(world.case.pk))
    first = in_row(client, world, action, "done", once=once)
    again = in_row(client, world, action, "done", once=once)
    assert first.status_code == again.status_code == 200
    assert again.headers["HX-Refresh"] == "true" and not again.content
    assert Action.objects.filter(first_id=action.pk).count() == 1


def test_whoever_comes_second_reads_who_was_there_first(world: World, login: Any) -> None:
    action = own(world)
    close_action(
        actor=world.actor("kela"), action_id=action.pk, state=ActionState.DROPPED,
        reason="No longer needed", revision=1, now=world.now,
    )  # fmt: skip
    answer = in_row(login("employment"), world, action, "done")
    assert answer.status_code == 409 and answer.headers["In-Place"]
    assert world.actor("kela").name in said(answer) and "not done" in said(answer)
    action.refresh_from_db()
    assert action.state == ActionState.DROPPED


def test_a_row_that_was_changed_meanwhile_is_not_overwritten(world: World, login: Any) -> None:
    action, client = own(world), login("employment")
    later = day_of(world.now) + timedelta(days=9)
    move_day(
        actor=world.actor("social"), action_id=action.pk, due_on=later, why="", revision=1,
        now=world.now,
    )  # fmt: skip
    assert in_row(client, world, action, "done").status_code == 409
    wanted = later + timedelta(days=3)
    answer = in_row(client, world, action, "day", due_on=wanted.isoformat(), why="Illness")
    assert answer.headers["HX-Retarget"] == f"#place-{action.pk}"
    assert "Illness" in said(answer) and "It says now:" in said(answer)
    action.refresh_from_db()
    assert action.due_on == later and action.is_open


def test_whoever_was_logged_out_is_led_to_the_log_in_and_back_to_the_page(world: World) -> None:
    action = own(world)
    answer = in_row(Client(), world, action, "done")
    assert answer.status_code == 200 and not answer.content
    assert answer.headers["HX-Redirect"] == f"/login/?next=%2Fcases%2F{world.case.pk}%2F"
    action.refresh_from_db()
    assert action.is_open


def test_the_row_of_a_case_one_is_not_in_is_not_there(world: World, login: Any) -> None:
    action = own(world)
    for verb in ("done", "undo", "day", "reopen"):
        answer = in_row(login("outsider"), world, action, verb)
        assert answer.status_code == 404 and action.text not in said(answer)
        assert "<html" not in said(answer)


def test_the_client_has_the_clients_own_button_alone(world: World, login: Any) -> None:
    action = own(world)
    assert in_row(login("client"), world, action, "done").status_code == 404


def test_the_form_to_move_opens_under_the_row_and_keeps_what_was_typed(
    world: World, login: Any
) -> None:
    action, client = own(world), login("employment")
    asks = {"HX-Request": "true", "HX-Target": f"place-{action.pk}"}
    opened = client.get(f"/actions/{action.pk}/day/?next=/day/", headers=asks)
    assert "<html" not in said(opened) and f'id="in_{action.pk}_due_on"' in said(opened)
    assert 'href="/day/"' in said(opened)
    past = (day_of(world.now) - timedelta(days=3)).isoformat()
    answer = in_row(client, world, action, "day", due_on=past, why="The bus does not go")
    assert "Choose a day that has not passed." in said(answer)
    assert past in said(answer) and "The bus does not go" in said(answer)
    assert 'aria-invalid="true"' in said(answer)


def test_moved_by_one_form_and_back_by_one_click(world: World, login: Any) -> None:
    action, client = own(world), login("employment")
    was, to = action.due_on, day_of(world.now) + timedelta(days=7)
    answer = in_row(client, world, action, "day", due_on=to.isoformat(), why="The client is ill")
    assert f"moved to {to.day}.{to.month}.{to.year}" in said(answer)
    assert f"/actions/{action.pk}/undo/" in said(answer)
    action.refresh_from_db()
    assert action.due_on == to and action.state_reason == "The client is ill"
    in_row(client, world, action, "undo")
    action.refresh_from_db()
    assert action.due_on == was and not action.state_reason


def test_undone_within_ten_minutes_by_whoever_did_it(world: World) -> None:
    """One click, and the action stands as it stood; the history keeps both."""
    action, actor = (
        own(world, state=ActionState.WAITING, waiting_for=Party.KELA),
        world.actor("employment"),
    )
    done = {"action_id": action.pk, "state": ActionState.DONE, "reason": "", "now": world.now}
    close_action(actor=actor, revision=1, **done)
    with pytest.raises(Refused):
        undo_action(actor=world.actor("kela"), action_id=action.pk, revision=2, now=world.now)
    late = world.now + timedelta(minutes=11)
    with pytest.raises(Refused):
        undo_action(actor=actor, action_id=action.pk, revision=2, now=late)
    soon = world.now + timedelta(minutes=10)
    undone = undo_action(actor=actor, action_id=action.pk, revision=2, now=soon)
    assert undone.state == ActionState.WAITING and undone.waiting_for == Party.KELA
    assert undone.closed_at is None and undone.closed_by is None
    states = action.history.order_by("history_date", "history_id").values_list("state", flat=True)
    assert list(states) == ["waiting", "done", "waiting"]


def test_what_somebody_changed_in_between_is_not_undone(world: World) -> None:
    action, actor = own(world), world.actor("employment")
    day = day_of(world.now) + timedelta(days=5)
    move_day(actor=actor, action_id=action.pk, due_on=day, why="", revision=1, now=world.now)
    edit_action(
        actor=actor, action_id=action.pk, text="Something else", owner_party=Party.EMPLOYMENT,
        owner_id=actor.user_id, due_on=day, revision=2, now=world.now,
    )  # fmt: skip
    with pytest.raises(Refused):
        undo_action(actor=actor, action_id=action.pk, revision=3, now=world.now)


def test_the_next_of_what_repeats_goes_with_the_one_that_is_undone(world: World) -> None:
    action, actor = own(world, repeats_weeks=1), world.actor("employment")
    close_action(
        actor=actor, action_id=action.pk, state=ActionState.DONE, reason="", revision=1,
        now=world.now,
    )  # fmt: skip
    following = Action.objects.get(first_id=action.pk)
    undo_action(actor=actor, action_id=action.pk, revision=2, now=world.now)
    following.refresh_from_db()
    assert following.state == ActionState.DROPPED
    close_action(
        actor=actor, action_id=action.pk, state=ActionState.DONE, reason="", revision=3,
        now=world.now + timedelta(minutes=1),
    )  # fmt: skip
    assert Action.objects.filter(first_id=action.pk, state=ActionState.PLANNED).count() == 1


def test_who_was_told_and_has_not_seen_it_is_not_told(world: World) -> None:
    """And who has seen it is told that it is not so."""
    action = own(world, owner_party=Party.CLIENT, owner_id=None)
    actor, when = world.actor("employment"), world.now
    news = News.objects.filter(subject_id=action.pk)
    done = {"actor": actor, "action_id": action.pk, "state": ActionState.DONE, "reason": ""}
    close_action(**done, revision=1, now=when)
    assert news.get().kind == NewsKind.TASK_CLOSED
    undo_action(actor=actor, action_id=action.pk, revision=2, now=when)
    assert not news.exists()
    close_action(**done, revision=3, now=when)
    news.update(seen_at=when)
    undo_action(actor=actor, action_id=action.pk, revision=4, now=when + timedelta(minutes=1))
    assert news.filter(seen_at=None).get().kind == NewsKind.TASK_REOPENED


def test_a_change_not_yet_seen_is_still_told_after_an_undo(world: World) -> None:
    action = own(world, owner_party=Party.CLIENT, owner_id=None)
    actor, was = world.actor("employment"), action.due_on
    day = day_of(world.now) + timedelta(days=5)
    move_day(actor=actor, action_id=action.pk, due_on=day, why="", revision=1, now=world.now)
    close_action(
        actor=actor, action_id=action.pk, state=ActionState.DONE, reason="", revision=2,
        now=world.now,
    )  # fmt: skip
    undo_action(actor=actor, action_id=action.pk, revision=3, now=world.now)
    told = News.objects.get(subject_id=action.pk)
    assert told.kind == NewsKind.TASK_CHANGED and told.was_on == was


def test_what_is_open_again_is_reminded_of_at_once(world: World) -> None:
    action, actor = own(world), world.actor("employment")
    reminder = Reminder.objects.create(
        case=world.case, kind=ReminderKind.ACTION_DUE, subject_id=action.pk, due_on=action.due_on,
        for_user_id=actor.user_id, raised_on=action.due_on,
    )  # fmt: skip
    close_action(
        actor=actor, action_id=action.pk, state=ActionState.DONE, reason="", revision=1,
        now=world.now,
    )  # fmt: skip
    reminder.refresh_from_db()
    assert reminder.ended_on
    undo_action(actor=actor, action_id=action.pk, revision=2, now=world.now)
    reminder.refresh_from_db()
    assert reminder.ended_on is None


def test_later_it_is_opened_again_with_a_reason(world: World, login: Any) -> None:
    action = own(world)
    close_action(
        actor=world.actor("employment"), action_id=action.pk, state=ActionState.DONE, reason="",
        revision=1, now=world.now - timedelta(days=2),
    )  # fmt: skip
    action.refresh_from_db()
    client = login("kela")
    page = said(client.get(PAGE.format(world.case.pk)))
    assert f"/actions/{action.pk}/reopen/" in page and f"/actions/{action.pk}/undo/" not in page
    assert "Write an answer" in said(in_row(client, world, action, "reopen", reason=""))
    in_row(client, world, action, "reopen", reason="The place was cancelled")
    action.refresh_from_db()
    assert action.is_open and action.state_reason == "The place was cancelled"


def test_the_row_offers_what_its_reader_may_do(world: World, login: Any) -> None:
    """One's own and the client's: Done and Move. Another's: ask, or say how it went."""
    mine = own(world)
    clients = own(world, owner_party=Party.CLIENT, owner_id=None)
    page = said(login("employment").get(PAGE.format(world.case.pk)))
    for action in (mine, clients):
        assert f'action="/actions/{action.pk}/done/"' in page
        assert f'href="/actions/{action.pk}/day/' in page
    page = said(login("social").get(PAGE.format(world.case.pk)))
    assert f'action="/actions/{mine.pk}/done/"' not in page
    assert f'href="/actions/{mine.pk}/close/' in page


def test_only_pages_of_staff_load_what_rows_need(world: World, login: Any) -> None:
    assert "htmx" not in said(login("client").get("/my/"))
    assert "htmx" not in said(Client().get("/login/"))
    page = said(login("employment").get(PAGE.format(world.case.pk)))
    assert '"allowEval":false' in page and '"includeIndicatorStyles":false' in page


def test_what_was_agreed_on_is_changed_and_dropped_with_a_reason(world: World, login: Any) -> None:
    goal, actor = world.joint_goal, world.actor("employment")
    for party in ("social", "kela", "client"):
        accept_plan(actor=world.actor(party), version_id=world.version.pk, now=world.now)
    Action.objects.filter(goal=goal).delete()
    change = {"actor": actor, "goal_id": goal.pk, "now": world.now}
    with pytest.raises(Refused):
        edit_goal(**change, text="Another goal", revision=goal.revision)
    changed = edit_goal(**change, text="Another", reason="The workshop closed", revision=1)
    with pytest.raises(Refused):
        drop_goal(**change, revision=changed.revision)
    dropped = drop_goal(**change, reason="Not any more", revision=changed.revision)
    page = said(login("kela").get(PAGE.format(world.case.pk)))
    assert "1 goal is no longer pursued" in page and "Not any more" in page
    assert f"/goals/{goal.pk}/take-up/" in page
    with pytest.raises(Refused):
        take_up_goal(**change, reason="", revision=dropped.revision)
    back = take_up_goal(**change, reason="It can be done", revision=dropped.revision)
    assert back.dropped_at is None
    reasons = list(
        goal.history.order_by("history_date", "history_id").values_list("reason", flat=True)
    )
    assert reasons[-3:] == ["The workshop closed", "Not any more", "It can be done"]


def test_the_clients_own_goal_is_nobody_elses(world: World, login: Any) -> None:
    page = said(login("employment").get(PAGE.format(world.case.pk)))
    assert f"/goals/{world.own_goal.pk}/drop/" not in page
    assert f"/goals/{world.joint_goal.pk}/drop/" in page
    answer = login("employment").post(f"/goals/{world.own_goal.pk}/drop/", {"revision": 1})
    assert answer.status_code == 403


def test_a_dropped_goal_comes_back_by_one_click(world: World, login: Any) -> None:
    goal, client = world.debts_goal, login("social")
    Action.objects.filter(goal=goal).delete()
    asked = {"HX-Request": "true", "HX-Target": f"acts-{goal.pk}"}
    told = News.objects.filter(subject_id=goal.pk)
    answer = client.post(
        f"/goals/{goal.pk}/drop/", {"revision": 1, "reason": "Paid already"}, headers=asked
    )
    assert "dropped just now" in said(answer) and told.exists()
    answer = client.post(f"/goals/{goal.pk}/undo/", {"revision": 2}, headers=asked)
    assert "undone" in said(answer) and not told.exists()
    goal.refresh_from_db()
    assert goal.dropped_at is None
    client.post(f"/goals/{goal.pk}/drop/", {"revision": 3, "reason": "Paid"}, headers=asked)
    told.update(seen_at=world.now)
    client.post(f"/goals/{goal.pk}/undo/", {"revision": 4}, headers=asked)
    assert {one.kind for one in told.filter(seen_at=None)} == {NewsKind.GOAL_TAKEN_UP}


def asks_of(row: Any, place: str = "acts") -> dict[str, str]:
    """What htmx says of the row it asks for."""
    return {"HX-Request": "true", "HX-Target": f"{place}-{row.pk}"}


def test_a_request_is_answered_in_its_row(world: World, login: Any) -> None:
    asked = ask_body(
        actor=world.actor("social"), goal_id=world.own_goal.pk, to_body=Body.KELA,
        text="Is rehabilitation possible?", answer_by=day_of(world.now), now=world.now,
    )  # fmt: skip
    kela = login("kela")
    board = said(kela.get("/commitments/"))
    assert f'href="/requests/{asked.pk}/accept/' in board and "/decline/" in board
    form = said(kela.get(f"/requests/{asked.pk}/decline/", headers=asks_of(asked, "place")))
    assert "<html" not in form and "Why not?" in form
    sent = {"answer": "", "next": "/commitments/"}
    again = kela.post(f"/requests/{asked.pk}/decline/", sent, headers=asks_of(asked))
    assert 'aria-invalid="true"' in said(again)
    sent["answer"] = "The queue is long"
    answer = kela.post(f"/requests/{asked.pk}/decline/", sent, headers=asks_of(asked))
    assert "Declined." in said(answer) and "<html" not in said(answer)
    asked.refresh_from_db()
    assert asked.answer == "The queue is long"
    answer = kela.post(f"/requests/{asked.pk}/accept/", sent, headers=asks_of(asked))
    assert answer.status_code == 403 and answer.headers["HX-Retarget"] == f"#place-{asked.pk}"
    assert "answered already" in said(answer)


def test_a_reminder_comes_back_on_a_day_and_at_once_by_a_click(world: World, login: Any) -> None:
    client = login("employment")
    mine = Reminder.objects.filter(for_user__username="employment", case=world.case, ended_on=None)
    reminder = mine.filter(kind=ReminderKind.ACTION_OVERDUE).earliest("pk")
    until = (day_of(world.now) + timedelta(days=3)).isoformat()
    answer = client.post(
        f"/reminders/{reminder.pk}/wait/", {"until": until, "reason": "agreed"},
        headers=asks_of(reminder),
    )  # fmt: skip
    assert "comes back on" in said(answer) and f"/reminders/{reminder.pk}/again/" in said(answer)
    reminder.refresh_from_db()
    assert reminder.snoozed_until
    answer = client.post(f"/reminders/{reminder.pk}/again/", {}, headers=asks_of(reminder))
    assert "shown again" in said(answer) and f"/reminders/{reminder.pk}/wait/" in said(answer)
    reminder.refresh_from_db()
    assert reminder.snoozed_until is None and not reminder.snoozed_because


def test_a_day_of_the_law_does_not_wait(world: World, login: Any) -> None:
    reminder = Reminder.objects.get(
        for_user__username="employment", case=world.case, kind=ReminderKind.PLAN_DUE, ended_on=None
    )
    answer = login("employment").get(f"/reminders/{reminder.pk}/wait/")
    assert answer.status_code == 403
    with pytest.raises(Refused):
        snooze(
            actor=world.actor("employment"), reminder_id=reminder.pk, now=world.now,
            until=day_of(world.now) + timedelta(days=3), reason=SnoozeReason.AGREED,
        )  # fmt: skip


def test_a_note_says_who_reads_it_before_it_is_saved(world: World, login: Any) -> None:
    client, row = login("employment"), own(world)
    form = said(client.get(f"/cases/{world.case.pk}/note/", headers=asks_of(row, "place")))
    assert "Plan and its follow-up (read by: Client, " in form
    answer = client.post(
        f"/cases/{world.case.pk}/note/",
        {"text": "Called twice, nobody answered", "category": "plan_follow_up"},
        headers=asks_of(row),
    )
    assert "Noted." in said(answer)
    note = Thread.objects.filter(case=world.case).latest("newest_at")
    assert note.kind == ThreadKind.NOTE and note.waits_for == WaitsFor.NOBODY


def test_a_message_is_answered_in_its_row_beside_what_it_answers(world: World, login: Any) -> None:
    thread = start_thread(
        actor=world.actor("client"), case=world.case, kind=ThreadKind.DIALOGUE, topic="Monday",
        text="I can't come before ten.", category=Category.PLAN_FOLLOW_UP, now=world.now,
    )  # fmt: skip
    client = login("kela")
    form = said(client.get(f"/messages/{thread.pk}/?next=/day/", headers=asks_of(thread, "place")))
    assert "<html" not in form and "come before ten." in form
    sent = {"text": "Ten is fine.", "next": "/day/"}
    answer = client.post(f"/messages/{thread.pk}/", sent, headers=asks_of(thread))
    assert "Sent." in said(answer) and "<html" not in said(answer)


def test_one_done_on_the_board_asks_a_known_number_of_questions(world: World, login: Any) -> None:
    action, client = own(world), login("employment")
    in_row(client, world, action, "done")
    action.refresh_from_db()
    with CaptureQueriesContext(connection) as asked:
        in_row(client, world, action, "undo")
    questions = [q["sql"] for q in asked if "SAVEPOINT" not in q["sql"]]
    assert len(questions) <= 30, [q[:90] for q in questions]
