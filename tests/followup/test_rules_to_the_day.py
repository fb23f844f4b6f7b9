"""The figures of every rule, and each side of each limit: a day earlier, a state beside it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from caseplan.plan import services as plan
from caseplan.plan.models import PlanVersion
from common.dates import add_months
from common.reminders import ReminderKind
from followup import services
from followup.models import Reminder, ReminderRule
from followup.rules import rule_of, rules_in
from followup.services import remind
from tests.followup.to_the_day import _K, NIGHT, after, reminded, the_case
from tests.personas import World

# Days before its day (-1: the day after it; 1000: from the first day), what it counts to; then so
# many days after its day to the leader and to the director; and whether a statute asks for it.
FIGURES: dict[ReminderKind, tuple[int, int | None, int | None, int | None, bool]] = {
    _K.PLAN_DUE: (1000, None, 7, 30, True),
    _K.REVIEW_DUE: (30, None, 7, 30, True),
    _K.REVIEW_ASKED: (1000, 14, 7, 30, True),
    _K.CORRECTION_DUE: (1000, None, 0, 7, True),
    _K.QUESTION_DUE: (1000, None, None, None, True),
    _K.ACTION_DUE: (3, None, None, None, False),
    _K.ACTION_OVERDUE: (-1, None, 30, 60, False),
    _K.REQUEST_WAITS: (3, None, 3, 14, False),
    _K.MESSAGE_WAITS: (0, 3, 7, None, False),
    _K.MEETING_NEXT: (1, None, None, None, False),
    _K.CONSENT_ASKED: (0, None, None, None, False),
    _K.CONSENT_ENDS: (14, None, None, None, False),
    _K.CONSENT_WAITS: (7, None, None, None, False),
    _K.WRITTEN_ENDS: (30, None, None, None, False),
    _K.TRIGGER_COMING: (30, None, None, None, False),
    _K.CONTACT_NEXT: (0, None, None, None, False),
    _K.NO_CONTACT: (0, 60, 30, None, False),
    _K.CHECK_IN: (0, 28, None, None, False),
    _K.HELP_WANTED: (0, None, 5, 14, False),
    _K.POINT_DUE: (0, None, 30, None, False),
    _K.GOAL_STALLED: (0, 90, None, None, False),
    _K.LONG_SERVICE: (0, 1096, None, None, False),
    _K.ALL_ON_CLIENT: (0, 2, None, None, False),
    _K.SAME_AGAIN: (0, None, None, None, False),
    _K.COVER_ENDS: (3, None, None, None, False),
    _K.CONSULTATION_WAITS: (2, None, None, 7, False),
    _K.CLIENT_UNTOLD: (3, 3, 4, 18, True),
    _K.SEAT_WAITS: (3, 7, None, 7, True),
    _K.GO_ON_WAITS: (3, None, 0, 14, False),
    _K.OWN_REQUEST_WAITS: (5, None, 0, 7, True),
}


def test_every_kind_has_the_figures_of_the_national_core() -> None:
    found = {
        kind: (rule.notice, rule.allowed, rule.leader_after, rule.director_after, rule.statutory)
        for kind in ReminderKind
        for rule in [rule_of(kind)]
    }
    assert found == FIGURES


# What a network decided


def decided(world: World, kind: ReminderKind, **figures: Any) -> None:
    services.decide_rule(
        **{
            "actor": world.actor("director"), "kind": kind, "is_on": True, "notice": 0,
            "allowed": None, "leader_after": None, "director_after": None, "now": world.now,
            **figures,
        }
    )  # fmt: skip


def test_what_a_network_decided_holds_there_the_newest_of_it_and_nothing_else_changes(
    world: World,
) -> None:
    mine, other = world.case.network_id, world.actor("outsider").working_network_id
    assert other is not None
    decided(world, _K.MESSAGE_WAITS, notice=4, allowed=9, leader_after=8, director_after=20)
    newest = world.now + timedelta(minutes=1)
    decided(
        world, _K.MESSAGE_WAITS, notice=1, allowed=5, leader_after=2, director_after=6, now=newest
    )
    # Written earlier, and found later in the table.
    ReminderRule.objects.create(
        network_id=mine, kind=_K.MESSAGE_WAITS, notice=7, decided_at=world.now - timedelta(days=1),
        decided_by_id=world.actor("director").user_id,
    )  # fmt: skip
    found = {(one.network, one.rule.kind): one for one in rules_in([mine, other])}
    assert set(found) == {(network, kind) for network in (mine, other) for kind in ReminderKind}
    here, there = found[mine, _K.MESSAGE_WAITS], found[other, _K.MESSAGE_WAITS]
    assert (here.notice, here.allowed, here.leader_after, here.director_after) == (1, 5, 2, 6)
    assert (there.notice, there.allowed, there.leader_after, there.director_after) == (
        0,
        3,
        7,
        None,
    )
    assert found[mine, _K.CHECK_IN].allowed == 28


def test_what_a_network_left_empty_is_as_in_the_core_and_nought_is_a_figure(world: World) -> None:
    def here(**given: Any) -> tuple[bool, int, int | None, int | None, int | None]:
        ReminderRule.objects.all().delete()
        ReminderRule.objects.create(
            network_id=world.case.network_id, decided_at=world.now,
            decided_by_id=world.actor("director").user_id, **given,
        )  # fmt: skip
        (one,) = [
            one for one in rules_in([world.case.network_id]) if one.rule.kind == given["kind"]
        ]
        return one.is_on, one.notice, one.allowed, one.leader_after, one.director_after

    assert here(kind=_K.REQUEST_WAITS) == (True, 3, None, 3, 14)
    none_at_all = {"notice": 0, "leader_after": 0, "director_after": 0}
    assert here(kind=_K.REQUEST_WAITS, **none_at_all) == (True, 0, None, 0, 0)
    assert here(kind=_K.CHECK_IN, allowed=0) == (True, 0, 0, None, None)
    assert here(kind=_K.REQUEST_WAITS, is_on=False)[0] is False
    assert here(kind=_K.REVIEW_DUE, is_on=False)[0] is True, "a statute asks"


# The plan


@pytest.mark.parametrize("started", [date(2015, 1, 1), date(2024, 12, 31), date(2025, 1, 1)])
def test_the_law_of_the_day_a_case_began_says_until_when_its_plan_is_made(
    world: World, started: date
) -> None:
    """Once, also on the first and the last day of an Act."""
    the_case(world).update(started_on=started, first_contact_on=started)
    remind(actor=NIGHT, on=after(world, 0))
    due = Reminder.objects.filter(case=world.case, kind="plan_due", ended_on=None).filter(
        for_user__username="client"
    )
    assert [row.due_on for row in due] == [add_months(started, 3)]


def test_before_there_was_a_law_and_before_it_begins_no_plan_is_due(world: World) -> None:
    the_case(world).update(started_on=date(2014, 12, 31), first_contact_on=date(2014, 12, 31))
    assert reminded(world, "plan_due", after(world, 0)) == set()
    the_case(world).update(started_on=after(world, 1))
    assert reminded(world, "plan_due", after(world, 0)) == set()
    assert reminded(world, "plan_due", after(world, 1)) == {"employment", "client"}


def test_the_review_of_the_plan_in_force_and_of_none_before_it(world: World) -> None:
    def agreed(version: PlanVersion, now: datetime, *parties: str) -> PlanVersion:
        for party in parties:
            plan.accept_plan(actor=world.actor(party), version_id=version.pk, now=now)
        version.refresh_from_db()
        return version

    first = agreed(world.version, world.now, "social", "kela", "client")
    assert first.review_due_on is not None
    assert reminded(world, "review_due", first.review_due_on) == {"employment", "client"}
    later = world.now + timedelta(days=20)
    second = plan.propose_plan(actor=world.actor("employment"), case=world.case, now=later)
    agreed(second, later, "employment", "social", "kela", "client")
    assert second.review_due_on is not None
    remind(actor=NIGHT, on=second.review_due_on)
    standing = Reminder.objects.filter(case=world.case, kind="review_due", ended_on=None)
    assert set(standing.values_list("subject_id", flat=True)) == {second.pk}
