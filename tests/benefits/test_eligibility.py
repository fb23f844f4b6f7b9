"""The counting statement against a plain model, and every boundary day by name."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import QuerySet
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benefits.eligibility import eligibility
from benefits.models import ManualEntry, PaymentPeriod, RegisterImport, UnemploymentSpell
from common.ids import new_id
from people.models import Person, User
from statutes.reader import law_on
from tests.benefits.reference import Life, add_months, answers

pytestmark = pytest.mark.django_db
SUBSIDY, YEAR, HALF = "subsidy_300_days", "unemployed_12_months", "unemployed_6_months_under_25"


def store(lives: list[Life]) -> list[Person]:
    run = RegisterImport.objects.create(started_at=timezone.now(), imported_by="test")
    people = [
        Person(
            identity_code_encrypted=b"x",
            identity_code_hash=str(new_id()),
            birth_date=life.birth,
            last_name="Test",
            first_names="Test",
            sort_key="test",
            municipality_code="999",
        )
        for life in lives
    ]
    Person.objects.bulk_create(people)
    UnemploymentSpell.objects.bulk_create(
        UnemploymentSpell(person=person, start=s, end=e, first_import=run)
        for person, life in zip(people, lives, strict=True)
        for s, e in dict.fromkeys(life.spells)
    )
    PaymentPeriod.objects.bulk_create(
        PaymentPeriod(
            person=person, benefit=b, basis=i, start=s, end=e, paid_days=p, first_import=run
        )
        for person, life in zip(people, lives, strict=True)
        for b, i, s, e, p in dict.fromkeys(life.payments)
    )
    return people


def correct(rows: QuerySet[Any]) -> None:
    """A later extract no longer states these rows."""
    rows.update(
        corrected_at=timezone.now(),
        corrected_by_import=RegisterImport.objects.latest("started_at"),
    )


STANDING: dict[str, Any] = {"corrected_at": None, "corrected_by_import": None}


def asked(lives: list[Life], on: date) -> list[dict[str, tuple[int, date | None, int]]]:
    people = store(lives)
    found: dict[object, dict[str, tuple[int, date | None, int]]] = {p.pk: {} for p in people}
    for row in eligibility(on, persons=[p.pk for p in people]):
        found[row.person_id][row.rule] = (int(row.met), row.reached_on, row.measured)
    return [found[p.pk] for p in people]


def ask(life: Life, on: date) -> dict[str, tuple[int, date | None, int]]:
    return asked([life], on)[0]


ASKED = st.sampled_from(
    [date(2014, 12, 31), date(2015, 1, 1), date(2022, 5, 1), date(2022, 5, 2), date(2024, 2, 29),
     date(2024, 12, 31), date(2025, 1, 1), date(2025, 2, 28), date(2026, 4, 30), date(2026, 5, 1)]
)  # fmt: skip


@st.composite
def lives(draw: st.DrawFn, on: date) -> Life:
    back = st.integers(-40, 900)
    birth = draw(
        st.sampled_from([on.replace(year=on.year - 25, day=min(on.day, 28)), date(2000, 2, 29),
                         date(1996, 2, 29), date(1980, 1, 1), date(1999, 8, 31),
                         date(1999, 3, 1), date(2000, 3, 1), date(1999, 2, 28)])
    )  # fmt: skip
    spells = []
    for days in draw(st.lists(back, max_size=5)):
        start = on - timedelta(days=days)
        length = draw(st.sampled_from([None, 0, 1, 28, 200, 400, 800]))
        spells.append((start, None if length is None else start + timedelta(days=length)))
        if length is not None and draw(st.booleans()):  # touching, or a day apart
            gap = draw(st.sampled_from([1, 2]))
            spells.append((start + timedelta(days=length + gap), None))
    payments = []
    for days in draw(st.lists(back, max_size=6)):
        start = on - timedelta(days=days)
        end = start + timedelta(days=draw(st.sampled_from([0, 27, 90, 300, 500])))
        weekdays = sum(
            (start + timedelta(days=n)).weekday() < 5 for n in range((end - start).days + 1)
        )
        payments.append((
            draw(st.sampled_from(["tyomarkkinatuki", "yleistuki", "ansiopaivaraha"])),
            draw(st.sampled_from(["unemployment", "unemployment", "service", ""])),
            start, end, draw(st.sampled_from([weekdays, max(weekdays - 3, 0), 0])),
        ))  # fmt: skip
    return Life(birth, spells, payments)


def compare(data: st.DataObject, on: date, many: int) -> None:
    drawn = [data.draw(lives(on)) for _ in range(many)]
    for life, found in zip(drawn, asked(drawn, on), strict=True):
        assert found == answers(life, on), life


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), on=ASKED)
def test_the_statement_agrees_with_the_plain_model(data: st.DataObject, on: date) -> None:
    compare(data, on, 8)


@pytest.mark.deep
@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), on=ASKED)
def test_the_statement_agrees_with_the_plain_model_at_length(data: st.DataObject, on: date) -> None:
    compare(data, on, 12)


# Around the leap day, in leap years and beside them: where a rule of ages goes wrong.
AROUND = (-2, -1, 0, 1, 2)
EDGE_BIRTHS = [date(year, 3, 1) + timedelta(days=n) for year in (1999, 2000, 2001, 2003)
               for n in AROUND]  # fmt: skip


@pytest.mark.parametrize("year", [2024, 2025, 2028])
def test_ages_turn_with_the_plain_model_around_every_leap_day(year: int) -> None:
    lives = [Life(birth, [(date(2022, 1, 1), None)]) for birth in EDGE_BIRTHS]
    for on in (date(year, 3, 1) + timedelta(days=n) for n in AROUND):
        for life, found in zip(lives, asked(lives, on), strict=True):
            assert found == answers(life, on), (life.birth, on)


def test_whoever_was_born_on_1_march_turns_25_on_1_march() -> None:
    life = Life(date(1999, 3, 1), [(date(2022, 1, 1), None)])
    before, after = ask(life, date(2024, 2, 29)), ask(life, date(2024, 3, 1))
    assert (before[YEAR], before[HALF]) == ((0, None, 25), (1, date(2022, 7, 1), 25))
    assert (after[YEAR], after[HALF]) == ((1, date(2024, 3, 1), 26), (0, None, 26))


ON = date(2024, 6, 28)  # a Friday


def weekdays_until(last: date, count: int) -> date:
    day, left = last, count
    while True:
        left -= day.weekday() < 5
        if not left:
            return day
        day -= timedelta(days=1)


@pytest.mark.parametrize(("count", "met"), [(299, 0), (300, 1)])
def test_the_300th_paid_day_is_the_one_that_counts(count: int, met: int) -> None:
    start = weekdays_until(ON, count)
    life = Life(date(1980, 1, 1), payments=[("tyomarkkinatuki", "unemployment", start, ON, count)])
    assert ask(life, ON)[SUBSIDY] == (met, ON if met else None, count)


def test_a_day_paid_twice_counts_once_and_a_service_day_never() -> None:
    life = Life(
        date(1980, 1, 1),
        payments=[
            ("tyomarkkinatuki", "unemployment", date(2026, 5, 4), date(2026, 5, 8), 5),
            ("yleistuki", "unemployment", date(2026, 5, 4), date(2026, 5, 12), 7),
            ("tyomarkkinatuki", "service", date(2026, 6, 1), date(2026, 6, 5), 5),
        ],
    )
    assert ask(life, date(2026, 6, 30))[SUBSIDY] == (0, None, 7)


def test_general_support_counts_when_asked_from_1_5_2026_only() -> None:
    life = Life(
        date(1980, 1, 1),
        payments=[("yleistuki", "unemployment", date(2026, 4, 27), date(2026, 5, 8), 10)],
    )
    assert ask(life, date(2026, 4, 30))[SUBSIDY][2] == 0
    assert ask(life, date(2026, 5, 1))[SUBSIDY][2] == 5


@pytest.mark.parametrize(
    ("start", "months", "reached"),
    [
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2022, 8, 31), 6, date(2023, 2, 28)),
        (date(2023, 1, 15), 6, date(2023, 7, 15)),
    ],
)
def test_months_run_from_date_to_date_to_the_months_last_day(
    start: date, months: int, reached: date
) -> None:
    life = Life(reached.replace(year=reached.year - 20, day=1), [(start, None)])
    assert add_months(start, months) == reached
    assert ask(life, reached - timedelta(days=1))[HALF] == (0, None, months - 1)
    assert ask(life, reached)[HALF] == (1, reached, months)


def test_turning_25_moves_to_the_twelve_month_test() -> None:
    birthday = date(2024, 3, 10)
    life = Life(date(1999, 3, 10), [(date(2023, 2, 1), None)])
    before, after = ask(life, birthday - timedelta(days=1)), ask(life, birthday)
    assert before[HALF] == (1, date(2023, 8, 1), 13)
    assert before[YEAR] == (0, None, 13)
    assert after[HALF] == (0, None, 13)
    assert after[YEAR] == (1, birthday, 13)  # not before the 25th birthday


def test_born_on_29_february_turns_25_on_1_march() -> None:
    life = Life(date(2000, 2, 29), [(date(2023, 1, 1), None)])
    assert ask(life, date(2025, 2, 28))[YEAR][0] == 0
    assert ask(life, date(2025, 3, 1))[YEAR] == (1, date(2025, 3, 1), 26)


@pytest.mark.parametrize(("gap", "months"), [(1, 12), (2, 5)])
def test_spells_that_touch_are_one_and_a_day_apart_are_two(gap: int, months: int) -> None:
    first = (date(2023, 6, 1), date(2023, 12, 31))
    life = Life(date(1980, 1, 1), [(first[1] + timedelta(days=gap), None), first])
    assert ask(life, date(2024, 6, 2))[YEAR][2] == months


def test_a_tolerance_joins_over_the_gap_but_lengthens_no_end() -> None:
    life = Life(
        date(1980, 1, 1),
        [(date(2023, 1, 1), date(2023, 6, 30)), (date(2023, 7, 3), date(2024, 3, 31))],
    )
    (person,) = store([life])

    def months(on: date) -> int:
        rows = eligibility(on, tolerance=2, persons=[person.pk])
        return next(row.measured for row in rows if row.rule == YEAR)

    assert months(date(2024, 3, 1)) == 14
    assert months(date(2024, 4, 1)) == 0


def test_the_statute_of_the_day_is_named() -> None:
    (person,) = store([Life(date(1980, 1, 1), [(date(2000, 1, 1), None)])])

    def statutes(on: date) -> set[tuple[str, bool]]:
        return {(r.statute, r.met) for r in eligibility(on, persons=[person.pk]) if r.rule == YEAR}

    assert statutes(date(2014, 12, 31)) == {("", False)}
    assert statutes(date(2015, 1, 1)) == {("1369/2014 2 §", True)}
    assert statutes(date(2024, 12, 31)) == {("1369/2014 2 §", True)}
    assert statutes(date(2025, 1, 1)) == {("advisory", True)}


def test_a_rule_of_a_new_act_is_counted_without_a_change_of_code(tmp_path: Path) -> None:
    """A new file with a rule nobody has heard of: its days, its age, its section."""
    (tmp_path / "900-2029.toml").write_text(
        'act = "900/2029"\nin_force = { from = 2030-01-01 }\n'
        '[[rules]]\nname = "subsidy_200_days_over_50"\nunit = "paid_days"\nthreshold = 200\n'
        'age_from = 50\nstatute = "900/2029 2 §"\nvalid_from = 2030-01-01\n'
        '[[counted_benefits]]\nbenefit = "yleistuki"\nasked_from = 2030-01-01\n'
    )
    day = date(2030, 6, 28)
    paid = ("yleistuki", "unemployment", weekdays_until(day, 200), day, 200)
    people = store([Life(date(1975, 1, 1), [], [paid]), Life(date(1995, 1, 1), [], [paid])])
    law = law_on(day, acts=tmp_path)
    found = {
        row.person_id: (row.met, row.reached_on, row.statute)
        for row in eligibility(day, persons=[p.pk for p in people], law=law)
        if row.rule == "subsidy_200_days_over_50"
    }
    assert found[people[0].pk] == (True, day, "900/2029 2 §")
    assert found[people[1].pk] == (False, None, "900/2029 2 §")


# What is reached when, over several periods


def paid_days(*ranges: tuple[date, int]) -> Life:
    """So many weekdays paid from each first day on, a Monday."""
    return Life(
        date(1980, 1, 1),
        payments=[
            ("tyomarkkinatuki", "unemployment", first, nth_weekday_after(first, count), count)
            for first, count in ranges
        ],
    )


def nth_weekday_after(first: date, number: int) -> date:
    """The ``number``-th weekday, the first day being the first."""
    weeks, days = divmod(number - 1, 5)
    return first + timedelta(days=7 * weeks + days)


EARLIER, LATER = date(2022, 1, 3), date(2023, 10, 2)  # Mondays


@pytest.mark.parametrize(
    ("first", "second", "reached"),
    [
        (300, 50, nth_weekday_after(EARLIER, 300)),  # by the last day of the earlier time
        (299, 50, LATER),  # by the first day of the later
        (250, 50, nth_weekday_after(LATER, 50)),  # by the last day of the later
        (120, 190, nth_weekday_after(LATER, 180)),
    ],
)
def test_the_300th_day_is_reached_once_wherever_in_the_times_paid_it_falls(
    first: int, second: int, reached: date
) -> None:
    found = ask(paid_days((EARLIER, first), (LATER, second)), date(2024, 12, 30))[SUBSIDY]
    assert found == (1, reached, first + second)


def test_the_days_of_a_period_that_goes_on_count_up_to_the_day_asked_and_with_it() -> None:
    life = paid_days((EARLIER, 10))
    for number in range(1, 11):
        day = nth_weekday_after(EARLIER, number)
        assert ask(life, day)[SUBSIDY] == (0, None, number), day
    assert ask(life, EARLIER - timedelta(days=1))[SUBSIDY] == (0, None, 0)
    assert ask(life, EARLIER + timedelta(days=5))[SUBSIDY][2] == 5, "a Saturday"


def test_a_period_corrected_or_not_paid_at_all_does_not_count() -> None:
    (person,) = store([paid_days((EARLIER, 10), (LATER, 20))])

    def days() -> int:
        rows = eligibility(date(2024, 12, 30), persons=[person.pk])
        return next(row.measured for row in rows if row.rule == SUBSIDY)

    assert days() == 30
    correct(PaymentPeriod.objects.filter(person=person, start=LATER))
    assert days() == 10
    PaymentPeriod.objects.filter(person=person).update(**STANDING)
    PaymentPeriod.objects.filter(person=person, start=EARLIER).update(paid_days=0)
    assert days() == 20


def test_a_spell_that_was_corrected_is_no_unemployment() -> None:
    (person,) = store([Life(date(1980, 1, 1), [(date(2023, 1, 2), None)])])

    def months() -> int:
        rows = eligibility(date(2024, 3, 2), persons=[person.pk])
        return next(row.measured for row in rows if row.rule == YEAR)

    assert months() == 14
    correct(UnemploymentSpell.objects.filter(person=person))
    assert months() == 0


# Gaps entered by hand

GAP = (date(2024, 1, 10), date(2024, 1, 14))
BEFORE, AFTER = (date(2023, 1, 2), date(2024, 1, 9)), (date(2024, 1, 15), None)


def months_over_the_gap(
    spells: list[tuple[date, date | None]], *, on: date = date(2024, 6, 20), **entry: object
) -> int:
    (person,) = store([Life(date(1980, 1, 1), spells)])
    entered_by = User.objects.get(username="employment")
    ManualEntry.objects.create(
        **{
            "person": person, "kind": "gap", "first": GAP[0], "last": GAP[1], "reason": "Ill",
            "entered_at": timezone.now(), "entered_by": entered_by, "entered_for": "employment",
            **entry,
        }
    )  # fmt: skip
    rows = eligibility(on, persons=[person.pk])
    return next(row.measured for row in rows if row.rule == YEAR)


JOINED, APART = 17, 5  # whole months to 20 June 2024 from 2 January 2023, and from 15 January 2024


@pytest.mark.parametrize(
    ("before", "after", "months"),
    [
        (BEFORE, AFTER, JOINED),
        ((BEFORE[0], date(2024, 1, 8)), AFTER, APART),  # a day is missing before the gap
        (BEFORE, (date(2024, 1, 16), None), 5),  # and after it
        ((BEFORE[0], date(2024, 1, 12)), AFTER, JOINED),  # a spell reaches into the gap
        (BEFORE, (date(2024, 1, 12), None), JOINED),
        (BEFORE, (AFTER[0], date(2024, 6, 20)), JOINED),  # the later spell has an end
        (BEFORE, (AFTER[0], date(2024, 6, 19)), 0),
        ((GAP[0], date(2024, 1, 12)), AFTER, APART),  # what begins with the gap is not before it
    ],
)
def test_a_gap_by_hand_joins_two_spells_that_reach_it_from_both_sides(
    before: tuple[date, date], after: tuple[date, date | None], months: int
) -> None:
    assert months_over_the_gap([before, after]) == months


def test_a_gap_by_hand_with_a_spell_on_one_side_alone_is_no_unemployment() -> None:
    inside = date(2024, 1, 12)
    assert months_over_the_gap([BEFORE], on=inside) == 0
    assert months_over_the_gap([AFTER], on=inside) == 0
    assert months_over_the_gap([BEFORE, AFTER], on=inside) == 12
    # A spell that ends with the gap's last day does not go on after it.
    assert months_over_the_gap([BEFORE, (date(2024, 1, 13), GAP[1])], on=inside) == 0
    # A spell without an end has the gap in itself.
    assert months_over_the_gap([(BEFORE[0], None)], on=inside) == 12


def test_what_was_withdrawn_or_is_of_another_kind_joins_nothing() -> None:
    user = User.objects.get(username="employment")
    withdrawn = {"withdrawn_at": timezone.now(), "withdrawn_by": user}
    assert months_over_the_gap([BEFORE, AFTER], **withdrawn) == APART
    assert months_over_the_gap([BEFORE, AFTER], kind="integration") == APART


@pytest.mark.parametrize("side", [BEFORE, AFTER], ids=["before", "after"])
def test_a_spell_that_was_corrected_or_is_anothers_does_not_hold_up_a_gap(
    side: tuple[date, date | None],
) -> None:
    (person,) = store([Life(date(1980, 1, 1), [BEFORE, AFTER])])
    (other,) = store([Life(date(1980, 1, 1), [])])
    ManualEntry.objects.create(
        person=person, kind="gap", first=GAP[0], last=GAP[1], reason="Ill",
        entered_at=timezone.now(), entered_by=User.objects.get(username="employment"),
        entered_for="employment",
    )  # fmt: skip
    inside = date(2024, 1, 12)

    def months(**whom: object) -> int:
        rows = eligibility(inside, **whom)  # type: ignore[arg-type]
        return next(r.measured for r in rows if (r.rule, r.person_id) == (YEAR, person.pk))

    assert months(persons=[person.pk]) == months(municipalities=["999"]) == 12
    spell = UnemploymentSpell.objects.filter(person=person, start=side[0])
    correct(spell)
    assert months(persons=[person.pk, other.pk]) == 0
    spell.update(person=other, **STANDING)
    assert months(persons=[person.pk, other.pk]) == 0


def test_only_those_asked_about_are_answered_and_the_dead_never() -> None:
    one, two = store([Life(date(1980, 1, 1), [(date(2020, 1, 1), None)])] * 2)
    on = date(2024, 3, 1)
    Person.objects.filter(pk=two.pk).update(municipality_code="998")

    def answered(**whom: object) -> set[object]:
        return {r.person_id for r in eligibility(on, **whom)}  # type: ignore[arg-type]

    assert answered(persons=[one.pk]) == {one.pk}
    assert answered(municipalities=["998"]) == {two.pk}
    assert answered(persons=[one.pk], municipalities=["998"]) == set()
    assert answered() >= {one.pk, two.pk}
    assert {r.rule for r in eligibility(on, persons=[one.pk], only_met=True)} == {YEAR}
    Person.objects.filter(pk=two.pk).update(died_on=on)
    assert two.pk not in answered()
