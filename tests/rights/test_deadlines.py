"""What a client asks of their information is answered in a month; in three, where they are told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cases.models import News, NewsKind
from common.bodies import Body
from common.clock import day_of
from common.dates import add_months
from common.decision import NotVisible, Refused
from rights.models import Correction, Outcome, Question
from rights.selectors import answer_clocks, list_visits, open_asked
from rights.services import (
    answer_correction,
    answer_question,
    ask_about_access,
    ask_for_correction,
    prolong_correction,
    prolong_question,
)
from rights.services.deadlines import answer_due, longest_due
from tests.personas import World

WHY = "The register it comes from is asked first."


@pytest.fixture
def correction(world: World) -> Correction:
    """A correction of a goal that social services wrote."""
    return ask_for_correction(
        actor=world.actor("client"), case=world.case, kind="goal",
        subject_id=str(world.joint_goal.pk), statement="I did not say this.", now=world.now,
    )  # fmt: skip


@pytest.fixture
def question(world: World, login: Any) -> Question:
    """Why somebody of Kela looked."""
    login("kela").get(f"/cases/{world.case.pk}/")
    visit = list_visits(world.actor("client"), world.case.pk, now=world.now)[0]
    return ask_about_access(
        actor=world.actor("client"), case=world.case, log_row=visit.number, text="Why?",
        now=world.now,
    )  # fmt: skip


def told(kind: NewsKind) -> set[str]:
    return set(News.objects.filter(kind=kind).values_list("for_user__username", flat=True))


def test_a_month_runs_from_date_to_date_and_three_from_the_same_day() -> None:
    asked = date(2027, 1, 31)
    assert answer_due(asked) == date(2027, 2, 28), "thirty days would be over the month"
    assert longest_due(asked) == date(2027, 4, 30)


def test_who_answers_takes_longer_once_and_the_client_is_told_why(
    world: World, correction: Correction
) -> None:
    prolong_correction(
        actor=world.actor("social"), correction_id=correction.pk, why=WHY, now=world.now
    )
    correction.refresh_from_db()
    assert correction.due_on == add_months(day_of(world.now), 3)
    assert told(NewsKind.ANSWER_PROLONGED) == {"client"}
    (clock,) = answer_clocks(world.actor("client"), world.case, now=world.now)
    assert clock.due_on == correction.due_on and WHY in clock.explanation
    with pytest.raises(Refused):
        prolong_correction(
            actor=world.actor("social"), correction_id=correction.pk, why=WHY, now=world.now
        )


def test_it_is_prolonged_within_the_month_with_reasons_and_by_nobody_else(
    world: World, correction: Correction
) -> None:
    for who in ("employment", "kela", "outsider", "client"):
        with pytest.raises(NotVisible):
            prolong_correction(
                actor=world.actor(who), correction_id=correction.pk, why=WHY, now=world.now
            )
    with pytest.raises(Refused) as refused:
        prolong_correction(
            actor=world.actor("social"), correction_id=correction.pk, why=" ", now=world.now
        )
    assert refused.value.field == "why"
    with pytest.raises(Refused):
        prolong_correction(
            actor=world.actor("social"), correction_id=correction.pk, why=WHY,
            now=world.now + timedelta(days=40),
        )  # fmt: skip


def test_the_officer_does_the_same_with_a_question(world: World, question: Question) -> None:
    prolong_question(actor=world.actor("officer"), question_id=question.pk, why=WHY, now=world.now)
    question.refresh_from_db()
    assert question.due_on == add_months(day_of(world.now), 3)
    answer_question(
        actor=world.actor("officer"), question_id=question.pk, answer="A meeting.", now=world.now
    )
    assert told(NewsKind.RIGHT_ANSWERED) == {"client"}
    with pytest.raises(Refused):
        prolong_question(
            actor=world.actor("officer"), question_id=question.pk, why=WHY, now=world.now
        )


def test_a_no_reads_with_its_reason_and_what_can_be_done_about_it(
    world: World, correction: Correction, login: Any
) -> None:
    client = login("client")
    page = client.get("/my/asked/").content.decode()
    assert "The answer comes by" in page and "Ombudsman" not in page
    answer_correction(
        actor=world.actor("social"), correction_id=correction.pk, outcome=Outcome.NOT_CORRECTED,
        answer="It was said in the meeting.", now=world.now,
    )  # fmt: skip
    assert told(NewsKind.RIGHT_ANSWERED) == {"client"}
    for url in ("/my/asked/", "/my/everything/"):
        page = client.get(url).content.decode()
        assert "It was said in the meeting." in page
        assert "complain to the Data Protection Ombudsman" in page, url
    assert 'href="/my/asked/"' in client.get("/my/").content.decode(), "and where it is read"


def test_the_pages_that_take_longer_tell_it_and_the_client_reads_why(
    world: World, correction: Correction, login: Any
) -> None:
    social, url = login("social"), f"/corrections/{correction.pk}/"
    assert f"{url}longer/" in social.get(url).content.decode()
    assert social.post(f"{url}longer/", {"why": WHY}).status_code == 302
    page = social.get(url).content.decode()
    assert WHY in page and f"{url}longer/" not in page
    assert WHY in login("client").get("/my/asked/").content.decode()


def test_only_the_client_reads_what_they_asked(world: World, login: Any) -> None:
    assert login("social").get("/my/asked/").status_code == 404
    asked = open_asked(world.actor("client"), world.case, now=world.now)
    assert asked.open_answers == []


def test_the_notice_says_who_answers_how_long_and_whom_to_complain_to(
    world: World, login: Any, settings: Any
) -> None:
    page = login("client").get("/about/your-information/").content.decode()
    for words in (
        *(str(body.label) for body in Body), "joint controllers", "381/2023 13 §", "4 years",
        "Within 1 month.", "2 months more", "tietosuoja.fi",
        "Ask the data-protection officer for the whole of it.",
    ):  # fmt: skip
        assert words in page, words
    settings.ARRANGEMENT_URL = "https://example.fi/arrangement"
    page = login("client").get("/about/your-information/").content.decode()
    assert 'href="https://example.fi/arrangement"' in page


def test_my_details_say_what_non_disclosure_does(world: World, login: Any) -> None:
    client, person = login("client"), world.case.person
    page = client.get("/my/details/").content.decode()
    assert person.phone in page and f"/my/corrections/new/person/{person.pk}/" in page
    assert "dvv.fi" in page and "under non-disclosure." not in page
    type(person).objects.filter(pk=person.pk).update(non_disclosure=True)
    page = client.get("/my/details/").content.decode()
    assert "Your contact details are under non-disclosure." in page
