"""The client and the team write to each other; whose turn it is stands on both sides' pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from caseplan.messages import services
from caseplan.messages.models import Message, ReadMark, Thread, ThreadKind, WaitsFor
from caseplan.messages.selectors import list_threads, open_thread, threads_waiting
from common.decision import NotAllowed, NotVisible, Refused
from consent.models import Category
from rights.selectors import open_everything
from tests.personas import World


def starts(world: World, who: str = "client", **given: Any) -> Thread:
    return services.start_thread(
        **{
            "actor": world.actor(who),
            "case": world.case,
            "kind": ThreadKind.DIALOGUE,
            "topic": "The visit",
            "text": "When is it?",
            "category": Category.PLAN_FOLLOW_UP,
            "now": world.now,
            **given,
        }
    )


def answers(world: World, thread: Thread, who: str, wants_answer: bool = True) -> Thread:
    return services.send_message(
        actor=world.actor(who), thread_id=thread.pk, text="On Monday.",
        wants_answer=wants_answer, now=world.now,
    )  # fmt: skip


def waits(world: World, who: str) -> bool:
    return bool(threads_waiting(world.actor(who), now=world.now))


def test_the_turn_goes_to_the_other_side_with_each_message(world: World) -> None:
    thread = starts(world)
    assert waits(world, "social") and waits(world, "kela") and not waits(world, "client")
    answers(world, thread, "social")
    assert waits(world, "client") and not waits(world, "social")
    answers(world, thread, "client", wants_answer=False)
    assert not waits(world, "client") and not waits(world, "social")


def test_a_worker_outside_the_team_reads_and_writes_nothing(world: World) -> None:
    thread = starts(world)
    for who in ("colleague", "outsider", "client2", "director"):
        with pytest.raises(NotVisible):
            open_thread(world.actor(who), thread.pk, now=world.now)
        with pytest.raises(NotVisible):
            answers(world, thread, who)
    assert not waits(world, "colleague")


def test_the_category_decides_which_body_reads_a_topic(world: World) -> None:
    thread = starts(world, "social", category=Category.SOCIAL_SITUATION)
    assert open_thread(world.actor("employment"), thread.pk, now=world.now).messages
    with pytest.raises(NotVisible):
        open_thread(world.actor("kela"), thread.pk, now=world.now)


def test_a_note_waits_for_nobody_and_stands_among_everything_recorded(world: World) -> None:
    note = starts(world, "social", kind=ThreadKind.NOTE, text="Called twice.")
    assert note.waits_for == WaitsFor.NOBODY
    client = world.actor("client")
    assert [t.thread.pk for t in list_threads(client, world.case.pk, now=world.now)[1]] == []
    told = open_everything(client, now=world.now)
    assert any("Called twice." in str(v.display) for item in told.items for v in item.values)
    with pytest.raises(NotAllowed):
        starts(world, "client", kind=ThreadKind.NOTE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Thread.objects.filter(pk=note.pk).update(waits_for=WaitsFor.CLIENT)


def test_both_sides_see_that_a_message_was_read(world: World, login: Any) -> None:
    thread = starts(world)
    (seen,) = list_threads(world.actor("social"), world.case.pk, now=world.now)[1]
    assert seen.is_new
    login("social").get(f"/messages/{thread.pk}/")
    login("social").get(f"/messages/{thread.pk}/")
    mark = ReadMark.objects.get(thread=thread, user__username="social")
    assert "Read by" in login("client").get(f"/messages/{thread.pk}/").content.decode()
    (seen,) = list_threads(world.actor("social"), world.case.pk, now=mark.read_at)[1]
    assert not seen.is_new


def test_an_empty_message_is_refused_and_nothing_half_done_stays(world: World, login: Any) -> None:
    with pytest.raises(Refused) as refusal:
        starts(world, text=" ")
    assert refusal.value.field == "text"
    assert not Thread.objects.exists() and not Message.objects.exists()
    client = login("client")
    page = client.post(
        f"/cases/{world.case.pk}/messages/new/", {"topic": "Long and careful", "text": ""}
    )
    assert page.status_code == 200 and "Long and careful" in page.content.decode()


def test_the_client_finds_an_awaited_answer_on_the_first_page(world: World, login: Any) -> None:
    thread = starts(world, "social")
    assert f"/messages/{thread.pk}/" in login("client").get("/my/").content.decode()
    answers(world, thread, "client")
    assert f"/messages/{thread.pk}/" in login("kela").get("/day/").content.decode()


def test_a_message_to_a_client_without_a_log_in_says_so_and_what_is_done_instead(
    world: World, login: Any
) -> None:
    worker, case = login("social"), world.case
    new = f"/cases/{case.pk}/messages/new/"
    sent = {"kind": "dialogue", "topic": "The visit", "text": "When?", "category": "plan_follow_up"}
    assert worker.post(new, sent).headers["Location"] == f"/cases/{case.pk}/messages/"
    thread = Thread.objects.get(case=case)
    assert "?kind=call" not in worker.get(f"/messages/{thread.pk}/").content.decode()
    type(case.person).objects.filter(pk=case.person_id).update(user=None)
    second = worker.post(new, {**sent, "topic": "Another"}).headers["Location"]
    page = worker.get(second).content.decode()
    assert f"/cases/{case.pk}/contacts/new/?kind=call" in page and "?kind=letter" in page
    note = worker.post(new, {**sent, "kind": "note", "topic": "A note"}).headers["Location"]
    assert note == f"/cases/{case.pk}/messages/", "the bodies read it"


def test_a_field_of_a_template_is_filled_in_before_it_is_sent(world: World) -> None:
    actor, text = world.actor("social"), "Come to [[place]] on [[day]]. [[place]] is by the river."
    with pytest.raises(Refused) as refused:
        services.start_thread(
            actor=actor, case=world.case, kind=ThreadKind.DIALOGUE, topic="A visit", text=text,
            category=Category.PLAN_FOLLOW_UP, now=world.now,
        )  # fmt: skip
    assert refused.value.field == "text" and "place, day" in str(refused.value.message)
    assert not Thread.objects.exists()
