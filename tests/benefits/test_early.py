"""Early signals and the forecast against plain models, and each sentence of a signal by name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benefits.early_signals import signals
from benefits.forecast import EXPECTED, segments
from benefits.models import Benefit
from benefits.selectors.sentences import PAYERS
from statutes.reader import law_on
from tests.benefits.reference import Life, answers, expected, noticed
from tests.benefits.test_eligibility import ASKED, lives, store

pytestmark = pytest.mark.django_db
ON = date(2024, 6, 28)
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
DEEP = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
BENEFITS = [
    "tyomarkkinatuki", "peruspaivaraha", "ansiopaivaraha", "yleistuki", "sairauspaivaraha",
    "sairauspaivaraha", "kuntoutusraha", "tyokyvyttomyyselake", "asumistuki", "toimeentulotuki",
]  # fmt: skip


def forecast(people: list[Life], on: date) -> list[dict[str, date]]:
    stored = store(people)
    found: dict[object, dict[str, date]] = {p.pk: {} for p in stored}
    with connection.cursor() as cursor:
        for segment in segments(on, tolerance=0, persons=[p.pk for p in stored]):
            cursor.execute(EXPECTED, segment)
            for person, rule, day in cursor.fetchall():
                found[person].setdefault(rule, day)
    met = [{r for r, (met, *_rest) in answers(life, on).items() if met} for life in people]
    return [
        {rule: day for rule, day in found[p.pk].items() if rule not in now}
        for p, now in zip(stored, met, strict=True)
    ]


def notice(people: list[Life], on: date) -> list[dict[str, tuple[date, int]]]:
    stored = store(people)
    found: dict[object, dict[str, tuple[date, int]]] = {p.pk: {} for p in stored}
    for row in signals(law_on(on), persons=[p.pk for p in stored]):
        found[row.person_id][row.signal] = (row.reached_on, row.measured)
    return [found[p.pk] for p in stored]


@st.composite
def sick_lives(draw: st.DrawFn, on: date) -> Life:
    """Lives drawn so that the signals' limits are met and just missed."""
    life = Life(date(1980, 1, 1))
    for _number in range(draw(st.integers(0, 7))):
        start = on - timedelta(
            days=draw(st.sampled_from([-5, 0, 29, 31, 60, 200, 364, 400, 700, 1090]))
        )
        start += timedelta(days=draw(st.integers(-2, 2)))
        length = draw(st.sampled_from([0, 1, 30, 60, 200, 349, 351, 500]))
        end = start + timedelta(days=length)
        six = sum((start + timedelta(days=n)).weekday() < 6 for n in range(length + 1))
        life.payments.append((
            draw(st.sampled_from(BENEFITS)), draw(st.sampled_from(["unemployment", "service", ""])),
            start, end, draw(st.sampled_from([six, max(six - 1, 0), None])),
        ))  # fmt: skip
    for _number in range(draw(st.integers(0, 3))):
        start = on - timedelta(days=draw(st.sampled_from([10, 499, 500, 501, 1900, 2500])))
        length = draw(st.sampled_from([None, 100, 499, 500, 900]))
        life.spells.append((start, None if length is None else start + timedelta(days=length)))
    return life


def compare_signals(data: st.DataObject, on: date, many: int) -> None:
    drawn = [data.draw(sick_lives(on)) for _ in range(many)]
    for life, found in zip(drawn, notice(drawn, on), strict=True):
        assert found == noticed(life, on), life


def compare_forecasts(data: st.DataObject, on: date, many: int) -> None:
    drawn = [data.draw(lives(on)) for _ in range(many)]
    for life, found in zip(drawn, forecast(drawn, on), strict=True):
        assert found == expected(life, on), life


DAYS = st.sampled_from(
    [ON, date(2024, 2, 29), date(2025, 3, 1), date(2026, 4, 30), date(2026, 5, 1)]
)
BEFORE_CHANGES = st.one_of(
    ASKED, st.sampled_from([date(2014, 12, 20), date(2024, 12, 20), date(2026, 4, 15)])
)


@SLOW
@given(data=st.data(), on=DAYS)
def test_the_signals_agree_with_the_plain_model(data: st.DataObject, on: date) -> None:
    compare_signals(data, on, 6)


@SLOW
@given(data=st.data(), on=BEFORE_CHANGES)
def test_the_forecast_agrees_with_the_plain_model(data: st.DataObject, on: date) -> None:
    compare_forecasts(data, on, 4)


@pytest.mark.deep
@DEEP
@given(data=st.data(), on=DAYS)
def test_the_signals_agree_at_length(data: st.DataObject, on: date) -> None:
    compare_signals(data, on, 10)


@pytest.mark.deep
@DEEP
@given(data=st.data(), on=BEFORE_CHANGES)
def test_the_forecast_agrees_at_length(data: st.DataObject, on: date) -> None:
    compare_forecasts(data, on, 6)


def paid_in_2024(*benefits: str) -> Life:
    """One period a month of each, from January on."""
    return Life(date(1980, 1, 1), [], [
        (b, "", date(2024, 1 + n, 1), date(2024, 1 + n, 20), 0) for n, b in enumerate(benefits)
    ])  # fmt: skip


def test_the_third_payer_in_a_year_is_noticed_and_a_third_code_of_one_payer_is_not() -> None:
    of_kela = ("asumistuki", "opintotuki", "sairauspaivaraha", "osasairauspaivaraha")
    one, two, three, four = notice(
        [
            paid_in_2024(*of_kela),
            paid_in_2024("tyomarkkinatuki", "asumistuki", "sairauspaivaraha", "toimeentulotuki"),
            paid_in_2024("asumistuki", "toimeentulotuki", "opintotuki", "ansiopaivaraha"),
            paid_in_2024("asumistuki", "toimeentulotuki", "ansiopaivaraha", "tyokyvyttomyyselake"),
        ],
        ON,
    )
    assert "many_benefits" not in one
    assert "many_benefits" not in two
    assert three["many_benefits"] == (date(2024, 4, 1), 3)
    assert four["many_benefits"] == (date(2024, 3, 1), 4)


def test_every_benefit_an_extract_may_hold_has_one_payer_on_every_day() -> None:
    for day in (date(2015, 1, 1), date(2016, 12, 31), date(2022, 12, 31), date(2023, 1, 1), ON):
        paid_by = [p.benefit for p in law_on(day).payers]
        assert sorted(paid_by) == sorted(set(Benefit.values) - {Benefit.GENERAL_SUPPORT.value})
    assert Benefit.GENERAL_SUPPORT in {p.benefit for p in law_on(date(2026, 5, 1)).payers}
    assert {p.payer for p in law_on(ON).payers} <= set(PAYERS)


@pytest.mark.parametrize(("gap", "is_noticed"), [(60, True), (61, False)])
def test_back_to_unemployment_within_60_days_of_sickness(gap: int, is_noticed: bool) -> None:
    end = date(2024, 2, 1)
    back = end + timedelta(days=gap)
    life = Life(date(1980, 1, 1), [], [
        ("sairauspaivaraha", "", date(2024, 1, 1), end, 0),
        ("tyomarkkinatuki", "unemployment", back, back + timedelta(days=20), 10),
    ])  # fmt: skip
    assert ("back_from_sickness" in notice([life], ON)[0]) == is_noticed


def test_rehabilitation_since_answers_a_long_sickness() -> None:
    sick = ("sairauspaivaraha", "", date(2023, 1, 2), date(2024, 1, 31), 330)
    after = ("kuntoutusraha", "", date(2024, 2, 1), date(2024, 3, 1), 20)
    alone, helped = notice(
        [Life(date(1980, 1, 1), [], [sick]), Life(date(1980, 1, 1), [], [sick, after])], ON
    )
    assert alone["long_sickness"][1] == 330
    assert "long_sickness" not in helped


def test_a_dismissed_signal_keeps_its_day_while_time_passes() -> None:
    """Else tomorrow's evaluation would show a person again whom somebody dismissed today."""
    life = Life(
        date(1980, 1, 1), [], [("sairauspaivaraha", "", date(2022, 8, 1), date(2024, 1, 31), 400)]
    )
    (person,) = store([life])
    days = {
        row.reached_on
        for ahead in range(0, 200, 20)
        for row in signals(law_on(ON + timedelta(days=ahead)), persons=[person.pk])
        if row.signal == "long_sickness"
    }
    assert len(days) == 1


def test_turning_25_is_foreseen() -> None:
    life = Life(date(1999, 8, 10), [(date(2023, 3, 1), None)])
    assert forecast([life], ON)[0]["unemployed_12_months"] == date(2024, 8, 10)


def test_somebody_whose_payments_ended_long_ago_is_coming_to_nothing() -> None:
    paid = ("tyomarkkinatuki", "unemployment", date(2022, 1, 3), date(2023, 2, 17), 295)
    assert forecast([Life(date(1980, 1, 1), [], [paid])], ON) == [{}]
