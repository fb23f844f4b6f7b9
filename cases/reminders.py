"""What falls due about a case itself, and about a cover."""

from __future__ import annotations

from common.reminders import DueRule, ReminderKind, counted

RULES: tuple[DueRule, ...] = (
    DueRule(
        ReminderKind.LONG_SERVICE,
        f"""
  SELECT c.id, c.id, c.started_on + n.days, c.manager, NULL::uuid
  FROM open_case c {counted(ReminderKind.LONG_SERVICE)}""",
        notice=0,
        allowed=1096,
    ),
)
# About a worker and no client: asked once a night, not case by case.
COVERS = DueRule(
    ReminderKind.COVER_ENDS,
    """
  SELECT NULL::uuid, k.id, day_of(k.until), w.user_id, NULL::uuid
  FROM cases_cover k, LATERAL (VALUES (k.user_id), (k.by_id)) w(user_id)
  WHERE day_of(k.until) >= %(on)s""",
    notice=3,
)
