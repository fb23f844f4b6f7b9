"""One act about many persons: a row for each one, and all or nothing; readers do not wait."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from django.db import DataError, connection, transaction

from audit.models import AuditRow, Purpose
from audit.services import ShownData, record_access, record_change_for_each_person
from people.models import Person
from tests.personas import World


def persons_in_a_table(persons: list[UUID]) -> str:
    """A temporary table in which the same person may stand often."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE people_read (person_id uuid) ON COMMIT DROP")
        for person in persons:
            cursor.execute("INSERT INTO people_read VALUES (%s)", [person])
    return "people_read"


@pytest.mark.parametrize("who", ["employment", "director", "officer"])
def test_what_was_done_to_many_is_a_row_for_each(world: World, who: str) -> None:
    first, second, third = Person.objects.order_by("-pk").values_list("pk", flat=True)[:3]
    table, subject, actor = (
        persons_in_a_table([first, second, first, third]),
        uuid4(),
        world.actor(who),
    )
    count = record_change_for_each_person(
        actor=actor, action="register_read", subject_type="register_import", subject_id=subject,
        people_in=table, now=world.now,
    )  # fmt: skip
    assert count == 3
    rows = AuditRow.objects.filter(subject_id=subject)
    assert {row.person_id for row in rows} == {first, second, third}
    for row in rows:
        assert (row.at, row.kind, row.action) == (world.now, "change", "register_read")
        assert (row.actor_kind, row.actor) == (actor.kind.value, actor.label)
        assert (row.actor_body, row.actor_office_id) == (
            actor.body.value if actor.body else "", actor.office_id,
        )  # fmt: skip
        assert (row.subject_type, row.purpose, row.case_id) == ("register_import", "", None)
        assert (row.categories, row.subjects) == ([], [])


@pytest.mark.usefixtures("committed_db")
def test_two_who_read_one_case_do_not_wait_for_each_other() -> None:
    """Both have written their row and neither is at the end of the request."""
    world = World.load()
    shown = ShownData(world.case.person_id, world.case.pk, frozenset({"plan_follow_up"}))

    def look(who: str) -> None:
        record_access(
            actor=world.actor(who), action="looked", purpose=Purpose.KEEP_CASE, shown=[shown],
            now=world.now,
        )  # fmt: skip

    def second() -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '500ms'")
                look("kela")
        finally:
            connection.close()

    with transaction.atomic():
        look("social")
        with ThreadPoolExecutor(1) as other:
            other.submit(second).result()
    assert AuditRow.objects.filter(action="looked").count() == 2


def test_a_look_that_could_not_be_logged_leaves_nothing_to_be_kept_of_its_request(
    world: World,
) -> None:
    """Also where somebody goes on after the error: the whole request is rolled back."""
    shown = ShownData(world.case.person_id, world.case.pk, frozenset({"plan_follow_up"}))
    with transaction.atomic():
        with pytest.raises(DataError):
            record_access(
                actor=world.actor("social"), action="x" * 1000, purpose=Purpose.KEEP_CASE,
                shown=[shown], now=world.now,
            )  # fmt: skip
        assert connection.needs_rollback
