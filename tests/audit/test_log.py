"""The log: append-only, chained, written with every look at a client's information."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from audit.models import AuditKind, AuditRow, ChainHead, Purpose
from audit.selectors import accesses_of_case, changes_of_case
from audit.services import ShownData, record_access, record_change, record_search
from cases.models import Case
from common.actor import system_actor
from rights.selectors import list_access_log
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
    looks = list_access_log(world.actor("client"), world.case.pk, now=world.now)
    assert looks
    assert not any(world.actor("client").name in look.who for look in looks)


def test_the_looks_at_a_case_are_its_own_and_nobodys_who_asks(world: World) -> None:
    """Looks only, of this case only, newest first, without those of the one who asks."""
    other = Case.objects.exclude(pk=world.case.pk).order_by("pk")[0]
    kela, social, client = (world.actor(name) for name in ("kela", "social", "client"))
    for actor, case, days in ((kela, world.case, 3), (social, world.case, 2), (kela, other, 1),
                              (client, world.case, 0)):  # fmt: skip
        record_access(
            actor=actor, action="looked", purpose=Purpose.KEEP_CASE,
            shown=[ShownData(case.person_id, case.pk, frozenset({"plan_follow_up"}))],
            now=world.now + timedelta(days=9 - days),
        )  # fmt: skip
    record_change(
        actor=kela, action="looked", subject_type="case", subject_id=world.case.pk,
        case_id=world.case.pk, now=world.now,
    )  # fmt: skip
    looks = accesses_of_case(world.case.pk, excluding=client)
    assert [row.actor for row in looks.filter(action="looked")] == [social.label, kela.label]
    assert {row.kind for row in looks} == {AuditKind.ACCESS}
    assert {row.case_id for row in looks} == {world.case.pk}
    changes = changes_of_case(world.case.pk)
    assert [row.actor for row in changes.filter(action="looked")] == [kela.label]
    assert {(row.kind, row.case_id) for row in changes} == {(AuditKind.CHANGE, world.case.pk)}
    assert [row.at for row in changes] == sorted((row.at for row in changes), reverse=True)


def test_a_search_with_the_code_is_a_look_only_where_the_code_is_asked_about(world: World) -> None:
    person, officer = world.case.person, world.actor("officer")
    for code_hash in (person.identity_code_hash, "0" * 64):
        record_search(
            actor=world.actor("colleague"), action="searched", code_hash=code_hash, now=world.now
        )
    asked = {"excluding": officer, "code_hashes": [person.identity_code_hash]}
    found = accesses_of_case(world.case.pk, **asked).filter(action="searched")  # type: ignore[arg-type]
    assert [row.actor for row in found] == [world.actor("colleague").label]
    without = accesses_of_case(world.case.pk, excluding=officer)
    assert not without.filter(action="searched").exists()


def test_a_row_says_who_for_what_and_stands_in_the_right_chain(world: World) -> None:
    kela, case = world.actor("kela"), world.case
    for case_id, person_id, chain in (
        (case.pk, case.person_id, f"case:{case.pk}"),
        (None, case.person_id, f"person:{case.person_id}"),
        (None, None, "system"),
    ):
        record_change(
            actor=kela, action=chain[:5], subject_type="goal", subject_id=case.pk, now=world.now,
            case_id=case_id, person_id=person_id, categories=["b", "a"],
        )  # fmt: skip
        row = AuditRow.objects.get(action=chain[:5], subject_type="goal")
        assert (row.chain, row.case_id, row.person_id) == (chain, case_id, person_id)
        assert (row.kind, row.at, row.categories) == (AuditKind.CHANGE, world.now, ["a", "b"])
        assert (row.subject_id, row.actor, row.actor_kind) == (case.pk, kela.label, "worker")
        assert (row.actor_body, row.actor_office_id) == ("kela", kela.office_id)
    record_access(
        actor=kela, action="looked", purpose=Purpose.KEEP_CASE, now=world.now,
        shown=[
            ShownData(
                case.person_id, case.pk, frozenset({"b", "a"}), {"a": "own"}, Purpose.EMERGENCY
            ),
            ShownData(case.person_id, None, frozenset()),
        ],
    )  # fmt: skip
    first, second = AuditRow.objects.filter(action="looked").order_by("chain")
    assert (first.kind, first.purpose, first.categories, first.grounds) == (
        AuditKind.ACCESS, Purpose.EMERGENCY, ["a", "b"], {"a": "own"},
    )  # fmt: skip
    assert (second.chain, second.purpose) == (f"person:{case.person_id}", Purpose.KEEP_CASE)
    record_change(
        actor=system_actor("night"), action="ran", subject_type="night", subject_id=None,
        now=world.now,
    )  # fmt: skip
    ran = AuditRow.objects.get(action="ran")
    assert (ran.actor, ran.actor_body, ran.actor_office_id) == ("system:night", "", None)


def test_what_is_not_logged_is_not_shown(world: World) -> None:
    """A log that fails takes the look with it, in whatever transaction it is made."""
    with pytest.raises(DatabaseError), transaction.atomic():
        record_access(
            actor=world.actor("kela"), action="x" * 100, purpose=Purpose.KEEP_CASE,
            shown=[ShownData(world.case.person_id, world.case.pk, frozenset())], now=world.now,
        )  # fmt: skip


def test_the_log_holds_ids_and_codes_never_names(world: World) -> None:
    name = world.case.person.last_name
    for row in AuditRow.objects.filter(case_id=world.case.pk).order_by("seq"):
        assert name not in f"{row.actor}{row.action}{row.purpose}{row.categories}"
