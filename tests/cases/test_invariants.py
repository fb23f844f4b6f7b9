"""What the database itself never lets happen to a case and its team."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from caseplan.plan.models import SeenNeed
from caseplan.plan.services import open_case_on_need
from cases.models import Case, TeamMembership, TeamRole
from cases.selectors import case_manager_of
from cases.services import change_case_manager, end_team_term
from common.decision import Refused
from people.models import Person
from tests.personas import World
from tests.together import at_once


def check_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_an_open_case_always_has_a_case_manager(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        TeamMembership.objects.filter(case=world.case, role=TeamRole.CASE_MANAGER).delete()
        check_now()
    with pytest.raises(IntegrityError), transaction.atomic():
        TeamMembership.objects.filter(case=world.case, role=TeamRole.CASE_MANAGER).update(
            until=world.now, ended_by=world.actor("social").user_id
        )
        check_now()


def test_never_two_case_managers_at_once(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        TeamMembership.objects.create(
            case=world.case,
            user_id=world.actor("colleague").user_id,
            role=TeamRole.CASE_MANAGER,
            since=world.now,
        )


def test_terms_of_one_member_do_not_overlap(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        TeamMembership.objects.create(
            case=world.case,
            user_id=world.actor("kela").user_id,
            role=TeamRole.MEMBER,
            since=world.now - timedelta(days=1),
        )


def test_a_person_has_one_open_case_in_a_network(world: World) -> None:
    with pytest.raises(Refused):
        open_again(world, world.case.person)


def open_again(world: World, person: Person) -> Case:
    team = [world.actor(name) for name in ("employment", "social", "kela")]
    return open_case_on_need(
        actor=team[0],
        person_id=person.pk,
        needs=[SeenNeed.MANAGING_LIFE],
        reason="need",
        case_manager_id=team[0].writer_id,
        member_ids=[member.writer_id for member in team],
        now=world.now,
    )


def test_the_end_of_a_case_is_written_with_who_ended_it(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=world.case.pk).update(ended_at=world.now)


def test_the_team_has_somebody_from_each_body(world: World) -> None:
    free = Person.objects.filter(cases=None, municipality_code="734").order_by("pk").first()
    assert free is not None
    team = [world.actor(name) for name in ("employment", "social")]
    with pytest.raises(Refused) as refused:
        open_case_on_need(
            actor=team[0],
            person_id=free.pk,
            needs=[SeenNeed.MANAGING_LIFE],
            reason="need",
            case_manager_id=team[0].writer_id,
            member_ids=[member.writer_id for member in team],
            now=world.now,
        )
    assert refused.value.field == "members"
    assert not Case.objects.filter(person=free).exists()


def test_the_case_manager_cannot_just_leave(world: World) -> None:
    with pytest.raises(Refused):
        end_team_term(
            actor=world.actor("social"),
            case=world.case,
            user_id=world.actor("employment").writer_id,
            now=world.now,
        )


def test_a_new_case_manager_takes_over_and_the_old_one_stays_on_the_team(world: World) -> None:
    social = world.actor("social")
    later = world.now + timedelta(seconds=1)
    change_case_manager(
        actor=world.actor("employment"), case=world.case, user_id=social.writer_id, now=later
    )
    check_now()
    manager = case_manager_of(world.case, now=later)
    assert manager is not None
    assert manager.pk == social.user_id
    standing = TeamMembership.objects.filter(case=world.case, until=None)
    assert standing.filter(user_id=world.actor("employment").user_id).count() == 1


@pytest.mark.usefixtures("committed_db")
def test_two_people_opening_a_case_for_the_same_person_open_one() -> None:
    world = World.load()
    person = Person.objects.filter(cases=None, municipality_code="734").order_by("pk").first()
    assert person is not None
    assert at_once(*[lambda: open_again(world, person)] * 2) == ["Refused", "done"]
    assert Case.objects.filter(person=person).count() == 1
