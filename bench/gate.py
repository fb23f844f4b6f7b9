"""A caseworker's list of cases through the gate, beside SQL by hand and django-guardian.

Ours is what the page does (``pages.cases.views.cases``): the count, a page of 25, its
columns, each as far as it is open to the reader. Told is the time in the database: from each
statement given to its rows received. The three take turns, and the median is told.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Group
from django.core.paginator import Paginator
from django.db import connection, transaction
from django.db.models import QuerySet
from guardian.shortcuts import get_objects_for_user

from audit.models import AuditRow
from audit.shown import accesses_in
from bench.caseload import NOW, Reader
from bench.table import Row
from caseplan.plan.selectors import cases_of, list_cases
from cases.models import Case
from common.clock import day_of
from pages.cases.views import PAGE_SIZE
from records.selectors import reading_of
from statutes.reader import law_on

# The grounds first; with them known, one statement for the page, its count and its columns. The
# page is found from keys and names, and only its 25 cases are read whole.
GROUNDS = """
SELECT category, basis, section FROM consent_ground
WHERE receiver = %(body)s AND signed_at IS NOT NULL AND valid_from <= %(on)s
  AND (valid_to IS NULL OR valid_to >= %(on)s)
  AND (network_id IS NULL OR network_id = %(network)s)
ORDER BY network_id NULLS FIRST
"""
# A no is stronger than a yes; without any line it is no: one look answers both.
_OPENED = """(SELECT bool_and(NOT denied) FROM consent_consentline l
  WHERE l.case_id = {case} AND l.category = {category} AND l.receiver = %(body)s
    AND l.ended_at IS NULL AND l.valid_from <= %(on)s
    AND (l.valid_to IS NULL OR l.valid_to >= %(on)s)
    AND (l.office_id IS NULL OR l.office_id = %(office)s)
    AND {document}) IS TRUE"""
_STANDS = "since <= %(now)s AND (until IS NULL OR until > %(now)s)"
_PAGE = """
WITH page AS MATERIALIZED (
  SELECT c.id, c.person_id, {named} AS named, count(*) OVER () AS total,
    row_number() OVER (ORDER BY {sort}, c.id) AS place
  FROM cases_case c JOIN people_person p ON p.id = c.person_id
  WHERE c.ended_at IS NULL AND c.network_id = %(network)s AND c.id IN (
    SELECT case_id FROM cases_teammembership WHERE user_id = %(user)s AND {stands}
    UNION SELECT case_id FROM cases_teammembership WHERE {stands} AND user_id IN (
      SELECT user_id FROM cases_cover
      WHERE by_id = %(user)s AND network_id = %(network)s AND {stands})
    UNION SELECT case_id FROM cases_teammembership WHERE office_id = %(office)s AND {stands}
    UNION SELECT content_object_id FROM cases_temporaryaccess
    WHERE user_id = %(user)s AND {stands} AND permission_id = (
      SELECT id FROM auth_permission WHERE codename = 'view_case'))
  ORDER BY {sort}, c.id LIMIT %(size)s OFFSET %(skip)s),
shown AS MATERIALIZED (
  SELECT page.*, c.started_on, p.last_name, p.first_names, {handled} AS handled,
    {planned} AS planned
  FROM page JOIN cases_case c ON c.id = page.id JOIN people_person p ON p.id = page.person_id)
"""
_COLUMNS = """
SELECT shown.id, CASE WHEN named THEN last_name ELSE '' END,
  CASE WHEN named THEN first_names ELSE '' END,
  CASE WHEN handled THEN (
    SELECT u.first_name || ' ' || u.last_name FROM cases_teammembership t
    JOIN people_user u ON u.id = t.user_id
    WHERE t.case_id = shown.id AND t.role = 'case_manager' AND {stands}) END,
  CASE WHEN planned THEN coalesce(review, add_months(started_on, %(months)s)) + (
    SELECT coalesce(sum(m.to_on - m.from_on + 1), 0)::int FROM plan_clockchange m
    WHERE m.kind IN ('plan_due', 'review_due')
      AND m.subject_id = CASE WHEN review IS NULL THEN shown.id ELSE version END) END,
  planned AND review IS NOT NULL, planned AND proposed IS TRUE,
  (SELECT min(a.due_on) FROM plan_action a
   WHERE a.case_id = shown.id AND a.state IN ('planned', 'in_progress', 'waiting')
     AND (a.recorded_for = %(body)s OR a.category = ANY(%(by_law)s)
       OR a.category = ANY(%(by_consent)s) AND {opened})),
  total
FROM shown LEFT JOIN LATERAL (
  SELECT max(review_due_on) FILTER (WHERE in_force_at IS NOT NULL) AS review,
    (array_agg(id) FILTER (WHERE in_force_at IS NOT NULL))[1] AS version,
    bool_or(in_force_at IS NULL) AS proposed
  FROM plan_planversion v WHERE v.case_id = shown.id
    AND (in_force_at IS NOT NULL AND replaced_at IS NULL
      OR in_force_at IS NULL AND set_aside_at IS NULL)) versions ON planned
ORDER BY place
"""
# The row of the log for the same page, in the same statement: which of the palette's kinds each
# person was shown, in bits (audit.shown).
_LOGGED = """, logged AS (
  INSERT INTO audit_auditrow (at, kind, actor_kind, actor, actor_body, actor_office_id, action,
    purpose, subjects, shown_as, palette, categories, subject_type)
  SELECT %(now)s, 'access', 'worker', %(label)s, %(body)s, %(office)s, 'cases_listed', 'keep_case',
    array_agg(id ORDER BY place), array_agg(bits ORDER BY place), %(palette)s, '{{}}', ''
  FROM (SELECT id, place, CASE WHEN named THEN 1 ELSE 0 END + CASE WHEN handled THEN 2 ELSE 0 END
    + CASE WHEN planned THEN 4 ELSE 0 END + coalesce((
      SELECT CASE e.why WHEN 'asked' THEN 8 WHEN 'emergency' THEN 16 WHEN 'grace' THEN 32
        ELSE 64 END
      FROM cases_temporaryaccess e
      WHERE e.user_id = %(user)s AND e.content_object_id = shown.id AND {stands} AND NOT EXISTS (
        SELECT FROM cases_teammembership t WHERE t.case_id = shown.id AND {stands}
          AND (t.user_id = %(user)s OR t.office_id = %(office)s))), 0) AS bits
    FROM shown) of_each
  HAVING count(*) > 0)
"""


@dataclass(frozen=True, slots=True)
class Line:
    """What stands in one row of the list, however it was read."""

    case: UUID
    last_name: str
    first_names: str
    case_manager: str
    due: date | None
    in_force: bool
    proposed: bool
    next_due: date | None


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


def by_hand(
    reader: Reader, page: int = 1, *, size: int = PAGE_SIZE, logged: bool = False
) -> tuple[list[Line], int]:
    """The same by hand: the same rows and columns, and with ``logged`` the same log."""
    actor = reader.actor
    values: dict[str, Any] = {
        "user": actor.user_id,
        "office": actor.office_id,
        "network": actor.network_id,
        "body": actor.working_body.value,
        "label": actor.label,
        "now": NOW,
        "on": day_of(NOW),
        "size": size,
        "skip": (page - 1) * size,
        "months": law_on(day_of(NOW)).plan_due_months.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(GROUNDS, values)
        grounds = {category: (basis, section) for category, basis, section in cursor.fetchall()}
        palette = []
        for category in _BESIDE:
            basis, section = grounds.get(category, ("", ""))
            palette.append(f"{category} {section if basis == 'statute' else 'consent'}")
        values["palette"] = "\n".join([*palette, "asked,emergency,grace,shared as"])
        values["by_law"] = [c for c, (basis, _s) in grounds.items() if basis == "statute"]
        values["by_consent"] = [c for c, (basis, _s) in grounds.items() if basis == "consent"]
        cursor.execute(_statement(grounds, logged=logged), values)
        found = cursor.fetchall()
    lines = [
        Line(
            case=row[0], last_name=row[1], first_names=row[2], case_manager=row[3] or "",
            due=row[4], in_force=row[5], proposed=row[6], next_due=row[7],
        )
        for row in found
    ]  # fmt: skip
    return lines, found[0][8] if found else 0


_BESIDE = ("identity_contact", "case_handling", "plan_follow_up")


def _statement(grounds: dict[str, tuple[str, str]], *, logged: bool) -> str:
    def opened(category: str, case: str) -> str:
        basis = grounds.get(category, ("", ""))[0]
        if basis == "consent":
            return _OPENED.format(
                case=case, category=f"'{category}'", document="l.document IS NULL"
            )
        return "true" if basis == "statute" else "false"

    named = opened("identity_contact", "c.id")
    sort = "p.sort_key"
    if named != "true":  # those without a name to the reader come last
        sort = f"CASE WHEN {named} THEN p.sort_key ELSE '\U0010ffff' END"
    return (
        _PAGE.format(
            named=named,
            sort=sort,
            stands=_STANDS,
            handled=opened("case_handling", "page.id"),
            planned=opened("plan_follow_up", "page.id"),
        )
        + (_LOGGED.format(stands=_STANDS) if logged else "")
        + _COLUMNS.format(
            stands=_STANDS,
            opened=_OPENED.format(
                case="a.case_id",
                category="a.category",
                document="(l.document IS NULL OR l.document = a.id)",
            ),
        )
    )


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
                WHERE user_id IS NOT NULL AND {_STANDS}
                UNION ALL SELECT user_id, content_object_id FROM public.cases_temporaryaccess
                WHERE {_STANDS}) terms
              WHERE p.codename = 'view_case'""",
            {"now": NOW},
        )
        cursor.execute(
            f"""INSERT INTO peer.guardian_groupobjectpermission
                (object_pk, content_type_id, group_id, permission_id)
              SELECT t.case_id::text, p.content_type_id, g.id, p.id
              FROM auth_permission p, public.cases_teammembership t
              JOIN auth_group g ON g.name = t.office_id::text
              WHERE p.codename = 'view_case' AND {_STANDS}""",
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
