"""Feedback on accessibility: anybody gives it, the keeper answers within two weeks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditRow
from common.actor import system_actor
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused
from people.models import AccessibilityFeedback
from people.selectors import (
    accessibility_feedback_waiting,
    get_accessibility_feedback,
    list_accessibility_feedback,
)
from people.services import (
    answer_accessibility_feedback,
    forget_accessibility_feedback,
    give_accessibility_feedback,
)
from tests.personas import World

FORM = system_actor("feedback form")


def given(world: World, text: str = "The menu is silent.", **what: Any) -> AccessibilityFeedback:
    return give_accessibility_feedback(actor=FORM, text=text, **{"now": world.now, **what})


def test_whoever_gives_an_address_is_answered_within_two_weeks(world: World) -> None:
    """The fourteenth day is in time; the next is late."""
    feedback, keeper = given(world, address="a@example.com"), world.actor("keeper")
    last = day_of(world.now) + timedelta(days=14)
    assert feedback.due_on == last
    assert accessibility_feedback_waiting(keeper, on=last).late == 0
    late = accessibility_feedback_waiting(keeper, on=last + timedelta(days=1))
    assert (late.waiting, late.late) == (1, 1)


def test_without_an_address_it_waits_and_is_never_late(world: World) -> None:
    assert given(world).due_on is None
    counted = accessibility_feedback_waiting(
        world.actor("keeper"), on=day_of(world.now) + timedelta(days=400)
    )
    assert (counted.waiting, counted.late) == (1, 0)


def test_what_says_nothing_is_not_kept(world: World) -> None:
    with pytest.raises(Refused):
        given(world, "  ")
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessibilityFeedback.objects.create(text="", sent_at=world.now)


def test_who_sent_it_is_recorded_nowhere(world: World, login: Any) -> None:
    login("client").post("/accessibility/", {"text": "Too small."})
    row = AuditRow.objects.get(action="accessibility_feedback_given")
    assert (row.actor_kind, row.actor) == ("system", "system:feedback form")


def test_the_keeper_alone_reads_and_answers(world: World) -> None:
    feedback = given(world)
    for persona in ("employment", "director", "officer", "client"):
        actor = world.actor(persona)
        assert not list_accessibility_feedback(actor).exists()
        with pytest.raises(NotVisible):
            get_accessibility_feedback(actor, feedback.pk)
        with pytest.raises(NotAllowed):
            answer_accessibility_feedback(
                actor=actor, feedback_id=feedback.pk, answer="Mended.", now=world.now
            )


def test_it_is_answered_once_and_with_words(world: World) -> None:
    feedback, keeper = given(world, address="a@example.com"), world.actor("keeper")
    for answer, refused in ((" ", True), ("Mended.", False), ("Again.", True)):
        said = {"actor": keeper, "feedback_id": feedback.pk, "answer": answer, "now": world.now}
        if refused:
            with pytest.raises(Refused):
                answer_accessibility_feedback(**said)
        else:
            answer_accessibility_feedback(**said)
    feedback.refresh_from_db()
    assert (feedback.answer, feedback.is_open) == ("Mended.", False)
    assert accessibility_feedback_waiting(keeper, on=day_of(world.now)).waiting == 0


def test_the_soonest_due_stands_first_and_the_answered_last(world: World) -> None:
    keeper = world.actor("keeper")
    done = given(world, "Done", address="a@example.com")
    answer_accessibility_feedback(
        actor=keeper, feedback_id=done.pk, answer="Mended.", now=world.now
    )
    given(world, "Nobody waits", now=world.now - timedelta(days=9))
    given(world, "Later", address="b@example.com")
    given(world, "Sooner", address="c@example.com", now=world.now - timedelta(days=3))
    found = [one.text for one in list_accessibility_feedback(keeper)]
    assert found == ["Sooner", "Later", "Nobody waits", "Done"]


def test_what_was_answered_a_year_ago_is_forgotten(world: World) -> None:
    feedback = given(world)
    given(world, "Still open")
    answer_accessibility_feedback(
        actor=world.actor("keeper"), feedback_id=feedback.pk, answer="Mended.", now=world.now
    )
    assert forget_accessibility_feedback(now=world.now + timedelta(days=365)) == 0
    assert forget_accessibility_feedback(now=world.now + timedelta(days=366)) == 1
    assert AccessibilityFeedback.objects.get().text == "Still open"
