"""One office asks another about nobody: answered in time, linked to nobody, gone in thirty days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import models

from caseplan.intake import services
from caseplan.intake.models import Consultation, ConsultationAnswer, ConsultationTopic
from caseplan.intake.selectors import (
    list_asked,
    list_received,
    open_consultation,
)
from caseplan.meetings.models import CooperationForm
from caseplan.meetings.services import decide_way_of_working
from caseplan.plan.catalogue import ServiceType
from cases.models import Case
from common.actor import system_actor
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused
from followup.models import Reminder
from followup.services import remind_beside_cases
from people.models import Office, Person
from tests.builders import WorkerFactory
from tests.personas import World

NIGHT = system_actor("night")


def asks(world: World, who: str = "employment", of: str = "kela", **given: Any) -> Consultation:
    return services.ask_consultation(
        **{
            "actor": world.actor(who), "to_office_id": world.actor(of).office_id,
            "topic": ConsultationTopic.CONDITIONS,
            "services": [ServiceType.VOCATIONAL_REHABILITATION], "now": world.now, **given,
        }
    )  # fmt: skip


def answers(world: World, row: Consultation, who: str = "kela", **given: Any) -> Consultation:
    return services.answer_consultation(
        **{
            "actor": world.actor(who), "consultation_id": row.pk,
            "answer": ConsultationAnswer.CONDITIONS, "note": "A medical certificate.",
            "now": world.now, **given,
        }
    )  # fmt: skip


def test_the_database_holds_no_way_to_a_person_or_a_case() -> None:
    seen, leads_to = set(), [Consultation]
    while leads_to:
        model = leads_to.pop()
        if model not in seen:
            seen.add(model)
            leads_to += [
                field.related_model
                for field in model._meta.concrete_fields
                if isinstance(field, models.ForeignKey)
            ]
    assert not seen & {Person, Case}
    assert not any(
        isinstance(field, models.UUIDField) and not field.primary_key
        for field in Consultation._meta.concrete_fields
    )


@pytest.mark.parametrize(
    "note",
    [
        "131052-308T", "code 020484w9012 ", "call 040 123 4567", "+358401234567", "a@b.fi",
        "Matti Virtanen", "asked by Anna-Liisa Mäki", "born 1.5.1984", "born 1984-05-01",
        "lives at Torikatu 5", "see https://x.fi/1", "number 12345",
    ],
)  # fmt: skip
def test_what_could_say_who_somebody_is_is_refused_in_question_and_answer(
    world: World, note: str
) -> None:
    with pytest.raises(Refused) as refused:
        asks(world, note=note)
    assert refused.value.field == "note"
    assert note.strip() not in str(refused.value)
    row = asks(world)
    with pytest.raises(Refused) as refused:
        answers(world, row, note=note)
    assert refused.value.field == "note"


@pytest.mark.parametrize(
    "note", ["Two years in 2024-2026?", "Onko B-lausunto tarpeen?", "Enintään 12 kk, 2 kertaa"]
)
def test_a_matter_of_fact_is_not_refused(world: World, note: str) -> None:
    assert asks(world, note=note).note == note


def test_another_body_of_the_network_is_asked(world: World) -> None:
    for of in ("employment", "outsider"):
        with pytest.raises(Refused) as refused:
            asks(world, of=of)
        assert refused.value.field == "to_office_id"
    with pytest.raises(NotAllowed):
        asks(world, "director")


def test_it_is_answered_in_the_networks_days(world: World) -> None:
    assert asks(world).answer_by == day_of(world.now) + timedelta(days=7)
    decide_way_of_working(
        actor=world.actor("director"), form=CooperationForm.MEETING, roles=[],
        client_takes_part=True, one_service=False, consultation_days=3, since=day_of(world.now),
        now=world.now,
    )  # fmt: skip
    assert asks(world).answer_by == day_of(world.now) + timedelta(days=3)


def test_both_offices_see_it_and_nobody_else(world: World) -> None:
    row = asks(world)
    for who in ("employment", "colleague", "kela"):
        assert open_consultation(world.actor(who), row.pk, now=world.now) == row
    assert [list_asked(world.actor("colleague")), list_received(world.actor("kela"))] == [
        [row], [row],
    ]  # fmt: skip
    for who in ("social", "outsider", "director", "officer", "client"):
        with pytest.raises(NotVisible):
            open_consultation(world.actor(who), row.pk, now=world.now)


def test_whoever_asked_is_told_until_they_have_read_the_answer(world: World, login: Any) -> None:
    row = asks(world)
    assert [one.is_open for one in list_received(world.actor("kela"))] == [True]
    with pytest.raises(NotAllowed):
        answers(world, row, "employment")
    answers(world, row)
    assert [one.is_open for one in list_received(world.actor("kela"))] == [False]
    with pytest.raises(NotAllowed):
        answers(world, row)
    day = login("employment")
    answered = f"{row.to_office} answered what you asked without a case"
    page = day.get("/day/").content.decode()
    assert answered in page and f"/consultations/{row.pk}/" in page
    assert "I have read the answer" in day.get(f"/consultations/{row.pk}/").content.decode()
    day.post(f"/consultations/{row.pk}/seen/")
    assert answered not in day.get("/day/").content.decode()


def test_it_goes_up_when_nobody_answers(world: World) -> None:
    kela = Office.objects.get(pk=world.actor("kela").office_id)
    leads = WorkerFactory(office=kela, now=world.now, leads=True)
    row = asks(world)

    def reminded(days: int) -> set[Any]:
        remind_beside_cases(actor=NIGHT, on=day_of(world.now) + timedelta(days=days))
        rows = Reminder.objects.filter(subject_id=row.pk, ended_on=None)
        return set(rows.values_list("for_user", flat=True))

    assert reminded(4) == set()
    assert reminded(5) == {leads.pk}
    assert world.actor("director").user_id in reminded(15)
    answers(world, row)
    assert not Reminder.objects.filter(subject_id=row.pk, ended_on=None).exists()


def test_it_is_gone_thirty_days_after_the_answer(world: World) -> None:
    answered, waiting = answers(world, asks(world)), asks(world)
    today = day_of(world.now)
    assert services.erase_consultations(on=today + timedelta(days=29)) == 0
    assert services.erase_consultations(on=today + timedelta(days=30)) == 1
    assert list(Consultation.objects.all()) == [waiting]
    assert answered not in Consultation.objects.all()
    assert services.erase_consultations(on=today + timedelta(days=38)) == 1


def test_what_nobody_has_answered_is_taken_back_by_whoever_asked(world: World) -> None:
    row = asks(world)
    with pytest.raises(NotAllowed):
        services.withdraw_consultation(
            actor=world.actor("colleague"), consultation_id=row.pk, now=world.now
        )
    services.withdraw_consultation(
        actor=world.actor("employment"), consultation_id=row.pk, now=world.now
    )
    assert not Consultation.objects.exists()
