"""Figures are made once, when their period is over; what is counted is counted twice."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction

from common.actor import system_actor
from common.clock import day_of
from common.database_roles import KEEPER, logged_in_as
from common.decision import NotVisible
from evaluation import services
from evaluation.indicators import INDICATORS
from evaluation.models import Breakdown, PeriodKind, PublishedFigure, Snapshot, Tally
from evaluation.periods import Period, whole_periods
from evaluation.recounted import RECOUNTS
from evaluation.services import join_small, make_snapshots
from evaluation.verification import FiguresDiffer, verify
from tests.personas import World

pytestmark = pytest.mark.django_db
NIGHT = system_actor("night")


def networks() -> list[UUID]:
    return list(Snapshot.objects.values_list("network", flat=True).distinct().order_by())


@pytest.fixture
def unmade(world: World) -> None:
    """The demo has had its night: as it was before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        role = cursor.fetchone()[0]
        cursor.execute("RESET ROLE")
        cursor.execute("DELETE FROM evaluation_tally; DELETE FROM evaluation_publishedfigure")
        cursor.execute("DELETE FROM evaluation_snapshot")
        cursor.execute(f"SET ROLE {role}")


@pytest.fixture
def made(world: World, unmade: None) -> int:
    return make_snapshots(actor=NIGHT, on=day_of(world.now), now=world.now)


def test_every_indicator_is_counted_a_second_time() -> None:
    assert RECOUNTS.keys() == INDICATORS.keys()


def test_each_period_that_is_over_has_its_figures_once(world: World, made: int) -> None:
    assert made == Snapshot.objects.count() > 0
    assert make_snapshots(actor=NIGHT, on=day_of(world.now), now=world.now) == 0
    assert all(snapshot.until < day_of(world.now) for snapshot in Snapshot.objects.all())


def test_a_night_broken_off_goes_on_where_it_was(
    world: World, unmade: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = iter(range(1000))
    keep = services._keep

    def breaks(*given: object) -> None:
        if next(calls) == 5:
            raise RuntimeError("the machine died")
        keep(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(services, "_keep", breaks)
    with pytest.raises(RuntimeError):
        make_snapshots(actor=NIGHT, on=day_of(world.now), now=world.now)
    half = Snapshot.objects.count()
    for snapshot in Snapshot.objects.all():
        told = set(
            PublishedFigure.objects.filter(snapshot=snapshot).values_list("indicator", flat=True)
        )
        assert told == {c for c, one in INDICATORS.items() if snapshot.kind in one.periods}
    monkeypatch.setattr(services, "_keep", keep)
    assert make_snapshots(actor=NIGHT, on=day_of(world.now), now=world.now) > 0
    assert Snapshot.objects.count() > half
    assert verify(networks()) > 0


def test_every_figure_is_as_counted_one_by_one(world: World, made: int) -> None:
    assert verify(networks()) == made


def test_a_statement_that_counts_otherwise_is_noticed(
    world: World, made: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = INDICATORS["open_cases"].statement.replace("WHERE is_open", "WHERE NOT is_open")
    monkeypatch.setitem(INDICATORS["open_cases"].__dict__, "statement", wrong)
    with pytest.raises(FiguresDiffer, match="open_cases"):
        verify(networks())


def test_a_figure_that_somebody_wrote_over_is_noticed(world: World, made: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("UPDATE evaluation_publishedfigure SET whole = whole + 5 WHERE key = ''")
    with pytest.raises(FiguresDiffer):
        verify(networks())


def test_what_was_counted_is_read_by_no_page(world: World, made: int) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Tally.objects.count()
    with logged_in_as(KEEPER):
        assert Tally.objects.exists()


def test_only_the_night_makes_figures(world: World) -> None:
    with pytest.raises(NotVisible):
        make_snapshots(actor=world.actor("director"), on=day_of(world.now), now=world.now)


def test_a_part_with_nobody_is_shown_like_the_others(world: World, made: int) -> None:
    """Were it left out, nought could be told from one to four."""
    snapshot = Snapshot.objects.filter(kind=PeriodKind.MONTH).latest("until")
    told = PublishedFigure.objects.filter(snapshot=snapshot, indicator="open_cases")
    bodies = told.filter(breakdown=Breakdown.BODY).values_list("key", flat=True)
    assert set(bodies) == {"employment", "social", "kela", ""}


def test_what_happens_afterwards_changes_no_figure(world: World, made: int) -> None:
    before = list(PublishedFigure.objects.order_by("pk").values())
    later = world.now + timedelta(days=8)
    make_snapshots(actor=NIGHT, on=day_of(later), now=later)
    assert list(PublishedFigure.objects.order_by("pk").values())[: len(before)] == before


def test_periods_are_whole_weeks_months_and_years_so_far() -> None:
    found = list(whole_periods(date(2026, 1, 15), date(2026, 3, 2)))
    weeks = [period for period in found if period.kind is PeriodKind.WEEK]
    assert [week.until for week in weeks][:2] == [date(2026, 1, 18), date(2026, 1, 25)]
    assert weeks[-1].until == date(2026, 3, 1)
    assert [p for p in found if p.kind is PeriodKind.MONTH] == [
        Period(PeriodKind.MONTH, date(2026, 1, 1), date(2026, 1, 31)),
        Period(PeriodKind.MONTH, date(2026, 2, 1), date(2026, 2, 28)),
    ]
    year = Period(PeriodKind.YEAR, date(2026, 1, 1), date(2026, 2, 28))
    assert year in found
    assert year.year_before == Period(PeriodKind.YEAR, date(2025, 1, 1), date(2025, 2, 28))


@pytest.mark.parametrize(
    ("sizes", "groups"),
    [
        ({"1": 30, "2": 25}, {"1": "1", "2": "2"}),
        ({"1": 30, "2": 3, "3": 18}, {"1": "1", "2": "3", "3": "3"}),
        ({"1": 30, "2": 3, "3": 4}, {"1": "1", "2": "1", "3": "1"}),
        ({"1": 0}, {"1": "1"}),
        ({}, {}),
    ],
)
def test_small_municipalities_are_counted_together(
    sizes: dict[str, int], groups: dict[str, str]
) -> None:
    assert join_small(sizes) == groups
