"""Whatever a client does on their own pages, a worker does with them, or from their paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from audit.models import AuditRow
from caseplan.contacts.models import ContactEntry, ContactKind
from caseplan.contacts.services import record_paper
from caseplan.messages.models import Message, Thread, WaitsFor
from caseplan.messages.services import write_for_client
from caseplan.options.models import Offer, OfferedStep, OfferState
from caseplan.plan.models import Action, Goal, MoreTime, Objection, ReviewRequest
from caseplan.plan.services import object_to_action, withdraw_objection
from caseplan.remarks.models import Remark
from cases.models import News, NewsKind
from common.bodies import Party
from common.clock import day_of
from common.decision import NotAllowed, Refused
from common.spoken_for import Speaking
from consent.models import Category
from followup.models import CheckIn
from followup.services import check_in
from rights.selectors import open_everything
from tests.caseplan.options.offering import offered
from tests.pages.routes import TABLE
from tests.personas import World

# Each page that is the client's alone, and where a worker does the same with them ...
BESIDE: dict[str, str] = {
    "check_in": "client_check_in",
    "income_ask": "client_message",
    "my_step_write": "client_message",
    "more_time_ask": "more_time_ask",
    "action_no": "client_no_action",
    "service_no": "client_no_service",
    "my_no": "client_no_back",
    "review_ask": "client_review",
    "own_goal_new": "client_goal_new",
    "goal_edit": "goal_edit",
    "own_action_done": "action_done",
    "my_assessment_new": "assessment_type",
    "my_assessments": "assessments",
    "assessment_edit": "assessments",
    "my_interpreter": "interpreter_need",
    "my_income": "case_income",
    "my_plan": "case",
    "my_step": "case",
    "my_service": "case",
    "my_people": "team",
    "my_going": "follow_up",
    "my_history": "case_history",
    "my_mandates": "mandates",
    "my_mandate_end": "mandate_end",
    "point_answer": "point_answer",
    "who_sees": "case_who_sees",
    "see_as": "case_see_as",
    "see_version_as": "case_see_version_as",
    "change_many": "consent_heard",
    "change_one": "consent_heard",
    "change_thing": "consent_heard",
    "consent_request": "consent_heard",
    "outside_new": "outside_heard",
    "outside_party": "outside_sent",
}
# ... or why nobody does it in their place.
ALONE: dict[str, str] = {
    "own_passkeys": "how somebody logs in is theirs",
    "my_page": "a list of what waits: the case is the worker's",
    "my_information": "a list of doors to the pages named here",
    "own_case_turn_to": "a worker opens the case itself",
    "said": "a decision that a worker wrote down is confirmed by another hand (ADR 0024)",
    "everything": "holds what each body recorded; whoever prints it would read what is not theirs",
    "everything_json": "the same",
    "everything_pdf": "the same",
    "access_log": "says who of each body looked; asked of any body in writing",
    "look_ask": "the same",
    "correction_new": "stands beside each thing of each body; asked by a message, or of the body",
    "registers": "what each register says is not every worker's to read",
    "my_feedback": "told without a name, and so before no worker (ADR 0044)",
    "my_feedback_no": "the same",
    "own_request": "before a case: the office that answers has it (referral)",
    "own_request_read": "the same",
    "invitation": "lets in whoever holds the address",
    "my_asked": "answers of each body, which are not every worker's to read",
    "my_details": "a worker mends them where a change in life is written down (changes)",
    "my_letter": "a letter to the client, which came by post too",
    "welcome_language": "the first log-in of the client's own",
    "welcome_telling": "the same",
    "welcome_what": "the same",
    "welcome_choice": "the same",
}
KEPT_AT = "Archive 3, paper 41"


def beside(world: World, who: str = "social") -> Any:
    return replace(world.actor(who), with_client_of=world.case.pk)


def from_paper(world: World, who: str = "social") -> Any:
    return replace(beside(world, who), paper=KEPT_AT)


def own_step(world: World) -> Action:
    return Action.objects.filter(case=world.case, owner_party=Party.CLIENT).earliest("due_on")


def later(world: World) -> str:
    return str(own_step(world).due_on + timedelta(days=14))


@pytest.fixture
def paper(world: World, login: Any) -> Any:
    """A worker who has the client's paper before them."""
    client = login("social")
    sent = {"came_on": str(day_of(world.now)), "kept_at": KEPT_AT}
    assert client.post(f"/cases/{world.case.pk}/paper/new/", sent).status_code == 302
    return client


def test_each_page_of_a_clients_own_has_its_place_with_a_worker_or_a_reason() -> None:
    routes = {name.removeprefix("pages:"): answers for name, answers in TABLE.items()}
    own = {
        name
        for name, answers in routes.items()
        if answers.to("client") not in (404, 302) and answers.to("social") in (404, 403)
        if name not in {"remark_goal", "remark_action", "remark_service", "remark_step"}
    }
    assert own - BESIDE.keys() - ALONE.keys() == set()
    for place in BESIDE.values():
        assert routes[place].to("employment") != 404, place


def test_the_client_says_how_it_goes_refuses_and_takes_it_back(world: World, login: Any) -> None:
    client, case = login("social"), world.case.pk
    refusals = {
        f"/cases/{case}/client-check-in/": {"feeling": "slowly"},
        f"/actions/{world.action.pk}/client-no/": {"statement": "Too far."},
        f"/services/{world.planned_service.pk}/client-no/": {"statement": "Not now."},
        f"/cases/{case}/client-review/": {"reason": "I moved."},
        f"/cases/{case}/client-message/": {"topic": "Rent", "text": "Who pays?"},
        f"/actions/{own_step(world).pk}/more-time/": {"asked_for": later(world), "text": "Ill."},
    }
    for url, sent in refusals.items():
        assert client.post(url, sent).status_code == 403, f"{url}: the client is not there"
    client.post(f"/cases/{case}/with-client/")
    for url, sent in refusals.items():
        assert client.get(url).status_code == 200, url
        assert client.post(url, sent).status_code == 302, url
    rows = [
        CheckIn.objects.get(feeling="slowly"),
        Objection.objects.get(action=world.action, withdrawn_at=None),
        Objection.objects.get(planned_service=world.planned_service),
        ReviewRequest.objects.get(reason="I moved."),
        Message.objects.get(text="Who pays?"),
        MoreTime.objects.get(text="Ill."),
    ]
    for row in rows:
        assert row.recorded_for == Party.CLIENT, row
        assert row.with_client and row.recorded_by.username == "social" and not row.paper
    assert Thread.objects.get(topic="Rent").waits_for == WaitsFor.TEAM
    client.post(f"/client-no/{rows[1].pk}/back/")
    assert not Objection.objects.get(pk=rows[1].pk).stands


def test_a_question_about_income_goes_out_as_the_page_wrote_it(world: World, login: Any) -> None:
    client, case = login("social"), world.case.pk
    what_if = {"step": "part_time_work", "begins_on": "1.2.2027"}
    ask = reverse("pages:client_message", args=[case])
    assert ask not in client.post(f"/cases/{case}/income/", what_if).content.decode()
    client.post(f"/cases/{case}/with-client/")
    page = client.post(f"/cases/{case}/income/", what_if).content.decode()
    question = page.split(f'action="{ask}"', 1)[1].split('name="question" value="', 1)[1]
    sent = {"question": question.split('"', 1)[0], "day": "2027-02-01"}
    assert "1 February 2027" in client.post(ask, sent).content.decode()


def test_a_paper_is_noted_and_each_thing_on_it_says_where_it_is_kept(
    world: World, paper: Any, login: Any
) -> None:
    case = world.case.pk
    noted = ContactEntry.objects.get(case=case, kind=ContactKind.LETTER)
    assert KEPT_AT in noted.outcome and noted.recorded_by.username == "social"
    offer = offered(world)
    assert KEPT_AT in paper.get(f"/cases/{case}/for-client/").content.decode()
    for url, sent in {
        f"/cases/{case}/client-check-in/": {"feeling": "help", "comment": "Call me."},
        f"/goals/{world.joint_goal.pk}/propose/": {"text": "A course in the evening."},
        f"/actions/{world.action.pk}/client-no/": {"statement": "Too far."},
        f"/actions/{own_step(world).pk}/more-time/": {"asked_for": later(world), "text": "Ill."},
        f"/cases/{case}/client-goals/new/": {"text": "To sleep well."},
        f"/options/{offer.pk}/": {"choice": "none", "answer": "Neither."},
    }.items():
        assert paper.post(url, sent).status_code == 302, url
    rows = [
        CheckIn.objects.get(comment="Call me."),
        Remark.objects.get(text="A course in the evening."),
        Objection.objects.get(action=world.action, withdrawn_at=None),
        MoreTime.objects.get(text="Ill."),
        Goal.objects.get(text="To sleep well."),
    ]
    for row in rows:
        assert row.recorded_for == Party.CLIENT and row.paper == KEPT_AT, row
        assert not row.with_client, "the client was not there"
        assert row.spoken_for is not None and row.spoken_for.how == Speaking.TYPED
        assert AuditRow.objects.filter(
            subject_id=row.pk, action=f"{row._meta.model_name}_added_from_paper"
        ).exists()
    answered = Offer.objects.get(pk=offer.pk)
    assert (answered.state, answered.answer_paper) == (OfferState.NONE, KEPT_AT)
    assert not answered.answered_beside
    told = News.objects.filter(kind=NewsKind.WRITTEN_FOR_YOU, for_user=world.case.person.user)
    assert told.exists(), "the client is told that a worker wrote for them"
    name = world.actor("social").name
    mine = login("client").get(f"/cases/{case}/remarks/").content.decode()
    assert f"Written by {name} from your paper" in mine
    everything = open_everything(world.actor("client"), now=world.now)
    (item,) = [one for one in everything.items if one.subject_id == str(rows[1].pk)]
    assert item.correctable, "whoever did not write that asks for it to be mended"
    assert any(value.raw == KEPT_AT for value in item.values)


def test_a_paper_in_hand_is_no_client_beside(world: World, paper: Any) -> None:
    """What is written only together is refused; and a worker's own words bear no paper."""
    assert paper.post(f"/cases/{world.case.pk}/mapping/2/client/", {"text": "?"}).status_code == 403
    sent = {"text": "A joint goal.", "category": "plan_follow_up", "kind": "joint"}
    paper.post(f"/cases/{world.case.pk}/goals/new/", sent)
    goal = Goal.objects.get(text="A joint goal.")
    assert not goal.paper and not goal.with_client
    paper.post("/with-client/end/")
    url = f"/cases/{world.case.pk}/client-check-in/"
    assert paper.post(url, {"feeling": "well"}).status_code == 403


def test_only_the_team_types_and_only_in_that_case(world: World) -> None:
    now, case = world.now, world.case
    for actor in (world.actor("social"), replace(beside(world), with_client_of=world.version.pk)):
        with pytest.raises(NotAllowed):
            check_in(actor=actor, case=case, feeling="well", now=now)
        with pytest.raises(NotAllowed):
            write_for_client(
                actor=actor, case=case, topic="A", text="B", category=Category.PLAN_FOLLOW_UP,
                now=now,
            )  # fmt: skip
        with pytest.raises(NotAllowed):
            object_to_action(actor=actor, action_id=world.action.pk, statement="No.", now=now)
    said = object_to_action(
        actor=beside(world), action_id=world.action.pk, statement="No.", now=now
    )
    with pytest.raises(NotAllowed):
        withdraw_objection(actor=world.actor("social"), objection_id=said.pk, now=now)
    world.end_case()
    case.refresh_from_db()
    for actor in (beside(world), from_paper(world)):
        with pytest.raises(NotAllowed):
            check_in(actor=actor, case=case, feeling="well", now=now)


def test_a_paper_has_come_and_is_kept_somewhere(world: World) -> None:
    today, actor = day_of(world.now), world.actor("social")
    for came_on, kept_at, field in (
        (today + timedelta(days=1), KEPT_AT, "came_on"),
        (today, " ", "kept_at"),
    ):
        with pytest.raises(Refused) as refused:
            record_paper(
                actor=actor, case=world.case, came_on=came_on, kept_at=kept_at, now=world.now
            )
        assert refused.value.field == field


def test_an_option_chosen_on_paper_becomes_a_step(world: World, paper: Any) -> None:
    offer = offered(world)
    step = OfferedStep.objects.filter(offer=offer).order_by("position").first()
    assert step is not None
    paper.post(f"/options/{offer.pk}/", {"choice": str(step.pk), "answer": ""})
    chosen = Offer.objects.get(pk=offer.pk)
    assert chosen.state == OfferState.CHOSEN and chosen.action is not None
    assert chosen.answer_paper == KEPT_AT
