"""Of two who act at the same moment, the second is told what the first did: every rule with a lock.

The second begins while the first is done and not yet written (``by_turns``). One connection never
sees this: each rule holds there without its lock too. Who comes second is refused as if they had
come an hour later; nothing happens twice, and no answer overwrites another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat

from audit.models import AuditRow, Purpose
from benefits.models import FlagDecision
from benefits.selectors import WorklistFilter, list_flags
from benefits.services import decline_flag, evaluate
from caseplan.meetings import services as meeting_services
from caseplan.meetings.models import Attendance, Meeting
from caseplan.plan import services as plan
from caseplan.plan.models import Action, Answer, Ending, Exit, PlanVersion, Reply, ReviewState
from caseplan.plan.selectors import open_case
from cases import services as cases
from cases.lifecycle import CaseState
from cases.models import Case, Cover, Handover, HandoverState, TeamMembership, TeamRole
from cases.selectors import case_manager_of
from common.actor import system_actor
from common.bodies import Body, Receiver
from common.clock import HELSINKI, day_of
from consent.models import Choice, ConsentLine, Ground
from consent.services import decide, discard_draft, end_ground, sign_ground
from followup import services as followup
from followup.models import (
    Channel,
    Feeling,
    FollowUpPoint,
    Notification,
    NotificationState,
    PointAnswer,
    Situation,
)
from followup.points import token_of
from followup.services import deliver, delivering, make_points
from people.models import User
from rights.models import Outcome
from rights.selectors import list_visits
from rights.services import (
    answer_correction,
    answer_question,
    ask_about_access,
    ask_for_correction,
)
from tests.consent.deciding import SOCIAL, TEST, draft, signed
from tests.operations.letting_go import close_and_erase
from tests.personas import World
from tests.together import at_once, by_turns

pytestmark = [pytest.mark.usefixtures("committed_db")]
NIGHT = system_actor("night")
TOO_LATE = {"Refused", "NotAllowed", "NotVisible", "Stale"}
Act = Callable[[], object]


@dataclass
class Two:
    """What two do at once; ``holds``: what is true afterwards."""

    first: Act
    second: Act
    holds: Callable[[], bool]


def on(world: World, days: int) -> Any:
    return day_of(world.now) + timedelta(days=days)


# Handing over, standing in


def asked(world: World) -> Handover:
    return cases.hand_over(
        actor=world.actor("employment"), case=world.case, reason="I change to another town.",
        receiver_id=world.actor("colleague").user_id, leaves=False, now=world.now,
    )  # fmt: skip


def accepts(world: World, offer: Handover) -> Act:
    return lambda: cases.accept_handover(
        actor=world.actor("colleague"), handover_id=offer.pk, now=world.now
    )


def takes_back(world: World, offer: Handover) -> Act:
    return lambda: cases.withdraw_handover(
        actor=world.actor("employment"), handover_id=offer.pk, now=world.now
    )


def managed_by(world: World, who: str) -> bool:
    found = case_manager_of(world.case, now=world.now)
    return found is not None and found.username == who


def became(offer: Handover, state: HandoverState) -> bool:
    return bool(Handover.objects.get(pk=offer.pk).state == state)


def accepted_while_taken_back(world: World) -> Two:
    offer = asked(world)
    return Two(
        takes_back(world, offer),
        accepts(world, offer),
        lambda: became(offer, HandoverState.WITHDRAWN) and managed_by(world, "employment"),
    )


def taken_back_while_accepted(world: World) -> Two:
    offer = asked(world)
    return Two(
        accepts(world, offer),
        takes_back(world, offer),
        lambda: became(offer, HandoverState.ACCEPTED) and managed_by(world, "colleague"),
    )


def accepted_twice(world: World) -> Two:
    offer = asked(world)
    return Two(
        accepts(world, offer),
        accepts(world, offer),
        lambda: (
            TeamMembership.objects.filter(case=world.case, role=TeamRole.CASE_MANAGER).count() == 2
        ),
    )


def declined_while_accepted(world: World) -> Two:
    offer = asked(world)
    return Two(
        accepts(world, offer),
        lambda: cases.decline_handover(
            actor=world.actor("colleague"), handover_id=offer.pk, answer="No.", now=world.now
        ),
        lambda: became(offer, HandoverState.ACCEPTED) and managed_by(world, "colleague"),
    )


def offered_to_two(world: World) -> Two:
    def offers(to: str) -> Act:
        return lambda: cases.hand_over(
            actor=world.actor("employment"), case=world.case, reason="Why.", leaves=False,
            receiver_id=world.actor(to).user_id, now=world.now,
        )  # fmt: skip

    return Two(offers("colleague"), offers("social"), lambda: Handover.objects.count() == 1)


def changes(world: World, to: str) -> Act:
    return lambda: cases.change_case_manager(
        actor=world.actor("employment"), case=world.case, user_id=world.actor(to).writer_id,
        now=world.now,
    )  # fmt: skip


def manager_changed_to_two(world: World) -> Two:
    return Two(
        changes(world, "social"), changes(world, "colleague"), lambda: managed_by(world, "social")
    )


def offered_by_who_no_longer_manages(world: World) -> Two:
    return Two(
        changes(world, "social"),
        lambda: asked(world),
        lambda: not Handover.objects.exists() and managed_by(world, "social"),
    )


def ended_while_it_changes_hands(world: World) -> Two:
    """The one made case manager can't be taken off the team by who still saw a member."""
    return Two(
        changes(world, "social"),
        lambda: cases.end_team_term(
            actor=world.actor("kela"), case=world.case, user_id=world.actor("social").writer_id,
            now=world.now,
        ),
        lambda: managed_by(world, "social"),
    )  # fmt: skip


def taken_off_the_team_twice(world: World) -> Two:
    def ends(by: str) -> Act:
        return lambda: cases.end_team_term(
            actor=world.actor(by), case=world.case, user_id=world.actor("kela").writer_id,
            now=world.now,
        )  # fmt: skip

    return Two(
        ends("employment"),
        ends("social"),
        lambda: AuditRow.objects.filter(action="team_member_ended").count() == 1,
    )


def covers(world: World, by: str = "colleague") -> Cover:
    actor = world.actor("employment")
    return cases.cover_absence(
        actor=actor, user_id=actor.user_id, by_id=world.actor(by).user_id,  # type: ignore[arg-type]
        since=on(world, 0), until=on(world, 9), now=world.now,
    )  # fmt: skip


def two_covers(world: World) -> Two:
    return Two(lambda: covers(world), lambda: covers(world), lambda: Cover.objects.count() == 1)


def cover_ended_twice(world: World) -> Two:
    row = covers(world)

    def ends(by: str) -> Act:
        return lambda: cases.end_cover(actor=world.actor(by), cover_id=row.pk, now=world.now)

    return Two(
        ends("employment"),
        ends("colleague"),
        lambda: AuditRow.objects.filter(action="cover_ended").count() == 1,
    )


# Agreeing


def says_yes(world: World, who: str) -> Act:
    return lambda: plan.accept_plan(
        actor=world.actor(who), version_id=world.version.pk, now=world.now
    )


def signs_for_the_client(world: World) -> Act:
    return lambda: plan.write_client_answer(
        actor=world.actor("social"), version_id=world.version.pk, reply=Reply.ACCEPTED, comment="",
        paper="A 1", now=world.now,
    )  # fmt: skip


def in_force(world: World) -> bool:
    return PlanVersion.objects.get(pk=world.version.pk).in_force_at is not None


def answered_by_the_client_and_on_paper(world: World) -> Two:
    return Two(
        says_yes(world, "client"),
        signs_for_the_client(world),
        lambda: Answer.objects.filter(version=world.version, party="client").count() == 1,
    )


def accepted_while_proposed_anew(world: World) -> Two:
    for party in ("social", "kela"):
        says_yes(world, party)()
    return Two(
        lambda: plan.propose_plan(actor=world.actor("employment"), case=world.case, now=world.now),
        says_yes(world, "client"),
        lambda: not in_force(world),
    )


def settled_while_accepted(world: World) -> Two:
    for party in ("social", "kela"):
        says_yes(world, party)()
    return Two(
        says_yes(world, "client"),
        lambda: plan.settle_disagreement(
            actor=world.actor("employment"), version_id=world.version.pk, settlement="So.",
            now=world.now,
        ),
        lambda: in_force(world),
    )  # fmt: skip


def settled_twice(world: World) -> Two:
    plan.disagree_with_plan(
        actor=world.actor("client"), version_id=world.version.pk, comment="No.", now=world.now
    )

    def settles(settlement: str) -> Act:
        return lambda: plan.settle_disagreement(
            actor=world.actor("employment"), version_id=world.version.pk, settlement=settlement,
            now=world.now,
        )  # fmt: skip

    return Two(
        settles("First."),
        settles("Second."),
        lambda: PlanVersion.objects.get(pk=world.version.pk).settled_by == "First.",
    )


def review_asked_twice(world: World) -> Two:
    agreed(world)

    def asks() -> object:
        return plan.ask_for_review(
            actor=world.actor("client"), case=world.case, reason="Changed.", now=world.now
        )

    return Two(asks, asks, lambda: world.case.reviewrequests.count() == 1)


def review_answered_twice(world: World) -> Two:
    agreed(world)
    wish = plan.ask_for_review(
        actor=world.actor("client"), case=world.case, reason="Changed.", now=world.now
    )

    def answers(state: ReviewState) -> Act:
        return lambda: plan.answer_review_request(
            actor=world.actor("employment"), request_id=wish.pk, state=state, answer="Why.",
            now=world.now,
        )  # fmt: skip

    return Two(
        answers(ReviewState.AGREED),
        answers(ReviewState.REFUSED),
        lambda: type(wish).objects.get(pk=wish.pk).state == ReviewState.AGREED,
    )


def agreed(world: World) -> None:
    for party in ("social", "kela", "client"):
        says_yes(world, party)()


# In the plan


def a_request_accepted_twice(world: World) -> Two:
    request = plan.ask_body(
        actor=world.actor("employment"), goal_id=world.joint_goal.pk, to_body=Body.SOCIAL,
        text="A day", answer_by=on(world, 10), now=world.now,
    )  # fmt: skip
    before = Action.objects.count()

    def takes() -> object:
        return plan.accept_request(
            actor=world.actor("social"), request_id=request.pk, due_on=on(world, 5), answer="",
            now=world.now,
        )  # fmt: skip

    return Two(takes, takes, lambda: Action.objects.count() == before + 1)


def a_request_accepted_while_taken_back(world: World) -> Two:
    request = plan.ask_body(
        actor=world.actor("employment"), goal_id=world.joint_goal.pk, to_body=Body.SOCIAL,
        text="A day", answer_by=on(world, 10), now=world.now,
    )  # fmt: skip
    before = Action.objects.count()
    return Two(
        lambda: plan.withdraw_body_request(
            actor=world.actor("employment"), request_id=request.pk, now=world.now
        ),
        lambda: plan.accept_request(
            actor=world.actor("social"), request_id=request.pk, due_on=on(world, 5), answer="",
            now=world.now,
        ),
        lambda: Action.objects.count() == before,
    )  # fmt: skip


def a_goal_written_by_two(world: World) -> Two:
    def writes(by: str, text: str) -> Act:
        return lambda: plan.edit_goal(
            actor=world.actor(by), goal_id=world.joint_goal.pk, text=text, revision=1,
            now=world.now,
        )  # fmt: skip

    def first_stands() -> bool:
        world.joint_goal.refresh_from_db()
        return bool(world.joint_goal.text == "First.")

    return Two(writes("employment", "First."), writes("social", "Second."), first_stands)


def a_step_closed_by_two(world: World) -> Two:
    step = Action.objects.filter(goal=world.joint_goal).order_by("due_on")[0]

    def closes(state: str, reason: str) -> Act:
        return lambda: plan.close_action(
            actor=world.actor("social"), action_id=step.pk, state=state,  # type: ignore[arg-type]
            reason=reason, revision=step.revision, now=world.now,
        )  # fmt: skip

    return Two(
        closes("done", ""),
        closes("dropped", "Not needed."),
        lambda: Action.objects.get(pk=step.pk).state == "done",
    )


def a_meeting_moved_while_called_off(world: World) -> Two:
    meeting = called(world)
    return Two(
        lambda: meeting_services.cancel_meeting(
            actor=world.actor("employment"), meeting_id=meeting.pk, cancelled_because="Ill.",
            now=world.now,
        ),
        lambda: meeting_services.move_meeting(
            actor=world.actor("social"), meeting_id=meeting.pk, minutes_long=60, place="There",
            starts_at=world.now + timedelta(days=9), remote_link="", revision=1, now=world.now,
        ),
        lambda: Meeting.objects.get(pk=meeting.pk).place == "Here",
    )  # fmt: skip


def coming_to_a_meeting_called_off(world: World) -> Two:
    meeting = called(world)
    client = meeting.participants.get(role="client")
    return Two(
        lambda: meeting_services.cancel_meeting(
            actor=world.actor("employment"), meeting_id=meeting.pk, cancelled_because="Ill.",
            now=world.now,
        ),
        lambda: meeting_services.answer_invitation(
            actor=world.actor("client"), meeting_id=meeting.pk, coming=Attendance.COMES,
            participant_id=client.pk, now=world.now,
        ),
        lambda: not meeting.participants.filter(role="client", coming=Attendance.COMES).exists(),
    )  # fmt: skip


def called(world: World) -> Meeting:
    return meeting_services.call_meeting(
        actor=world.actor("employment"), case=world.case, minutes_long=60, place="Here",
        starts_at=world.now + timedelta(days=5), remote_link="", member_ids=[], now=world.now,
    )  # fmt: skip


# The end, and after it


def ending(world: World) -> Ending:
    agreed(world)
    case = Case.objects.get(pk=world.case.pk)
    return plan.propose_ending(
        actor=world.actor("employment"), case=case, exit=Exit.EDUCATION, reason="Enough.",
        follow_up_by_id=world.actor("social").user_id, now=world.now,
    )  # fmt: skip


def assesses(world: World, who: str, proposed: Ending, ended: bool = True) -> Act:
    return lambda: plan.assess_ending(
        actor=world.actor(who), ending_id=proposed.pk, need_has_ended=ended, statement="Why.",
        now=world.now,
    )  # fmt: skip


def state_of(world: World) -> CaseState:
    return CaseState(Case.objects.get(pk=world.case.pk).state)


def an_ending_taken_back_while_agreed(world: World) -> Two:
    proposed = ending(world)
    assesses(world, "social", proposed)()
    return Two(
        assesses(world, "kela", proposed),
        lambda: plan.withdraw_ending(
            actor=world.actor("employment"), ending_id=proposed.pk, now=world.now
        ),
        lambda: state_of(world) == CaseState.FOLLOW_UP,
    )


def an_ending_assessed_by_one_body_twice(world: World) -> Two:
    proposed = ending(world)
    return Two(
        assesses(world, "social", proposed),
        assesses(world, "social", proposed, ended=False),
        lambda: state_of(world) == CaseState.ENDING and proposed.views.count() == 2,
    )


def reopened_twice(world: World) -> Two:
    proposed = ending(world)
    for who in ("social", "kela"):
        assesses(world, who, proposed)()

    def reopens(by: str) -> Act:
        case = Case.objects.get(pk=world.case.pk)
        return lambda: plan.reopen_case(
            actor=world.actor(by), case=case, reason="A mistake.", now=world.now
        )

    return Two(
        reopens("employment"),
        reopens("social"),
        lambda: AuditRow.objects.filter(action="case_reopened").count() <= 1,
    )


def opened_to_kela_while_the_case_ends(world: World) -> Two:
    proposed = ending(world)
    assesses(world, "social", proposed)()
    case = Case.objects.get(pk=world.case.pk)
    return Two(
        assesses(world, "kela", proposed),
        lambda: decide(
            actor=world.actor("client"), case=case, choice=Choice.GRANTED, receiver=Receiver.KELA,
            categories=[SOCIAL], purpose="p", now=world.now,
        ),
        lambda: not ConsentLine.objects.filter(case=world.case, receiver=Receiver.KELA).exists(),
    )  # fmt: skip


def a_point(world: World) -> FollowUpPoint:
    proposed = ending(world)
    for who in ("social", "kela"):
        assesses(world, who, proposed)()
    make_points(actor=NIGHT, on=on(world, 0), now=world.now)
    point = FollowUpPoint.objects.get(case=world.case, months=3)
    FollowUpPoint.objects.filter(pk=point.pk).update(due_on=on(world, 0))
    return point


def a_point_answered_twice(world: World) -> Two:
    point = a_point(world)

    def answers(situation: Situation) -> Act:
        return lambda: followup.answer_point(
            actor=world.actor("social"), point_id=point.pk, situation=situation, now=world.now
        )

    return Two(
        answers(Situation.CONTRACT),
        answers(Situation.OTHER),
        lambda: PointAnswer.objects.get(point=point).situation == Situation.CONTRACT,
    )


def a_link_used_twice(world: World) -> Two:
    point = a_point(world)

    def answers(situation: Situation) -> Act:
        return lambda: followup.answer_by_link(
            token=token_of(point.pk), situation=situation, wants_contact=False, now=world.now
        )

    return Two(
        answers(Situation.CONTRACT),
        answers(Situation.OTHER),
        lambda: PointAnswer.objects.get(point=point).situation == Situation.CONTRACT,
    )


def a_call_for_help_handled_twice(world: World) -> Two:
    said = followup.check_in(
        actor=world.actor("client"), case=world.case, feeling=Feeling.HELP, now=world.now
    )

    def handles(by: str) -> Act:
        return lambda: followup.handle_check_in(
            actor=world.actor(by), check_in_id=said.pk, now=world.now
        )

    return Two(
        handles("employment"),
        handles("social"),
        lambda: (
            type(said).objects.get(pk=said.pk).handled_by_id == world.actor("employment").user_id
        ),
    )


# The client's rights


def a_question_answered_twice(world: World) -> Two:
    plan_page(world)
    look = list_visits(world.actor("client"), world.case.pk, now=world.now)[0].number
    question = ask_about_access(
        actor=world.actor("client"), case=world.case, log_row=look, text="Why?", now=world.now
    )

    def answers(text: str) -> Act:
        return lambda: answer_question(
            actor=world.actor("officer"), question_id=question.pk, answer=text, now=world.now
        )

    return Two(
        answers("First."),
        answers("Second."),
        lambda: type(question).objects.get(pk=question.pk).answer == "First.",
    )


def a_correction_answered_twice(world: World) -> Two:
    asked = ask_for_correction(
        actor=world.actor("client"), case=world.case, kind="goal", statement="Wrong.",
        subject_id=str(world.debts_goal.pk), now=world.now,
    )  # fmt: skip

    def answers(outcome: Outcome) -> Act:
        return lambda: answer_correction(
            actor=world.actor(asked.to_body), correction_id=asked.pk, outcome=outcome,
            answer="Why.", now=world.now,
        )  # fmt: skip

    return Two(
        answers(Outcome.NOT_CORRECTED),
        answers(Outcome.CORRECTED),
        lambda: type(asked).objects.get(pk=asked.pk).outcome == Outcome.NOT_CORRECTED,
    )


# The grounds


def a_draft_thrown_away_while_signed(world: World) -> Two:
    row = draft(world)
    return Two(
        lambda: sign_ground(actor=TEST, ground_id=row.pk, signed_by="Officer", now=world.now),
        lambda: discard_draft(actor=TEST, ground_id=row.pk, now=world.now),
        lambda: Ground.objects.get(pk=row.pk).is_signed,
    )


def a_ground_ended_later_than_it_was_ended(world: World) -> Two:
    row = signed(world)

    def ends(days: int) -> Act:
        return lambda: end_ground(
            actor=TEST, ground_id=row.pk, last_day=on(world, days), now=world.now
        )

    return Two(ends(3), ends(30), lambda: Ground.objects.get(pk=row.pk).valid_to == on(world, 3))


# Before a case


def a_flag_declined_twice(world: World) -> Two:
    worker = world.actor("employment")
    row = next(
        r for r in list_flags(worker, WorklistFilter(), now=world.now).rows if r.status == "new"
    )

    def declines(why: str) -> Act:
        return lambda: decline_flag(
            actor=worker, person_id=row.person.pk, rule=row.rule, reason=why, now=world.now
        )

    return Two(
        declines("First."),
        declines("Second."),
        lambda: (
            FlagDecision.objects.get(
                flag__person=row.person.pk, flag__rule=row.rule, network=worker.network_id
            ).reason
            == "First."
        ),
    )


PAIRS = [
    accepted_while_taken_back, taken_back_while_accepted, accepted_twice, declined_while_accepted,
    offered_to_two, manager_changed_to_two, offered_by_who_no_longer_manages,
    ended_while_it_changes_hands, taken_off_the_team_twice, two_covers, cover_ended_twice,
    answered_by_the_client_and_on_paper, accepted_while_proposed_anew, settled_while_accepted,
    settled_twice, review_asked_twice, review_answered_twice, a_request_accepted_twice,
    a_request_accepted_while_taken_back, a_goal_written_by_two, a_step_closed_by_two,
    a_meeting_moved_while_called_off, coming_to_a_meeting_called_off,
    an_ending_taken_back_while_agreed, an_ending_assessed_by_one_body_twice, reopened_twice,
    opened_to_kela_while_the_case_ends, a_point_answered_twice, a_link_used_twice,
    a_call_for_help_handled_twice, a_question_answered_twice, a_correction_answered_twice,
    a_draft_thrown_away_while_signed, a_ground_ended_later_than_it_was_ended,
    a_flag_declined_twice,
]  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.__name__)
def test_who_comes_second_is_told_and_changes_nothing(pair: Callable[[World], Two]) -> None:
    two = pair(World.load())
    first, second = by_turns(two.first, two.second)
    assert first == "done"
    assert second in TOO_LATE, second
    assert two.holds()


# Erasure: the night looks first, and takes one case after another


def kept_its_time(world: World, state: CaseState = CaseState.CLOSED) -> datetime:
    """The joint case ended so long ago that it goes; the night that erases it."""
    case = world.end_case()
    long_ago = world.now - timedelta(days=366 * 5)
    Case.objects.filter(pk=case.pk).update(state=state, ended_at=long_ago)
    return datetime.combine(on(world, 0), time(2), HELSINKI)


def test_a_case_held_while_the_night_is_about_to_erase_it_stays() -> None:
    world = World.load()
    night = kept_its_time(world)
    case = Case.objects.get(pk=world.case.pk)
    outcomes = by_turns(
        lambda: cases.hold_case(
            actor=world.actor("employment"), case=case, why="A court asks.", now=world.now
        ),
        lambda: close_and_erase(actor=NIGHT, on=day_of(night), now=night),
    )
    assert outcomes == ("done", "done")
    assert Case.objects.get(pk=world.case.pk).hold_why == "A court asks."


def test_a_case_reopened_while_the_night_is_about_to_close_or_erase_it_stays() -> None:
    world = World.load()
    night = kept_its_time(world, CaseState.FOLLOW_UP)
    case = Case.objects.get(pk=world.case.pk)
    outcomes = by_turns(
        lambda: plan.reopen_case(
            actor=world.actor("employment"), case=case, reason="A mistake.", now=world.now
        ),
        lambda: close_and_erase(actor=NIGHT, on=day_of(night), now=night),
    )
    assert outcomes == ("done", "done")
    assert Case.objects.get(pk=world.case.pk).is_open


def test_a_hold_that_comes_while_the_case_is_erased_is_told() -> None:
    world = World.load()
    night = kept_its_time(world)
    case = Case.objects.get(pk=world.case.pk)
    outcomes = by_turns(
        lambda: close_and_erase(actor=NIGHT, on=day_of(night), now=night),
        lambda: cases.hold_case(
            actor=world.actor("employment"), case=case, why="A court asks.", now=world.now
        ),
    )
    assert outcomes[0] == "done"
    assert outcomes[1] in TOO_LATE, outcomes[1]
    assert not Case.objects.filter(pk=world.case.pk).exists()


# Consent: what is taken back is closed to whoever asks next


def test_while_a_consent_is_taken_back_a_reader_sees_all_or_nothing_of_it() -> None:
    """Whoever reads meanwhile sees as before; whoever reads after it was written, nothing."""
    world = World.load()
    said = {
        "actor": world.actor("client"), "case": world.case, "receiver": Receiver.KELA,
        "categories": [SOCIAL], "purpose": "p", "now": world.now,
    }  # fmt: skip
    decide(choice=Choice.GRANTED, **said)  # type: ignore[arg-type]
    seen: list[bool] = []

    def reads() -> None:
        page = plan_page(world)
        goal = world.debts_goal.pk in {row.pk for row in page.rows}
        assert goal == (SOCIAL not in page.hidden)
        seen.append(goal)

    outcomes = by_turns(lambda: decide(choice=Choice.REVOKED, **said), reads)  # type: ignore[arg-type]
    assert outcomes == ("done", "done")
    reads()
    assert seen == [True, False]


def plan_page(world: World) -> Any:
    return open_case(world.actor("kela"), world.case.pk, purpose=Purpose.KEEP_CASE, now=world.now)


# The night's sets


def test_two_who_hand_letters_over_at_once_send_each_letter_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World.load()
    User.objects.filter(username__in=("employment", "social", "kela")).update(
        email=Concat("username", Value("@example.org"))
    )
    Notification.objects.all().delete()
    day = datetime(2026, 12, 2, 10, 0, tzinfo=HELSINKI)
    followup.remind(actor=NIGHT, on=day_of(day))
    followup.notify_of_the_night(actor=NIGHT, on=day_of(day), now=day)
    waiting = Notification.objects.filter(channel=Channel.EMAIL).count()
    assert waiting > 1
    handed: list[str] = []
    monkeypatch.setattr(
        "followup.services.delivering._hand_over",
        lambda gateway, letter: handed.append(str(letter.id)),
    )
    outcomes = at_once(*[lambda: deliver(actor=NIGHT, channel=Channel.EMAIL, now=lambda: day)] * 3)
    assert outcomes == ["done"] * 3
    assert len(handed) == len(set(handed)) > 1
    left = Notification.objects.filter(channel=Channel.EMAIL, state=NotificationState.WAITING)
    assert not left.exists()
    assert world.case.pk


def test_a_letter_that_somebody_holds_is_not_taken_by_another_and_keeps_nobody() -> None:
    World.load()
    User.objects.filter(username__in=("employment", "social", "kela")).update(
        email=Concat("username", Value("@example.org"))
    )
    Notification.objects.all().delete()
    day = datetime(2026, 12, 2, 10, 0, tzinfo=HELSINKI)
    followup.remind(actor=NIGHT, on=day_of(day))
    followup.notify_of_the_night(actor=NIGHT, on=day_of(day), now=day)
    taken: list[Any] = []

    def takes() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '100ms'")
        found = delivering._take(Channel.EMAIL, day, delivering.Delivered())
        taken.append(found and found[0].pk)

    assert by_turns(takes, takes) == ("done", "done")
    assert len(set(taken)) == 2
    assert None not in taken


@pytest.mark.parametrize("work", ["remind", "notify", "points", "evaluate"])
def test_two_nights_at_once_make_nothing_twice(work: str) -> None:
    world = World.load()
    Notification.objects.all().delete()
    day = world.now + timedelta(days=40)
    acts: dict[str, Act] = {
        "remind": lambda: followup.remind(actor=NIGHT, on=day_of(day)),
        "notify": lambda: followup.notify_of_the_night(actor=NIGHT, on=day_of(day), now=day),
        "points": lambda: make_points(actor=NIGHT, on=day_of(day), now=day),
        "evaluate": lambda: evaluate(actor=NIGHT, on=day_of(day), now=day),
    }
    assert by_turns(acts[work], acts[work]) == ("done", "done")
    for table, key in (
        ("followup_reminder", "kind, subject_id, due_on, for_user_id"),
        ("followup_notification", "user_id, channel, notice, about"),
        ("followup_followuppoint", "case_id, months, due_on"),
        ("benefits_flag", "person_id, rule, reached_on"),
    ):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table} GROUP BY {key} HAVING count(*) > 1")
            assert cursor.fetchall() == [], table
