"""What falls due about meetings."""

from __future__ import annotations

from common.reminders import DueRule, ReminderKind

RULES: tuple[DueRule, ...] = (
    DueRule(
        ReminderKind.MEETING_NEXT,
        """
  SELECT c.id, m.id, day_of(m.starts_at), w.user_id, w.client
  FROM open_case c JOIN meetings_meeting m ON m.case_id = c.id AND m.state = 'planned'
  JOIN LATERAL (
    SELECT c.manager, c.client
    UNION SELECT p.user_id, NULL FROM meetings_participant p
    WHERE p.meeting_id = m.id AND p.user_id IS NOT NULL
  ) w(user_id, client) ON true
  WHERE day_of(m.starts_at) >= %(on)s""",
        notice=1,
    ),
)
