"""What falls due in the dialogue."""

from __future__ import annotations

from common.reminders import DueRule, ReminderKind, counted

RULES: tuple[DueRule, ...] = (
    DueRule(
        ReminderKind.MESSAGE_WAITS,
        f"""
  SELECT c.id, m.id, day_of(m.newest_at) + n.days,
    CASE WHEN m.waits_for = 'team' THEN c.manager END,
    CASE WHEN m.waits_for = 'client' THEN c.client END
  FROM open_case c JOIN case_messages_thread m ON m.case_id = c.id AND m.waits_for <> 'nobody'
  {counted(ReminderKind.MESSAGE_WAITS)}""",
        notice=0,
        allowed=3,
        leader_after=7,
    ),
)
