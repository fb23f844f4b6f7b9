"""What falls due in the contact log: the next contact that a body has planned."""

from __future__ import annotations

from common.reminders import DueRule, ReminderKind

RULES: tuple[DueRule, ...] = (
    # What the newest contact of each body says, to whoever recorded it; once they have left the
    # team, to another of their body. A body's own plan says nothing to the others.
    DueRule(
        ReminderKind.CONTACT_NEXT,
        """
  SELECT c.id, k.id, k.next_on, w.user_id, NULL::uuid
  FROM open_case c JOIN LATERAL (
    SELECT DISTINCT ON (x.recorded_for) x.* FROM contacts_contactentry x WHERE x.case_id = c.id
    ORDER BY x.recorded_for, x.happened_at DESC, x.recorded_at DESC, x.id DESC
  ) k ON k.next_on IS NOT NULL
  JOIN LATERAL (
    SELECT t.user_id FROM cases_teammembership t
    JOIN standing p ON p.user_id = t.user_id AND p.body = k.recorded_for
    WHERE t.case_id = c.id AND t.until IS NULL
    ORDER BY t.user_id <> k.recorded_by_id, t.user_id LIMIT 1
  ) w ON true""",
        notice=0,
    ),
)
