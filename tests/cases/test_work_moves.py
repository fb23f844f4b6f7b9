"""A case that changes hands takes along what is open in it; whoever gave it is asked no more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from caseplan.meetings.models import Attendance, MeetingRole
from caseplan.plan import services as plan
from caseplan.plan.models import Action, ActionState
from cases import services
from cases.access import visible_to
from cases.models import (
    Case,
    Handover,
    HandoverState,
    News,
    NewsKind,
    TeamMembership,
    TeamRole,
)
from common.clock import day_of
from common.decision import NotVisible, Refused
from followup.models import Reminder
from followup.services import remind
from people.models import Position
from tests.builders import TEST, WorkerFactory
from tests.cases.at_work import has_step, is_called, place_of, stands_in
from tests.personas import World


def moves(world: World, to: str = "colleague", leaves: bool = True, **given: Any) -> Handover:
    """The case is handed over and taken."""
    offer = services.hand_over(
        **{
            "actor": world.actor("employment"), "case": world.case, "reason": "I move away.",
            "receiver_id": world.actor(to).writer_id, "leaves": leaves, "now": world.now,
        } | given
    )  # fmt: skip
    return services.accept_handover(actor=world.actor(to), handover_id=offer.pk, now=world.now)


def owner(step: Action) -> str:
    step.refresh_from_db()
    assert step.owner is not None
    return step.owner.username


@pytest.mark.parametrize("leaves", [True, False])
def test_the_open_steps_go_with_the_case_and_what_was_done_stays(
    world: World, leaves: bool
) -> None:
    step, done = has_step(world), has_step(world)
    plan.close_action(
        actor=world.actor("employment"), action_id=done.pk, state=ActionState.DONE, reason="",
        revision=done.revision, now=world.now,
    )  # fmt: skip
    moves(world, leaves=leaves)
    assert owner(step) == "colleague"
    assert owner(done) == "employment"
    assert [row.owner_id for row in step.history.order_by("history_id")] == [
        world.actor("employment").user_id,
        world.actor("colleague").user_id,
    ]


def test_a_step_of_one_body_is_never_anothers(world: World) -> None:
    """A case manager may be of any body: what their body does stays with those who do it."""
    step = has_step(world)
    moves(world, to="social", leaves=False)
    assert owner(step) == "employment"


def test_a_giver_who_leaves_to_another_body_leaves_their_steps_to_a_colleague_on_the_team(
    world: World,
) -> None:
    step = has_step(world)
    services.add_team_member(
        actor=world.actor("employment"), case=world.case, why="",
        user_id=world.actor("colleague").writer_id, now=world.now,
    )  # fmt: skip
    moves(world, to="social", leaves=True)
    assert owner(step) == "colleague"


def test_who_takes_the_case_is_asked_to_its_meetings_and_a_giver_who_leaves_is_off_them(
    world: World,
) -> None:
    meeting = is_called(world, "social")
    moves(world)
    place = place_of(world, meeting, "colleague")
    assert (place.role, place.coming) == (MeetingRole.CASE_MANAGER, Attendance.UNKNOWN)
    assert not meeting.participants.filter(user__username="employment").exists()
    told = News.objects.filter(subject_id=meeting.pk, seen_at=None)
    assert {(row.for_user.username, row.kind) for row in told.select_related("for_user")} == {
        ("client", NewsKind.MEETING_JOINED),
        ("social", NewsKind.MEETING_JOINED),
    }


def test_a_giver_who_stays_keeps_the_place_as_what_they_know(world: World) -> None:
    meeting = is_called(world, "social")
    moves(world, leaves=False)
    assert place_of(world, meeting).role == MeetingRole.EMPLOYMENT
    assert place_of(world, meeting, "colleague").role == MeetingRole.CASE_MANAGER


def test_reminders_are_the_takers_at_once(world: World) -> None:
    has_step(world, in_days=1)
    today = day_of(world.now)
    remind(actor=TEST, on=today)

    def reminded(who: str) -> set[str]:
        mine = Reminder.objects.filter(
            for_user=world.actor(who).writer_id, case=world.case, ended_on=None
        )
        return {row.kind for row in mine}

    before = reminded("employment")
    assert before and not reminded("colleague")
    moves(world)
    assert reminded("colleague") == before
    assert not reminded("employment")


def test_news_that_a_giver_who_leaves_has_not_seen_is_the_takers(world: World) -> None:
    meeting = is_called(world, "social")
    employment = world.actor("employment").writer_id

    def is_told(kind: NewsKind) -> News:
        return News.objects.create(
            case=world.case, for_user_id=employment, kind=kind, subject_id=meeting.pk,
            at=world.now,
        )  # fmt: skip

    moved, own = is_told(NewsKind.MEETING_MOVED), is_told(NewsKind.CONSENT_DISPUTED)
    moves(world)
    moved.refresh_from_db()
    own.refresh_from_db()
    assert moved.for_user_id == world.actor("colleague").user_id
    assert own.for_user_id == employment


def test_a_case_handed_over_while_somebody_stands_in_is_the_takers_alone(world: World) -> None:
    """The cover asks in the manager's place; it is the manager's that moves."""
    step = has_step(world)
    stands_in(world)
    office = Position.objects.get(user__username="employment").office
    WorkerFactory(username="third", office=office, now=world.now)
    moves(world, to="third", actor=world.actor("colleague"))
    assert owner(step) == "third"
    sees = visible_to(world.actor("colleague"), now=world.now).filter(pk=world.case.pk)
    assert not sees.exists()


def test_who_stands_in_does_not_take_the_absent_ones_cases_for_good(world: World) -> None:
    stands_in(world)
    with pytest.raises(Refused) as refusal:
        moves(world, actor=world.actor("colleague"))
    assert refusal.value.field == "receiver_id"
    with pytest.raises(Refused):
        services.change_case_manager(
            actor=world.actor("colleague"), case=world.case, now=world.now,
            user_id=world.actor("colleague").writer_id,
        )  # fmt: skip


def test_who_stops_working_leaves_their_steps_and_meetings_to_who_takes_the_cases(
    world: World,
) -> None:
    step, meeting = has_step(world), is_called(world, "social")
    Position.objects.filter(user__username="colleague").update(leads=True)
    leaves_work(world, "employment")
    assert owner(step) == "colleague"
    assert place_of(world, meeting, "colleague")
    assert not meeting.participants.filter(user__username="employment").exists()


def leaves_work(world: World, who: str, by: str = "colleague") -> None:
    position = Position.objects.get(user__username=who, until=None)
    services.end_work(actor=world.actor(by), position_id=position.pk, now=world.now)


def test_the_last_of_a_body_who_leaves_keeps_its_place_for_whom_the_office_names(
    world: World,
) -> None:
    """Not the manager: the leader sees no case by it, and names who goes on, as at a beginning."""
    kela = world.actor("kela")
    office = Position.objects.get(user__username="kela").office
    assert office is not None
    WorkerFactory(username="kela_leader", office=office, now=world.now, leads=True)
    WorkerFactory(username="kela_next", office=office, now=world.now)
    goal, body = world.joint_goal, kela.party
    assert body is not None
    step = plan.add_action(
        actor=kela, goal_id=goal.pk, text="The decision", owner_party=body,
        owner_id=kela.writer_id, due_on=day_of(world.now) + timedelta(days=9),
        category=goal.category, now=world.now,
    )  # fmt: skip
    meeting = is_called(world, "kela")
    place = place_of(world, meeting, "kela")
    leaves_work(world, "kela", by="kela_leader")
    seat = TeamMembership.objects.get(case=world.case, role=TeamRole.AWAITED, until=None)
    assert seat.office == office
    place.refresh_from_db()
    assert place.coming == Attendance.CANNOT
    named = world.actor("kela_next")
    services.name_for_office(
        actor=world.actor("kela_leader"), membership_id=seat.pk, user_id=named.writer_id,
        now=world.now,
    )  # fmt: skip
    assert owner(step) == "kela_next"
    assert place_of(world, meeting, "kela_next")
    assert not meeting.participants.filter(pk=place.pk).exists()
    assert News.objects.filter(
        for_user=named.writer_id, kind=NewsKind.MEETING_ASKED, subject_id=meeting.pk
    ).exists()


def test_who_is_taken_off_the_team_is_off_its_meetings(world: World) -> None:
    meeting = is_called(world, "kela")
    services.end_team_term(
        actor=world.actor("employment"), case=world.case, user_id=world.actor("kela").writer_id,
        now=world.now,
    )  # fmt: skip
    assert place_of(world, meeting, "kela").coming == Attendance.CANNOT


def test_a_case_that_ends_meanwhile_moves_to_nobody(world: World) -> None:
    offer = services.hand_over(
        actor=world.actor("employment"), case=world.case, reason="I move away.", leaves=True,
        receiver_id=world.actor("colleague").writer_id, now=world.now,
    )  # fmt: skip
    world.end_case()
    with pytest.raises(NotVisible):
        services.accept_handover(
            actor=world.actor("colleague"), handover_id=offer.pk, now=world.now
        )
    assert Case.objects.get(pk=world.case.pk).handovers.get().state != HandoverState.ACCEPTED
