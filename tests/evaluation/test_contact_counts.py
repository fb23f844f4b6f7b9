"""How often the bodies were in touch, told to the director: by body and office, of nobody alone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from caseplan.contacts.models import ContactKind
from caseplan.contacts.services import record_contact
from common.bodies import Body
from common.clock import HELSINKI, day_of
from common.dates import add_months
from common.decision import NotVisible
from consent.models import Category
from evaluation.contacts import FEWEST_WORKERS, ContactCounts, contact_counts
from people.models import Office, Position, User
from tests.personas import World

pytestmark = pytest.mark.django_db


def last_month(world: World) -> date:
    return add_months(day_of(world.now).replace(day=1), -1)


def at_noon(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 12, tzinfo=HELSINKI)


def in_touch(world: World, times: int, kind: ContactKind = ContactKind.CALL, **given: Any) -> None:
    wanted = {
        "actor": world.actor("employment"), "happened_at": at_noon(last_month(world)),
        "answered": True, **given,
    }  # fmt: skip
    for _time in range(times):
        record_contact(
            case=world.case, kind=kind, with_whom="", outcome="Said how it goes.", next_on=None,
            category=Category.PLAN_FOLLOW_UP, now=world.now, **wanted,
        )  # fmt: skip


def works_in(office: Office, name: str, world: World) -> User:
    user = User.objects.create(username=name, first_name="Aada", last_name=name.title())
    Position.objects.create(
        user=user, role="caseworker", office=office, network=office.network,
        since=world.now - timedelta(days=400),
    )  # fmt: skip
    return user


def employment_has(world: World, workers: int) -> Office:
    """The office of employment services with so many who work there, and no other of the body."""
    office = Position.objects.get(user__username="employment", until=None).office
    assert office is not None
    others = Position.objects.filter(office__body=Body.EMPLOYMENT, office__network=office.network)
    others.exclude(user__username="employment").delete()
    for number in range(workers - 1):
        works_in(office, f"worker{number}", world)
    return office


def of_employment(counts: ContactCounts) -> dict[str, int | None]:
    (row,) = (r for r in counts.rows if r.is_body and r.name == str(Body.EMPLOYMENT.label))
    return dict(zip(counts.ways, row.cells, strict=True))


def test_calls_visits_letters_and_those_who_did_not_answer_are_counted_apart(world: World) -> None:
    employment_has(world, FEWEST_WORKERS)
    in_touch(world, 5)
    in_touch(world, 6, ContactKind.VISIT)
    in_touch(world, 7, answered=False)
    in_touch(world, 4, ContactKind.LETTER)
    told = of_employment(contact_counts(world.actor("director"), None, now=world.now))
    assert list(told.values())[:3] == [5, 6, 7]
    assert list(told.values())[3] is None  # four are never told, nor none at all
    assert list(told.values())[4] is None


def test_a_month_begins_and_ends_in_finland_and_only_whole_ones_are_told(world: World) -> None:
    employment_has(world, FEWEST_WORKERS)
    month = last_month(world)
    ends = at_noon(add_months(month, 1)) - timedelta(hours=12)
    in_touch(world, 5, happened_at=ends - timedelta(seconds=1))
    in_touch(world, 6, happened_at=ends)
    director = world.actor("director")
    told = contact_counts(director, month, now=world.now)
    assert next(iter(of_employment(told).values())) == 5
    this = contact_counts(director, add_months(month, 1), now=world.now)
    assert this.month == month and this.months[0] == month and len(this.months) == 12


def test_what_fewer_than_three_did_is_told_of_nobody(world: World) -> None:
    employment_has(world, FEWEST_WORKERS - 1)
    in_touch(world, 9)
    told = contact_counts(world.actor("director"), None, now=world.now)
    assert set(of_employment(told).values()) == {None}


def test_a_small_office_stands_behind_its_body(world: World) -> None:
    """Beside the body's figure a large office's would tell what the small one did."""
    office = employment_has(world, FEWEST_WORKERS)
    small = Office.objects.create(network=office.network, body=office.body, name="Small office")
    works_in(small, "alone", world)
    in_touch(world, 9)
    told = contact_counts(world.actor("director"), None, now=world.now)
    names = [row.name for row in told.rows]
    assert office.name not in names and "Small office" not in names
    assert next(iter(of_employment(told).values())) == 9
    for number in range(FEWEST_WORKERS - 1):
        works_in(small, f"joins{number}", world)
    told = contact_counts(world.actor("director"), None, now=world.now)
    cells = {row.name: row.cells[0] for row in told.rows}
    # Both stand alone now, and nine beside none would tell the none.
    assert cells[office.name] is None and cells["Small office"] is None


def test_only_the_director_is_told_and_no_worker_is_named(world: World, login: Any) -> None:
    for other in ("employment", "steering", "officer"):
        with pytest.raises(NotVisible):
            contact_counts(world.actor(other), None, now=world.now)
    employment_has(world, FEWEST_WORKERS)
    in_touch(world, 5)
    page = login("director").get(f"/dashboard/?month={last_month(world):%Y-%m}")
    assert page.context["contact_rows"][0][1] == "5"
    assert world.actor("employment").name not in page.content.decode()
    assert login("director").get("/dashboard/?month=nonsense").status_code == 200
    assert "contact_rows" not in login("steering").get("/dashboard/").context
