"""What a body asks of a client, and what the answer does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from common.bodies import Receiver
from common.decision import NotAllowed, NotVisible
from common.reminders import ReminderKind
from consent.models import (
    Category,
    Choice,
    ConsentLine,
    Method,
)
from consent.services import (
    withdraw_request,
)
from followup.models import Reminder
from followup.services import remind
from tests.consent.deciding import (
    NIGHT,
    SOCIAL,
    ask,
    asked_by_kela,
    days,
    decides,
    kela_page,
    refused,
    signed,
)
from tests.personas import World


def test_a_request_says_that_nothing_depends_on_the_answer_and_opens_nothing_by_itself(
    world: World, login: Any
) -> None:
    asked = asked_by_kela(world)
    page = login("client").get(f"/my/who-sees/requests/{asked.pk}/").content.decode()
    assert asked.purpose in page
    assert "You get the same services whatever you answer" in page
    assert world.debts_goal.text not in kela_page(world, login)


def test_agreeing_to_a_request_opens_what_was_agreed_and_closes_the_request(
    world: World, login: Any
) -> None:
    asked = asked_by_kela(world)
    url = f"/my/who-sees/requests/{asked.pk}/"
    answer = login("client").post(url, {"do": "granted", "categories": [SOCIAL.value]})
    assert answer.status_code == 302
    assert world.debts_goal.text in kela_page(world, login)
    asked.refresh_from_db()
    assert asked.closed_at is not None
    assert asked.answers.get().choice == Choice.GRANTED
    assert login("client").get(url).status_code == 404  # answered, it is no longer there


def test_agreeing_to_a_part_of_what_was_asked_answers_the_whole(world: World) -> None:
    both = [Category.HEALTH_WORK_ABILITY, Category.SELF_ASSESSMENT]
    asked = ask(world, categories=both)
    decides(
        world, Choice.GRANTED, receiver=Receiver.EMPLOYMENT, categories=both[:1],
        request_id=asked.pk,
    )  # fmt: skip
    asked.refresh_from_db()
    assert asked.closed_at == world.now
    standing = ConsentLine.objects.filter(case=world.case, receiver="employment", ended_at=None)
    assert [line.category for line in standing] == both[:1]


def test_saying_no_to_a_request_closes_it_and_is_kept_as_a_no(world: World, login: Any) -> None:
    asked = asked_by_kela(world)
    url = f"/my/who-sees/requests/{asked.pk}/"
    assert login("client").post(url, {"do": "denied"}).status_code == 302
    asked.refresh_from_db()
    assert asked.closed_at is not None
    assert asked.answers.get().choice == Choice.DENIED
    assert world.debts_goal.text not in kela_page(world, login)


def test_agreeing_to_nothing_is_no_answer(world: World, login: Any) -> None:
    asked = asked_by_kela(world)
    answer = login("client").post(f"/my/who-sees/requests/{asked.pk}/", {"do": "granted"})
    assert list(answer.context["form"].errors) == ["categories"]
    asked.refresh_from_db()
    assert asked.closed_at is None


def test_a_request_is_answered_once(world: World) -> None:
    asked = asked_by_kela(world)
    decides(world, Choice.GRANTED, request_id=asked.pk)
    refused(lambda: decides(world, Choice.DENIED, request_id=asked.pk))


def test_a_request_is_not_answered_by_a_decision_towards_somebody_else(world: World) -> None:
    asked = ask(world)
    with pytest.raises(NotVisible):
        decides(world, Choice.GRANTED, request_id=asked.pk)
    asked.refresh_from_db()
    assert asked.closed_at is None


def test_a_paper_that_decides_all_that_was_asked_answers_the_request(world: World) -> None:
    asked = asked_by_kela(world)
    decides(
        world, Choice.DENIED, by="social", method=Method.PAPER, scan_reference="A 1",
        categories=[SOCIAL, Category.EDUCATION_WORK],
    )  # fmt: skip
    asked.refresh_from_db()
    assert asked.closed_at == world.now


@pytest.mark.parametrize(
    "decided",
    [
        {"categories": [Category.EDUCATION_WORK]},
        {"receiver": Receiver.SOCIAL, "categories": [Category.BENEFITS_DETAIL]},
        {"choice": Choice.REVOKED},
        {"document": True},
    ],
)
def test_a_decision_about_something_else_leaves_the_request_open(
    world: World, decided: dict[str, Any]
) -> None:
    asked = asked_by_kela(world)
    if "document" in decided:
        decided = {"document": world.debts_goal}
    choice = decided.get("choice", Choice.GRANTED)
    decides(world, choice, **{k: v for k, v in decided.items() if k != "choice"})
    asked.refresh_from_db()
    assert asked.closed_at is None


def test_another_client_neither_reads_nor_answers_a_request(world: World, login: Any) -> None:
    url = f"/my/who-sees/requests/{asked_by_kela(world).pk}/"
    for persona in ("client2", "employment", "kela", "officer"):
        assert login(persona).get(url).status_code == 404
        assert login(persona).post(url, {"do": "denied"}).status_code == 404
    assert asked_by_kela(world).closed_at is None


def test_only_the_body_that_asked_takes_its_request_back(world: World, login: Any) -> None:
    asked = asked_by_kela(world)
    url = f"/consent-requests/{asked.pk}/withdraw/"
    for persona in ("social", "employment", "colleague", "outsider", "client"):
        assert login(persona).post(url).status_code == 404, persona
    assert login("kela").post(url).status_code == 302
    asked.refresh_from_db()
    assert asked.closed_at is not None
    assert not asked.answers.exists()
    assert login("kela").post(url).status_code == 404
    assert login("client").get(f"/my/who-sees/requests/{asked.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"categories": []}, "categories"),
        ({"categories": [Category.PLAN_FOLLOW_UP]}, "categories"),  # the law gives it already
        ({"purpose": " "}, "purpose"),
        ({"valid_to": date(2020, 1, 1)}, "valid_to"),
    ],
)
def test_a_request_asks_for_what_is_the_clients_choice_with_a_purpose_and_a_day_to_come(
    world: World, more: dict[str, Any], field: str
) -> None:
    assert refused(lambda: ask(world, **more)) == field


@pytest.mark.parametrize(
    "persona", ["colleague", "outsider", "director", "client", "officer", "association"]
)
def test_only_the_team_asks(world: World, persona: str) -> None:
    with pytest.raises(NotAllowed):
        ask(world, by=persona)


def test_the_same_is_never_asked_twice_at_once(world: World) -> None:
    first = ask(world)
    both = [Category.HEALTH_WORK_ABILITY, Category.SELF_ASSESSMENT]
    for again in (None, both):
        field = refused(
            lambda a=again: ask(world, **({"categories": a} if a else {}))  # type: ignore[misc]
        )
        assert field == "categories"
    ask(world, categories=[Category.SELF_ASSESSMENT])  # something else is another request
    ask(world, by="social", categories=[Category.SELF_ASSESSMENT])  # and so is another body's
    withdraw_request(actor=world.actor("employment"), request_id=first.pk, now=world.now)
    ask(world)


def test_a_request_is_brought_up_again_after_its_days_to_the_client_and_the_asker(
    world: World,
) -> None:
    asked = asked_by_kela(world)

    def reminded(number: int) -> set[str]:
        remind(actor=NIGHT, on=days(world, number))
        standing = Reminder.objects.filter(
            kind=ReminderKind.CONSENT_ASKED, subject_id=asked.pk, ended_on=None
        )
        return set(standing.values_list("for_user__username", flat=True))

    assert reminded(6) == set()
    assert reminded(7) == {"client", "kela"}
    assert reminded(7) == {"client", "kela"}
    decides(world, Choice.DENIED, request_id=asked.pk)
    assert reminded(8) == set()


def test_a_request_taken_back_is_not_brought_up(world: World) -> None:
    asked = asked_by_kela(world)
    remind(actor=NIGHT, on=days(world, 7))
    withdraw_request(actor=world.actor("kela"), request_id=asked.pk, now=world.now)
    remind(actor=NIGHT, on=days(world, 8))
    standing = Reminder.objects.filter(subject_id=asked.pk, ended_on=None)
    assert not standing.exists()


def test_a_request_the_law_has_overtaken_is_told_and_breaks_nothing(
    world: World, login: Any
) -> None:
    asked = asked_by_kela(world)
    signed(world)
    client = login("client")
    for answer in (
        client.get(f"/my/who-sees/requests/{asked.pk}/", follow=True),
        client.post(f"/my/who-sees/requests/{asked.pk}/", {"do": "denied"}, follow=True),
    ):
        assert answer.status_code == 200
        assert "the law decides it" in answer.content.decode()
