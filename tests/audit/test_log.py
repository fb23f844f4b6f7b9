"""The log: append-only, chained, written with every look at a client's information."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from audit.models import AuditRow, ChainHead
from rights.selectors import list_looks
from tests.personas import World


def test_the_web_role_may_not_change_remove_or_empty_the_log(world: World) -> None:
    for statement in (
        "UPDATE audit_auditrow SET action = 'x'",
        "DELETE FROM audit_auditrow",
        "TRUNCATE audit_auditrow",
        "UPDATE audit_chainhead SET seq = 0",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_trigger_refuses_even_the_owner(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        try:
            for statement in (
                "UPDATE audit_auditrow SET action = 'x'",
                "DELETE FROM audit_auditrow",
                "TRUNCATE audit_auditrow",
            ):
                with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                    cursor.execute(statement)
        finally:
            cursor.execute("SET ROLE yhdessa_web")


def test_each_row_carries_the_hash_of_the_one_before(world: World) -> None:
    chain = f"case:{world.case.pk}"
    rows = list(AuditRow.objects.filter(chain=chain).order_by("seq"))
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    for before, after in pairwise(rows):
        assert after.previous_hash == before.hash
    assert ChainHead.objects.get(chain=chain).hash == rows[-1].hash
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM audit_auditrow r WHERE chain = %s AND hash <> audit_digest(r)",
            [chain],
        )
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("reader", ["social", "kela"])
def test_opening_a_case_leaves_a_row_with_what_was_really_shown(
    world: World, login: Any, reader: str
) -> None:
    before = AuditRow.objects.filter(case_id=world.case.pk).count()
    login(reader).get(f"/cases/{world.case.pk}/")
    row = AuditRow.objects.filter(case_id=world.case.pk, action="case_opened").order_by("-pk")[0]
    assert AuditRow.objects.filter(case_id=world.case.pk).count() > before
    assert row.actor == world.actor(reader).label
    assert ("social_situation" in row.categories) == (reader == "social")


@pytest.mark.parametrize(
    "path",
    ["/day/", "/cases/", "/triggers/", "/api/v1/cases/", "/api/v1/plans/"],
)
def test_every_list_that_shows_people_leaves_rows(world: World, login: Any, path: str) -> None:
    client = login("employment")
    before = AuditRow.objects.filter(kind="access").count()
    answer = client.get(path)
    assert answer.status_code == 200
    assert AuditRow.objects.filter(kind="access").count() > before


def test_the_client_reads_who_when_and_why_and_not_their_own_visits(
    world: World, login: Any
) -> None:
    login("kela").get(f"/cases/{world.case.pk}/")
    client = login("client")
    client.get("/my/")
    page = client.get("/my/access-log/").content.decode()
    assert "Kaarina Kela" in page
    assert "to work on the joint case" in page
    looks = list_looks(world.actor("client"), world.case.pk, now=world.now)
    assert looks
    assert not any(world.actor("client").name in look.who for look in looks)


def test_the_log_holds_ids_and_codes_never_names(world: World) -> None:
    name = world.case.person.last_name
    for row in AuditRow.objects.filter(case_id=world.case.pk).order_by("seq"):
        assert name not in f"{row.actor}{row.action}{row.purpose}{row.categories}"
