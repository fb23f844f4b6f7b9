"""What this room asks to be reminded of: the answers it owes, within a month (GDPR Art. 12(3))."""

from __future__ import annotations

from common.reminders import DueRule, ReminderKind

RULES: tuple[DueRule, ...] = (
    # To each worker of the body that answers on the team.
    DueRule(
        ReminderKind.CORRECTION_DUE,
        """
  SELECT c.id, q.id, q.due_on, t.user_id, NULL::uuid
  FROM open_case c JOIN rights_correction q ON q.case_id = c.id AND q.answered_at IS NULL
  JOIN cases_teammembership t ON t.case_id = c.id AND t.until IS NULL
  JOIN standing p ON p.user_id = t.user_id AND p.body = q.to_body""",
        notice=1000,
        leader_after=0,
        director_after=7,
        statutory=True,
    ),
    # To every data-protection officer.
    DueRule(
        ReminderKind.QUESTION_DUE,
        """
  SELECT c.id, q.id, q.due_on, p.user_id, NULL::uuid
  FROM open_case c JOIN rights_question q ON q.case_id = c.id AND q.answered_at IS NULL
  JOIN standing p ON p.role = 'officer'""",
        notice=1000,
        statutory=True,
    ),
)
