"""What Kela has confirmed is Kela's to write down, and the client is told each time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from audit.models import AuditRow
from caseplan.plan.models import KelaConfirmation
from caseplan.plan.selectors import open_income
from caseplan.plan.services import confirm_for_kela, correct_kela_confirmation
from cases.models import Case, News, NewsKind
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused, Stale
from consent.models import Category
from statutes.steps import StepKind
from tests.personas import World

WORDS = "Your benefit goes on beside the work."


def confirmed(world: World, by: str = "kela", **changed: Any) -> KelaConfirmation:
    said: dict[str, Any] = {
        "step": StepKind.PART_TIME_WORK, "begins_on": date(2027, 2, 1), "statement": WORDS,
        "said_by": "The benefit office", "said_on": day_of(world.now),
    }  # fmt: skip
    case = Case.objects.get(pk=world.case.pk)
    return confirm_for_kela(actor=world.actor(by), case=case, now=world.now, **{**said, **changed})


def test_kelas_worker_writes_it_down_with_who_and_when_and_the_client_is_told(
    world: World, login: Any
) -> None:
    row = confirmed(world)
    assert row.category == Category.BENEFITS_DETAIL
    event = AuditRow.objects.filter(action="kelaconfirmation_added").get()
    assert (event.subject_id, event.case_id) == (row.pk, world.case.pk)
    news = News.objects.get(kind=NewsKind.KELA_CONFIRMED)
    assert news.for_user.username == "client"
    client = login("client")
    assert WORDS in client.get("/my/").content.decode()
    page = client.get("/my/income/").content.decode()
    assert WORDS in page and "The benefit office</span>, Kela" in page


@pytest.mark.parametrize("persona", ["employment", "social", "client", "director"])
def test_nobody_else_says_what_kela_has_confirmed(world: World, persona: str) -> None:
    with pytest.raises((NotAllowed, NotVisible)):
        confirmed(world, by=persona)
    assert not KelaConfirmation.objects.exists()


def test_another_body_reads_it_only_where_the_gate_lets_it(world: World) -> None:
    row = confirmed(world)

    def reads(persona: str) -> bool:
        page = open_income(world.actor(persona), world.case.pk, now=world.now)
        return row in page.confirmations

    assert reads("client") and reads("kela")
    assert not reads("employment") and not reads("social")


def test_a_day_to_come_and_an_empty_word_are_refused(world: World) -> None:
    with pytest.raises(Refused):
        confirmed(world, said_on=day_of(world.now) + timedelta(days=1))
    with pytest.raises(Refused):
        confirmed(world, said_by=" ")
    with pytest.raises(Refused):
        confirmed(world, statement="")


def test_a_correction_is_told_anew_and_its_former_words_are_kept(world: World) -> None:
    row = confirmed(world)
    News.objects.update(seen_at=world.now)
    said: dict[str, Any] = {
        "step": StepKind.PART_TIME_WORK, "begins_on": row.begins_on, "statement": "It ends.",
        "said_by": row.said_by, "said_on": row.said_on, "revision": row.revision,
    }  # fmt: skip
    correct_kela_confirmation(
        actor=world.actor("kela"), confirmation_id=row.pk, now=world.now, **said
    )
    assert [old.statement for old in row.history.order_by("history_date", "history_id")] == [
        WORDS, "It ends.",
    ]  # fmt: skip
    assert News.objects.filter(kind=NewsKind.KELA_CONFIRMED, seen_at__isnull=True).count() == 1
    with pytest.raises(Stale):
        correct_kela_confirmation(
            actor=world.actor("kela"), confirmation_id=row.pk, now=world.now, **said
        )


def test_kelas_worker_confirms_on_the_page_and_others_find_no_button(
    world: World, login: Any
) -> None:
    url = reverse("pages:kela_confirm", args=[world.case.pk])
    page = reverse("pages:case_income", args=[world.case.pk])
    assert url in login("kela").get(page).content.decode()
    assert url not in login("employment").get(page).content.decode()
    answer = login("kela").post(
        url,
        {
            "step": "sickness", "begins_on": "1.2.2027", "statement": WORDS,
            "said_by": "The benefit office", "said_on": day_of(world.now).isoformat(),
        },
    )  # fmt: skip
    assert answer.status_code == 302
    assert KelaConfirmation.objects.get().step == StepKind.SICKNESS
