"""What the code says by itself is kept as a code: made in one language, read in another."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from caseplan.meetings.models import Meeting
from caseplan.meetings.services import call_meeting
from caseplan.plan.models import DeclinedCode, Referral
from cases.lifecycle import CaseState
from cases.models import Case, Handover
from cases.services import end_work, record_death
from common.clock import day_of
from consent.models import Category
from people.models import Person, Position, User
from tests.builders import CaseFactory
from tests.personas import World

SAID = {
    "fi": {
        "handover": "Hän ei enää työskentele täällä, ja asiakkuudella on aina vastuutyöntekijä.",
        "meeting": "Yhteispalvelu on päättynyt.",
        "referral": "Yhteispalvelu on päättynyt.",
    },
    "sv": {
        "handover": "Hen arbetar inte längre här, och ett ärende har alltid en ansvarig "
        "handläggare.",
        "meeting": "Samservicen har avslutats.",
        "referral": "Samservicen har avslutats.",
    },
}


def said() -> dict[str, str]:
    """What is read of each, from what stands in the database."""
    return {
        "handover": Handover.objects.exclude(code="").get().why,
        "meeting": Meeting.objects.exclude(cancelled_code="").get().why_cancelled,
        "referral": Referral.objects.exclude(declined_code="").get().why_declined,
    }


def made_in(language: str, world: World) -> None:
    """Every row whose words are ours: somebody goes, a client dies, a case was only referred."""
    social = world.actor("social")
    Position.objects.filter(user__username="colleague").update(leads=True)
    person = Person.objects.filter(cases=None).order_by("pk")[0]
    with override(language):
        end_work(
            actor=world.actor("colleague"), now=world.now,
            position_id=Position.objects.get(user__username="employment", until=None).pk,
        )  # fmt: skip
        call_meeting(
            actor=social, case=world.case, starts_at=world.now + timedelta(days=3),
            minutes_long=60, place="Here", remote_link="", member_ids=[], now=world.now,
        )  # fmt: skip
        CaseFactory(person=person, state=CaseState.DECLINED, led_by=social, now=world.now)
        referred = Case.objects.get(person=person)
        Referral.objects.create(
            case=referred, category=Category.CASE_HANDLING, recorded_for="social",
            recorded_by_id=social.writer_id, recorded_at=world.now, reason="Need.",
            declined_code=DeclinedCode.CASE_ENDED,
        )  # fmt: skip
        record_death(
            actor=social, case=Case.objects.get(pk=world.case.pk), now=world.now,
            died_on=day_of(world.now) - timedelta(days=1),
        )  # fmt: skip


@pytest.mark.parametrize(("made", "read"), [("sv", "fi"), ("fi", "sv"), ("sv", "sv")])
def test_what_was_made_in_one_language_is_read_in_another(
    world: World, made: str, read: str
) -> None:
    made_in(made, world)
    kept = [
        *Handover.objects.exclude(code="").values_list("reason", flat=True),
        *Meeting.objects.exclude(cancelled_code="").values_list("cancelled_because", flat=True),
        *Referral.objects.exclude(declined_code="").values_list("declined_because", flat=True),
    ]
    assert kept == ["", "", ""]
    with override(read):
        assert said() == SAID[read]


def test_the_pages_say_it_in_the_readers_language(world: World, login: Any) -> None:
    made_in("sv", world)
    browser = login("social")
    meeting = Meeting.objects.exclude(cancelled_code="").get()
    referred = Referral.objects.exclude(declined_code="").get().case
    for language in SAID:
        browser.cookies["django_language"] = language
        User.objects.filter(username="social").update(language=language)
        page = browser.get(f"/meetings/{meeting.pk}/").content.decode()
        assert SAID[language]["meeting"] in page
        page = browser.get(f"/cases/{referred.pk}/").content.decode()
        assert SAID[language]["referral"] in page


def test_words_or_a_code_stand_in_each(world: World) -> None:
    made_in("sv", world)
    for rows in (Handover.objects.exclude(code=""), Meeting.objects.exclude(cancelled_code="")):
        field = "code" if rows.model is Handover else "cancelled_code"
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**{field: ""})
