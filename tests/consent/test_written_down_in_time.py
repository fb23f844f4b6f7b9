"""What was written down is one answer, in time, to what is still the client's choice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from common.clock import day_of
from common.decision import NotAllowed, Refused
from consent.access import papers_waiting_for
from consent.models import (
    Choice,
    ConsentLine,
    WrittenDown,
    WrittenState,
)
from consent.services import (
    confirm_written,
    dispute_written,
    lapse_written,
    take_back_written,
)
from tests.consent.deciding import (
    NIGHT,
    SOCIAL,
    days,
    decides,
    signed,
)
from tests.consent.writing_down import WORK, confirms, is_open, state_of, writes
from tests.personas import World


def test_it_is_answered_once(world: World) -> None:
    consent = writes(world)
    confirms(world, consent)
    for again in (confirm_written, dispute_written):
        with pytest.raises(Refused):
            again(actor=world.actor("client"), consent_id=consent.pk, now=world.now)
    with pytest.raises(Refused):
        take_back_written(actor=world.actor("social"), consent_id=consent.pk, now=world.now)


@pytest.mark.parametrize("word", ["client", "employment"])
@pytest.mark.parametrize("choice", [Choice.DENIED, Choice.REVOKED])
def test_a_later_no_overtakes_what_waits(world: World, word: str, choice: Choice) -> None:
    consent = writes(world)
    if word == "client":
        decides(world, choice)
    else:
        writes(world, word, choice=choice)
    assert state_of(consent) == WrittenState.OVERTAKEN
    with pytest.raises(Refused):
        confirms(world, consent)
    assert not is_open(world)


def test_a_later_no_to_one_kind_overtakes_that_kind_alone(world: World) -> None:
    consent = writes(world, categories=[SOCIAL, WORK])
    decides(world, Choice.DENIED)
    written = WrittenDown.objects.get(consent=consent)
    assert (written.state, written.still_waiting) == (WrittenState.WAITING, [WORK])
    confirms(world, consent)
    standing = ConsentLine.objects.filter(case=world.case, receiver="kela", ended_at=None)
    assert {(line.category, line.denied) for line in standing} == {(SOCIAL, True), (WORK, False)}


def test_an_earlier_last_day_overtakes_the_later_one_that_waits(world: World) -> None:
    """What was written down first, and is confirmed last, opens nothing that was narrowed since."""
    decides(world, Choice.GRANTED, valid_to=days(world, 40))
    longer = writes(world, categories=[SOCIAL, WORK], valid_to=days(world, 50))
    writes(world, "employment", valid_to=days(world, 3))
    assert WrittenDown.objects.get(consent=longer).still_waiting == [WORK]
    confirms(world, longer)
    assert not is_open(world, days_on=4)


def test_what_shortens_nothing_overtakes_nothing(world: World) -> None:
    decides(world, Choice.GRANTED, valid_to=days(world, 40))
    longer = writes(world, valid_to=days(world, 50))
    writes(world, "employment", valid_to=days(world, 40))
    assert WrittenDown.objects.get(consent=longer).still_waiting == [SOCIAL]


def test_a_no_to_the_body_overtakes_what_waits_for_its_office_or_for_one_thing(
    world: World,
) -> None:
    waiting = [
        writes(world, document=world.debts_goal),
        writes(world, office_id=world.actor("kela").office_id),
    ]
    unmoved = writes(world, categories=[WORK])
    decides(world, Choice.REVOKED)
    assert [state_of(one) for one in waiting] == [WrittenState.OVERTAKEN] * 2
    assert state_of(unmoved) == WrittenState.WAITING


def test_a_withdrawal_that_takes_a_waiting_yes_back_leaves_the_no_before_it(world: World) -> None:
    decides(world, Choice.DENIED)
    yes = writes(world)
    writes(world, choice=Choice.REVOKED)
    assert state_of(yes) == WrittenState.OVERTAKEN
    assert ConsentLine.objects.get(case=world.case, receiver="kela", ended_at=None).denied


def test_of_two_that_wait_the_later_word_is_the_one_that_holds(world: World) -> None:
    first = writes(world, valid_to=days(world, 5))
    second = writes(world, "employment", valid_to=days(world, 50), now=world.now + timedelta(1))
    confirms(world, second, now=world.now + timedelta(days=1))
    assert state_of(first) == WrittenState.OVERTAKEN


def test_it_lapses_after_its_days_and_what_is_written_then_opens_nothing(world: World) -> None:
    consent = writes(world)
    last = world.now + timedelta(days=30)
    assert lapse_written(actor=NIGHT, on=day_of(last), now=last) == 0
    over = last + timedelta(days=1)
    with pytest.raises(NotAllowed):
        confirms(world, consent, now=over)
    assert lapse_written(actor=NIGHT, on=day_of(over), now=over) == 1
    assert lapse_written(actor=NIGHT, on=day_of(over), now=over) == 0
    assert state_of(consent) == WrittenState.LAPSED


def test_on_its_last_day_it_can_still_be_confirmed(world: World) -> None:
    consent = writes(world)
    confirms(world, consent, now=world.now + timedelta(days=30))


def test_what_would_open_for_a_few_days_waits_for_no_longer(world: World) -> None:
    consent = writes(world, valid_to=days(world, 3))
    assert WrittenDown.objects.get(consent=consent).lapses_on == days(world, 3)


def test_what_the_law_decides_by_then_is_not_opened_by_the_client(world: World) -> None:
    consent = writes(world)
    signed(world)
    with pytest.raises(Refused):
        confirms(world, consent)
    both = writes(world, categories=[WORK])
    confirms(world, both)


def test_after_the_case_has_ended_nobody_confirms(world: World) -> None:
    consent = writes(world)
    world.end_case()
    for who in ("client", "employment"):
        with pytest.raises(NotAllowed):
            confirms(world, consent, who)
    assert list(papers_waiting_for(world.actor("employment"), now=world.now)) == []
