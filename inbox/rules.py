"""Every rule of what waits, room by room, and the statement that asks them all at once."""

from __future__ import annotations

from functools import cache

from benefits.inbox import RULES as OF_BENEFITS
from caseplan.intake.inbox import RULES as OF_INTAKE
from caseplan.meetings.inbox import RULES as OF_MEETINGS
from caseplan.messages.inbox import RULES as OF_MESSAGES
from caseplan.options.inbox import RULES as OF_OPTIONS
from caseplan.plan.inbox import RULES as OF_THE_PLAN
from caseplan.remarks.inbox import RULES as OF_REMARKS
from cases.inbox import RULES as OF_CASES
from common.inbox import InboxRule
from consent.inbox import RULES as OF_CONSENTS
from followup.inbox import RULES as OF_FOLLOW_UP
from people.inbox import RULES as OF_PEOPLE
from rights.inbox import RULES as OF_RIGHTS

RULES: tuple[InboxRule, ...] = (
    *OF_FOLLOW_UP,
    *OF_MESSAGES,
    *OF_RIGHTS,
    *OF_THE_PLAN,
    *OF_OPTIONS,
    *OF_REMARKS,
    *OF_MEETINGS,
    *OF_INTAKE,
    *OF_CASES,
    *OF_CONSENTS,
    *OF_BENEFITS,
    *OF_PEOPLE,
)

COLUMNS = (
    "kind", "tab", "place", "grp", "case_id", "person_id", "subject_id", "user_id", "party",
    "since", "due_on", "category", "recorded_for", "document", "facts",
)  # fmt: skip

# The keys of the reader's cases come as values, so that what is asked does not grow with the
# network; every rule begins from them.
_BEFORE = """
WITH mine (case_id, on_team, manages, is_open, stands_for) AS (
  SELECT * FROM unnest(%(cases)s::uuid[], %(on_team)s::bool[], %(manages)s::bool[],
    %(is_open)s::bool[], %(stands_for)s::uuid[])),
me (user_id) AS (SELECT unnest(%(users)s::uuid[])),
led (office_id) AS (SELECT office_id FROM people_position
  WHERE user_id = %(user)s AND leads AND since <= %(now)s AND (until IS NULL OR until > %(now)s)),
waiting ({columns}) AS MATERIALIZED ({rules})
"""


@cache
def waiting() -> str:
    """The common part of every question: what waits for a reader, before the gate."""
    return _BEFORE.format(
        columns=", ".join(COLUMNS), rules="\nUNION ALL ".join(rule.sql for rule in RULES)
    )
