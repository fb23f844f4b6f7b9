"""What a worker writes down of a client's decisions opens nothing before somebody confirms it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from audit.models import AuditRow
from cases.models import News, NewsKind
from common.clock import day_of
from common.dates import add_months
from common.decision import NotAllowed
from consent.models import (
    Choice,
    ConfirmedHow,
    ConsentLine,
    Method,
    WrittenDown,
    WrittenState,
)
from consent.services import (
    dispute_written,
    take_back_written,
)
from people.models import User
from tests.builders import WorkerFactory
from tests.consent.deciding import (
    SOCIAL,
    asked_by_kela,
    days,
    decides,
    kela_page,
    refused,
)
from tests.consent.writing_down import WORK, confirms, is_open, state_of, writes
from tests.personas import World

# What waits, and what does not


@pytest.mark.parametrize("method", [Method.PAPER, Method.ORAL])
def test_a_yes_that_was_written_down_opens_nothing_until_the_client_confirms_it(
    world: World, login: Any, method: Method
) -> None:
    consent = writes(world, method=method)
    assert state_of(consent) == WrittenState.WAITING
    assert not consent.lines.exists()
    assert world.debts_goal.text not in kela_page(world, login)
    written = confirms(world, consent)
    assert written.confirmed_how == ConfirmedHow.CLIENT
    assert world.debts_goal.text in kela_page(world, login)


@pytest.mark.parametrize("choice", [Choice.DENIED, Choice.REVOKED])
@pytest.mark.parametrize("by", ["social", "kela", "employment"])
def test_a_no_and_a_withdrawal_hold_at_once_whoever_writes_them_down(
    world: World, choice: Choice, by: str
) -> None:
    decides(world, Choice.GRANTED)
    consent = writes(world, by, choice=choice)
    assert not is_open(world)
    assert state_of(consent) == WrittenState.AT_ONCE


def test_of_one_act_what_narrows_holds_at_once_and_what_widens_waits(world: World) -> None:
    """The last day of one kind comes nearer; the other kind was never open."""
    decides(world, Choice.GRANTED, valid_to=days(world, 100))
    consent = writes(world, categories=[SOCIAL, WORK], valid_to=days(world, 10))
    written = WrittenDown.objects.get(consent=consent)
    assert written.waiting_categories == [WORK]
    line = ConsentLine.objects.get(case=world.case, category=SOCIAL, receiver="kela", ended_at=None)
    assert line.valid_to == days(world, 10)
    assert line.consent.method == Method.ONLINE, "what stays open stays so by the client's word"
    assert is_open(world, days_on=10)
    assert not is_open(world, days_on=11)


def test_a_last_day_that_nobody_said_shortens_nothing_the_client_gave(world: World) -> None:
    decides(world, Choice.GRANTED)
    writes(world)
    line = ConsentLine.objects.get(case=world.case, category=SOCIAL, receiver="kela", ended_at=None)
    assert line.valid_to is None


def test_agreeing_for_longer_waits_and_what_stands_goes_on_meanwhile(world: World) -> None:
    decides(world, Choice.GRANTED, valid_to=days(world, 5))
    consent = writes(world, valid_to=days(world, 50))
    assert is_open(world, days_on=5)
    assert not is_open(world, days_on=6)
    confirms(world, consent)
    assert is_open(world, days_on=50)
    assert not is_open(world, days_on=51)


@pytest.mark.parametrize("choice", [Choice.REVOKED, Choice.GRANTED])
def test_taking_back_a_no_opens_as_much_as_a_yes_and_waits(world: World, choice: Choice) -> None:
    """Beside a yes to the whole kind, the no to one thing is all that keeps it closed."""
    decides(world, Choice.GRANTED)
    decides(world, Choice.DENIED, document=world.debts_goal)
    consent = writes(world, choice=choice, document=world.debts_goal)
    assert state_of(consent) == WrittenState.WAITING
    assert not is_open(world)
    confirms(world, consent)
    assert is_open(world)


def test_a_no_that_would_end_sooner_than_the_clients_own_waits(world: World) -> None:
    decides(world, Choice.GRANTED)
    decides(world, Choice.DENIED, document=world.debts_goal)
    consent = writes(
        world, choice=Choice.DENIED, document=world.debts_goal, valid_to=days(world, 1)
    )
    assert state_of(consent) == WrittenState.WAITING
    assert not is_open(world, days_on=2)
    confirms(world, consent)
    assert not is_open(world, days_on=1)
    assert is_open(world, days_on=2)


def test_a_no_that_lasts_longer_takes_the_place_of_a_shorter_one_at_once(world: World) -> None:
    decides(world, Choice.GRANTED)
    decides(world, Choice.DENIED, document=world.debts_goal, valid_to=days(world, 1))
    consent = writes(world, choice=Choice.DENIED, document=world.debts_goal)
    assert state_of(consent) == WrittenState.AT_ONCE
    assert not is_open(world, days_on=2)


def test_a_withdrawal_of_everything_takes_back_each_yes_and_no_no(world: World) -> None:
    decides(world, Choice.GRANTED, categories=[WORK])
    decides(world, Choice.DENIED)
    consent = writes(world, choice=Choice.REVOKED, categories=None)
    written = WrittenDown.objects.get(consent=consent)
    assert written.waiting_categories == [SOCIAL]
    standing = ConsentLine.objects.filter(case=world.case, receiver="kela", ended_at=None)
    assert [(line.category, line.denied) for line in standing.order_by("pk")] == [(SOCIAL, True)]


def test_a_request_is_answered_when_what_answers_it_is_confirmed(world: World) -> None:
    asked = asked_by_kela(world)
    consent = writes(world, categories=[SOCIAL, WORK])
    asked.refresh_from_db()
    assert asked.closed_at is None
    confirms(world, consent)
    asked.refresh_from_db()
    assert asked.closed_at == world.now


# Taken back, not said, another paper


def test_the_body_that_wrote_it_down_takes_it_back(world: World) -> None:
    consent = writes(world)
    with pytest.raises(NotAllowed):
        take_back_written(actor=world.actor("kela"), consent_id=consent.pk, now=world.now)
    take_back_written(actor=world.actor("social"), consent_id=consent.pk, now=world.now)
    assert state_of(consent) == WrittenState.TAKEN_BACK


@pytest.mark.parametrize(
    ("who", "state"),
    [("client", WrittenState.NOT_SAID), ("employment", WrittenState.MISMATCH)],
)
def test_what_was_not_said_leaves_its_row_and_is_told_to_the_leader_and_the_officer(
    world: World, who: str, state: WrittenState
) -> None:
    office = User.objects.get(username="social").positions.get().office
    WorkerFactory(username="head", office=office, now=world.now, leads=True)
    consent = writes(world)
    dispute_written(actor=world.actor(who), consent_id=consent.pk, now=world.now)
    assert state_of(consent) == state
    told = set(
        News.objects.filter(kind=NewsKind.CONSENT_DISPUTED, subject_id=consent.pk).values_list(
            "for_user__username", flat=True
        )
    )
    assert told == {"head", "officer", "officer2", "social", "client"} - {who} - (
        set() if User.objects.filter(username="officer2").exists() else {"officer2"}
    )
    row = AuditRow.objects.filter(subject_id=consent.pk).latest("pk")
    assert row.action == f"consent_written_{state}"
    assert not is_open(world)


# At most a year


def test_what_is_written_down_ends_in_twelve_months_at_most(world: World) -> None:
    longest = add_months(day_of(world.now), 12)
    too_long = longest + timedelta(days=1)
    assert refused(lambda: writes(world, valid_to=too_long)) == "valid_to"
    assert writes(world, valid_to=longest).valid_to == longest
    assert writes(world).valid_to == longest
    assert decides(world, Choice.GRANTED, valid_to=too_long).valid_to == too_long
    assert writes(world, choice=Choice.DENIED, valid_to=too_long).valid_to == too_long


# The client is told


def test_the_client_is_told_at_once_and_again_when_somebody_else_confirms(world: World) -> None:
    consent = writes(world)

    def told() -> set[str]:
        rows = News.objects.filter(subject_id=consent.pk, for_user__username="client")
        return set(rows.values_list("kind", flat=True))

    assert told() == {NewsKind.CONSENT_WRITTEN}
    confirms(world, consent, "employment")
    assert told() == {NewsKind.CONSENT_WRITTEN, NewsKind.CONSENT_IN_EFFECT}
