"""What falls due about the client's consents."""

from __future__ import annotations

from common.reminders import DueRule, ReminderKind

RULES: tuple[DueRule, ...] = (
    # A request the client has not answered: the client and the one who asked, if still on the team.
    DueRule(
        ReminderKind.CONSENT_ASKED,
        """
  SELECT c.id, q.id, day_of(q.asked_at) + %(consent_days)s,
    (SELECT t.user_id FROM cases_teammembership t
      WHERE t.case_id = c.id AND t.user_id = q.asked_by_id AND t.until IS NULL LIMIT 1),
    c.client
  FROM open_case c JOIN consent_consentrequest q ON q.case_id = c.id AND q.closed_at IS NULL""",
        notice=0,
    ),
    # The client, and the workers of the body that reads by it: nobody else learns that it is there.
    DueRule(
        ReminderKind.CONSENT_ENDS,
        """
  SELECT DISTINCT c.id, l.consent_id, l.valid_to, p.user_id, c.client
  FROM open_case c JOIN consent_consentline l ON l.case_id = c.id
    AND l.ended_at IS NULL AND NOT l.denied AND l.valid_to >= %(on)s
  LEFT JOIN cases_teammembership t ON t.case_id = c.id AND t.until IS NULL
  LEFT JOIN standing p ON p.user_id = t.user_id AND p.body = l.receiver""",
        notice=14,
    ),
    # What a worker wrote down lapses where nobody confirms it: the client, and who wrote it, or,
    # where they have left the team, the case manager.
    DueRule(
        ReminderKind.CONSENT_WAITS,
        """
  SELECT c.id, k.id, w.lapses_on,
    coalesce((SELECT t.user_id FROM cases_teammembership t
      WHERE t.case_id = c.id AND t.user_id = k.recorded_by_id AND t.until IS NULL LIMIT 1),
      c.manager),
    c.client
  FROM open_case c JOIN consent_consent k ON k.case_id = c.id
  JOIN consent_writtendown w ON w.consent_id = k.id AND w.state = 'waiting'
    AND w.lapses_on >= %(on)s""",
        notice=7,
    ),
    # It ends within a year: the case manager asks anew in time. The client is reminded of it as of
    # any consent that ends.
    DueRule(
        ReminderKind.WRITTEN_ENDS,
        """
  SELECT DISTINCT c.id, l.consent_id, l.valid_to, c.manager, NULL::uuid
  FROM open_case c JOIN consent_consentline l ON l.case_id = c.id
    AND l.ended_at IS NULL AND NOT l.denied AND l.valid_to >= %(on)s
  JOIN consent_consent k ON k.id = l.consent_id AND k.method <> 'online'""",
        notice=30,
    ),
)
