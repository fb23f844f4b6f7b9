"""Each kind of what waits, as it comes to be by what people do: for whom, and what ends it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from benefits import services as benefits
from benefits.models import ImportState, RegisterImport
from caseplan.intake import services as intake
from caseplan.intake.models import AskedHelp, HelpInstead, ReferralAnswer, WhyNot
from caseplan.meetings import services as meetings
from caseplan.meetings.models import Attendance
from caseplan.messages.models import ThreadKind
from caseplan.messages.services import mark_read, send_message, start_thread
from caseplan.options import services as options
from caseplan.plan import services as plan
from caseplan.plan.models import (
    Action,
    ActionState,
    BodyRequest,
    Ending,
    EndingOutcome,
    Exit,
    PaperState,
    Reply,
    ReviewState,
    SignedPaper,
)
from caseplan.remarks import services as remarks
from cases import services as cases
from cases.models import Case, Cover
from common.bodies import Body, Party
from common.clock import day_of
from common.inbox import InboxKind
from common.reminders import ReminderKind
from consent.models import Category
from consent.services import confirm_written
from followup.models import Feeling, FollowUpPoint, Reminder, Situation, SnoozeReason
from followup.services import (
    answer_point,
    check_in,
    handle_check_in,
    note_contact,
    remind,
    show_again,
    snooze,
)
from people.models import ProtectionQuestion, User
from people.selectors import actor_for
from people.services import link_client
from rights.models import Outcome
from rights.services import answer_correction, ask_for_correction
from statutes.reader import law_on
from tests.builders import TEST, written_down
from tests.caseplan.intake.test_coming_in import NIGHT, begins, free, sent
from tests.caseplan.intake.test_consultations import answers as answers_consultation
from tests.caseplan.intake.test_consultations import asks as asks_consultation
from tests.caseplan.options.offering import offered
from tests.caseplan.plan.test_end_and_after import asks as asks_to_go_on
from tests.caseplan.plan.test_end_and_after import ends
from tests.cases.at_work import has_step, is_called, place_of
from tests.cases.outside import asks as asks_access
from tests.cases.outside import opens
from tests.followup.to_the_day import leads, step
from tests.people.test_letting_in import comes, lets_in
from tests.people.test_staff import position
from tests.personas import World

_K = InboxKind
PLAN = Category.PLAN_FOLLOW_UP
WORKERS = ("employment", "colleague", "social", "kela", "outsider")


@dataclass(frozen=True, slots=True)
class Happened:
    """What waits now: its key, or what it is about; and what deals with it, by a user name.

    ``over``: after how many days it has gone where nobody need do anything. ``night``: which
    reminder it is, of the joint case, that a night ninety days from now raises for its reader.
    """

    about: UUID
    deal: Callable[[str], object] | None = None
    over: int = 0
    night: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """``readers``: before whom of ``WORKERS`` it stands, whoever deals with it first.

    ``each``: whoever deals with it does so for their own part, or body, alone. ``own``: why nobody
    who stands in has it, and it stays with whoever had it when the case is handed over.
    ``stays``: why it stays with whoever had it, or goes, when the case is handed over.
    """

    readers: tuple[str, ...]
    happens: Callable[[World], Happened]
    each: bool = False
    own: str = ""
    stays: str = ""


def the_case(world: World) -> Case:
    return Case.objects.select_related("person").get(pk=world.case.pk)


def _thread(world: World, who: str, kind: ThreadKind = ThreadKind.DIALOGUE) -> UUID:
    return start_thread(
        actor=world.actor(who), case=world.case, category=PLAN, kind=kind, topic="The bus card",
        text="When?", now=world.now,
    ).pk  # fmt: skip


def asks_for_help(world: World) -> Happened:
    row = check_in(actor=world.actor("client"), case=world.case, feeling=Feeling.HELP,
                   now=world.now)  # fmt: skip
    return Happened(
        row.pk,
        lambda by: handle_check_in(actor=world.actor(by), check_in_id=row.pk, now=world.now),
    )


def wants_contact(world: World) -> Happened:
    """Three months after the end; the case manager was named to ask."""
    case, me = world.end_case(), world.actor("employment")
    Ending(
        case=case, category=PLAN, exit=Exit.OTHER_SERVICE, reason="Enough.",
        follow_up_by_id=me.user_id, outcome=EndingOutcome.AGREED, closed_at=world.now,
        recorded_for=Party.EMPLOYMENT, recorded_by_id=me.user_id, recorded_at=world.now,
    ).save()  # fmt: skip
    point = FollowUpPoint.objects.create(
        case=case, months=3, due_on=day_of(world.now), open_until=day_of(world.now),
        asker_id=me.user_id,
    )  # fmt: skip
    row = answer_point(actor=world.actor("client"), point_id=point.pk, now=world.now,
                       situation=Situation.UNEMPLOYED, wants_contact=True)  # fmt: skip
    return Happened(
        row.pk, lambda by: note_contact(actor=world.actor(by), answer_id=row.pk, now=world.now)
    )


def writes(world: World) -> Happened:
    thread = _thread(world, "client")
    return Happened(
        thread,
        lambda by: send_message(actor=world.actor(by), thread_id=thread, text="Monday.",
                                wants_answer=False, now=world.now),
    )  # fmt: skip


def notes(world: World) -> Happened:
    thread = _thread(world, "social", ThreadKind.NOTE)
    return Happened(
        thread, lambda by: mark_read(actor=world.actor(by), thread_id=thread, now=world.now)
    )


def is_asked(world: World) -> Happened:
    thread = _thread(world, "social")
    return Happened(
        thread,
        lambda _by: send_message(actor=world.actor("client"), thread_id=thread, text="Monday.",
                                 wants_answer=False, now=world.now),
    )  # fmt: skip


def accepts_all(world: World) -> None:
    for party in ("social", "kela", "client"):
        plan.accept_plan(actor=world.actor(party), version_id=world.version.pk, now=world.now)


def asks_for_review(world: World) -> Happened:
    accepts_all(world)
    wish = plan.ask_for_review(actor=world.actor("client"), case=world.case, reason="Changed",
                               now=world.now)  # fmt: skip
    return Happened(
        wish.pk,
        lambda by: plan.answer_review_request(actor=world.actor(by), request_id=wish.pk,
                                              state=ReviewState.AGREED, answer="", now=world.now),
    )  # fmt: skip


def asks_correction(world: World) -> Happened:
    asked = ask_for_correction(
        actor=world.actor("client"), case=world.case, kind="goal",
        subject_id=str(world.debts_goal.pk), statement="Wrong.", now=world.now,
    )  # fmt: skip
    return Happened(
        asked.pk,
        lambda by: answer_correction(actor=world.actor(by), correction_id=asked.pk, answer="",
                                     outcome=Outcome.CORRECTED, now=world.now),
    )  # fmt: skip


def disagrees(world: World) -> Happened:
    version = world.version.pk
    plan.disagree_with_plan(actor=world.actor("kela"), version_id=version, comment="Too much.",
                            now=world.now)  # fmt: skip
    return Happened(
        version,
        lambda by: plan.settle_disagreement(actor=world.actor(by), version_id=version,
                                            settlement="As before.", now=world.now),
    )  # fmt: skip


def is_proposed(world: World) -> Happened:
    return Happened(
        world.version.pk,
        lambda by: plan.accept_plan(actor=world.actor(by), version_id=world.version.pk,
                                    now=world.now),
    )  # fmt: skip


def sends_plan(world: World) -> Happened:
    return Happened(world.version.pk, lambda _by: accepts_all(world))


def comes_into_force(world: World) -> Happened:
    accepts_all(world)
    return Happened(
        world.version.pk, lambda by: cases.mark_news_seen(actor=world.actor(by), now=world.now)
    )


def _ending(world: World) -> UUID:
    return plan.propose_ending(
        actor=world.actor("social"), case=the_case(world), exit=Exit.EDUCATION, reason="A school.",
        follow_up_by_id=world.actor("social").user_id, now=world.now,
    ).pk  # fmt: skip


def _assesses(world: World, by: str, ending: UUID, ended: bool) -> object:
    return plan.assess_ending(actor=world.actor(by), ending_id=ending, need_has_ended=ended,
                              statement="" if ended else "Not yet.", now=world.now)  # fmt: skip


def proposes_ending(world: World) -> Happened:
    ending = _ending(world)
    return Happened(ending, lambda by: _assesses(world, by, ending, True))


def opposes_ending(world: World) -> Happened:
    """The client is heard; where a body does not agree, the proposal is over at once."""
    ending = _ending(world)
    _assesses(world, "client", ending, False)
    return Happened(ending, lambda _by: _assesses(world, "kela", ending, False))


def _asks_body(world: World, who: str) -> UUID:
    return plan.ask_body(
        actor=world.actor(who), goal_id=world.joint_goal.pk, to_body=Body.KELA,
        text="Rehabilitation?", answer_by=day_of(world.now), now=world.now,
    ).pk  # fmt: skip


def _declines(world: World, by: str, asked: UUID) -> object:
    return plan.decline_request(actor=world.actor(by), request_id=asked, answer="No.",
                                now=world.now)  # fmt: skip


def asks_kela(world: World) -> Happened:
    asked = _asks_body(world, "social")
    return Happened(asked, lambda by: _declines(world, by, asked))


def has_asked_kela(world: World) -> Happened:
    asked = _asks_body(world, "employment")
    return Happened(asked, lambda _by: _declines(world, "kela", asked))


def says_of_the_plan(world: World) -> Happened:
    remark = remarks.propose_step(
        actor=world.actor("client"), goal_id=world.joint_goal.pk, text="I ask.", now=world.now
    )
    return Happened(
        remark.pk,
        lambda by: remarks.answer_remark(
            actor=world.actor(by), remark_id=remark.pk, answer="Do.", now=world.now
        ),
    )


def takes_none(world: World) -> Happened:
    offer = offered(world, "employment")
    options.take_none(actor=world.actor("client"), offer_id=offer.pk, answer="", now=world.now)
    return Happened(
        offer.pk,
        lambda by: options.reply_to_answer(
            actor=world.actor(by), offer_id=offer.pk, reply="Let us talk.", now=world.now
        ),
    )


def may_choose(world: World) -> Happened:
    offer = offered(world, "employment")
    return Happened(
        offer.pk,
        lambda _by: options.take_none(
            actor=world.actor("client"), offer_id=offer.pk, answer="", now=world.now
        ),
    )


def asks_in_vain(world: World) -> Happened:
    """Kela's worker leads their office too: it is they who are late."""
    leads("kela")
    asked = _asks_body(world, "social")
    BodyRequest.objects.filter(pk=asked).update(answer_by=day_of(world.now) - timedelta(days=1))
    return Happened(world.actor("kela").writer_id, lambda by: _declines(world, by, asked))


def goes_on(world: World) -> Happened:
    ends(world)
    asked = asks_to_go_on(world)
    return Happened(
        asked.pk,
        lambda by: plan.decline_to_go_on(actor=world.actor(by), asked_id=asked.pk, answer="No.",
                                         now=world.now),
    )  # fmt: skip


def invites(world: World) -> Happened:
    meeting = is_called(world, "social")
    return Happened(
        meeting.pk,
        lambda by: meetings.answer_invitation(
            actor=world.actor(by), meeting_id=meeting.pk, coming=Attendance.COMES,
            participant_id=place_of(world, meeting).pk, now=world.now,
        ),
    )  # fmt: skip


def _cancels(world: World, by: str, meeting: UUID) -> object:
    return meetings.cancel_meeting(actor=world.actor(by), meeting_id=meeting,
                                   cancelled_because="Ill.", now=world.now)  # fmt: skip


def meets(world: World) -> Happened:
    meeting = is_called(world, "employment")
    return Happened(meeting.pk, lambda by: _cancels(world, by, meeting.pk))


def has_met(world: World) -> Happened:
    meeting = is_called(world, "employment")
    meeting.starts_at = world.now - timedelta(days=2)
    meeting.save(update_fields=["starts_at"])
    return Happened(meeting.pk, lambda by: _cancels(world, by, meeting.pk))


def lacks_an_interpreter(world: World) -> Happened:
    cases.say_interpreter(
        actor=world.actor("employment"), case=the_case(world), language="so", now=world.now
    )
    meeting = is_called(world, "employment")
    return Happened(
        meeting.pk,
        lambda by: meetings.book_interpreter(
            actor=world.actor(by), meeting_id=meeting.pk, interpreter_language="so",
            interpreter="The centre", without_interpreter="", revision=meeting.revision,
            now=world.now,
        ),
    )  # fmt: skip


def is_away_alone(world: World) -> Happened:
    leads("colleague")
    today, away = day_of(world.now), world.actor("employment")
    row = cases.record_absence(
        actor=away, user_id=away.writer_id, since=today, until=today + timedelta(days=4),
        now=world.now,
    )  # fmt: skip
    return Happened(
        row.pk,
        lambda by: cases.end_absence(actor=world.actor(by), absence_id=row.pk, now=world.now),
    )


def hands_over(world: World) -> Happened:
    asked = cases.hand_over(
        actor=world.actor("employment"), case=the_case(world), leaves=True, reason="I move.",
        receiver_id=world.actor("colleague").writer_id, now=world.now,
    )  # fmt: skip
    return Happened(
        asked.pk,
        lambda by: cases.accept_handover(actor=world.actor(by), handover_id=asked.pk,
                                         now=world.now),
    )  # fmt: skip


def asks_to_see(world: World) -> Happened:
    asked = asks_access(world, by="outsider")
    return Happened(
        asked.pk,
        lambda by: cases.decline_access_request(actor=world.actor(by), request_id=asked.pk,
                                                answer="No.", now=world.now),
    )  # fmt: skip


def opens_at_once(world: World) -> Happened:
    days = law_on(day_of(world.now)).figure("emergency_flag_days").value
    return Happened(opens(world).pk, over=days + 1)


def writes_paper_down(world: World) -> Happened:
    """The client said no in the service; now there is a paper that says yes."""
    version = world.version.pk
    plan.disagree_with_plan(actor=world.actor("client"), version_id=version, comment="Too much.",
                            now=world.now)  # fmt: skip
    plan.write_client_answer(
        actor=world.actor("social"), version_id=version, reply=Reply.ACCEPTED, comment="",
        paper="17/2026", archive_place="Salo", signed_on=day_of(world.now), now=world.now,
    )  # fmt: skip
    paper = SignedPaper.objects.get(version=version, state=PaperState.WAITING)
    return Happened(
        paper.pk,
        lambda by: plan.confirm_paper(actor=world.actor(by), paper_id=paper.pk, now=world.now),
    )


def writes_consent_down(world: World) -> Happened:
    row = written_down(world.case, by=world.actor("social"), now=world.now,
                       categories=[Category.SOCIAL_SITUATION])  # fmt: skip
    return Happened(
        row.pk, lambda by: confirm_written(actor=world.actor(by), consent_id=row.pk, now=world.now)
    )


def keeps_a_seat(world: World) -> Happened:
    case = begins(world, "kela", free(world))
    seat = case.team.get(office_id=world.actor("social").office_id)
    return Happened(
        seat.pk,
        lambda by: cases.name_for_office(actor=world.actor(by), membership_id=seat.pk,
                                         user_id=world.actor(by).writer_id, now=world.now),
    )  # fmt: skip


def refers(world: World) -> Happened:
    row = sent(world, person=free(world))
    return Happened(
        row.pk,
        lambda by: intake.answer_referral(actor=world.actor(by), referral_id=row.pk,
                                          answer=ReferralAnswer.NOT_REACHED, now=world.now),
    )  # fmt: skip


def asks_for_joint_service(world: World) -> Happened:
    """To whoever leads the office that was asked."""
    leads("employment")
    user = User.objects.create_user("asker", password="demo", first_name="A", last_name="B")
    link_client(actor=TEST, person_id=free(world).pk, user=user, now=world.now)
    row = intake.ask_for_joint_service(
        actor=actor_for(user, now=world.now), office_id=world.actor("employment").working_office_id,
        helps=[AskedHelp.MONEY], request_text="I am tired.", now=world.now,
    )  # fmt: skip
    return Happened(
        row.pk,
        lambda by: intake.refuse_request(actor=world.actor(by), request_id=row.pk,
                                         why_not=WhyNot.ONE_PLACE, why="We help you.",
                                         instead=[HelpInstead.EMPLOYMENT], now=world.now),
    )  # fmt: skip


def consults(world: World) -> Happened:
    row = asks_consultation(world)
    return Happened(row.pk, lambda by: answers_consultation(world, row, by))


def is_answered(world: World) -> Happened:
    row = answers_consultation(world, asks_consultation(world))
    return Happened(
        row.pk,
        lambda by: intake.mark_consultation_seen(actor=world.actor(by), consultation_id=row.pk,
                                                 now=world.now),
    )  # fmt: skip


def _protects(world: World) -> object:
    return cases.record_protection(actor=world.actor("social"), case=the_case(world),
                                   now=world.now)  # fmt: skip


def wants_a_second(world: World) -> Happened:
    _protects(world)
    row = cases.ask_to_end_protection(actor=world.actor("social"), case=the_case(world),
                                      reason="They said so.", now=world.now)  # fmt: skip
    return Happened(
        row.pk,
        lambda by: cases.turn_change_down(actor=world.actor(by), event_id=row.pk, now=world.now),
    )


def changes(world: World) -> Happened:
    row = cases.record_protection(actor=world.actor("social"), case=the_case(world), now=world.now)
    return Happened(
        row.pk,
        lambda by: cases.mark_change_seen(actor=world.actor(by), event_id=row.pk, now=world.now),
    )


def register_lifts(world: World) -> Happened:
    _protects(world)
    ProtectionQuestion.objects.create(person_id=world.case.person_id, said_at=world.now)
    return Happened(
        world.case.pk,
        lambda by: cases.keep_protected(actor=world.actor(by), case=the_case(world), now=world.now),
    )


def moves_away(world: World) -> Happened:
    def moved(by: str, code: str) -> object:
        return cases.record_move(actor=world.actor(by), case=the_case(world), now=world.now,
                                 municipality_code=code, on=day_of(world.now))  # fmt: skip

    here = world.case.person.municipality_code
    moved("social", "091")
    return Happened(world.case.pk, lambda by: moved(by, here))


def objects(world: World) -> Happened:
    row = plan.object_to_action(actor=world.actor("client"), action_id=world.action.pk,
                                statement="Not this.", now=world.now)  # fmt: skip
    return Happened(
        row.pk,
        lambda by: cases.mark_news_seen(actor=world.actor(by), subject_id=row.pk, now=world.now),
    )


def _reminder(world: World, kind: ReminderKind) -> Reminder:
    me = world.actor("employment").writer_id
    standing = Reminder.objects.filter(
        case=world.case, kind=kind, ended_on=None, level=0, for_user=me
    )
    return standing.order_by("due_on")[0]


def is_due(world: World) -> Happened:
    remind(actor=NIGHT, on=day_of(world.now) + timedelta(days=90))
    clock = _reminder(world, ReminderKind.PLAN_DUE)

    def agrees(_by: str) -> None:
        accepts_all(world)
        remind(actor=NIGHT, on=day_of(world.now) + timedelta(days=91))

    return Happened(clock.pk, agrees, night=ReminderKind.PLAN_DUE)


def _quiet(world: World) -> Reminder:
    """Nobody has been in touch for ninety days: a night then, as a handover is contact too."""
    remind(actor=NIGHT, on=day_of(world.now) + timedelta(days=90))
    return _reminder(world, ReminderKind.NO_CONTACT)


def _snoozes(world: World, by: str, reminder: UUID) -> object:
    return snooze(actor=world.actor(by), reminder_id=reminder, reason=SnoozeReason.AGREED,
                  until=day_of(world.now) + timedelta(days=3), now=world.now)  # fmt: skip


def reminds(world: World) -> Happened:
    quiet = _quiet(world)
    return Happened(
        quiet.pk, lambda by: _snoozes(world, by, quiet.pk), night=ReminderKind.NO_CONTACT
    )


def postpones(world: World) -> Happened:
    quiet = _quiet(world)
    _snoozes(world, "employment", quiet.pk)
    return Happened(
        quiet.pk,
        lambda by: show_again(actor=world.actor(by), reminder_id=quiet.pk, now=world.now),
    )


def _closes(world: World, by: str, action: UUID) -> object:
    row = Action.objects.get(pk=action)
    return plan.close_action(
        actor=world.actor(by), action_id=action, reason="", state=ActionState.DONE,
        revision=row.revision, now=world.now,
    )  # fmt: skip


def promises(world: World) -> Happened:
    own = has_step(world)
    return Happened(own.pk, lambda by: _closes(world, by, own.pk))


def waits_for_others(world: World) -> Happened:
    own = has_step(world)
    plan.move_action(
        actor=world.actor("employment"), action_id=own.pk, state=ActionState.WAITING, reason="",
        waiting_for=Party.KELA, revision=own.revision, now=world.now,
    )  # fmt: skip
    return Happened(own.pk, lambda by: _closes(world, by, own.pk))


def is_long_late(world: World) -> Happened:
    """A step of the case manager, which has gone up to whoever leads their office."""
    leads("colleague")
    late = step(world, Party.EMPLOYMENT, day_of(world.now) - timedelta(days=200))
    remind(actor=NIGHT, on=day_of(world.now))

    def deal(_by: str) -> None:
        for row in Reminder.objects.filter(about=world.actor("employment").writer_id, level=1):
            _closes(world, "employment", row.subject_id or late.pk)
        remind(actor=NIGHT, on=day_of(world.now))

    return Happened(world.actor("employment").writer_id, deal)


def proposes_import(world: World) -> Happened:
    leads("social")
    run = RegisterImport.objects.create(
        started_at=world.now, imported_by=world.actor("director").label,
        network_id=world.case.network_id, state=ImportState.CHECKED,
    )  # fmt: skip
    benefits.propose_import(actor=world.actor("director"), run_id=run.pk, now=world.now)
    return Happened(
        run.pk,
        lambda by: benefits.turn_down_import(actor=world.actor(by), run_id=run.pk,
                                             reason="Another month's.", now=world.now),
    )  # fmt: skip


def asks_to_be_let_in(world: World) -> Happened:
    leads("social")
    asked = comes(world, office=position("social").office.name)
    return Happened(asked.pk, lambda by: lets_in(world, world.actor(by), asked))


def names_themselves(world: World) -> Happened:
    for who in ("colleague", "social"):
        leads(who)
    today = day_of(world.now)
    cover: Cover = cases.cover_absence(
        actor=world.actor("colleague"), user_id=world.actor("employment").writer_id,
        by_id=world.actor("colleague").writer_id, since=today, until=today + timedelta(days=9),
        now=world.now,
    )  # fmt: skip
    return Happened(
        cover.pk,
        lambda by: cases.confirm_cover(actor=world.actor(by), cover_id=cover.pk, now=world.now),
    )


def leaves(world: World) -> Happened:
    leads("colleague")
    giver = world.actor("employment").writer_id
    position = User.objects.get(pk=giver).positions.get(until=None)
    cases.end_work(actor=world.actor("colleague"), position_id=position.pk, now=world.now)
    return Happened(giver, over=15)


_LEADS = "it is whoever leads an office: a cover takes the place of a worker, not of a leader"
_NOBODY = "it is about no case"
SCENES: dict[InboxKind, Scene] = {
    _K.HELP_WANTED: Scene(("employment",), asks_for_help),
    _K.CONTACT_WANTED: Scene(("employment",), wants_contact, stays="the case has ended"),
    _K.MESSAGE: Scene(("employment", "social", "kela"), writes),
    _K.REVIEW_ASKED: Scene(("employment",), asks_for_review),
    _K.CORRECTION: Scene(("social",), asks_correction),
    _K.DISAGREED: Scene(("employment",), disagrees),
    _K.ENDING_OPPOSED: Scene(("employment", "social"), opposes_ending),
    _K.PROPOSAL: Scene(("social", "kela"), is_proposed, each=True),
    _K.ENDING: Scene(("employment", "kela"), proposes_ending, each=True),
    _K.BODY_REQUEST: Scene(("kela",), asks_kela),
    _K.GO_ON: Scene(("kela",), goes_on),
    _K.MEETING_ASKED: Scene(("employment",), invites),
    _K.MEETING_UNRECORDED: Scene(("employment",), has_met),
    _K.HANDOVER: Scene(("colleague",), hands_over),
    _K.ACCESS_ASKED: Scene(("employment",), asks_to_see),
    _K.PLAN_PAPER: Scene(("employment", "kela"), writes_paper_down),
    _K.CONSENT_PAPER: Scene(("employment", "kela"), writes_consent_down),
    _K.OPTIONS_TURNED_DOWN: Scene(("employment",), takes_none),
    _K.REMARK: Scene(("employment", "social", "kela"), says_of_the_plan),
    _K.SEAT: Scene(("social",), keeps_a_seat),
    _K.REFERRAL: Scene(("kela",), refers),
    _K.OWN_REQUEST: Scene(("employment",), asks_for_joint_service, stays=_NOBODY),
    _K.CONSULTATION: Scene(("kela",), consults),
    _K.CONSULTATION_ANSWERED: Scene(("employment",), is_answered, stays=_NOBODY),
    _K.LIFE_CONFIRM: Scene(("employment", "kela"), wants_a_second),
    _K.LIFE_CHANGED: Scene(("employment", "kela"), changes, each=True),
    _K.PROTECTION: Scene(("employment", "social", "kela"), register_lifts),
    _K.MOVED_AWAY: Scene(("employment", "social", "kela"), moves_away),
    _K.EMERGENCY: Scene(("employment",), opens_at_once),
    _K.NOTE: Scene(("employment", "kela"), notes, each=True),
    _K.NEWS: Scene(("employment", "social", "kela"), objects, each=True),
    _K.GOOD_NEWS: Scene(("employment", "social", "kela"), comes_into_force, each=True),
    _K.CLOCK: Scene(("employment",), is_due),
    _K.REMINDER: Scene(("employment",), reminds),
    _K.POSTPONED: Scene(("employment",), postpones, stays="the taker has put off nothing"),
    _K.ACTION: Scene(("employment",), promises),
    _K.IMPORT: Scene(("social",), proposes_import, own=_LEADS),
    _K.ENTRY: Scene(("social",), asks_to_be_let_in, own=_LEADS),
    _K.COVER_CONFIRM: Scene(("social",), names_themselves, own=_LEADS),
    _K.REQUESTS_LATE: Scene(("kela",), asks_in_vain, own=_LEADS),
    _K.REMINDERS_LATE: Scene(("colleague",), is_long_late, own=_LEADS),
    _K.CASES_CAME: Scene(("colleague",), leaves, own="it tells what came to the reader"),
    _K.INTERPRETER: Scene(("employment",), lacks_an_interpreter),
    _K.NOBODY_STANDS_IN: Scene(("colleague",), is_away_alone, own=_LEADS),
    _K.MEETING: Scene(("employment",), meets),
    _K.ASKED_OF_BODY: Scene(("employment",), has_asked_kela),
    _K.OPTIONS_SENT: Scene(("employment",), may_choose),
    _K.ASKED_OF_CLIENT: Scene(("employment", "social", "kela"), is_asked),
    _K.PLAN_SENT: Scene(("employment",), sends_plan),
    _K.ACTION_WAITS: Scene(("employment",), waits_for_others),
}
