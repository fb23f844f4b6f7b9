"""What stands in the address of each route: looked up, and asked for, once."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from audit.models import Purpose
from benefits.models import RegisterImport
from benefits.selectors import WorklistFilter, list_people
from caseplan.assessments.services import assess_oneself, rate_work_ability
from caseplan.contacts.models import ContactKind
from caseplan.contacts.services import record_contact
from caseplan.intake.models import ConsultationTopic, OwnRequest
from caseplan.intake.services import ask_consultation, refer
from caseplan.meetings.services import call_meeting
from caseplan.messages.models import Attachment, ThreadKind
from caseplan.messages.services import SentFile, send_message, start_thread
from caseplan.plan.models import Accompanied, Action, Exit, SeenNeed, SignedPaper
from caseplan.plan.selectors import open_case
from caseplan.plan.services import (
    ask_body,
    ask_for_review,
    ask_to_go_on,
    confirm_for_kela,
    object_to_action,
    propose_ending,
)
from caseplan.plan_templates.models import TemplateKind
from caseplan.plan_templates.services import add_line, make_template
from caseplan.remarks.services import propose_step
from cases.models import Absence, AccessRequest, Case, Cover, TeamMembership, TeamRole
from cases.services import ask_for_access, hand_over
from common.actor import system_actor
from common.bodies import Body
from common.clock import day_of
from common.crypto import decrypt, encrypt
from consent.models import Category, ConsentRequest, Ground, OutsideKind, OutsideParty
from consent.services import invite
from followup.models import Feeling, FollowUpPoint, Reminder
from followup.points import token_of
from followup.services import check_in
from people.models import (
    FilteredList,
    LifeEvent,
    LifeKind,
    LifeState,
    Office,
    Person,
    Position,
    StaffFile,
    TerritoryChange,
)
from people.services import (
    check_staff_file,
    give_accessibility_feedback,
    propose_joining,
    propose_staff_file,
    save_filter,
)
from rights.models import LetterWay
from rights.selectors import list_visits
from rights.services import (
    ask_about_access,
    ask_for_correction,
    examine_account,
    open_breach,
    send_breach_letters,
)
from statutes.steps import StepKind
from tests.api.registering import registered
from tests.builders import a_mandate, written_down
from tests.caseplan.options.offering import offered
from tests.pages.routes import IN_A_CASE, TABLE
from tests.personas import World


def a_paper(world: World) -> SignedPaper:
    """What Kela wrote down of a plan that the client is said to have signed after a no."""
    kela = world.actor("kela")
    return SignedPaper.objects.create(
        version=world.version, archive_number="17", archive_place="Salo", written_at=world.now,
        signed_on=day_of(world.now), written_by_id=kela.writer_id, written_for=kela.working_body,
        written_in_id=kela.working_office_id,
    )  # fmt: skip


def an_import(world: World) -> RegisterImport:
    """Extracts that the director has given on a page, and that wait for a second person."""
    director = world.actor("director")
    return RegisterImport.objects.create(
        started_at=world.now,
        imported_by=director.label,
        network_id=director.network_id,
        state="proposed",
        proposed_at=world.now,
    )


def a_town_joins(world: World) -> TerritoryChange:
    """The keeper has proposed that a municipality joins the network next year."""
    return propose_joining(
        actor=world.actor("keeper"), network_id=world.case.network_id, code="999",
        name_fi="Uusikunta", name_sv="Nykommun", since=day_of(world.now) + timedelta(days=40),
        now=world.now,
    )  # fmt: skip


def a_file_of_staff(world: World) -> StaffFile:
    """The keeper's, of several offices: an officer is asked."""
    office = Office.objects.get(pk=world.actor("kela").office_id)
    keeper, head = world.actor("keeper"), "username;first_name;last_name;title;email;office"
    file = check_staff_file(
        actor=keeper, now=world.now,
        content=f"{head}\nnelli;Nelli;Uusi;Ohjaaja;nelli@example.org;{office.name}".encode(),
    )  # fmt: skip
    propose_staff_file(actor=keeper, file_id=file.pk, now=world.now)
    return file


@pytest.fixture
def asked(world: World) -> dict[str, Any]:
    return ask_for_everything(world)


def ask_for_everything(world: World) -> dict[str, Any]:
    """What somebody has asked for: access, consent, a correction, why somebody looked."""
    client, code = world.actor("client"), decrypt(world.case.person.identity_code_encrypted)
    ask_for_access(
        actor=world.actor("colleague"), identity_code=code, reason="Cover", now=world.now
    )
    feedback = give_accessibility_feedback(
        actor=system_actor("feedback form"), text="The calendar cannot be heard.",
        address="anybody@example.com", now=world.now,
    )  # fmt: skip
    correction = ask_for_correction(
        actor=client, case=world.case, kind="goal", subject_id=str(world.debts_goal.pk),
        statement="Wrong.", now=world.now,
    )  # fmt: skip
    open_case(world.actor("kela"), world.case.pk, purpose=Purpose.MAKE_PLAN, now=world.now)
    invitation = invite(
        actor=client, case=world.case, kind=OutsideKind.TRUSTED, name="Veikko", organisation="",
        categories=[Category.PLAN_FOLLOW_UP], purpose="Help", valid_to=day_of(world.now),
        now=world.now,
    )  # fmt: skip
    heard = written_down(
        world.case, by=world.actor("social"), now=world.now, archive_number="",
        categories=[Category.SOCIAL_SITUATION],
    )  # fmt: skip
    look = list_visits(client, world.case.pk, now=world.now)[0].number
    question = ask_about_access(
        actor=client, case=world.case, log_row=look, text="Why?", now=world.now
    )
    ending = propose_ending(
        actor=world.actor("employment"), case=Case.objects.get(pk=world.case.pk),
        exit=Exit.OTHER_SERVICE, reason="Enough.",
        follow_up_by_id=world.actor("employment").user_id, now=world.now,
    )  # fmt: skip
    goes_on = ask_to_go_on(
        actor=world.actor("employment"), case=Case.objects.get(pk=world.case.pk),
        to_user_id=world.actor("kela").user_id, how=Accompanied.CALL, text="Rehabilitation.",
        now=world.now,
    )  # fmt: skip
    consultation = ask_consultation(
        actor=world.actor("employment"), to_office_id=world.actor("kela").office_id,
        topic=ConsultationTopic.BENEFITS, now=world.now,
    )  # fmt: skip
    handover = hand_over(
        actor=world.actor("employment"), case=Case.objects.get(pk=world.case.pk), reason="I move.",
        receiver_id=world.actor("colleague").writer_id, leaves=True, now=world.now,
    )  # fmt: skip
    review = ask_for_review(
        actor=client, case=Case.objects.get(pk=world.case.pk), reason="", now=world.now
    )
    no = object_to_action(
        actor=client, action_id=world.action.pk, statement="It is too far.", now=world.now
    )
    offer = offered(world)
    remark = propose_step(
        actor=client, goal_id=world.joint_goal.pk, text="I ask there.", now=world.now
    )
    own = assess_oneself(
        actor=client, case=world.case, instrument="own_rating", version="1",
        taken_on=day_of(world.now), scores={"work_ability": 4}, now=world.now,
    )  # fmt: skip
    rating = rate_work_ability(
        actor=world.actor("kela"), case=world.case, work_ability=3, basis="Examined.",
        on=day_of(world.now), now=world.now,
    )  # fmt: skip
    asked = ask_body(
        actor=world.actor("social"), goal_id=world.joint_goal.pk, to_body=Body.KELA,
        text="Can rehabilitation help?", answer_by=day_of(world.now), now=world.now,
    )  # fmt: skip
    thread = start_thread(
        actor=client, case=Case.objects.get(pk=world.case.pk), kind=ThreadKind.DIALOGUE,
        topic="The visit", text="When is it?", category=Category.PLAN_FOLLOW_UP, now=world.now,
    )  # fmt: skip
    thread = send_message(
        actor=client, thread_id=thread.pk, text="See this.", wants_answer=True, now=world.now,
        attached=[SentFile("visit.pdf", b"%PDF-1.7 visit")],
    )  # fmt: skip
    contact = record_contact(
        actor=world.actor("social"), case=Case.objects.get(pk=world.case.pk), kind=ContactKind.CALL,
        happened_at=world.now, answered=True, with_whom="", outcome="All is well.", next_on=None,
        category=Category.PLAN_FOLLOW_UP, now=world.now,
    )  # fmt: skip
    confirmed = confirm_for_kela(
        actor=world.actor("kela"), case=Case.objects.get(pk=world.case.pk),
        step=StepKind.PART_TIME_WORK, begins_on=day_of(world.now), statement="It goes on.",
        said_by="The benefit office", said_on=day_of(world.now), now=world.now,
    )  # fmt: skip
    meeting = call_meeting(
        actor=world.actor("employment"), case=Case.objects.get(pk=world.case.pk),
        starts_at=world.now + timedelta(days=3), minutes_long=60, place="Here", remote_link="",
        member_ids=[], now=world.now,
    )  # fmt: skip
    template = make_template(
        actor=world.actor("director"), kind=TemplateKind.PLAN, name="First steps", language="fi",
        text="", now=world.now,
    )  # fmt: skip
    line = add_line(
        actor=world.actor("director"), template_id=template.pk, text="I know my options", party="",
        due_days=None, now=world.now,
    )  # fmt: skip
    going = check_in(
        actor=client, case=Case.objects.get(pk=world.case.pk), feeling=Feeling.STUCK, now=world.now
    )
    after = FollowUpPoint.objects.create(
        case=world.case, months=3, due_on=day_of(world.now), open_until=day_of(world.now),
        asker_id=world.actor("employment").user_id,
    )  # fmt: skip
    written = {"person": world.case.person, "recorded_at": world.now,
               "recorded_by_id": world.actor("employment").user_id}  # fmt: skip
    change = LifeEvent.objects.create(
        **written, kind=LifeKind.NAME, state=LifeState.DONE, done_at=world.now,
        done_by_id=world.actor("employment").user_id, change_encrypted=encrypt("[]"),
    )  # fmt: skip
    another = Person.objects.exclude(pk=world.case.person_id).order_by("pk")[0]
    joining = LifeEvent.objects.create(
        **written, kind=LifeKind.JOINED, state=LifeState.ASKED,
        change_encrypted=encrypt(json.dumps({"other": str(another.pk)})),
    )  # fmt: skip
    asked_change = LifeEvent.objects.create(
        **written, kind=LifeKind.UNPROTECTED, state=LifeState.ASKED, change_encrypted=encrypt("{}")
    )
    # A leader who named themselves, from tomorrow on: it opens nothing today.
    cover = Cover.objects.create(
        user_id=world.actor("employment").user_id, by_id=world.actor("colleague").user_id,
        made_by_id=world.actor("colleague").user_id, network_id=world.case.network_id,
        since=world.now + timedelta(days=1), until=world.now + timedelta(days=2),
    )  # fmt: skip
    absence = Absence.objects.create(
        user_id=world.actor("employment").user_id, made_by_id=world.actor("employment").user_id,
        network_id=world.case.network_id, since=world.now + timedelta(days=3),
        until=world.now + timedelta(days=4),
    )  # fmt: skip
    due, _rule = somebody_due(world)
    kela_office = world.actor("kela").working_office_id
    referral = refer(
        actor=world.actor("employment"), person_id=due, to_office_id=kela_office,
        needs=[SeenNeed.ABILITY], now=world.now,
    )  # fmt: skip
    seat = TeamMembership.objects.create(
        case=world.case, office_id=kela_office, role=TeamRole.AWAITED, since=world.now
    )
    kept = save_filter(
        actor=world.actor("employment"), of=FilteredList.CASES, name="As manager",
        choices={"whose": "managed"},
    )  # fmt: skip
    return {
        "filter": kept.pk,
        "referral": referral.pk,
        "seat": seat.pk,
        "cover": cover.pk,
        "absence": absence.pk,
        "change": change.pk,
        "asked_change": asked_change.pk,
        "joining": joining.pk,
        "attachment": Attachment.objects.get(message__thread=thread).pk,
        "meeting": meeting.pk,
        "point": meeting.points.first().pk,  # type: ignore[union-attr]
        "participant": meeting.participants.get(role="client").pk,
        "template": template.pk,
        "line": line.pk,
        "contact": contact.pk,
        "confirmed": confirmed.pk,
        "thread": thread.pk,
        "check_in": going.pk,
        "follow_up": after.pk,
        "reminder": Reminder.objects.filter(  # not of a day of the law, which does not wait
            case=world.case, for_user__username="employment", kind="action_overdue", ended_on=None
        )
        .earliest("pk")
        .pk,
        "request": asked.pk,
        "no": no.pk,
        "offer": offer.pk,
        "remark": remark.pk,
        "own": own.pk,
        "rating": rating.pk,
        "handover": handover.pk,
        "goes_on": goes_on.pk,
        "consultation": consultation.pk,
        **_requests(world),
        "review": review.pk,
        "ending": ending.pk,
        "access": AccessRequest.objects.get(asked_by__username="colleague").pk,
        "consent": ConsentRequest.objects.get(case=world.case).pk,
        "written": heard.pk,
        "feedback": feedback.pk,
        "correction": correction.pk,
        "look": look,
        "question": question.pk,
        "party": OutsideParty.objects.get(user__username="association").pk,
        "secret": invitation.secret,
        "paper": a_paper(world).pk,
        "import": an_import(world).pk,
        "territory": a_town_joins(world).pk,
        "staff_file": a_file_of_staff(world).pk,
        **_a_machine(world),
        "mandate": a_mandate(world).pk,
        **_a_breach(world),
    }


def _a_machine(world: World) -> dict[str, Any]:
    machine = registered(world)
    return {"machine": machine.pk, "machine_key": machine.keys.get().pk}


def _requests(world: World) -> dict[str, Any]:
    """What a person on paper has asked of social services, and what a client once asked."""
    social = world.actor("social")
    common = {
        "office_id": social.office_id, "handler_id": social.user_id, "helps": ["money"],
        "asked_at": world.now, "answer_by": day_of(world.now),
    }  # fmt: skip
    person = Person.objects.get(pk=somebody_due(world)[0])
    waits = OwnRequest.objects.create(
        **common, person=person, way="paper", recorded_by_id=world.actor("kela").user_id,
        paper_place="Folder 3",
    )  # fmt: skip
    client = Person.objects.get(user__username="client2")
    over = OwnRequest.objects.create(
        **common, person=client, way="portal", state="withdrawn", answered_at=world.now,
        gone_on=day_of(world.now),
    )  # fmt: skip
    return {"own_request": over.pk, "person_asking": waits.pk}


def _a_breach(world: World) -> dict[str, Any]:
    """What Kela's worker was shown, as an officer has made a record of it and told the client."""
    officer = world.actor("officer")
    examined = examine_account(
        actor=officer, account_id=world.actor("kela").writer_id, reason="A call.", now=world.now,
        since=world.now - timedelta(days=1), until=world.now + timedelta(hours=1),
    )  # fmt: skip
    breach = open_breach(
        actor=officer, examination_id=examined.pk, known_at=world.now, facts="Looked.",
        effects="None known.", measures="Stopped.", now=world.now,
    )  # fmt: skip
    send_breach_letters(actor=officer, breach_id=breach.pk, way=LetterWay.PORTAL, now=world.now)
    letter = breach.letters.get(person=world.case.person)
    return {"examination": examined.pk, "breach": breach.pk, "letter": letter.pk}


WITHOUT_AN_IMPORT = {"pages:imports", "pages:import_new", "pages:imports_waiting"}


def _clients_step(world: World) -> Any:
    """A step that is the client's own to do."""
    own = Action.objects.filter(case=world.case, owner_party="client").order_by("due_on", "pk")
    return own.values_list("pk", flat=True)[0]


def places_of(
    world: World, trigger: tuple[Any, str], asked: dict[str, Any]
) -> dict[str, list[Any]]:
    """For each route of the table what stands in its address: looked up once, for all of them."""
    return {
        **{name: [] for name in TABLE},
        **{
            name: [asked["import"]]
            for name in TABLE
            if name.startswith("pages:import") and name not in WITHOUT_AN_IMPORT
        },
        **{f"pages:{name}": [world.case.pk] for name in IN_A_CASE},
        "pages:goal_edit": [world.own_goal.pk],
        **{f"pages:goal_{name}": [world.own_goal.pk] for name in ("drop", "undo", "take_up")},
        "pages:action_new": [world.own_goal.pk],
        "pages:action_edit": [world.action.pk],
        "pages:action_close": [world.action.pk],
        **{
            f"pages:action_{name}": [world.action.pk]
            for name in ("done", "undo", "day", "ask", "reopen")
        },
        "pages:service_edit": [world.planned_service.pk],
        "pages:service_income": [world.planned_service.pk],
        "pages:version": [world.version.pk],
        "pages:accept": [world.version.pk],
        "pages:disagree": [world.version.pk],
        **{
            f"pages:{name}": [world.version.pk]
            for name in ("version_pdf", "client_answer", "settle")
        },
        "pages:review_answer": [asked["review"]],
        **{
            f"pages:own_request_{name}": [asked["own_request"]]
            for name in ("letter", "read", "withdraw")
        },
        **{
            f"pages:person_asking{name}": [asked["person_asking"]]
            for name in ("", "_name", "_begin", "_refuse", "_died", "_letter")
        },
        **{
            f"pages:consultation{name}": [asked["consultation"]]
            for name in ("", "_answer", "_seen", "_withdraw")
        },
        "pages:interpreter_need": [world.case.pk],
        "pages:go_on_answer": [asked["goes_on"]],
        "pages:go_on_withdraw": [asked["goes_on"]],
        "pages:thread": [asked["thread"]],
        "pages:propose_as": [world.case.pk, "kela"],
        "pages:contact_correct": [asked["contact"]],
        "pages:kela_confirmation": [asked["confirmed"]],
        "pages:check_in_handled": [asked["check_in"]],
        "pages:point_answer": [asked["follow_up"]],
        "pages:contact_noted": [asked["follow_up"]],
        "pages:how_are_things": [token_of(asked["follow_up"])],
        "pages:reminder_snooze": [asked["reminder"]],
        "pages:reminder_again": [asked["reminder"]],
        "pages:reminder_rule": ["no_contact"],
        "pages:attachment": [asked["attachment"]],
        **{
            f"pages:{name}": [asked["meeting"]]
            for name in (
                "meeting",
                "meeting_ics",
                "meeting_interpreter",
                "meeting_move",
                "meeting_cancel",
                "meeting_ask",
                "point_new",
                "agree_action",
                "agree_service",
                "meeting_close",
            )
        },
        "pages:record": [asked["joining"]],
        "pages:change_undo": [asked["change"]],
        "pages:change_seen": [asked["change"]],
        "pages:change_confirm": [asked["asked_change"]],
        "pages:meeting_answer": [asked["meeting"], asked["participant"]],
        "pages:point": [asked["point"]],
        "pages:template": [asked["template"]],
        "pages:template_retire": [asked["template"]],
        "pages:line_remove": [asked["template"], asked["line"]],
        "pages:ready_plan": [world.case.pk, asked["template"]],
        "pages:service_outcome": [world.planned_service.pk],
        "pages:body_ask": [world.joint_goal.pk],
        **{
            f"pages:body_{v}": [asked["request"]] for v in ("accept", "decline", "withdraw", "read")
        },
        "pages:expert_rating_edit": [asked["rating"]],
        "pages:assessment_type": [world.case.pk, "own_rating"],
        "pages:assessment_edit": [asked["own"]],
        "pages:conflict_settle": [world.case.pk, *sorted([world.action.pk, asked["no"]])],
        "pages:goal_progress": [world.joint_goal.pk],
        "pages:my_assessment_new": ["kykyviisari"],
        **{f"pages:offer{name}": [asked["offer"]] for name in ("", "_reply", "_withdraw")},
        "pages:remark_goal": [world.joint_goal.pk],
        "pages:remark_step": [world.joint_goal.pk],
        "pages:remark_action": [world.action.pk],
        "pages:remark_service": [world.planned_service.pk],
        "pages:remark_answer": [asked["remark"]],
        "pages:remark_take_up": [asked["remark"]],
        "pages:offer_new": [world.joint_goal.pk],
        "pages:my_step": [world.action.pk],
        "pages:my_step_write": [world.action.pk],
        "pages:my_step_time": [_clients_step(world)],
        "pages:my_service": [world.planned_service.pk],
        "pages:action_no": [world.action.pk],
        "pages:service_no": [world.planned_service.pk],
        "pages:my_no": [asked["no"]],
        "pages:member_end": [world.case.pk, world.actor("kela").user_id],
        **{
            f"pages:{name}": [asked["handover"]]
            for name in (
                "handover",
                "handover_accept",
                "handover_decline",
                "handover_withdraw",
            )
        },
        "pages:cover_for": [asked["absence"]],
        "pages:absence_end": [asked["absence"]],
        **{
            f"pages:cover_{v}": [asked["cover"]]
            for v in ("end", "confirm", "review", "over", "over_read")
        },
        **{
            f"pages:{name}": [Position.objects.get(user__username="employment").pk]
            for name in ("worker", "worker_end", "worker_leads", "worker_link", "worker_load")
        },
        **{
            f"pages:{name}": [world.actor("employment").office_id]
            for name in ("office", "office_load", "worker_new")
        },
        "pages:role_contact": [Position.objects.get(user__username="officer").pk],
        **{
            f"pages:{name}": [world.case.network_id]
            for name in (
                "network",
                "network_rename",
                "network_end",
                "town_new",
                "town_leave",
                "office_new",
            )
        },
        "pages:staff_file_new": [world.actor("employment").office_id],
        **{
            f"pages:staff_file{verb}": [asked["staff_file"]]
            for verb in ("", "_csv", "_write", "_propose", "_discard")
        },
        "pages:staff_missing_stays": [world.case.pk],
        **{
            f"pages:territory_{verb}": [asked["territory"]]
            for verb in ("change", "decide", "withdraw")
        },
        **{
            f"pages:office_{verb}": [world.actor("employment").office_id]
            for verb in ("change", "close", "merge")
        },
        **{
            f"pages:machine{verb}": [asked["machine"]]
            for verb in ("", "_decide", "_withdraw", "_end", "_key_new")
        },
        "pages:mandate_confirm": [asked["mandate"]],
        "pages:mandate_end": [asked["mandate"]],
        "pages:mandate_tell": [asked["mandate"]],
        "pages:my_mandate_end": [asked["mandate"]],
        "pages:machine_key_decide": [asked["machine_key"]],
        "pages:machine_key_end": [asked["machine_key"]],
        "pages:entry": [world.case.pk],  # nobody's request
        "pages:entry_refuse": [world.case.pk],
        "pages:entry_same": [world.case.pk],
        "pages:worker_back": [world.actor("employment").office_id, world.case.pk],
        "pages:log_in_end": [world.case.pk],
        **{
            f"pages:{name}": [world.case.pk]
            for name in ("role_decide", "role_withdraw", "address_approve", "address_refuse")
        },
        "pages:second_factor_end": [world.actor("employment").user_id],
        "pages:stronger": ["open_in_emergency"],
        "pages:log_ins_of_one": [world.actor("employment").user_id],
        "pages:own_address_stop": [world.case.pk],
        "pages:address_confirm": ["nothing"],
        "pages:calendar_feed": ["nothing"],
        "pages:address_stop": ["nothing"],
        "pages:own_action_done": [world.action.pk],
        "pages:change_one": ["social_situation", "kela"],
        "pages:change_thing": ["kela", world.debts_goal.pk],
        "pages:see_as": ["kela"],
        "pages:see_version_as": ["kela", world.version.pk],
        "pages:case_see_as": [world.case.pk, "kela"],
        "pages:case_see_version_as": [world.case.pk, "kela", world.version.pk],
        "pages:consent_request": [asked["consent"]],
        **{
            f"pages:{name}": [asked["written"]]
            for name in ("said", "written_down", "paper_archive")
        },
        "pages:consent_withdraw": [asked["consent"]],
        "pages:outside_again": [asked["party"]],
        "pages:signed_paper": [asked["paper"]],
        "pages:outside_party": [asked["party"]],
        "pages:correction_new": ["goal", world.joint_goal.pk],
        "pages:correction_answer": [asked["correction"]],
        "pages:access_answer": [asked["access"]],
        "pages:look_ask": [asked["look"]],
        "pages:question_answer": [asked["question"]],
        "pages:processing_body": ["kela"],
        "pages:accessibility_answer": [asked["feedback"]],
        "pages:account_examine": [world.actor("kela").user_id],
        **{
            f"pages:{name}": [asked["examination"]]
            for name in ("examination", "examination_csv", "breach_new")
        },
        **{
            f"pages:{name}": [asked["breach"]]
            for name in (
                "breach",
                "breach_edit",
                "breach_authority",
                "breach_close",
                "breach_letters",
                "breach_letters_pdf",
                "breach_send",
            )
        },
        "pages:breach_text": [asked["breach"], "fi"],
        "pages:my_letter": [asked["letter"]],
        **{
            f"pages:{name}": [
                Ground.objects.filter(signed_at__isnull=False, valid_to=None).first().pk
            ]
            for name in (
                "ground",
                "ground_sign",
                "ground_end",
                "ground_remove",
                "ground_suspend",
                "ground_lift",
                "ground_set_aside",
            )
        },
        "pages:mapping_view": [world.case.pk, "skills"],
        "pages:mapping_view_client": [world.case.pk, "skills"],
        "pages:ending_assess": [asked["ending"]],
        "pages:ending_withdraw": [asked["ending"]],
        "pages:invitation": [asked["secret"]],
        "pages:trigger": list(trigger),
        "pages:trigger_refer": list(trigger),
        "pages:referral": [asked["referral"]],
        "pages:referral_begin": [asked["referral"]],
        "pages:referral_remove": [asked["referral"]],
        "pages:seat": [asked["seat"]],
        "pages:trigger_open": list(trigger),
        "pages:trigger_decline": list(trigger),
        "pages:trigger_assess": list(trigger),
        "pages:trigger_snooze": list(trigger),
        "pages:trigger_died": list(trigger),
        "pages:person_decline": [trigger[0]],
        "pages:death_undo": [asked["change"]],
        "pages:by_hand": list(trigger),
        "pages:by_hand_withdraw": [trigger[0], trigger[0]],
        "pages:filter_save": ["triggers"],
        "pages:filter_change": [asked["filter"]],
        "pages:filter_remove": [trigger[0]],
        "api:explanation": list(trigger),
        "api:case": [world.case.pk],
        "api:plan": [world.case.pk],
    }


@pytest.fixture
def trigger(world: World) -> tuple[Any, str]:
    return somebody_due(world)


def somebody_due(world: World) -> tuple[Any, str]:
    """Somebody of the network who meets the months' rule: only employment may know of it."""
    rows = list_people(
        world.actor("employment"), WorklistFilter(rule="unemployed_12_months"), now=world.now
    ).rows
    return rows[0].person.pk, "unemployed_12_months"
