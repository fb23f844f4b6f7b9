"""Every answer out of the registers says the day it speaks of, and once old, that it may be old."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from benefits.models import Evaluation, RegisterImport
from benefits.selectors import WorklistFilter, explain_rule, list_people, own_explanations
from benefits.selectors.sentences import (
    RULE_NAMES,
    client_sentence,
    client_signal_sentence,
    coming_sentence,
    day_in_sentence,
    may_have_changed,
    met_sentence,
    not_met_sentence,
    progress_sentence,
    signal_sentence,
)
from benefits.services import evaluate
from common import clock
from common.actor import system_actor
from statutes.reader import all_signals, law_on
from tests.personas import World

NIGHT, ON = system_actor("night"), date(2024, 6, 30)
CHANGED = "may have changed"
SIGNALS = sorted({signal.name for signal in all_signals()})


def every_sentence(asked: date) -> dict[str, str]:
    day = date(2024, 2, 3)
    said = {}
    for unit in ("paid_days", "months"):
        said |= {
            f"met {unit}": met_sentence(unit, threshold=9, reached=day, measured=9, asked=asked),
            f"so far {unit}": progress_sentence(unit, measured=9, asked=asked),
            f"coming {unit}": coming_sentence(unit, threshold=9, expected=day, asked=asked),
            f"not met {unit}": not_met_sentence(unit, threshold=9, measured=1, asked=asked),
        }
        for number, (reached, expected) in enumerate(((day, None), (None, day), (None, None))):
            for measured in (1, 5):
                said[f"client {unit} {number} {measured}"] = client_sentence(
                    unit, threshold=9, measured=measured, reached=reached, expected=expected,
                    asked=asked,
                )  # fmt: skip
    for name in SIGNALS:
        for measured in (1, 5):
            said[f"{name} {measured}"] = signal_sentence(
                name, reached=day, measured=measured, asked=asked
            )
            said[f"client {name} {measured}"] = client_signal_sentence(
                name, reached=day, measured=measured, asked=asked
            )
    return said


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_every_sentence_names_the_day_it_speaks_of_in_every_language(language: str) -> None:
    assert set(SIGNALS) < set(RULE_NAMES)
    with translation.override(language):
        for which, sentence in every_sentence(date(2024, 6, 30)).items():
            assert day_in_sentence(date(2024, 6, 30)) in sentence, which
            assert "%" not in sentence, which
            # That a day has not come, or when it comes, is said of the day asked as well.
            if (which.startswith("client") and " 1 " in which) or " 2 " in which:
                assert sentence.count(day_in_sentence(date(2024, 6, 30))) == 2, which


@pytest.mark.parametrize(("days", "is_old"), [(0, False), (30, False), (31, True), (880, True)])
def test_after_30_days_it_is_said_that_it_may_have_changed(days: int, is_old: bool) -> None:
    told_to = date(2024, 6, 30)
    assert law_on(told_to).figure("register_answer_days").value == 30
    with translation.override("en"):
        today = told_to + timedelta(days=days)
        said = may_have_changed(asked=told_to, told_to=told_to, today=today)
        later = may_have_changed(asked=today, told_to=told_to, today=today)
        earlier = may_have_changed(asked=told_to, told_to=today, today=today)
    assert (CHANGED in said) is is_old
    assert earlier == said, "an answer of a past day is as old as that day"
    assert (CHANGED in later) is is_old
    assert (day_in_sentence(told_to) in later) is is_old


@pytest.mark.django_db
class TestOnThePages:
    @pytest.fixture(autouse=True)
    def evaluated(self, world: World) -> None:
        evaluate(actor=NIGHT, on=ON, now=world.now)

    @pytest.mark.parametrize(("days", "is_old"), [(30, False), (31, True)])
    def test_the_client_and_the_worker_read_it_with_the_answer(
        self, world: World, days: int, is_old: bool
    ) -> None:
        told_to = clock.day_of(world.now) - timedelta(days=days)
        RegisterImport.objects.filter(newest_day__isnull=False).update(newest_day=told_to)
        Evaluation.objects.update(asked_on=told_to)
        with translation.override("en"):
            own = own_explanations(world.actor("client"), now=world.now)
            assert own
            for found in own:
                assert day_in_sentence(told_to) in found.client_sentence
                assert (CHANGED in found.client_sentence) is is_old
                assert (CHANGED in found.sentence) is is_old
            assert (
                CHANGED in list_people(world.actor("kela"), WorklistFilter(), now=world.now).aged
            ) is (is_old)

    def test_asked_about_today_out_of_old_data_it_is_the_datas_day_that_is_told(
        self, world: World
    ) -> None:
        today = clock.day_of(world.now)
        client = world.actor("client")
        assert client.person_id is not None
        with translation.override("en"):
            found = explain_rule(
                client, client.person_id, rule="subsidy_300_days", on=today, now=world.now
            )
        assert CHANGED in found.client_sentence
        assert day_in_sentence(ON) in found.client_sentence

    def test_every_page_and_file_with_answers_says_so(self, world: World, login: Any) -> None:
        worker = login("employment")
        row = (
            list_people(world.actor("employment"), WorklistFilter(), now=world.now)
            .rows[0]
            .reasons[0]
        )
        trigger = f"/triggers/{row.person.pk}/{row.rule}/"
        for address in (
            "/triggers/", "/triggers/?within=90", "/triggers/export.csv", trigger,
            f"{trigger}open/", f"{trigger}decline/", f"{trigger}snooze/",
        ):  # fmt: skip
            is_file = address.endswith(".csv")
            answer = worker.post(address, {"reason": "my_work"}) if is_file else worker.get(address)
            assert answer.status_code == 200, address
            text = answer.content.decode()
            assert CHANGED in text, address
            assert day_in_sentence(ON) in text, address
        told = worker.get(f"/api/v1/explanations/{row.person.pk}/{row.rule}/").json()
        assert CHANGED in told["sentence"]
        assert CHANGED in told["client_sentence"]
        own = login("client").get("/my/registers/").content.decode()
        assert CHANGED in own
        assert "That day has not come." not in own
