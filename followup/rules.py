"""The national core of reminders: what is due, for whom, and where its figures begin.

Each rule is one part of a question to the database that gives rows of *kind, case, subject, due
day, worker, client*; ``followup.services.reminding`` asks them all together for a range of cases.
A network may change the figures (:class:`followup.models.ReminderRule`) and, where no statute
asks, turn a rule off. A room above may supply a rule of its own (:func:`supply`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from followup.models.reminder import ReminderKind
from followup.models.rule import ReminderRule


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of reminder; all figures in days.

    ``notice``: raised so many days before the due day; -1 is the day after it. ``allowed``: how
    long something may last before it is due, where the rule counts. ``leader_after`` and
    ``director_after``: so many days after the due day it goes up; None: never. ``statutory``
    rules cannot be turned off. ``sql`` may use ``open_case`` (id, network, manager, client,
    started_on, opened_at), ``ended_case`` (being followed up), ``allowed`` (network, kind, days)
    and ``%(on)s``.
    """

    kind: ReminderKind
    sql: str
    notice: int
    allowed: int | None = None
    leader_after: int | None = None
    director_after: int | None = None
    statutory: bool = False


_MOVED = """(SELECT coalesce(sum(m.to_on - m.from_on + 1), 0)::int FROM caseplan_clockchange m
    WHERE m.kind = '{kind}' AND m.subject_id = {subject})"""
_COUNTED = "JOIN allowed n ON n.network = c.network AND n.kind = '{kind}'"


def _moved(kind: ReminderKind, subject: str) -> str:
    """The days by which a clock was moved."""
    return _MOVED.format(kind=kind, subject=subject)


def _counted(kind: ReminderKind) -> str:
    """What the network allows, as ``n.days``."""
    return _COUNTED.format(kind=kind)


_K = ReminderKind
CORE: tuple[Rule, ...] = (
    # Act 381/2023 s. 4 (1369/2014 s. 4): the plan within three months of the start. The clock is
    # shown from the first day.
    Rule(
        _K.PLAN_DUE,
        f"""
  SELECT c.id, c.id,
    add_months(c.started_on, l.value) + {_moved(_K.PLAN_DUE, "c.id")},
    c.manager, c.client
  FROM open_case c JOIN plan_law l
    ON c.started_on >= l.valid_from AND (l.valid_to IS NULL OR c.started_on <= l.valid_to)
  WHERE c.started_on <= %(on)s AND NOT EXISTS (SELECT FROM in_force v WHERE v.case_id = c.id)""",
        notice=1000,
        leader_after=7,
        director_after=30,
        statutory=True,
    ),
    # Act 381/2023 s. 6: reviewed by the interval of the law under which it came into force.
    Rule(
        _K.REVIEW_DUE,
        f"""
  SELECT c.id, v.id, v.review_due_on + {_moved(_K.REVIEW_DUE, "v.id")}, c.manager, c.client
  FROM open_case c JOIN in_force v ON v.case_id = c.id""",
        notice=30,
        leader_after=7,
        director_after=30,
        statutory=True,
    ),
    # And on the client's request, unless obviously unnecessary.
    Rule(
        _K.REVIEW_ASKED,
        f"""
  SELECT c.id, q.id,
    day_of(q.recorded_at) + n.days + {_moved(_K.REVIEW_ASKED, "q.id")},
    c.manager, NULL::uuid
  FROM open_case c JOIN caseplan_reviewrequest q ON q.case_id = c.id AND q.state = 'open'
  {_counted(_K.REVIEW_ASKED)}""",
        notice=1000,
        allowed=14,
        leader_after=7,
        director_after=30,
        statutory=True,
    ),
    Rule(
        _K.ACTION_DUE,
        """
  SELECT c.id, a.id, a.due_on,
    CASE WHEN a.owner_party <> 'client' THEN a.owner_id END,
    CASE WHEN a.owner_party = 'client' THEN c.client END
  FROM open_case c JOIN caseplan_action a ON a.case_id = c.id
  WHERE a.state IN ('planned', 'in_progress', 'waiting') AND a.due_on >= %(on)s""",
        notice=3,
    ),
    Rule(
        _K.ACTION_OVERDUE,
        """
  SELECT c.id, a.id, a.due_on,
    CASE WHEN a.owner_party <> 'client' THEN a.owner_id END,
    CASE WHEN a.owner_party = 'client' THEN c.client END
  FROM open_case c JOIN caseplan_action a ON a.case_id = c.id
  WHERE a.state IN ('planned', 'in_progress', 'waiting')""",
        notice=-1,
        leader_after=30,
        director_after=60,
    ),
    # To each worker of the asked body on the team.
    Rule(
        _K.REQUEST_WAITS,
        """
  SELECT c.id, q.id, q.answer_by, t.user_id, NULL::uuid
  FROM open_case c JOIN caseplan_bodyrequest q ON q.case_id = c.id AND q.state = 'open'
  JOIN cases_teamterm t ON t.case_id = c.id AND t.until IS NULL
  JOIN standing p ON p.user_id = t.user_id AND p.body = q.to_body""",
        notice=3,
        leader_after=3,
        director_after=14,
    ),
    Rule(
        _K.MESSAGE_WAITS,
        f"""
  SELECT c.id, m.id, day_of(m.newest_at) + n.days,
    CASE WHEN m.waits_for = 'team' THEN c.manager END,
    CASE WHEN m.waits_for = 'client' THEN c.client END
  FROM open_case c JOIN caseplan_thread m ON m.case_id = c.id AND m.waits_for <> 'nobody'
  {_counted(_K.MESSAGE_WAITS)}""",
        notice=0,
        allowed=3,
        leader_after=7,
    ),
    Rule(
        _K.MEETING_NEXT,
        """
  SELECT c.id, m.id, day_of(m.starts_at), w.user_id, w.client
  FROM open_case c JOIN caseplan_meeting m ON m.case_id = c.id AND m.state = 'planned'
  JOIN LATERAL (
    SELECT c.manager, c.client
    UNION SELECT p.user_id, NULL FROM caseplan_participant p
    WHERE p.meeting_id = m.id AND p.user_id IS NOT NULL
  ) w(user_id, client) ON true
  WHERE day_of(m.starts_at) >= %(on)s""",
        notice=1,
    ),
    # A request the client has not answered: the client and the one who asked, if still on the team.
    Rule(
        _K.CONSENT_ASKED,
        """
  SELECT c.id, q.id, day_of(q.asked_at) + %(consent_days)s,
    (SELECT t.user_id FROM cases_teamterm t
      WHERE t.case_id = c.id AND t.user_id = q.asked_by_id AND t.until IS NULL LIMIT 1),
    c.client
  FROM open_case c JOIN consent_consentrequest q ON q.case_id = c.id AND q.closed_at IS NULL""",
        notice=0,
    ),
    # The client, and the workers of the body that reads by it: nobody else learns that it is there.
    Rule(
        _K.CONSENT_ENDS,
        """
  SELECT DISTINCT c.id, l.consent_id, l.valid_to, p.user_id, c.client
  FROM open_case c JOIN consent_consentline l ON l.case_id = c.id
    AND l.ended_at IS NULL AND NOT l.denied AND l.valid_to >= %(on)s
  LEFT JOIN cases_teamterm t ON t.case_id = c.id AND t.until IS NULL
  LEFT JOIN standing p ON p.user_id = t.user_id AND p.body = l.receiver""",
        notice=14,
    ),
    Rule(
        _K.TRIGGER_COMING,
        """
  SELECT DISTINCT c.id, c.id, k.expected_on, c.manager, NULL::uuid
  FROM open_case c JOIN benefits_coming k ON k.person_id = c.person
  WHERE k.expected_on >= %(on)s""",
        notice=30,
    ),
    # The later of the last message, step, goal, held meeting and check-in; only that there was one.
    Rule(
        _K.NO_CONTACT,
        f"""
  SELECT c.id, c.id, day_of(contact.at) + n.days, c.manager, NULL::uuid
  FROM open_case c {_counted(_K.NO_CONTACT)}, LATERAL (SELECT greatest(c.opened_at,
    (SELECT max(m.newest_at) FROM caseplan_thread m WHERE m.case_id = c.id),
    (SELECT max(g.recorded_at) FROM caseplan_goal g WHERE g.case_id = c.id),
    (SELECT max(greatest(a.recorded_at, a.closed_at))
      FROM caseplan_action a WHERE a.case_id = c.id),
    (SELECT max(m.starts_at) FROM caseplan_meeting m WHERE m.case_id = c.id AND m.state = 'held'),
    (SELECT max(i.recorded_at) FROM followup_checkin i WHERE i.case_id = c.id)) AS at) contact""",
        notice=0,
        allowed=60,
        leader_after=30,
    ),
    Rule(
        _K.CHECK_IN,
        f"""
  SELECT c.id, c.id, day_of(greatest(c.opened_at,
      (SELECT max(i.recorded_at) FROM followup_checkin i WHERE i.case_id = c.id))) + n.days,
    NULL::uuid, c.client
  FROM open_case c {_counted(_K.CHECK_IN)} WHERE c.client IS NOT NULL""",
        notice=0,
        allowed=28,
    ),
    # The client's own answer comes first of all, and so it does when they ask for it afterwards.
    Rule(
        _K.HELP_WANTED,
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
    # Report L4908-4911: to whom was named at the ending, and to the client.
    Rule(
        _K.POINT_DUE,
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
    # Handbook 25: advice, never a denial.
    Rule(
        _K.GOAL_STALLED,
        f"""
  SELECT c.id, g.id, day_of(moved.at) + n.days, c.manager, NULL::uuid
  FROM open_case c JOIN caseplan_goal g ON g.case_id = c.id AND g.dropped_at IS NULL
  {_counted(_K.GOAL_STALLED)}, LATERAL (SELECT greatest(g.recorded_at,
    (SELECT max(greatest(a.recorded_at, a.closed_at))
      FROM caseplan_action a WHERE a.goal_id = g.id),
    (SELECT max(r.recorded_at) FROM caseplan_goalrating r WHERE r.goal_id = g.id)) AS at) moved
  WHERE NOT EXISTS (SELECT FROM caseplan_goalrating r
    WHERE r.goal_id = g.id AND r.status = 'reached')""",
        notice=0,
        allowed=90,
    ),
    Rule(
        _K.LONG_SERVICE,
        f"""
  SELECT c.id, c.id, c.started_on + n.days, c.manager, NULL::uuid
  FROM open_case c {_counted(_K.LONG_SERVICE)}""",
        notice=0,
        allowed=1096,
    ),
    # Handbook 14: the client coordinates alone.
    Rule(
        _K.ALL_ON_CLIENT,
        f"""
  SELECT c.id, c.id, day_of(max(a.recorded_at)), c.manager, NULL::uuid
  FROM open_case c JOIN caseplan_action a ON a.case_id = c.id
    AND a.state IN ('planned', 'in_progress', 'waiting')
  {_counted(_K.ALL_ON_CLIENT)}
  GROUP BY c.id, c.manager, n.days
  HAVING count(*) >= n.days AND bool_and(a.owner_party = 'client')""",
        notice=0,
        allowed=2,
    ),
    Rule(
        _K.SAME_AGAIN,
        """
  SELECT c.id, m.id, day_of(m.recorded_at), c.manager, NULL::uuid
  FROM open_case c JOIN caseplan_measure m ON m.case_id = c.id
  WHERE EXISTS (SELECT FROM caseplan_measure e WHERE e.case_id = c.id
    AND e.recorded_at < m.recorded_at AND e.body = m.body
    AND (e.service = m.service AND e.service NOT IN ('', 'other')
      OR lower(e.name) = lower(m.name)))
    AND NOT EXISTS (SELECT FROM caseplan_measure e WHERE e.case_id = c.id
      AND e.recorded_at > m.recorded_at)""",
        notice=0,
    ),
)
# About a worker and no client: asked once a night, not case by case.
COVERS = Rule(
    _K.COVER_ENDS,
    """
  SELECT NULL::uuid, k.id, day_of(k.until), w.user_id, NULL::uuid
  FROM cases_cover k, LATERAL (VALUES (k.user_id), (k.by_id)) w(user_id)
  WHERE day_of(k.until) >= %(on)s""",
    notice=3,
)
_supplied: dict[ReminderKind, Rule] = {}


def supply(rule: Rule) -> None:
    """Add a rule that a room above owns. Called once, when the applications are ready."""
    _supplied[rule.kind] = rule


def all_rules() -> list[Rule]:
    """Every rule that asks about cases, in a fixed order."""
    return [*CORE, *_supplied.values()]


def rule_of(kind: ReminderKind) -> Rule:
    """The rule of a kind, as the national core has it."""
    return next(rule for rule in (*all_rules(), COVERS) if rule.kind == kind)


@dataclass(frozen=True, slots=True)
class Decided:
    """A rule with what one network has decided; figures in days, as in :class:`Rule`."""

    network: UUID
    rule: Rule
    is_on: bool
    notice: int
    allowed: int | None
    leader_after: int | None
    director_after: int | None


def rules_in(networks: Iterable[UUID]) -> list[Decided]:
    """Every rule as it holds in each of the networks. One query."""
    newest = {
        (row.network_id, row.kind): row
        for row in ReminderRule.objects.filter(network__in=list(networks)).order_by(
            "network", "kind", "decided_at"
        )
    }
    return [
        _decided(network, rule, newest.get((network, rule.kind)))
        for network in networks
        for rule in (*all_rules(), COVERS)
    ]


def _decided(network: UUID, rule: Rule, own: ReminderRule | None) -> Decided:
    if own is None:
        own = ReminderRule(network_id=network, kind=rule.kind)
    return Decided(
        network=network,
        rule=rule,
        is_on=own.is_on or rule.statutory,
        notice=_first(own.notice, rule.notice),
        allowed=own.allowed if own.allowed is not None else rule.allowed,
        leader_after=own.leader_after if own.leader_after is not None else rule.leader_after,
        director_after=(
            own.director_after if own.director_after is not None else rule.director_after
        ),
    )


def _first(own: int | None, core: int) -> int:
    return core if own is None else own
