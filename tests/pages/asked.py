"""What stands in the addresses of the routes, as people have asked for it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from audit.models import Purpose
from benefits.models import RegisterImport
from caseplan.assessments.services import assess_oneself, rate_work_ability
from caseplan.contacts.models import ContactKind
from caseplan.contacts.services import record_contact
from caseplan.intake.models import ConsultationTopic, OwnRequest
from caseplan.intake.services import ask_consultation, refer
from caseplan.meetings.services import call_meeting
from caseplan.messages.models import Attachment, ThreadKind
from caseplan.messages.services import SentFile, send_message, start_thread
from caseplan.plan.models import Accompanied, Exit, SeenNeed, SignedPaper
from caseplan.plan.selectors import open_case
from caseplan.plan.services import (
    add_action,
    ask_body,
    ask_for_more_time,
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
from common.bodies import Body, Party
from common.clock import day_of
from common.crypto import decrypt, encrypt
from consent.models import Category, ConsentRequest, OutsideKind, OutsideParty
from consent.services import invite
from evaluation.extracts.services import ask_for_extract
from evaluation.models import ExtractOrder, ExtractUse
from followup.models import Feeling, FollowUpPoint, Reminder
from followup.services import check_in
from people.models import (
    FilteredList,
    LifeEvent,
    LifeKind,
    LifeState,
    Office,
    Person,
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
from tests.pages.due import somebody_due
from tests.personas import World


@pytest.fixture
def asked(world: World) -> dict[str, Any]:
    return ask_for_everything(world)


def ask_for_everything(world: World) -> dict[str, Any]:
    """What somebody has asked for: access, consent, a correction, why somebody looked, and so on.

    By the word that ``tests.pages.places`` knows it by; each room adds its own.
    """
    return {
        **_access_and_consent(world),
        **_the_plan(world),
        **_talk(world),
        **_follow_up(world),
        **_a_life(world),
        **_the_team(world),
        **_before_a_case(world),
        **_the_organisation(world),
        **_a_machine(world),
        "extract": an_extract(world).pk,
        **_a_breach(world),
    }


def _joint_case(world: World) -> Case:
    """As it is now."""
    return Case.objects.get(pk=world.case.pk)


def _access_and_consent(world: World) -> dict[str, Any]:
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
    return {
        "access": AccessRequest.objects.get(asked_by__username="colleague").pk,
        "consent": ConsentRequest.objects.get(case=world.case).pk,
        "written": heard.pk,
        "feedback": feedback.pk,
        "correction": correction.pk,
        "look": look,
        "question": question.pk,
        "party": OutsideParty.objects.get(user__username="association").pk,
        "secret": invitation.secret,
        "mandate": a_mandate(world).pk,
    }


def _the_plan(world: World) -> dict[str, Any]:
    client = world.actor("client")
    ending = propose_ending(
        actor=world.actor("employment"), case=_joint_case(world),
        exit=Exit.OTHER_SERVICE, reason="Enough.",
        follow_up_by_id=world.actor("employment").user_id, now=world.now,
    )  # fmt: skip
    goes_on = ask_to_go_on(
        actor=world.actor("employment"), case=_joint_case(world),
        to_user_id=world.actor("kela").user_id, how=Accompanied.CALL, text="Rehabilitation.",
        now=world.now,
    )  # fmt: skip
    review = ask_for_review(actor=client, case=_joint_case(world), reason="", now=world.now)
    no = object_to_action(
        actor=client, action_id=world.action.pk, statement="It is too far.", now=world.now
    )
    offer = offered(world)
    task = add_action(
        actor=world.actor("employment"), goal_id=world.joint_goal.pk, text="Visit the workshop",
        owner_party=Party.CLIENT, owner_id=None, category=Category.PLAN_FOLLOW_UP, now=world.now,
        due_on=day_of(world.now) + timedelta(days=50),
    )  # fmt: skip
    more_time = ask_for_more_time(
        actor=client, action_id=task.pk, text="I am ill.", now=world.now,
        asked_for=day_of(world.now) + timedelta(days=60),
    )  # fmt: skip
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
    confirmed = confirm_for_kela(
        actor=world.actor("kela"), case=_joint_case(world),
        step=StepKind.PART_TIME_WORK, begins_on=day_of(world.now), statement="It goes on.",
        said_by="The benefit office", said_on=day_of(world.now), now=world.now,
    )  # fmt: skip
    template = make_template(
        actor=world.actor("director"), kind=TemplateKind.PLAN, name="First steps", language="fi",
        text="", now=world.now,
    )  # fmt: skip
    line = add_line(
        actor=world.actor("director"), template_id=template.pk, text="I know my options", party="",
        due_days=None, now=world.now,
    )  # fmt: skip
    return {
        "ending": ending.pk,
        "goes_on": goes_on.pk,
        "review": review.pk,
        "no": no.pk,
        "offer": offer.pk,
        "remark": remark.pk,
        "more_time": more_time.pk,
        "own": own.pk,
        "rating": rating.pk,
        "request": asked.pk,
        "confirmed": confirmed.pk,
        "template": template.pk,
        "line": line.pk,
        "paper": a_paper(world).pk,
    }


def _talk(world: World) -> dict[str, Any]:
    """Messages, contacts and a meeting."""
    client = world.actor("client")
    thread = start_thread(
        actor=client, case=_joint_case(world), kind=ThreadKind.DIALOGUE,
        topic="The visit", text="When is it?", category=Category.PLAN_FOLLOW_UP, now=world.now,
    )  # fmt: skip
    thread = send_message(
        actor=client, thread_id=thread.pk, text="See this.", wants_answer=True, now=world.now,
        attached=[SentFile("visit.pdf", b"%PDF-1.7 visit")],
    )  # fmt: skip
    contact = record_contact(
        actor=world.actor("social"), case=_joint_case(world), kind=ContactKind.CALL,
        happened_at=world.now, answered=True, with_whom="", outcome="All is well.", next_on=None,
        category=Category.PLAN_FOLLOW_UP, now=world.now,
    )  # fmt: skip
    meeting = call_meeting(
        actor=world.actor("employment"), case=_joint_case(world),
        starts_at=world.now + timedelta(days=3), minutes_long=60, place="Here", remote_link="",
        member_ids=[], now=world.now,
    )  # fmt: skip
    return {
        "thread": thread.pk,
        "attachment": Attachment.objects.get(message__thread=thread).pk,
        "contact": contact.pk,
        "meeting": meeting.pk,
        "point": meeting.points.first().pk,  # type: ignore[union-attr]
        "participant": meeting.participants.get(role="client").pk,
    }


def _follow_up(world: World) -> dict[str, Any]:
    client = world.actor("client")
    going = check_in(actor=client, case=_joint_case(world), feeling=Feeling.STUCK, now=world.now)
    after = FollowUpPoint.objects.create(
        case=world.case, months=3, due_on=day_of(world.now), open_until=day_of(world.now),
        asker_id=world.actor("employment").user_id,
    )  # fmt: skip
    # Not of a day of the law, which does not wait.
    overdue = Reminder.objects.filter(
        case=world.case, for_user__username="employment", kind="action_overdue", ended_on=None
    )
    return {"check_in": going.pk, "follow_up": after.pk, "reminder": overdue.earliest("pk").pk}


def _a_life(world: World) -> dict[str, Any]:
    """Changes in the client's life, as they were recorded."""
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
    return {"change": change.pk, "joining": joining.pk, "asked_change": asked_change.pk}


def _the_team(world: World) -> dict[str, Any]:
    """Who hands over, stands in, is away, and whose seat is kept."""
    handover = hand_over(
        actor=world.actor("employment"), case=_joint_case(world), reason="I move.",
        receiver_id=world.actor("colleague").writer_id, leaves=True, now=world.now,
    )  # fmt: skip
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
    seat = TeamMembership.objects.create(
        case=world.case, office_id=world.actor("kela").working_office_id, role=TeamRole.AWAITED,
        since=world.now,
    )  # fmt: skip
    return {"handover": handover.pk, "cover": cover.pk, "absence": absence.pk, "seat": seat.pk}


def _before_a_case(world: World) -> dict[str, Any]:
    """Consultations, referrals and own requests."""
    consultation = ask_consultation(
        actor=world.actor("employment"), to_office_id=world.actor("kela").office_id,
        topic=ConsultationTopic.BENEFITS, now=world.now,
    )  # fmt: skip
    due, _rule = somebody_due(world)
    kela_office = world.actor("kela").working_office_id
    referral = refer(
        actor=world.actor("employment"), person_id=due, to_office_id=kela_office,
        needs=[SeenNeed.ABILITY], now=world.now,
    )  # fmt: skip
    return {"consultation": consultation.pk, "referral": referral.pk, **_requests(world)}


def _the_organisation(world: World) -> dict[str, Any]:
    kept = save_filter(
        actor=world.actor("employment"), of=FilteredList.CASES, name="As manager",
        choices={"whose": "managed"},
    )  # fmt: skip
    return {
        "filter": kept.pk,
        "import": an_import(world).pk,
        "territory": a_town_joins(world).pk,
        "staff_file": a_file_of_staff(world).pk,
    }


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


def an_extract(world: World) -> ExtractOrder:
    """The director has asked for rows for an evaluation; the officer is to approve."""
    today = day_of(world.now)
    return ask_for_extract(
        actor=world.actor("director"), use=ExtractUse.EVALUATION, purpose="What became of them",
        decision_number="JR 1", decided_on=today, begun_from=today, begun_to=today,
        expires_on=today, now=world.now,
    )  # fmt: skip


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
