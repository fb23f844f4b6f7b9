"""On paper, said aloud, settled, reviewed when the client asks; what changed, word by word."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from audit.models import Purpose
from caseplan.plan import services
from caseplan.plan.models import Answer, Goal, How, PlanVersion, Reply, ReviewRequest, ReviewState
from caseplan.plan.selectors import open_case, open_version
from caseplan.plan.selectors.comparing import word_by_word
from cases.services import end_team_term
from common.bodies import Party
from common.decision import NotAllowed, Refused
from tests.personas import World


def writes_down(world: World, reply: Reply, **given: Any) -> PlanVersion:
    return services.write_client_answer(
        **{
            "actor": world.actor("social"),
            "version_id": world.version.pk,
            "reply": reply,
            "comment": "",
            "paper": "",
            "now": world.now,
            **given,
        }
    )


def accept(world: World, version: PlanVersion, *parties: str) -> None:
    for party in parties:
        services.accept_plan(actor=world.actor(party), version_id=version.pk, now=world.now)


def client_disagrees(world: World) -> None:
    services.disagree_with_plan(
        actor=world.actor("client"), version_id=world.version.pk, comment="Too soon.", now=world.now
    )


def settles(world: World, who: str = "social", settlement: str = "We wait a month.") -> PlanVersion:
    return services.settle_disagreement(
        actor=world.actor(who), version_id=world.version.pk, settlement=settlement, now=world.now
    )


def test_a_paper_signature_says_where_it_is_and_who_wrote_it_down(world: World) -> None:
    accept(world, world.version, "social", "kela")
    with pytest.raises(Refused) as refusal:
        writes_down(world, Reply.ACCEPTED)
    assert refusal.value.field == "paper"
    version = writes_down(world, Reply.ACCEPTED, paper="Archive 12/2026")
    version.refresh_from_db()
    assert version.is_in_force
    answer = Answer.objects.get(version=version, party=Party.CLIENT)
    assert (answer.how, answer.paper) == (How.PAPER, "Archive 12/2026")
    assert answer.recorded_by.username == "social"


def test_what_is_only_said_can_disagree_and_never_accept(world: World) -> None:
    version = writes_down(world, Reply.DISAGREES, comment="I cannot travel.")
    answer = Answer.objects.get(version=version, party=Party.CLIENT)
    assert answer.how == How.SPOKEN
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.filter(pk=answer.pk).update(reply=Reply.ACCEPTED, comment="")


def test_nobody_but_the_team_writes_the_clients_answer(world: World) -> None:
    with pytest.raises(NotAllowed):
        writes_down(world, Reply.DISAGREES, comment="No.", actor=world.actor("client"))


def test_a_disagreement_stands_on_everybodys_page_until_it_is_settled(
    world: World, login: Any
) -> None:
    client_disagrees(world)
    pages = [f"/cases/{world.case.pk}/"] * 3 + ["/my/plan/"]
    personas = ("employment", "social", "kela", "client")
    for who, page in zip(personas, pages, strict=True):
        assert "Too soon." in login(who).get(page).content.decode(), who
    settles(world)
    for who, page in zip(personas, pages, strict=True):
        assert "Too soon." not in login(who).get(page).content.decode(), who


def test_a_settled_proposal_is_kept_with_what_was_agreed(world: World, login: Any) -> None:
    client_disagrees(world)
    with pytest.raises(Refused):
        settles(world, settlement=" ")
    settles(world)
    page = login("client").get(f"/versions/{world.version.pk}/").content.decode()
    assert "Too soon." in page and "We wait a month." in page


def test_without_a_disagreement_there_is_nothing_to_settle(world: World) -> None:
    with pytest.raises(NotAllowed):
        settles(world)


def test_a_version_replaced_while_it_was_read_is_answered_anew(world: World, login: Any) -> None:
    newer = services.propose_plan(actor=world.actor("social"), case=world.case, now=world.now)
    answer = login("client").post(f"/versions/{world.version.pk}/accept/")
    assert answer.status_code == 302
    assert answer["Location"] == f"/versions/{newer.pk}/"
    assert not Answer.objects.filter(party=Party.CLIENT).exists()


def test_the_client_asks_for_a_review_once_at_a_time(world: World) -> None:
    client = world.actor("client")
    services.ask_for_review(actor=client, case=world.case, reason="It hurts.", now=world.now)
    with pytest.raises(Refused):
        services.ask_for_review(actor=client, case=world.case, reason="", now=world.now)
    with pytest.raises(NotAllowed):
        services.ask_for_review(
            actor=world.actor("kela"), case=world.case, reason="", now=world.now
        )


def test_a_refused_review_says_why_it_is_obviously_unnecessary(world: World) -> None:
    asked = services.ask_for_review(
        actor=world.actor("client"), case=world.case, reason="", now=world.now
    )
    given: dict[str, Any] = {
        "actor": world.actor("social"), "request_id": asked.pk, "state": ReviewState.REFUSED,
        "now": world.now,
    }  # fmt: skip
    with pytest.raises(Refused) as refusal:
        services.answer_review_request(answer="", **given)
    assert refusal.value.field == "answer"
    services.answer_review_request(answer="It was reviewed last week.", **given)
    with pytest.raises(NotAllowed):
        services.answer_review_request(answer="Once more.", **given)


def test_a_new_proposal_is_the_review_that_was_asked_for(world: World) -> None:
    services.ask_for_review(actor=world.actor("client"), case=world.case, reason="", now=world.now)
    services.propose_plan(actor=world.actor("social"), case=world.case, now=world.now)
    assert ReviewRequest.objects.get(case=world.case).state == ReviewState.AGREED


def test_a_body_that_left_the_team_while_its_answer_is_awaited_is_missed(
    world: World, login: Any
) -> None:
    def missed() -> list[Party]:
        return open_case(
            world.actor("employment"), world.case.pk, purpose=Purpose.KEEP_CASE, now=world.now
        ).unrepresented

    assert missed() == []
    end_team_term(
        actor=world.actor("employment"), case=world.case,
        user_id=world.actor("kela").user_id,  # type: ignore[arg-type]
        now=world.now,
    )  # fmt: skip
    assert missed() == [Party.KELA]


def test_what_changed_is_told_word_by_word(world: World) -> None:
    assert [(p.how, p.text) for p in word_by_word("a b c", "a x c d")] == [
        ("same", "a"), ("removed", "b"), ("added", "x"), ("same", "c"), ("added", "d"),
    ]  # fmt: skip
    accept(world, world.version, "social", "kela", "client")
    goal = Goal.objects.get(pk=world.joint_goal.pk)
    services.edit_goal(
        actor=world.actor("social"), goal_id=goal.pk, text=f"{goal.text} Nyt.",
        revision=goal.revision, reason="So that it is soon", now=world.now,
    )  # fmt: skip
    version = services.propose_plan(actor=world.actor("social"), case=world.case, now=world.now)
    page = open_version(world.actor("client"), version.pk, now=world.now)
    (change,) = page.changes
    assert [p.text for p in change.fields[0].pieces if p.how == "added"] == ["Nyt."]


def test_the_plan_is_a_pdf_in_the_clients_language_with_its_signatures(
    world: World, login: Any
) -> None:
    def languages(address: str) -> str:
        answer = login("employment").get(f"/versions/{world.version.pk}/{address}")
        assert answer["Content-Type"] == "application/pdf"
        reader = PdfReader(io.BytesIO(answer.content))
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
        text = " ".join(part.extract_text() for part in reader.pages)
        assert "Eeva Employment" in text  # who accepted for the employment services
        return str(reader.trailer["/Root"]["/Lang"])

    own = world.case.person.language
    assert languages("plan.pdf") == own
    assert languages("plan.pdf?lang=en") == "en"
    assert languages("plan.pdf?lang=../etc") == own
