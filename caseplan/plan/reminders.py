"""What falls due in the plan: its clocks, actions, requests, and advice about how it goes."""

from __future__ import annotations

from common.reminders import DueRule, ReminderKind, counted

_IN_FORCE = """(SELECT id, case_id, review_due_on FROM plan_planversion
    WHERE in_force_at IS NOT NULL AND replaced_at IS NULL)"""
_MOVED = """(SELECT coalesce(sum(m.to_on - m.from_on + 1), 0)::int FROM plan_clockchange m
    WHERE m.kind = '{kind}' AND m.subject_id = {subject})"""


def _moved(kind: ReminderKind, subject: str) -> str:
    """The days by which a clock was moved."""
    return _MOVED.format(kind=kind, subject=subject)


RULES: tuple[DueRule, ...] = (
    # Act 381/2023 s. 4 (1369/2014 s. 4): the plan within three months of the start. The clock is
    # shown from the first day.
    DueRule(
        ReminderKind.PLAN_DUE,
        f"""
  SELECT c.id, c.id,
    add_months(c.started_on, l.value) + {_moved(ReminderKind.PLAN_DUE, "c.id")},
    c.manager, c.client
  FROM open_case c JOIN plan_law l
    ON c.started_on >= l.valid_from AND (l.valid_to IS NULL OR c.started_on <= l.valid_to)
  WHERE c.started_on <= %(on)s AND NOT EXISTS (SELECT FROM {_IN_FORCE} v WHERE v.case_id = c.id)""",
        notice=1000,
        leader_after=7,
        director_after=30,
        statutory=True,
    ),
    # Act 381/2023 s. 6: reviewed by the interval of the law under which it came into force.
    DueRule(
        ReminderKind.REVIEW_DUE,
        f"""
  SELECT c.id, v.id, v.review_due_on + {_moved(ReminderKind.REVIEW_DUE, "v.id")},
    c.manager, c.client
  FROM open_case c JOIN {_IN_FORCE} v ON v.case_id = c.id""",
        notice=30,
        leader_after=7,
        director_after=30,
        statutory=True,
    ),
    # And on the client's request, unless obviously unnecessary.
    DueRule(
        ReminderKind.REVIEW_ASKED,
        f"""
  SELECT c.id, q.id,
    day_of(q.recorded_at) + n.days + {_moved(ReminderKind.REVIEW_ASKED, "q.id")},
    c.manager, NULL::uuid
  FROM open_case c JOIN plan_reviewrequest q ON q.case_id = c.id AND q.state = 'open'
  {counted(ReminderKind.REVIEW_ASKED)}""",
        notice=1000,
        allowed=14,
        leader_after=7,
        director_after=30,
        statutory=True,
    ),
    DueRule(
        ReminderKind.ACTION_DUE,
        """
  SELECT c.id, a.id, a.due_on,
    CASE WHEN a.owner_party <> 'client' THEN a.owner_id END,
    CASE WHEN a.owner_party = 'client' THEN c.client END
  FROM open_case c JOIN plan_action a ON a.case_id = c.id
  WHERE a.state IN ('planned', 'in_progress', 'waiting') AND a.due_on >= %(on)s""",
        notice=3,
    ),
    DueRule(
        ReminderKind.ACTION_OVERDUE,
        """
  SELECT c.id, a.id, a.due_on,
    CASE WHEN a.owner_party <> 'client' THEN a.owner_id END,
    CASE WHEN a.owner_party = 'client' THEN c.client END
  FROM open_case c JOIN plan_action a ON a.case_id = c.id
  WHERE a.state IN ('planned', 'in_progress', 'waiting')""",
        notice=-1,
        leader_after=30,
        director_after=60,
    ),
    # To each worker of the asked body on the team.
    DueRule(
        ReminderKind.REQUEST_WAITS,
        """
  SELECT c.id, q.id, q.answer_by, t.user_id, NULL::uuid
  FROM open_case c JOIN plan_bodyrequest q ON q.case_id = c.id AND q.state = 'open'
  JOIN cases_teammembership t ON t.case_id = c.id AND t.until IS NULL
  JOIN standing p ON p.user_id = t.user_id AND p.body = q.to_body""",
        notice=3,
        leader_after=3,
        director_after=14,
    ),
    # Whoever is asked to go on with the client after the end: late, their leader is told.
    DueRule(
        ReminderKind.GO_ON_WAITS,
        """
  SELECT c.id, h.id, h.answer_by, h.to_user_id, NULL::uuid
  FROM (SELECT id FROM open_case UNION ALL SELECT id FROM ended_case) c
  JOIN plan_accompaniedhandover h ON h.case_id = c.id AND h.state = 'open'""",
        notice=3,
        leader_after=0,
        director_after=14,
    ),
    # A goal that nothing moves, our own choice: advice, never a denial.
    DueRule(
        ReminderKind.GOAL_STALLED,
        f"""
  SELECT c.id, g.id, day_of(moved.at) + n.days, c.manager, NULL::uuid
  FROM open_case c JOIN plan_goal g ON g.case_id = c.id AND g.dropped_at IS NULL
  {counted(ReminderKind.GOAL_STALLED)}, LATERAL (SELECT greatest(g.recorded_at,
    (SELECT max(greatest(a.recorded_at, a.closed_at))
      FROM plan_action a WHERE a.goal_id = g.id),
    (SELECT max(r.recorded_at) FROM plan_goalrating r WHERE r.goal_id = g.id)) AS at) moved
  WHERE NOT EXISTS (SELECT FROM plan_goalrating r
    WHERE r.goal_id = g.id AND r.status = 'reached')""",
        notice=0,
        allowed=90,
    ),
    # The client coordinates alone (report 2020:40, Palveluintegraatio 2.5).
    DueRule(
        ReminderKind.ALL_ON_CLIENT,
        f"""
  SELECT c.id, c.id, day_of(max(a.recorded_at)), c.manager, NULL::uuid
  FROM open_case c JOIN plan_action a ON a.case_id = c.id
    AND a.state IN ('planned', 'in_progress', 'waiting')
  {counted(ReminderKind.ALL_ON_CLIENT)}
  GROUP BY c.id, c.manager, n.days
  HAVING count(*) >= n.days AND bool_and(a.owner_party = 'client')""",
        notice=0,
        allowed=2,
    ),
    DueRule(
        ReminderKind.SAME_AGAIN,
        """
  SELECT c.id, m.id, day_of(m.recorded_at), c.manager, NULL::uuid
  FROM open_case c JOIN plan_plannedservice m ON m.case_id = c.id
  WHERE EXISTS (SELECT FROM plan_plannedservice e WHERE e.case_id = c.id
    AND e.recorded_at < m.recorded_at AND e.body = m.body
    AND (e.service = m.service AND e.service NOT IN ('', 'other')
      OR lower(e.name) = lower(m.name)))
    AND NOT EXISTS (SELECT FROM plan_plannedservice e WHERE e.case_id = c.id
      AND e.recorded_at > m.recorded_at)""",
        notice=0,
    ),
)
