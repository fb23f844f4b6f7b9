"""The day that a clock says everywhere, and what a network may decide of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from audit.models import Purpose
from caseplan.plan.models import ClockKind
from caseplan.plan.selectors import cases_of, list_cases, open_case
from common.decision import NotAllowed, Refused
from common.reminders import ReminderKind
from followup import rules, services
from followup.models import Reminder
from followup.selectors import list_clocks
from followup.sentences import _SAYS
from followup.services import remind
from records.selectors import reading_of
from tests.followup.to_the_day import NIGHT, after, agree, reminded
from tests.personas import World


def test_a_clock_that_stands_still_moves_its_day_and_says_why(world: World) -> None:
    remind(actor=NIGHT, on=after(world, 0))
    before = Reminder.objects.get(
        case=world.case, kind="plan_due", for_user__username="employment"
    ).due_on
    services.move_clock(
        actor=world.actor("employment"), case=world.case, kind=ClockKind.PLAN,
        from_on=after(world, 1), to_on=after(world, 10), why="In hospital.", now=world.now,
    )  # fmt: skip
    standing = Reminder.objects.get(
        case=world.case, kind="plan_due", for_user__username="employment", ended_on=None
    )
    assert standing.due_on == before + timedelta(days=10), "both days count"
    with pytest.raises(Refused):
        services.move_clock(
            actor=world.actor("employment"), case=world.case, kind=ClockKind.PLAN,
            from_on=after(world, 1), to_on=after(world, 2), why=" ", now=world.now,
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        services.move_clock(
            actor=world.actor("client"), case=world.case, kind=ClockKind.PLAN,
            from_on=after(world, 1), to_on=after(world, 2), why="Me", now=world.now,
        )  # fmt: skip


@pytest.mark.parametrize("kind", [ClockKind.PLAN, ClockKind.REVIEW])
def test_pages_lists_and_reminders_say_the_same_day(world: World, kind: ClockKind) -> None:
    """One clock: what the case says, and the list, is the day that the reminder goes by."""
    worker, client = world.actor("employment"), world.actor("client")
    if kind == ClockKind.REVIEW:
        agree(world)

    def said() -> tuple[date, date]:
        page = open_case(worker, world.case.pk, purpose=Purpose.KEEP_CASE, now=world.now)
        reading = reading_of(worker, now=world.now)
        (row,) = (
            row
            for row in list_cases(reading, cases_of(reading), searched=False)
            if row.case.pk == world.case.pk
        )
        assert page.clock is not None and row.clock is not None
        assert page.clock.kind == row.clock.kind == kind
        assert page.clock.law_due_on == row.clock.law_due_on == by_law
        return page.clock.due_on, row.clock.due_on

    (clock,) = list_clocks(reading_of(client, now=world.now), world.case)
    by_law = clock.law_due_on
    assert said() == (by_law, by_law)
    for from_on, to_on in ((1, 10), (20, 20)):
        services.move_clock(
            actor=worker, case=world.case, kind=kind, why="In hospital.", now=world.now,
            from_on=after(world, from_on), to_on=after(world, to_on),
        )  # fmt: skip
    moved = by_law + timedelta(days=11)
    assert said() == (moved, moved)
    (clock,) = list_clocks(reading_of(client, now=world.now), world.case)
    assert clock.due_on == moved
    remind(actor=NIGHT, on=moved)
    assert Reminder.objects.filter(case=world.case, kind=kind.value, due_on=moved).exists()


def test_the_leap_day(world: World) -> None:
    """A year from 29 February ends on 28 February; the reminder stands on that day."""
    case = type(world.case).objects.filter(pk=world.case.pk)
    case.update(
        started_on=date(2027, 11, 30), opened_at=datetime.fromisoformat("2027-11-30T12:00Z")
    )
    remind(actor=NIGHT, on=date(2028, 2, 28))
    due = Reminder.objects.filter(case=world.case, kind="plan_due", ended_on=None)[0]
    assert due.due_on == date(2028, 2, 29), "three months from 30.11. in a leap year"


def test_a_network_changes_a_figure_and_only_its_own(world: World) -> None:
    decided: dict[str, Any] = {
        "kind": ReminderKind.LONG_SERVICE, "is_on": True, "notice": 0, "allowed": 10,
        "leader_after": None, "director_after": None, "now": world.now,
    }  # fmt: skip
    services.decide_rule(actor=world.actor("director"), **decided)
    assert world.case.started_on is not None
    assert reminded(world, "long_service", world.case.started_on + timedelta(days=10))
    elsewhere = Reminder.objects.filter(kind="long_service").exclude(
        case__network=world.case.network_id
    )
    assert not elsewhere.exists()
    services.decide_rule(actor=world.actor("director"), **{**decided, "is_on": False})
    assert not reminded(world, "long_service", world.case.started_on + timedelta(days=10))
    with pytest.raises(NotAllowed):
        services.decide_rule(actor=world.actor("employment"), **decided)


def test_what_a_statute_asks_for_cannot_be_turned_off(world: World) -> None:
    for rule in rules.all_rules():
        given = {
            "actor": world.actor("director"), "kind": rule.kind, "is_on": False,
            "notice": rule.notice, "allowed": rule.allowed, "leader_after": None,
            "director_after": None, "now": world.now,
        }  # fmt: skip
        if rule.statutory:
            with pytest.raises(Refused):
                services.decide_rule(**given)
        else:
            services.decide_rule(**given)
    remind(actor=NIGHT, on=after(world, 200))
    left = set(
        Reminder.objects.filter(case=world.case, ended_on=None).values_list("kind", flat=True)
    )
    assert left == {"plan_due"}


def test_every_kind_has_a_rule_and_a_sentence(world: World) -> None:
    kinds = {rule.kind for rule in (*rules.all_rules(), *rules.BESIDE_CASES)}
    assert kinds == set(ReminderKind) == set(_SAYS)


def test_one_statement_for_any_number_of_cases(
    world: World, django_assert_num_queries: Any
) -> None:
    """The networks, what they decided, the statement, and the two of its transaction."""
    with django_assert_num_queries(5):
        remind(actor=NIGHT, on=after(world, 0))
