"""What falls due in follow-up itself: check-ins, points after the end, and contact of any kind."""

from __future__ import annotations

from common.reminders import DueRule, ReminderKind, counted

RULES: tuple[DueRule, ...] = (
    # The later of the last message, step, goal, held meeting, check-in and answered contact; only
    # that there was one.
    DueRule(
        ReminderKind.NO_CONTACT,
        f"""
  SELECT c.id, c.id, day_of(contact.at) + n.days, c.manager, NULL::uuid
  FROM open_case c {counted(ReminderKind.NO_CONTACT)}, LATERAL (SELECT greatest(c.opened_at,
    (SELECT max(m.newest_at) FROM case_messages_thread m WHERE m.case_id = c.id),
    (SELECT max(g.recorded_at) FROM plan_goal g WHERE g.case_id = c.id),
    (SELECT max(greatest(a.recorded_at, a.closed_at))
      FROM plan_action a WHERE a.case_id = c.id),
    (SELECT max(m.starts_at) FROM meetings_meeting m WHERE m.case_id = c.id AND m.state = 'held'),
    (SELECT max(k.happened_at) FROM contacts_contactentry k WHERE k.case_id = c.id AND k.answered),
    (SELECT max(i.recorded_at) FROM followup_checkin i WHERE i.case_id = c.id)) AS at) contact""",
        notice=0,
        allowed=60,
        leader_after=30,
    ),
    DueRule(
        ReminderKind.CHECK_IN,
        f"""
  SELECT c.id, c.id, day_of(greatest(c.opened_at,
      (SELECT max(i.recorded_at) FROM followup_checkin i WHERE i.case_id = c.id))) + n.days,
    NULL::uuid, c.client
  FROM open_case c {counted(ReminderKind.CHECK_IN)} WHERE c.client IS NOT NULL""",
        notice=0,
        allowed=28,
    ),
    # The client's own answer comes first of all, and so it does when they ask for it afterwards.
    DueRule(
        ReminderKind.HELP_WANTED,
        """
  SELECT c.id, i.id, day_of(i.recorded_at), c.manager, NULL::uuid
  FROM open_case c JOIN followup_checkin i ON i.case_id = c.id
    AND i.feeling IN ('stuck', 'help') AND i.handled_at IS NULL
  UNION ALL
  SELECT c.id, a.id, day_of(a.recorded_at), p.asker_id, NULL::uuid
  FROM ended_case c JOIN followup_followuppoint p ON p.case_id = c.id
  JOIN followup_pointanswer a ON a.point_id = p.id AND a.wants_contact
    AND a.handled_at IS NULL""",
        notice=0,
        leader_after=5,
        director_after=14,
    ),
    # To whom was named at the ending, and to the client: our own choice.
    DueRule(
        ReminderKind.POINT_DUE,
        """
  SELECT c.id, p.id, p.due_on,
    CASE WHEN NOT EXISTS (SELECT FROM followup_pointanswer a
      WHERE a.point_id = p.id AND a.source = 'worker') THEN p.asker_id END,
    CASE WHEN NOT EXISTS (SELECT FROM followup_pointanswer a
      WHERE a.point_id = p.id AND a.source = 'client') THEN c.client END
  FROM ended_case c JOIN followup_followuppoint p ON p.case_id = c.id
  WHERE p.open_until >= %(on)s""",
        notice=0,
        leader_after=30,
    ),
)
