"""What falls due before a case: somebody who asked waits for an answer, and so does an office.

About no case, so asked once a night beside those of the cases. The network decides in how many days
they are answered (``caseplan.meetings.models.WayOfWorking``); the day stands in the row.
"""

from __future__ import annotations

from common.reminders import DueRule, ReminderKind

RULES: tuple[DueRule, ...] = (
    # To whoever was named; late, to whoever leads the office, then to the director.
    DueRule(
        ReminderKind.OWN_REQUEST_WAITS,
        """
  SELECT NULL::uuid, q.id, q.answer_by, q.handler_id, NULL::uuid
  FROM intake_ownrequest q WHERE q.state = 'open'""",
        notice=5,
        leader_after=0,
        director_after=7,
        statutory=True,
    ),
    # To whoever leads the office that was asked: everybody there sees it on their first page.
    DueRule(
        ReminderKind.CONSULTATION_WAITS,
        """
  SELECT NULL::uuid, k.id, k.answer_by, l.user_id, NULL::uuid
  FROM intake_consultation k JOIN standing l ON l.office_id = k.to_office_id AND l.leads
  WHERE k.answer = ''""",
        notice=2,
        director_after=7,
    ),
)
