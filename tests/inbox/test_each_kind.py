"""Each kind of thing that waits: before whom it stands, by whom too, and what makes it leave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from caseplan.intake.services import mark_consultation_seen
from caseplan.meetings import inbox as news_rules
from caseplan.meetings import services as meetings
from caseplan.meetings.selectors import news as news_selectors
from caseplan.messages.models import ThreadKind
from caseplan.messages.services import send_message, start_thread
from caseplan.plan import services as plan
from caseplan.plan.models import ActionState, Exit, ReviewState
from cases import services as cases
from cases.models import NewsKind
from cases.services import mark_news_seen
from cases.services.news import notify_of_change
from common.bodies import Body, Party
from common.clock import day_of
from common.crypto import encrypt
from common.inbox import InboxKind, InboxPlace
from common.reminders import ReminderKind
from consent.models import Category
from followup.models import Reminder, SnoozeReason
from followup.services import remind, show_again, snooze
from inbox.selectors import PAGE, Item, list_waiting
from pages.home.leading import way_to
from people.models import LifeEvent, LifeKind, LifeState
from rights.models import Outcome
from rights.services import answer_correction, ask_for_correction
from tests.caseplan.intake.test_coming_in import NIGHT, begins, free
from tests.caseplan.intake.test_consultations import answers as answers_consultation
from tests.caseplan.intake.test_consultations import asks as asks_consultation
from tests.caseplan.plan.test_end_and_after import asks as asks_to_go_on
from tests.caseplan.plan.test_end_and_after import began, ends
from tests.cases.at_work import has_step, is_called, stands_in
from tests.cases.outside import asks as asks_access
from tests.cases.outside import opens
from tests.personas import World

Deal = Callable[[], object]
_K = InboxKind


def proposes_ending(world: World) -> Deal:
    ending = plan.propose_ending(
        actor=world.actor("social"), case=world.case, exit=Exit.EDUCATION, reason="A school.",
        follow_up_by_id=world.actor("social").user_id, now=world.now,
    )  # fmt: skip
    return lambda: plan.assess_ending(
        actor=world.actor("employment"),
        ending_id=ending.pk,
        need_has_ended=True,
        statement="",
        now=world.now,
    )


def opposes_ending(world: World) -> Deal:
    """The client is heard; where a body does not agree, the proposal is over at once."""
    ending = plan.propose_ending(
        actor=world.actor("social"), case=world.case, exit=Exit.EDUCATION, reason="A school.",
        follow_up_by_id=world.actor("social").user_id, now=world.now,
    )  # fmt: skip
    plan.assess_ending(
        actor=world.actor("client"), ending_id=ending.pk, need_has_ended=False,
        statement="Not yet.", now=world.now,
    )  # fmt: skip
    return lambda: plan.withdraw_ending(
        actor=world.actor("social"), ending_id=ending.pk, now=world.now
    )


def asks_for_review(world: World) -> Deal:
    accepts_all(world)
    wish = plan.ask_for_review(
        actor=world.actor("client"), case=world.case, reason="Changed", now=world.now
    )
    return lambda: plan.answer_review_request(
        actor=world.actor("employment"),
        request_id=wish.pk,
        state=ReviewState.AGREED,
        answer="",
        now=world.now,
    )


def accepts_all(world: World) -> None:
    for party in ("social", "kela", "client"):
        plan.accept_plan(actor=world.actor(party), version_id=world.version.pk, now=world.now)


def comes_into_force(world: World) -> Deal:
    accepts_all(world)
    return lambda: mark_news_seen(actor=world.actor("employment"), now=world.now)


def asks_correction(world: World) -> Deal:
    asked = ask_for_correction(
        actor=world.actor("client"), case=world.case, kind="goal",
        subject_id=str(world.debts_goal.pk), statement="Wrong.", now=world.now,
    )  # fmt: skip
    return lambda: answer_correction(
        actor=world.actor("social"),
        correction_id=asked.pk,
        outcome=Outcome.CORRECTED,
        answer="",
        now=world.now,
    )


def asks_body(world: World) -> Deal:
    asked = plan.ask_body(
        actor=world.actor("employment"), goal_id=world.joint_goal.pk, to_body=Body.KELA,
        text="Rehabilitation?", answer_by=day_of(world.now), now=world.now,
    )  # fmt: skip
    return lambda: plan.decline_request(
        actor=world.actor("kela"), request_id=asked.pk, answer="No.", now=world.now
    )


def goes_on(world: World) -> Deal:
    ends(world)
    asked = asks_to_go_on(world)
    return lambda: plan.decline_to_go_on(
        actor=world.actor("kela"), asked_id=asked.pk, answer="No.", now=world.now
    )


def hands_over(world: World) -> Deal:
    asked = cases.hand_over(
        actor=world.actor("employment"), case=world.case, leaves=False, reason="I move.",
        receiver_id=world.actor("colleague").writer_id, now=world.now,
    )  # fmt: skip
    return lambda: cases.accept_handover(
        actor=world.actor("colleague"), handover_id=asked.pk, now=world.now
    )


def asks_to_see(world: World) -> Deal:
    asked = asks_access(world)
    return lambda: cases.decline_access_request(
        actor=world.actor("employment"), request_id=asked.pk, answer="No.", now=world.now
    )


def opens_at_once(world: World) -> None:
    opens(world)


def consults(world: World) -> Deal:
    row = asks_consultation(world)
    return lambda: answers_consultation(world, row)


def is_answered(world: World) -> Deal:
    row = answers_consultation(world, asks_consultation(world))
    return lambda: mark_consultation_seen(
        actor=world.actor("employment"), consultation_id=row.pk, now=world.now
    )


def keeps_a_seat(world: World) -> Deal:
    case = begins(world, "kela", free(world))
    seat = case.team.get(office_id=world.actor("social").office_id)
    return lambda: cases.name_for_office(
        actor=world.actor("social"), membership_id=seat.pk,
        user_id=world.actor("social").writer_id, now=world.now,
    )  # fmt: skip


def meets(world: World) -> Deal:
    meeting = is_called(world, "employment")
    return lambda: meetings.cancel_meeting(
        actor=world.actor("employment"),
        meeting_id=meeting.pk,
        cancelled_because="Ill.",
        now=world.now,
    )


def has_met(world: World) -> Deal:
    meeting = is_called(world, "employment")
    meeting.starts_at = world.now - timedelta(days=2)
    meeting.save(update_fields=["starts_at"])
    return lambda: meetings.cancel_meeting(
        actor=world.actor("employment"),
        meeting_id=meeting.pk,
        cancelled_because="Ill.",
        now=world.now,
    )


def asks_client(world: World) -> Deal:
    thread = start_thread(
        actor=world.actor("social"), case=world.case, category=Category.PLAN_FOLLOW_UP,
        kind=ThreadKind.DIALOGUE, topic="The bus card", text="When?",
        now=world.now,
    )  # fmt: skip
    return lambda: send_message(
        actor=world.actor("client"),
        thread_id=thread.pk,
        text="Monday.",
        wants_answer=False,
        now=world.now,
    )


def waits_for_others(world: World) -> Deal:
    step = has_step(world)
    step = plan.move_action(
        actor=world.actor("employment"), action_id=step.pk, state=ActionState.WAITING, reason="",
        waiting_for=Party.KELA, revision=step.revision, now=world.now,
    )  # fmt: skip
    return lambda: plan.close_action(
        actor=world.actor("employment"),
        action_id=step.pk,
        state=ActionState.DONE,
        reason="",
        revision=step.revision,
        now=world.now,
    )


def sends_plan(world: World) -> Deal:
    return lambda: accepts_all(world)


def is_quiet(world: World) -> Reminder:
    remind(actor=NIGHT, on=day_of(world.now) + timedelta(days=90))
    return Reminder.objects.get(
        case=world.case, kind=ReminderKind.NO_CONTACT, ended_on=None, level=0
    )


def reminds(world: World) -> Deal:
    quiet = is_quiet(world)
    return lambda: snooze(
        actor=world.actor("employment"),
        reminder_id=quiet.pk,
        reason=SnoozeReason.AGREED,
        until=day_of(world.now) + timedelta(days=3),
        now=world.now,
    )


def postpones(world: World) -> Deal:
    reminds(world)()
    quiet = Reminder.objects.get(
        case=world.case, kind=ReminderKind.NO_CONTACT, ended_on=None, level=0
    )
    return lambda: show_again(actor=world.actor("employment"), reminder_id=quiet.pk, now=world.now)


def is_due(world: World) -> Deal:
    remind(actor=NIGHT, on=day_of(world.now) + timedelta(days=90))
    return lambda: Reminder.objects.filter(kind=ReminderKind.PLAN_DUE).update(
        ended_on=day_of(world.now) + timedelta(days=90)
    )


# The kind: before whom, what makes it stand, before whom it does not.
STANDS: dict[InboxKind, tuple[str, Callable[[World], Deal | None], str]] = {
    _K.ENDING: ("employment", proposes_ending, "social"),
    _K.ENDING_OPPOSED: ("employment", opposes_ending, "kela"),
    _K.REVIEW_ASKED: ("employment", asks_for_review, "kela"),
    _K.GOOD_NEWS: ("employment", comes_into_force, "outsider"),
    _K.CORRECTION: ("social", asks_correction, "kela"),
    _K.ASKED_OF_BODY: ("employment", asks_body, "kela"),
    _K.GO_ON: ("kela", goes_on, "social"),
    _K.HANDOVER: ("colleague", hands_over, "employment"),
    _K.ACCESS_ASKED: ("employment", asks_to_see, "social"),
    _K.EMERGENCY: ("employment", opens_at_once, "colleague"),
    _K.CONSULTATION: ("kela", consults, "social"),
    _K.CONSULTATION_ANSWERED: ("employment", is_answered, "colleague"),
    _K.SEAT: ("social", keeps_a_seat, "outsider"),
    _K.MEETING: ("employment", meets, "social"),
    _K.MEETING_UNRECORDED: ("employment", has_met, "social"),
    _K.ASKED_OF_CLIENT: ("employment", asks_client, "outsider"),
    _K.ACTION_WAITS: ("employment", waits_for_others, "kela"),
    _K.PLAN_SENT: ("employment", sends_plan, "kela"),
    _K.REMINDER: ("employment", reminds, "kela"),
    _K.POSTPONED: ("employment", postpones, "kela"),
    _K.CLOCK: ("employment", is_due, "outsider"),
}


def waiting(world: World, who: str, kind: InboxKind) -> list[Item]:
    """What of one kind waits for somebody, wherever on the page it stands.

    Of reminders that of the quiet in the joint case: the others of the demo go another way.
    """
    actor = world.actor(who)
    found: list[Item] = []
    for place in InboxPlace:
        count = list_waiting(actor, place=place, now=world.now).count
        for page in range(1, count // PAGE + 2):
            found += list_waiting(actor, place=place, page=page, now=world.now).items
    of_kind = [item for item in found if item.kind is kind]
    if kind in (_K.REMINDER, _K.POSTPONED):
        return [
            item
            for item in of_kind
            if item.case == world.case and item.facts["reminder"] == ReminderKind.NO_CONTACT
        ]
    return of_kind


@pytest.mark.parametrize("kind", STANDS, ids=str)
def test_it_stands_before_its_reader_alone_and_leaves_when_dealt_with(
    world: World, kind: InboxKind
) -> None:
    who, happens, not_for = STANDS[kind]
    deal = happens(world)
    standing = waiting(world, who, kind)
    assert standing and all(item.words and way_to(item)[0] for item in standing)
    theirs = {item.subject_id for item in standing}
    assert not theirs & {item.subject_id for item in waiting(world, not_for, kind)}
    if deal is not None:
        deal()
        assert not theirs & {item.subject_id for item in waiting(world, who, kind)}


@pytest.mark.parametrize("kind", [k for k, (who, _h, _n) in STANDS.items() if who == "employment"])
def test_who_stands_in_has_it_too(world: World, kind: InboxKind) -> None:
    _who, happens, _not_for = STANDS[kind]
    happens(world)
    stands_in(world)
    theirs = {item.subject_id for item in waiting(world, "employment", kind)}
    covers = waiting(world, "colleague", kind)
    assert {item.subject_id for item in covers} == theirs
    assert all(item.stands_for for item in covers)


def test_what_was_the_case_managers_is_the_next_ones_after_a_handover(world: World) -> None:
    step = has_step(world)
    asks_to_see(world)
    hands_over(world)()
    assert waiting(world, "colleague", _K.ACCESS_ASKED)
    assert not waiting(world, "employment", _K.ACCESS_ASKED)
    assert step.pk in {item.subject_id for item in waiting(world, "colleague", _K.ACTION)}
    assert step.pk not in {item.subject_id for item in waiting(world, "employment", _K.ACTION)}


def test_news_of_a_thing_is_judged_by_the_thing_whatever_the_news(world: World) -> None:
    """What has no row is told whatever is open: news of a thing must never be among that."""
    read = {table: set(kinds) for table, (_facts, _document, kinds) in news_rules._TABLES.items()}
    told = {
        model._meta.db_table: set(kinds) - set(news_rules._ASKED_ELSEWHERE)
        for model, kinds in news_selectors._ABOUT.items()
    }
    assert read == told
    for kind in (NewsKind.GOAL_DROPPED, NewsKind.GOAL_TAKEN_UP):
        notify_of_change(
            actor=world.actor("employment"), case=world.case, kind=kind,
            subject_id=world.debts_goal.pk, now=world.now,
            workers=[world.actor(who).writer_id for who in ("social", "kela")],
        )  # fmt: skip
    goals = (NewsKind.GOAL_DROPPED, NewsKind.GOAL_TAKEN_UP)
    said = [i for i in waiting(world, "social", _K.NEWS) if i.facts["news"] in goals]
    assert said and all(world.debts_goal.text in item.words for item in said)
    assert not [i for i in waiting(world, "kela", _K.NEWS) if i.facts["news"] in goals]


def test_to_what_a_case_ended_is_told_to_who_began_it_and_names_nobody(world: World) -> None:
    began(world, "colleague")
    ends(world)
    (told,) = waiting(world, "colleague", _K.GOOD_NEWS)
    assert told.facts["exit"] == Exit.EDUCATION
    assert (told.case, told.person, way_to(told)) == (None, None, ("", ""))


def test_whether_two_records_are_one_waits_for_the_officer_and_for_no_worker(
    world: World,
) -> None:
    LifeEvent.objects.create(
        person=world.case.person, kind=LifeKind.JOINED, state=LifeState.ASKED,
        recorded_at=world.now, recorded_by_id=world.actor("kela").writer_id,
        change_encrypted=encrypt("{}"),
    )  # fmt: skip
    for who in ("employment", "social", "kela"):
        assert not waiting(world, who, _K.LIFE_CONFIRM), who
