"""What falls due by the registers."""

from __future__ import annotations

from common.reminders import DueRule, ReminderKind

RULES: tuple[DueRule, ...] = (
    DueRule(
        ReminderKind.TRIGGER_COMING,
        """
  SELECT DISTINCT c.id, c.id, k.expected_on, c.manager, NULL::uuid
  FROM open_case c JOIN benefits_expectedflag k ON k.person_id = c.person
  WHERE k.expected_on >= %(on)s""",
        notice=30,
    ),
)
