"""A caseworker's list of cases through the gate, beside SQL by hand and django-guardian.

Ours is what the page does (``pages.cases.views.cases``): the count, a page of 25, its
columns, each as far as it is open to the reader. Told is the time in the database: from each
statement given to its rows received. The three take turns, and the median is told.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from django.contrib.auth.models import Group
from django.core.paginator import Paginator
from django.db import connection, transaction
from django.db.models import QuerySet
from guardian.shortcuts import get_objects_for_user

from audit.models import AuditRow
from audit.shown import accesses_in
from bench.by_hand import STANDS, Line, by_hand
from bench.caseload import NOW, Reader
from bench.table import Row
from caseplan.plan.selectors import cases_of, list_cases
from cases.models import Case
from pages.cases.views import PAGE_SIZE
from records.selectors import reading_of


class Stopwatch:
    """The time in the database, as a wrapper of Django's cursors; writing the log also apart."""

    def __init__(self) -> None:
        self.milliseconds = self.logging = 0.0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent = (time.perf_counter() - began) * 1000
            self.milliseconds += spent
            if sql.startswith(('INSERT INTO "audit_auditrow"', "SAVEPOINT", "RELEASE")):
                self.logging += spent

    @property
    def reading(self) -> float:
        return self.milliseconds - self.logging


def measure(readers: list[Reader], rounds: int) -> list[Row]:
    """Every figure of the gate; says on stderr how far it is."""
    _hold_as_guardian()
    rows: list[Row] = []
    for reader in readers:
        _say(f"the list of {reader.described}")
        total = _compare(reader)
        rows += _time(reader, total, rounds)
    return rows


# ours


def ours(reader: Reader, page: int = 1) -> tuple[list[Line], int]:
    """A page of the list as the page of the caseworker reads it, and the count; logged."""
    reading = reading_of(reader.actor, now=NOW)
    found = Paginator(cases_of(reading), PAGE_SIZE)
    chosen = found.get_page(page)
    rows = list_cases(reading, chosen.object_list, searched=False)
    return [
        Line(
            case=row.case.pk,
            last_name=row.case.person.last_name,
            first_names=row.case.person.first_names,
            case_manager=row.case_manager,
            due=row.clock.due_on if row.clock else None,
            in_force=row.clock is not None and row.clock.kind == "review_due",
            proposed=row.open_proposal,
            next_due=row.next_due,
        )
        for row in rows
    ], found.count


# by hand


# django-guardian


def _hold_as_guardian() -> None:
    """Who may open what as the library holds it: a permission a user and case, a group an office.

    In tables of the same shape in a schema of their own, so that neither side carries the rows
    of the other. Direct foreign keys for users, as in ``TemporaryAccess``: its quicker way.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """CREATE SCHEMA peer;
            CREATE TABLE peer.cases_temporaryaccess
              (LIKE public.cases_temporaryaccess INCLUDING ALL);
            CREATE TABLE peer.guardian_groupobjectpermission
              (LIKE public.guardian_groupobjectpermission INCLUDING ALL);
            INSERT INTO auth_group (name) SELECT id::text FROM people_office;"""
        )
        cursor.execute(
            f"""INSERT INTO peer.cases_temporaryaccess
                (user_id, permission_id, content_object_id, why, since, until)
              SELECT DISTINCT user_id, p.id, case_id, 'asked', %(now)s, %(now)s
              FROM auth_permission p, (
                SELECT user_id, case_id FROM public.cases_teammembership
                WHERE user_id IS NOT NULL AND {STANDS}
                UNION ALL SELECT user_id, content_object_id FROM public.cases_temporaryaccess
                WHERE {STANDS}) terms
              WHERE p.codename = 'view_case'""",
            {"now": NOW},
        )
        cursor.execute(
            f"""INSERT INTO peer.guardian_groupobjectpermission
                (object_pk, content_type_id, group_id, permission_id)
              SELECT t.case_id::text, p.content_type_id, g.id, p.id
              FROM auth_permission p, public.cases_teammembership t
              JOIN auth_group g ON g.name = t.office_id::text
              WHERE p.codename = 'view_case' AND {STANDS}""",
            {"now": NOW},
        )
    with connection.cursor() as cursor:
        for table in ("cases_temporaryaccess", "guardian_groupobjectpermission"):
            cursor.execute(f"VACUUM (ANALYZE) peer.{table}")


def as_guardian(reader: Reader, *, groups: bool = True) -> QuerySet[Case]:
    """The open cases that the library says this worker may see, in the order of ours."""
    # Groups by name instead of through a table between: what the library need not read.
    reader.user.groups = Group.objects.filter(  # type: ignore[attr-defined]
        name=str(reader.actor.office_id)
    )
    found: QuerySet[Case] = get_objects_for_user(
        reader.user,
        "cases.view_case",
        use_groups=groups,
        with_superuser=False,
        accept_global_perms=False,
    )
    return (
        found.filter(ended_at__isnull=True)
        .select_related("person")
        .order_by("person__sort_key", "pk")
    )


# held against each other


def _compare(reader: Reader) -> int:
    """Assert that all give the same cases, rows, columns and log; returns the number of cases."""
    with transaction.atomic():
        hand, total = by_hand(reader, size=10**6)
        pages = 1 + (total - 1) // PAGE_SIZE
        through = [line for n in range(1, pages + 1) for line in ours(reader, n)[0]]
        assert through == hand, "our rows and those by hand differ"
        assert ours(reader)[1] == total == len(hand)
        assert _log_of(lambda: ours(reader)) == _log_of(lambda: by_hand(reader, logged=True))
        _in_peer()
        for groups in (True, False) if reader.by_name else (True,):
            theirs = set(as_guardian(reader, groups=groups).values_list("pk", flat=True))
            assert theirs == {line.case for line in hand}, "the library gives other cases"
        transaction.set_rollback(True)
    return total


def _log_of(read: Callable[[], object]) -> list[tuple[Any, ...]]:
    before = AuditRow.objects.order_by("-pk").values_list("pk", flat=True)[0]
    read()
    rows = AuditRow.objects.filter(pk__gt=before).order_by("pk")
    return [
        (look.subject, look.is_case, look.actor, look.actor_office_id, look.action, look.purpose,
         look.categories, look.grounds)
        for row in rows for look in accesses_in(row)
    ]  # fmt: skip


def _in_peer() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path = peer, public")


def _time(reader: Reader, total: int, rounds: int) -> list[Row]:
    def theirs(*, groups: bool) -> None:
        found = Paginator(as_guardian(reader, groups=groups), PAGE_SIZE)
        assert found.count == total
        assert list(found.get_page(1).object_list)

    works: dict[str, Callable[[], object]] = {
        "ours": lambda: ours(reader),
        "by hand": lambda: by_hand(reader),
        "by hand, logged": lambda: by_hand(reader, logged=True),
        "guardian": lambda: theirs(groups=True),
    }
    if reader.by_name:
        works["guardian, users"] = lambda: theirs(groups=False)
    watches: dict[str, list[Stopwatch]] = {name: [] for name in works}
    for _round in range(rounds):
        for name, work in works.items():
            watches[name].append(_watched(work, peer=name.startswith("guardian")))
    took = {name: median(w.milliseconds for w in found) for name, found in watches.items()}
    read = median(w.reading for w in watches["ours"])
    said = f"list of {reader.described}: {total} cases"
    rows = [
        Row(said, read, took["by hand"], "SQL by hand: the same rows, count and columns",
            at_most=3, unit="ms"),
        Row("the same, written to the log", took["ours"], took["by hand, logged"],
            "SQL by hand that writes the same log", at_most=3, unit="ms"),
        Row("the same, not written", read, took["guardian"],
            "django-guardian: page and count of the same cases, no columns",
            at_least=5 if reader.by_name else None, unit="ms"),
    ]  # fmt: skip
    if reader.by_name:
        rows.append(
            Row("the same, not written", read, took["guardian, users"],
                "django-guardian told to leave out groups", unit="ms")
        )  # fmt: skip
    return rows


def _watched(work: Callable[[], object], *, peer: bool = False) -> Stopwatch:
    """The time in the database; what was written is rolled back."""
    watch = Stopwatch()
    with transaction.atomic():
        if peer:
            _in_peer()
        with connection.execute_wrapper(watch):
            work()
        transaction.set_rollback(True)
    return watch


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)
