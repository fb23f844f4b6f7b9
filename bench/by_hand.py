"""A caseworker's list of cases by SQL written by hand: the least that can give the same rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from bench.caseload import NOW, Reader
from common.clock import day_of
from pages.cases.views import PAGE_SIZE
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


STANDS = "since <= %(now)s AND (until IS NULL OR until > %(now)s)"


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
            stands=STANDS,
            handled=opened("case_handling", "page.id"),
            planned=opened("plan_follow_up", "page.id"),
        )
        + (_LOGGED.format(stands=STANDS) if logged else "")
        + _COLUMNS.format(
            stands=STANDS,
            opened=_OPENED.format(
                case="a.case_id",
                category="a.category",
                document="(l.document IS NULL OR l.document = a.id)",
            ),
        )
    )
