"""Fills the outbox from the facts themselves, each with a key of its own: none twice, none lost.

Nothing is handed over here. A fact that is there is told of, however often this is asked and
whatever was killed in between.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Func, TextField, Value

from common.actor import Actor
from followup.models import Notice, Notification, Reminder

# Whom to tell by which channel: what they chose, and where there is an address at all.
_BY_CHANNEL = """
JOIN people_user u ON u.id = t.user_id AND u.is_active
LEFT JOIN people_person p ON p.user_id = u.id
LEFT JOIN followup_contactchoice k ON k.user_id = u.id
JOIN LATERAL (VALUES
  ('email', coalesce(k.email, true) AND NOT coalesce(p.non_disclosure, false)
    AND coalesce(p.email, u.email) <> ''),
  ('sms', coalesce(k.sms, false) AND NOT coalesce(p.non_disclosure, true) AND p.phone <> ''),
  ('suomifi', coalesce(k.suomifi, false) AND p.id IS NOT NULL)
) by_channel(channel, is_on) ON by_channel.is_on AND p.died_on IS NULL
"""
_INTO = """
INSERT INTO followup_notification
  (id, user_id, channel, notice, about, made_at, not_before, state, tries, handings, failure)
SELECT gen_random_uuid(), t.user_id, by_channel.channel, t.notice, t.about, %(now)s, %(now)s,
  'waiting', 0, 0, ''
FROM tell t
"""
_ONCE = " ON CONFLICT (user_id, channel, notice, about) DO NOTHING"

# Whoever has something since their last digest or news, or due today; the client of a point gets
# its link. A worker's digest does not come on a weekend: Monday's tells of it.
_NIGHT = (
    """
WITH last AS (
  SELECT user_id, max(about) AS about FROM followup_notification
  WHERE notice IN ('digest', 'news') GROUP BY user_id
),
fresh AS (
  SELECT DISTINCT r.for_user_id AS user_id FROM followup_reminder r
  LEFT JOIN last ON last.user_id = r.for_user_id
  WHERE r.ended_on IS NULL AND (r.snoozed_until IS NULL OR r.snoozed_until <= %(on)s)
    AND (r.kind <> 'point_due' OR NOT EXISTS (
      SELECT FROM people_person p WHERE p.user_id = r.for_user_id))
    AND (last.about IS NULL OR r.raised_on::text > last.about OR r.due_on = %(on)s
      OR r.snoozed_until = %(on)s)
),
tell AS (
  SELECT f.user_id, 'digest' AS notice, %(on)s::date::text AS about FROM fresh f
  WHERE NOT EXISTS (SELECT FROM people_person p WHERE p.user_id = f.user_id)
    AND extract(isodow FROM %(on)s::date) < 6
  UNION ALL
  SELECT f.user_id, 'news', %(on)s::date::text FROM fresh f
  JOIN people_person p ON p.user_id = f.user_id
  UNION ALL
  SELECT r.for_user_id, 'point', r.subject_id::text FROM followup_reminder r
  JOIN people_person p ON p.user_id = r.for_user_id
  WHERE r.kind = 'point_due' AND r.ended_on IS NULL
)
"""
    + _INTO
    + _BY_CHANNEL
    + _ONCE
)

# What the team has newly put before the client and the client has not seen: a message, a meeting,
# a proposed plan, a request for consent, and any change of what was put before them. At most one
# letter an hour, whatever came.
_FRESH = (
    """
WITH client AS (
  SELECT c.id, p.user_id FROM cases_case c JOIN people_person p ON p.id = c.person_id
  WHERE c.ended_at IS NULL AND p.user_id IS NOT NULL
),
happened AS (
  SELECT c.user_id, m.id::text AS id, m.recorded_at AS at FROM case_messages_message m
  JOIN case_messages_thread t ON t.id = m.thread_id AND t.kind = 'dialogue'
  JOIN client c ON c.id = m.case_id
  WHERE m.recorded_at > %(since)s AND m.recorded_for <> 'client' AND NOT EXISTS (
    SELECT FROM case_messages_readmark k
    WHERE k.thread_id = t.id AND k.user_id = c.user_id AND k.read_at >= m.recorded_at)
  UNION ALL
  SELECT c.user_id, m.id::text, m.recorded_at FROM meetings_meeting m
  JOIN client c ON c.id = m.case_id
  WHERE m.recorded_at > %(since)s AND m.state = 'planned' AND m.starts_at > %(now)s
  UNION ALL
  SELECT c.user_id, v.id::text, v.proposed_at FROM plan_planversion v
  JOIN client c ON c.id = v.case_id
  WHERE v.proposed_at > %(since)s AND v.in_force_at IS NULL AND v.set_aside_at IS NULL
    AND NOT EXISTS (SELECT FROM plan_answer a
      WHERE a.version_id = v.id AND a.party = 'client')
  UNION ALL
  SELECT p.user_id, e.id::text, e.done_at FROM people_lifeevent e
  JOIN people_person p ON p.id = e.person_id AND p.user_id IS NOT NULL
  WHERE e.done_at > %(since)s AND e.state = 'done' AND e.kind <> 'died'
  UNION ALL
  -- Whoever asked for joint service is answered, before there is a case or where none begins.
  SELECT p.user_id, r.id::text, r.answered_at FROM intake_ownrequest r
  JOIN people_person p ON p.id = r.person_id AND p.user_id IS NOT NULL
  WHERE r.answered_at > %(since)s AND r.read_at IS NULL AND r.state IN ('begun', 'refused')
  UNION ALL
  SELECT c.user_id, q.id::text, q.asked_at FROM consent_consentrequest q
  JOIN client c ON c.id = q.case_id
  WHERE q.asked_at > %(since)s AND q.closed_at IS NULL
  UNION ALL
  -- Two changes of one thing before it is seen are one row, whose moment moves: told of again.
  -- Who goes on after the end is told when it has ended.
  SELECT n.for_user_id, n.id || '@' || extract(epoch FROM n.at)::bigint, n.at FROM cases_news n
  JOIN cases_case c ON c.id = n.case_id AND (c.ended_at IS NULL OR c.state = 'follow_up')
  JOIN people_person p ON p.id = c.person_id AND p.user_id = n.for_user_id
  WHERE n.at > %(since)s AND n.seen_at IS NULL
),
newest AS (
  SELECT DISTINCT ON (h.user_id) h.user_id, h.id, h.at FROM happened h
  ORDER BY h.user_id, h.at DESC, h.id
),
tell AS (
  SELECT n.user_id, 'message' AS notice, n.id AS about FROM newest n
  JOIN people_user u ON u.id = n.user_id
  WHERE (u.last_login IS NULL OR u.last_login < n.at) AND NOT EXISTS (
    SELECT FROM followup_notification o WHERE o.user_id = n.user_id AND o.notice = 'message'
      AND o.made_at > %(now)s - interval '1 hour')
)
"""
    + _INTO
    + _BY_CHANNEL
    + _ONCE
)

# Somebody outside who is invited and to whom something is open: the invitation goes to their own
# address. It holds no secret; the letter is written when it is handed over.
_INVITED = """
INSERT INTO followup_notification
  (id, channel, notice, about, made_at, not_before, state, tries, handings, failure)
SELECT gen_random_uuid(), CASE WHEN p.email <> '' THEN 'email' ELSE 'sms' END, 'invited',
  p.id || '@' || p.invitation_number, %(now)s, %(now)s, 'waiting', 0, 0, ''
FROM consent_outsideparty p JOIN cases_case c ON c.id = p.case_id AND c.ended_at IS NULL
WHERE p.user_id IS NULL AND p.ended_at IS NULL AND p.secret_until > %(now)s
  AND (p.email <> '' OR p.phone <> '') AND EXISTS (
    SELECT FROM consent_consentline l WHERE l.party_id = p.id AND l.ended_at IS NULL
      AND NOT l.denied AND (l.valid_to IS NULL OR l.valid_to >= day_of(%(now)s)))
ON CONFLICT (user_id, channel, notice, about) DO NOTHING
"""

# Somebody outside to whom something was open: that it has ended, and never what or why.
_ENDED = (
    """
WITH tell AS (
  SELECT o.user_id, 'ended' AS notice,
    o.id || '@' || extract(epoch FROM o.ended_at)::bigint AS about
  FROM consent_outsideparty o WHERE o.user_id IS NOT NULL AND o.ended_at > %(since)s
)
"""
    + _INTO
    + _BY_CHANNEL
    + _ONCE
)


@transaction.atomic
def notify_of_the_night(*, actor: Actor, on: date, now: datetime) -> int:
    """Put into the outbox what the night found to tell. Returns how many; twice changes nothing."""
    assert actor.kind == "system"
    return _insert(_NIGHT, {"on": on, "now": now})


@transaction.atomic
def notify_of_messages(*, actor: Actor, now: datetime) -> int:
    """Put into the outbox what the team has newly put before its clients, the last day's."""
    assert actor.kind == "system"
    return _insert(_FRESH, {"now": now, "since": now - timedelta(days=1)})


def forget_notifications_about(keys: Iterable[UUID]) -> int:
    """Rows are erased: that somebody was told of one of them is forgotten; how many were.

    So are the reminders of what stood before a case; those of a case go with it.
    """
    keys = list(keys)
    Reminder.objects.filter(case=None, subject_id__in=keys).delete()
    told = Func(F("about"), Value("@"), Value(1), function="split_part", output_field=TextField())
    rows = Notification.objects.annotate(thing=told).filter(thing__in=[str(key) for key in keys])
    return rows.delete()[0]


@transaction.atomic
def notify_outside_parties(*, actor: Actor, now: datetime) -> int:
    """Put into the outbox the invitations that wait to be sent, and what has ended for whom."""
    assert actor.kind == "system"
    return _insert(_INVITED, {"now": now}) + _insert(
        _ENDED, {"now": now, "since": now - timedelta(days=1)}
    )


# A letter about an account goes by e-mail whatever its owner chose: it is how they get in. For
# nobody's account the same statement is run.
_ACCOUNT = (
    """
INSERT INTO followup_notification
  (id, user_id, channel, notice, about, made_at, not_before, state, tries, handings, failure)
SELECT gen_random_uuid(), u.id, 'email', %(notice)s, %(about)s, %(now)s, %(now)s,
  'waiting', 0, 0, ''
FROM people_user u WHERE u.id = %(user_id)s::uuid
"""
    + _ONCE
)


@transaction.atomic
def notify_of_account(*, user_id: UUID | None, notice: Notice, about: str, now: datetime) -> None:
    """Put a letter about an account into the outbox; where ``user_id`` is None, none."""
    _insert(_ACCOUNT, {"user_id": user_id, "notice": notice.value, "about": about, "now": now})


def _insert(statement: str, values: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
