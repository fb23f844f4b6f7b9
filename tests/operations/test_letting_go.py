"""Letting go to the day: which cases, which log-ins, and what is counted of a night."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import OperationalError

from audit.models import AuditRow
from cases.models import Case
from common.actor import system_actor
from common.clock import HELSINKI, start_of
from common.dates import add_months
from consent.models import OutsideParty
from followup.points import ANSWER_DAYS
from operations import erasure
from operations.erasure import due_for_erasure, erase_case
from people.models import Person, Position, User
from tests.builders import CaseFactory
from tests.operations.letting_go import LetGo, close_and_erase
from tests.personas import World

NIGHT = system_actor("night")
ENDED = date(2026, 2, 27)
LAST_KEPT = date(2030, 2, 26)  # the four years are full with the day after
DAY = timedelta(days=1)


def of(world: World) -> Any:
    return Case.objects.filter(pk=world.case.pk)


def ends(world: World, state: str = "closed", on: date = ENDED) -> Case:
    """The joint case, ended on a day, at its last minute."""
    world.end_case()
    of(world).update(ended_at=datetime.combine(on, time(23, 59), HELSINKI))
    of(world).update(state=state)
    return Case.objects.get(pk=world.case.pk)


def another(world: World, state: str = "closed", on: date = ENDED) -> Case:
    """Another client's case, ended the same way."""
    other = Case.objects.filter(person__user__username="client2")
    at = datetime.combine(on, time(23, 59), HELSINKI)
    other.update(state="ending")
    other.update(state="follow_up", ended_at=at, ended_by=world.actor("employment").user_id)
    other.update(state=state)
    return other.get()


def night(on: date) -> LetGo:
    return close_and_erase(actor=NIGHT, on=on, now=datetime.combine(on, time(2), HELSINKI))


@pytest.mark.parametrize(("state", "goes"), [("closed", True), ("follow_up", False)])
def test_a_case_is_due_when_four_years_are_over_since_its_last_day_if_it_is_over(
    world: World, state: str, goes: bool
) -> None:
    ends(world, state)
    assert not due_for_erasure(LAST_KEPT).filter(pk=world.case.pk).exists()
    assert due_for_erasure(LAST_KEPT + DAY).filter(pk=world.case.pk).exists() == goes
    of(world).update(hold_why="A court asks.")
    assert not due_for_erasure(date(2060, 1, 1)).filter(pk=world.case.pk).exists()


def test_a_referral_that_was_declined_goes_like_a_case_that_was_closed(world: World) -> None:
    person = Person.objects.filter(cases=None)[0]
    declined = CaseFactory(
        person=person, led_by=world.actor("employment"), now=world.now, state="declined",
        ended_at=datetime.combine(ENDED, time(23, 59), HELSINKI),
    )  # fmt: skip
    assert not due_for_erasure(LAST_KEPT).filter(pk=declined.pk).exists()
    assert due_for_erasure(LAST_KEPT + DAY).filter(pk=declined.pk).exists()


def test_what_ended_with_the_midnight_before_is_due_and_what_ended_after_it_is_not(
    world: World,
) -> None:
    ends(world)
    of(world).update(ended_at=start_of(ENDED + DAY))
    assert not due_for_erasure(LAST_KEPT + DAY).filter(pk=world.case.pk).exists()
    assert due_for_erasure(LAST_KEPT + 2 * DAY).filter(pk=world.case.pk).exists()


def test_before_there_was_a_law_nothing_is_due(world: World) -> None:
    ends(world)
    of(world).update(
        first_contact_on=None, started_on=date(2000, 1, 1), ended_at=start_of(date(2001, 1, 1))
    )
    assert not due_for_erasure(date(2014, 12, 31)).exists()
    assert due_for_erasure(date(2015, 1, 1)).filter(pk=world.case.pk).exists()


def test_a_night_counts_what_it_closed_and_what_it_erased(world: World) -> None:
    before = night(date(2026, 12, 1))
    assert (before.closed, before.erased, before.failed) == (0, 0, 0)
    ends(world, "follow_up")
    another(world)
    last_point = add_months(ENDED, 24) + timedelta(days=ANSWER_DAYS)
    done = night(last_point)
    assert (done.closed, done.erased) == (0, 0)
    done = night(last_point + DAY)
    assert (done.closed, done.erased, done.failed) == (1, 0, 0)
    row = AuditRow.objects.filter(case_id=world.case.pk).order_by("-pk")[0]
    assert (row.action, row.actor) == ("case_followed_up", NIGHT.label)
    done = night(LAST_KEPT + DAY)
    assert (done.closed, done.erased, done.failed) == (0, 2, 0)
    assert not Case.objects.filter(ended_at__isnull=False, state="closed").exists()


def test_one_opened_again_meanwhile_does_not_keep_the_next_from_being_closed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for case in (ends(world, "follow_up"), another(world, "follow_up")):
        assert case.ended_at is not None
    first, second = Case.objects.filter(state="follow_up").order_by("pk")
    moves = erasure.move_case

    def meanwhile(*, case: Case, **given: Any) -> Case:
        if case.pk == first.pk:
            Case.objects.filter(pk=first.pk).update(state="in_force", ended_at=None, ended_by=None)
        return moves(case=case, **given)  # type: ignore[no-any-return]

    monkeypatch.setattr(erasure, "move_case", meanwhile)
    done = night(date(2029, 1, 1))
    assert (done.closed, done.erased, done.failed) == (1, 0, 0)
    states = Case.objects.filter(pk__in=[first.pk, second.pk]).order_by("pk")
    assert list(states.values_list("state", flat=True)) == ["in_force", "closed"]


def test_one_held_since_it_was_found_is_not_erased_and_not_counted(world: World) -> None:
    """Found due, then held, then its turn comes."""
    on, case = LAST_KEPT + DAY, ends(world)
    now = datetime.combine(on, time(2), HELSINKI)
    of(world).update(hold_why="A court asks.")
    assert erasure._erase_if_due(NIGHT, case.pk, on, now) is False
    assert of(world).exists()
    of(world).update(hold_why="")
    assert erasure._erase_if_due(NIGHT, case.pk, LAST_KEPT, now) is False
    assert erasure._erase_if_due(NIGHT, case.pk, on, now) is True
    assert not of(world).exists()


def test_a_lock_that_is_not_had_stops_the_night_that_tries_the_whole_step_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends(world)

    def locked(**_: object) -> None:
        raise OperationalError("lock timeout")

    monkeypatch.setattr(erasure, "erase_case", locked)
    with pytest.raises(OperationalError):
        night(LAST_KEPT + DAY)


def test_what_stays_of_an_erased_case_is_a_row_with_opaque_ids(world: World) -> None:
    case = ends(world)
    now = datetime.combine(LAST_KEPT + DAY, time(2), HELSINKI)
    erase_case(actor=NIGHT, case_id=case.pk, now=now)
    (row,) = AuditRow.objects.filter(action="case_erased")
    assert (row.case_id, row.person_id, row.subject_id) == (case.pk, case.person_id, case.pk)
    assert (row.subject_type, row.actor, row.at) == ("case", NIGHT.label, now)


def test_the_log_ins_that_were_for_the_case_alone_go_and_no_other(world: World) -> None:
    """The client's and an outside party's; nobody's of another case, no worker's."""
    party = OutsideParty.objects.get(user__username="association")
    mine = {"client", party.user.username}  # type: ignore[union-attr]
    before = set(User.objects.values_list("username", flat=True))
    places = set(Position.objects.exclude(user__username__in=mine).values_list("pk", flat=True))
    case = ends(world)
    erase_case(actor=NIGHT, case_id=case.pk, now=world.now)
    assert set(User.objects.values_list("username", flat=True)) == before - mine
    assert set(Position.objects.values_list("pk", flat=True)) == places
    assert Person.objects.get(pk=case.person_id).user_id is None


def test_a_client_without_a_log_in_is_erased_like_any_other(world: World) -> None:
    case = ends(world)
    Person.objects.filter(pk=case.person_id).update(user=None)
    erase_case(actor=NIGHT, case_id=case.pk, now=world.now)
    assert not of(world).exists()
    assert User.objects.filter(username="client").exists(), "nobody's case any more, and not ours"
