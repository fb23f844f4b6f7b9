"""One data-protection officer opens a kind of information alone, or keeps it closed alone for good.

From the officer's side, through the pages; and past them, at the database. One officer can close at
once; whatever opens is opened by two.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from common.actor import system_actor
from common.bodies import Body, Receiver
from common.clock import day_of
from consent.models import Basis, Category, Ground, GroundDecision, GroundSuspension
from consent.selectors import grounds_of, grounds_waiting
from consent.services import draft_ground, end_ground, sign_ground
from people.models import Position
from rights.selectors import visibility_changes
from tests.personas import World

DEBTS = Category.SOCIAL_SITUATION  # what Kela sees by consent only; the demo's debts goal
REFUSED, FORBIDDEN, SENT_ON = 200, 403, 302


def standing(category: str, receiver: str) -> Ground:
    return Ground.objects.get(
        category=category, receiver=receiver, network=None, valid_to=None, signed_at__isnull=False
    )


def a_wider_draft(world: World) -> Ground:
    """A draft by which the law, and no longer the client, would open debts to Kela."""
    today = day_of(world.now)
    end_ground(
        actor=system_actor("test"), ground_id=standing(DEBTS, "kela").pk, now=world.now,
        last_day=today - timedelta(days=1),
    )  # fmt: skip
    return draft_ground(
        actor=world.actor("officer"), category=DEBTS.value, receiver=Receiver.KELA,
        basis=Basis.STATUTE, section="9/2026 9 §", valid_from=today, valid_to=None, now=world.now,
    )  # fmt: skip


def kela_reads(world: World, login: Any, what: str) -> bool:
    return what in login("kela").get(f"/cases/{world.case.pk}/").content.decode()


def test_one_signs_as_often_as_they_like_and_nothing_opens(world: World, login: Any) -> None:
    row, officer = a_wider_draft(world), login("officer")
    assert officer.post(f"/grounds/{row.pk}/sign/").status_code == SENT_ON
    assert officer.post(f"/grounds/{row.pk}/sign/").status_code == FORBIDDEN
    assert row not in officer.get("/grounds/sign/").context["rows"]
    assert not kela_reads(world, login, world.debts_goal.text)
    assert "Oona Officer" in login("officer2").get(f"/grounds/{row.pk}/sign/").content.decode()
    assert login("officer2").post(f"/grounds/{row.pk}/sign/").status_code == SENT_ON
    assert kela_reads(world, login, world.debts_goal.text)


def test_one_who_writes_to_the_database_signs_alone_neither(world: World) -> None:
    row, officer = a_wider_draft(world), world.actor("officer").user_id
    signed = {"signed_at": world.now, "signed_by": "Oona Officer, Otso Officer"}
    both = {"act": "sign", "begun_at": world.now, "begun_by_id": officer}
    with pytest.raises(IntegrityError, match="signed by two officers"), transaction.atomic():
        Ground.objects.filter(pk=row.pk).update(**signed)
    with pytest.raises(IntegrityError, match="by_two_persons"), transaction.atomic():
        GroundDecision.objects.create(
            ground=row, confirmed_at=world.now, confirmed_by_id=officer, **both
        )
    with pytest.raises(IntegrityError, match="by_two_persons"), transaction.atomic():
        GroundDecision.objects.create(ground=row, confirmed_at=world.now, **both)
    begun = GroundDecision.objects.create(ground=row, **both)
    with pytest.raises(IntegrityError), transaction.atomic():
        GroundDecision.objects.filter(pk=begun.pk).update(
            confirmed_at=world.now, confirmed_by=officer
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        GroundDecision.objects.filter(pk=begun.pk).update(
            begun_by=world.actor("officer2").user_id, confirmed_at=world.now, confirmed_by=officer
        )
    with pytest.raises(IntegrityError, match="drafted before"), transaction.atomic():
        Ground.objects.create(
            category=DEBTS.value, receiver="kela", basis="statute", section="9 §",
            valid_from=day_of(world.now), **signed,
        )  # fmt: skip


def test_one_ends_nothing_alone(world: World, login: Any) -> None:
    row = standing("plan_follow_up", "kela")
    today = day_of(world.now)
    day = {"last_day": (today - timedelta(days=1)).isoformat()}
    officer, second = login("officer"), login("officer2")
    assert officer.post(f"/grounds/{row.pk}/end/", day).status_code == SENT_ON
    assert officer.post(f"/grounds/{row.pk}/end/", day).status_code == FORBIDDEN
    assert kela_reads(world, login, world.joint_goal.text)
    with pytest.raises(IntegrityError, match="ended by two"), transaction.atomic():
        Ground.objects.filter(pk=row.pk).update(valid_to=today)
    another_day = second.post(f"/grounds/{row.pk}/end/", {"last_day": today.isoformat()})
    assert another_day.status_code == REFUSED
    second.post(f"/grounds/{row.pk}/end/", day)
    assert not kela_reads(world, login, world.joint_goal.text)


def test_the_second_can_say_no(world: World, login: Any) -> None:
    row = a_wider_draft(world)
    login("officer").post(f"/grounds/{row.pk}/sign/")
    login("officer2").post(f"/grounds/{row.pk}/aside/")
    assert grounds_waiting(world.actor("officer"), on=day_of(world.now)) == []
    login("officer").post(f"/grounds/{row.pk}/sign/")
    assert not kela_reads(world, login, world.debts_goal.text)


# On the morning the second officer is ill


def test_one_closes_at_once_with_a_reason_that_is_shown(world: World, login: Any) -> None:
    row, officer = standing("plan_follow_up", "kela"), login("officer")
    assert officer.post(f"/grounds/{row.pk}/suspend/", {"reason": " "}).status_code == REFUSED
    officer.post(f"/grounds/{row.pk}/suspend/", {"reason": "The section was repealed."})
    assert not kela_reads(world, login, world.joint_goal.text)
    assert "The section was repealed." in officer.get(f"/grounds/{row.pk}/").content.decode()
    told = visibility_changes(world.actor("client"), world.case, now=world.now)
    assert any("suspended" in change.sentence for change in told)
    assert "The section was repealed." not in login("client").get("/my/history/").content.decode()


def test_what_one_closed_nobody_opens_alone_and_it_opens_by_itself_never(
    world: World, login: Any
) -> None:
    row, officer = standing("plan_follow_up", "kela"), login("officer")
    officer.post(f"/grounds/{row.pk}/suspend/", {"reason": "Repealed."})
    officer.post(f"/grounds/{row.pk}/lift/")
    assert officer.post(f"/grounds/{row.pk}/lift/").status_code == FORBIDDEN
    assert not kela_reads(world, login, world.joint_goal.text)
    stop = GroundSuspension.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        GroundSuspension.objects.filter(pk=stop.pk).update(
            lifted_on=day_of(world.now), lifted_by=GroundDecision.objects.get(act="lift")
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        stop.delete()
    in_a_year = day_of(world.now) + timedelta(days=365)
    grounds = grounds_of(receiver=Body.KELA, network_id=world.case.network_id, on=in_a_year)
    assert grounds.for_category("plan_follow_up") is None
    login("officer2").post(f"/grounds/{row.pk}/lift/")
    assert kela_reads(world, login, world.joint_goal.text)


def test_what_two_have_not_decided_in_time_is_late_for_both(world: World, login: Any) -> None:
    row = standing("plan_follow_up", "kela")
    login("officer").post(f"/grounds/{row.pk}/suspend/", {"reason": "Repealed."})
    (waits,) = grounds_waiting(world.actor("officer2"), on=day_of(world.now))
    assert waits.due_on == day_of(world.now) + timedelta(days=14)
    assert not waits.is_late(waits.due_on)
    assert waits.is_late(waits.due_on + timedelta(days=1))
    assert "/grounds/" in login("officer2").get("/questions/").content.decode().split("<main")[1]


def test_a_networks_own_row_that_is_suspended_lets_no_other_in(world: World, login: Any) -> None:
    """The network decided to show less than the law: closing its row must not show more."""
    today, test = day_of(world.now), system_actor("test")
    own = draft_ground(
        actor=test, category="plan_follow_up", receiver=Receiver.KELA, basis=Basis.CONSENT,
        section="own decision", valid_from=today, valid_to=None, now=world.now,
        network_id=world.case.network_id,
    )  # fmt: skip
    sign_ground(actor=test, ground_id=own.pk, signed_by="O", now=world.now)
    assert not kela_reads(world, login, world.joint_goal.text)
    login("officer").post(f"/grounds/{own.pk}/suspend/", {"reason": "A mistake in it."})
    assert not kela_reads(world, login, world.joint_goal.text)


def test_the_only_officer_is_told_what_works_and_what_waits(world: World, login: Any) -> None:
    Position.objects.filter(user__username="officer2").update(until=world.now)
    row, officer = a_wider_draft(world), login("officer")
    assert "the only data-protection officer" in officer.get("/grounds/").content.decode()
    officer.post(f"/grounds/{row.pk}/sign/")
    assert not kela_reads(world, login, world.debts_goal.text)
    open_row = standing("plan_follow_up", "kela")
    officer.post(f"/grounds/{open_row.pk}/suspend/", {"reason": "Repealed."})
    assert not kela_reads(world, login, world.joint_goal.text)
