"""The log: append-only, one row a page view, written with every look at a client's information."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from audit.models import AuditKind, AuditRow, Purpose
from audit.selectors import changes_of_case
from audit.services import ShownData, one_view, record_access, record_change, record_search
from audit.shown import accesses_in
from audit.visits import visits_to
from caseplan.plan.selectors import open_case
from cases.models import Case
from common.actor import system_actor
from common.clock import machine_now
from common.decision import NotVisible
from consent.models import Category
from rights.selectors import list_visits
from tests.looks import looks_at
from tests.personas import World


def test_the_web_role_may_not_change_remove_or_empty_the_log(world: World) -> None:
    for statement in (
        "UPDATE audit_auditrow SET action = 'x'",
        "DELETE FROM audit_auditrow",
        "TRUNCATE audit_auditrow",
        "UPDATE audit_seal SET top = 0",
        "DELETE FROM audit_seal",
        "INSERT INTO audit_seal SELECT * FROM audit_seal",
        "SELECT audit_seal_rows(10, false)",
        "SELECT audit_expire(now() - interval '13 years')",
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
                "UPDATE audit_seal SET top = 0",
                "DELETE FROM audit_seal",
                "TRUNCATE audit_seal",
            ):
                refused = pytest.raises(DatabaseError, match="refused")
                with refused, transaction.atomic():
                    cursor.execute(statement)
        finally:
            cursor.execute("SET ROLE yhdessa_web")


def test_when_a_row_was_written_is_the_databases_word(world: World) -> None:
    """Whoever writes may say when they did it, never when they wrote it."""
    last_year = world.now - timedelta(days=365)
    before = machine_now()
    AuditRow.objects.create(
        at=last_year, written_at=last_year, kind=AuditKind.CHANGE, actor_kind="worker", actor="x",
        action="x",
    )  # fmt: skip
    row = AuditRow.objects.latest("pk")
    assert row.at == last_year
    assert before <= row.written_at <= machine_now()


@pytest.mark.parametrize("reader", ["social", "kela"])
def test_opening_a_case_leaves_a_row_with_what_was_really_shown(
    world: World, login: Any, reader: str
) -> None:
    before = len(looks_at(world.case.pk))
    login(reader).get(f"/cases/{world.case.pk}/")
    *earlier, look = looks_at(world.case.pk)
    assert len(earlier) == before
    assert (look.actor, look.action) == (world.actor(reader).label, "case_opened")
    assert ("social_situation" in look.categories) == (reader == "social")


@pytest.mark.parametrize(
    "path",
    ["/day/", "/cases/", "/triggers/", "/api/v1/cases/", "/api/v1/plans/"],
)
def test_a_page_that_shows_people_leaves_one_row_about_all_of_them(
    world: World, login: Any, path: str
) -> None:
    client = login("employment")
    before = AuditRow.objects.count()
    assert client.get(path).status_code == 200
    (row,) = AuditRow.objects.order_by("pk")[before:]
    assert row.kind == AuditKind.ACCESS
    assert row.subjects and len(set(row.subjects)) == len(row.subjects)
    assert all(look.categories for look in accesses_in(row))


def test_a_view_of_25_people_takes_a_kilobyte_at_most(world: World) -> None:
    """Every kind at once, three by law and six by consent or as one's own, person by person."""
    kinds = [category.value for category in Category]
    grounds = [
        {k: "381/2023 15 §" if k in kinds[:3] else ("consent", "own")[n % 2] for k in kinds}
        for n in range(25)
    ]
    shown = [
        ShownData(
            uuid4(), uuid4(), frozenset(kinds[n % 3 :]), on, Purpose.GRACE if n % 9 == 8 else None
        )
        for n, on in enumerate(grounds)
    ]
    record_access(
        actor=world.actor("kela"), action="cases_listed", purpose=Purpose.KEEP_CASE, shown=shown,
        now=world.now,
    )  # fmt: skip
    row = AuditRow.objects.get(subjects__contains=[shown[0].case_id])
    assert len(row.subjects) == 25
    for item, look in zip(shown, accesses_in(row), strict=True):
        assert (look.subject, look.categories) == (item.case_id, item.categories)
        assert look.grounds == {kind: item.grounds[kind] for kind in item.categories}
        assert look.purpose == (item.purpose or Purpose.KEEP_CASE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_column_size(r.*) FROM audit_auditrow r WHERE id = %s", [row.pk])
        (size,) = cursor.fetchone()
    assert size <= 1024


def test_my_day_takes_a_kilobyte_at_most(world: World, login: Any) -> None:
    login("employment").get("/day/")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_column_size(r.*), cardinality(subjects) FROM audit_auditrow r"
            " ORDER BY id DESC LIMIT 1"
        )
        size, people = cursor.fetchone()
    assert people >= 1 and size <= 1024


def test_a_page_that_could_not_be_logged_is_not_shown(
    world: World, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its row is written at its end, in its transaction."""

    def full(*_: Any, **__: Any) -> None:
        raise DatabaseError("no space left")

    client = login("employment")
    client.raise_request_exception = False
    monkeypatch.setattr(AuditRow.objects, "bulk_create", full)
    answer = client.get(f"/cases/{world.case.pk}/")
    assert answer.status_code == 500
    assert world.case.person.last_name not in answer.content.decode()


def test_what_was_refused_after_it_was_read_is_no_view(world: World, login: Any) -> None:
    before = AuditRow.objects.count()
    assert login("kela").get(f"/cases/{uuid4()}/").status_code == 404
    with pytest.raises(NotVisible), transaction.atomic(), one_view():
        open_case(world.actor("kela"), world.case.pk, purpose=Purpose.KEEP_CASE, now=world.now)
        raise NotVisible
    assert AuditRow.objects.count() == before


def test_several_readings_of_one_view_are_one_look_a_person(world: World) -> None:
    kela, case = world.actor("kela"), world.case
    parts = (
        ("day_opened", Purpose.FOLLOW_UP, {"plan_follow_up": "own"}),
        ("reminders_listed", Purpose.FOLLOW_UP, {"plan_follow_up": "consent"}),
        ("goals_listed", Purpose.MAKE_PLAN, {"service_needs": "own"}),
    )
    before = AuditRow.objects.count()
    with transaction.atomic(), one_view():
        for action, purpose, grounds in parts:
            record_access(
                actor=kela, action=action, purpose=purpose, now=world.now,
                shown=[ShownData(case.person_id, case.pk, frozenset(grounds), grounds)],
            )  # fmt: skip
    (row,) = AuditRow.objects.order_by("pk")[before:]
    (look,) = accesses_in(row)
    assert (look.action, look.purpose) == ("day_opened", Purpose.FOLLOW_UP)
    assert look.grounds == {"plan_follow_up": "consent", "service_needs": "own"}


def test_the_client_reads_who_when_and_why_and_not_their_own_visits(
    world: World, login: Any
) -> None:
    login("kela").get(f"/cases/{world.case.pk}/")
    client = login("client")
    client.get("/my/")
    page = client.get("/my/access-log/").content.decode()
    assert "Kaarina Kela" in page
    assert "to work on the joint case" in page
    looks = list_visits(world.actor("client"), world.case.pk, now=world.now)
    assert looks
    assert not any(world.actor("client").name in look.who for look in looks)


@pytest.mark.parametrize(
    ("actions", "told"),
    [
        (["case_opened", "version_exported"], "version_exported"),
        (["version_exported", "case_opened"], "version_exported"),
        (["case_opened", "attachment_opened", "version_exported"], "attachment_opened"),
        (["case_opened", "version_opened"], "case_opened"),
    ],
)
def test_what_left_as_a_file_is_told_whatever_was_read_beside_it(
    world: World, actions: list[str], told: str
) -> None:
    shown = [ShownData(world.case.person_id, world.case.pk, frozenset({"plan_follow_up"}))]
    before = AuditRow.objects.latest("pk").pk
    with one_view():
        for action in actions:
            record_access(
                actor=world.actor("kela"), action=action, purpose=Purpose.KEEP_CASE, shown=shown,
                now=world.now,
            )  # fmt: skip
    assert [row.action for row in AuditRow.objects.filter(pk__gt=before)] == [told]


def looks_of(case: Case, **asked: Any) -> list[Any]:
    """Every look at a case, the newest first, out of the visits they make up."""
    return [look for visit in visits_to({case.pk}, **asked)[:] for look in visit]


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
    looks = looks_of(world.case, excluding=client)
    assert [look.actor for look in looks if look.action == "looked"] == [social.label, kela.label]
    assert {look.kind for look in looks} == {AuditKind.ACCESS}
    assert {look.subject for look in looks} == {world.case.pk}
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
    found = looks_of(world.case, **asked)
    searched = [look.actor for look in found if look.action == "searched"]
    assert searched == [world.actor("colleague").label]
    without = looks_of(world.case, excluding=officer)
    assert not [look for look in without if look.action == "searched"]


def test_a_row_says_who_for_what_and_about_whom(world: World) -> None:
    kela, case = world.actor("kela"), world.case
    for action, case_id, person_id in (
        ("a", case.pk, case.person_id), ("b", None, case.person_id), ("c", None, None),
    ):  # fmt: skip
        record_change(
            actor=kela, action=action, subject_type="goal", subject_id=case.pk, now=world.now,
            case_id=case_id, person_id=person_id, categories=["b", "a"],
        )  # fmt: skip
        row = AuditRow.objects.get(action=action, subject_type="goal")
        assert (row.case_id, row.person_id) == (case_id, person_id)
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
    first, second = accesses_in(AuditRow.objects.get(action="looked"))
    assert (first.kind, first.purpose, first.categories, first.grounds) == (
        AuditKind.ACCESS, Purpose.EMERGENCY, {"a", "b"}, {"a": "own"},
    )  # fmt: skip
    assert (first.subject, first.is_case) == (case.pk, True)
    assert (second.subject, second.is_case) == (case.person_id, False)
    assert (second.purpose, second.categories) == (Purpose.KEEP_CASE, frozenset())
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
    for row in AuditRow.objects.order_by("pk"):
        assert name not in f"{row.actor}{row.action}{row.purpose}{row.palette}{row.categories}"
