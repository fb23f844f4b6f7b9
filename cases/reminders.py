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
    # Who has no log-in hears of it from nobody else. It ends when somebody has told them, or when
    # they come in themselves.
    DueRule(
        ReminderKind.CLIENT_UNTOLD,
        f"""
  SELECT c.id, c.id, day_of(c.opened_at) + n.days, c.manager, NULL::uuid
  FROM open_case c {counted(ReminderKind.CLIENT_UNTOLD)}
  JOIN cases_case k ON k.id = c.id AND k.client_untold WHERE c.client IS NULL""",
        notice=3,
        allowed=3,
        leader_after=4,
        director_after=18,
        statutory=True,
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
# About a place that an office keeps: whoever leads it sees no case by it, so nor does the reminder.
# Where nobody leads the office, everybody there is asked. The three bodies assess together (Act
# 381/2023 s. 4) and each assigns its own staff (s. 9): no network turns this off.
SEATS = DueRule(
    ReminderKind.SEAT_WAITS,
    f"""
  SELECT NULL::uuid, m.id, day_of(m.since) + n.days, l.user_id, NULL::uuid
  FROM cases_teammembership m
  JOIN (SELECT id, network_id AS network FROM cases_case WHERE ended_at IS NULL) c
    ON c.id = m.case_id
  {counted(ReminderKind.SEAT_WAITS)}
  JOIN standing l ON l.office_id = m.office_id AND l.role = 'caseworker'
  WHERE m.role = 'awaited' AND m.until IS NULL AND (l.leads OR NOT EXISTS (
    SELECT FROM standing other WHERE other.office_id = m.office_id AND other.leads))""",
    notice=3,
    allowed=7,
    director_after=7,
    statutory=True,
)
