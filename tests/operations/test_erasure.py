"""A case is erased when its time is over, with all that hangs on it, and not a day before."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import uuid4

from django.apps import apps
from django.db import connection

from audit.models import AuditRow
from cases.lifecycle import CaseState
from cases.models import Case
from cases.services import hold_case
from common.actor import system_actor
from common.bodies import Receiver
from common.clock import HELSINKI
from consent.models import Category, Choice, ConsentLine, OutsideParty
from consent.services import decide
from followup.points import ANSWER_DAYS
from operations.erasure import due_for_erasure, erase_case
from people.models import Person, User
from tests.consent.planting import plant
from tests.operations.letting_go import close_and_erase
from tests.personas import World

NIGHT = system_actor("night")
ENDED = date(2026, 2, 28)


def ends(world: World, state: CaseState = CaseState.CLOSED, on: date = ENDED) -> Case:
    """The joint case, ended on a day, at its last minute."""
    case = world.end_case()
    at = datetime.combine(on, time(23, 59), HELSINKI)
    Case.objects.filter(pk=case.pk).update(ended_at=at)
    if state == CaseState.CLOSED:
        Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED)
    return Case.objects.get(pk=case.pk)


def night(on: date) -> tuple[int, int, int]:
    gone = close_and_erase(actor=NIGHT, on=on, now=datetime.combine(on, time(2), HELSINKI))
    return gone.closed, gone.erased, gone.failed


def tables_that_know(case: Case) -> dict[str, int]:
    """Every table with a row that names the case, former wordings too; the log apart."""
    found = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.column == "case_id" and model is not AuditRow:
                count = model._default_manager.filter(**{field.attname: case.pk}).count()
                found.update({model._meta.label: count} if count else {})
    return found


def test_a_case_stands_its_four_years_and_goes_on_the_day_after(world: World) -> None:
    """Ended on 28 February 2026: kept to the end of 28 February 2030 (381/2023 12 §)."""
    case = ends(world)
    assert not due_for_erasure(date(2030, 2, 27)).filter(pk=case.pk).exists()
    assert due_for_erasure(date(2030, 2, 28)).filter(pk=case.pk).exists()


def test_nothing_of_an_erased_case_is_left_but_the_log(world: World) -> None:
    plant(world)
    case = ends(world)
    before = tables_that_know(case)
    assert len(before) > 20 and "plan.HistoricalGoal" in before
    assert night(date(2031, 1, 1)) == (0, 1, 0)
    assert tables_that_know(case) == {}
    assert AuditRow.objects.filter(case_id=case.pk, action="case_erased").count() == 1
    assert night(date(2031, 1, 1)) == (0, 0, 0)


def test_the_clients_log_in_goes_with_their_last_case_and_the_person_stays(world: World) -> None:
    case = ends(world)
    person = case.person_id
    night(date(2031, 1, 1))
    assert not User.objects.filter(username="client").exists()
    assert Person.objects.get(pk=person).user is None


def test_a_held_case_is_kept_until_it_is_let_go(world: World) -> None:
    case = ends(world)
    hold_case(
        actor=world.actor("employment"), case=case, why="An appeal is pending.", now=world.now
    )
    assert night(date(2031, 1, 1)) == (0, 0, 0)
    hold_case(actor=world.actor("employment"), case=case, why="", now=world.now)
    assert night(date(2031, 1, 1)) == (0, 1, 0)


def test_an_open_case_is_never_erased(world: World) -> None:
    assert night(date(2099, 1, 1))[1] == 0
    assert Case.objects.filter(pk=world.case.pk).exists()


def test_a_case_is_followed_up_two_years_and_closed_after_the_last_point(world: World) -> None:
    case = ends(world, CaseState.FOLLOW_UP)
    last_answer = date(2028, 2, 28) + timedelta(days=ANSWER_DAYS)
    assert night(last_answer) == (0, 0, 0)
    assert night(last_answer + timedelta(days=1)) == (1, 0, 0)
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED and case.ended_at is not None


def test_a_case_that_cannot_be_erased_does_not_keep_the_others(world: World) -> None:
    """The failure is real: the database refuses to let this one go."""
    case = ends(world)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("CREATE TABLE keeper (case_id uuid REFERENCES cases_case (id))")
        cursor.execute("GRANT ALL ON keeper TO PUBLIC")
        cursor.execute("INSERT INTO keeper VALUES (%s)", [case.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    closed, erased, failed = night(date(2031, 1, 1))
    assert (closed, failed) == (0, 1) and erased >= 0
    assert Case.objects.filter(pk=case.pk).exists()


def test_everything_or_nothing_of_a_case_goes(world: World) -> None:
    case = ends(world)
    before = tables_that_know(case)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("CREATE TABLE keeper (case_id uuid REFERENCES cases_case (id))")
        cursor.execute("GRANT ALL ON keeper TO PUBLIC")
        cursor.execute("INSERT INTO keeper VALUES (%s)", [case.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    night(date(2031, 1, 1))
    assert tables_that_know(case) == before
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE keeper")
    erase_case(actor=NIGHT, case_id=case.pk, now=world.now)
    assert tables_that_know(case) == {}


def test_a_case_whose_client_changed_their_mind_is_erased_too(world: World) -> None:
    """A line of a consent names the later one that ended it, and must not hold it back."""
    for choice in (Choice.GRANTED, Choice.DENIED, Choice.GRANTED):
        decide(
            actor=world.actor("client"), case=world.case, choice=choice, receiver=Receiver.KELA,
            categories=[Category.SOCIAL_SITUATION], purpose="p", now=world.now,
        )  # fmt: skip
    assert ConsentLine.objects.filter(case=world.case, ended_by__isnull=False).exists()
    ends(world)
    assert night(date(2031, 1, 1)) == (0, 1, 0)
    assert not ConsentLine.objects.filter(case_id=world.case.pk).exists()


def test_erasing_one_case_takes_nothing_of_another(world: World) -> None:
    """Not its consents, nor who was let in for both, nor the log-in of whoever has another case."""
    other = Case.objects.get(person__user__username="client2")
    client = world.actor("client")
    decide(
        actor=world.actor("client2"), case=other, choice=Choice.GRANTED, receiver=Receiver.KELA,
        categories=[Category.SOCIAL_SITUATION], purpose="p", now=world.now,
    )  # fmt: skip
    case = ends(world)
    Case.objects.filter(pk=other.pk).update(person=case.person_id)
    party = OutsideParty.objects.get(user__username="association")
    party.pk, party.case = uuid4(), other
    party.save(force_insert=True)
    before = tables_that_know(Case.objects.get(pk=other.pk))
    erase_case(actor=NIGHT, case_id=case.pk, now=world.now)
    assert tables_that_know(Case.objects.get(pk=other.pk)) == before
    assert ConsentLine.objects.filter(case=other).exists()
    assert Person.objects.get(pk=case.person_id).user_id == client.user_id
    assert User.objects.filter(username="association").exists()
