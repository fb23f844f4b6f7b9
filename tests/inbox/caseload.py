"""Two hundred cases more for the case manager of the demo, laid down set by set."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

CASES = 203
STEP, REQUEST = "Step", "Could you look at"


class Asked(Protocol):
    """A connection or a cursor: what a statement is given to."""

    def execute(self, query: Any, params: Any = None, /) -> Any: ...


# Of each third a message waits, of every tenth a request; each has an own step of the manager, some
# late, most far ahead; one meeting today, and some in the days to come.
_ROWS = """
CREATE TEMP TABLE week_case AS SELECT n, gen_random_uuid() AS id, gen_random_uuid() AS person,
    gen_random_uuid() AS goal, gen_random_uuid() AS thread, gen_random_uuid() AS meeting,
    k.network_id AS network, me.id AS me, social.id AS social, p.identity_code_encrypted AS code,
    p.municipality_code AS town, now() - make_interval(days => 20 + n % 60) AS opened
  FROM generate_series(1, %(cases)s) n, people_user client, people_person p, cases_case k,
    people_user me, people_user social
  WHERE client.username = 'client' AND p.user_id = client.id AND k.person_id = p.id
    AND me.username = 'employment' AND social.username = 'social';
INSERT INTO people_person (id, identity_code_encrypted, identity_code_hash, birth_date, last_name,
    first_names, sort_key, language, municipality_code, email, phone, non_disclosure)
  SELECT person, code, md5('week' || n) || md5('more' || n), date '1970-01-01' + n * 31, name,
    'Eino', lower(name) || ' eino', 'fi', town, '', '', false
  FROM week_case, LATERAL (SELECT 'Viikkonen' || chr(64 + 1 + n / 26) || chr(97 + n % 26)) w(name);
INSERT INTO cases_case (id, person_id, network_id, statute, state, hold_why, started_on, opened_at,
    opened_by_id)
  SELECT id, person, network, '381/2023', 'mapping', '', opened::date, opened, me FROM week_case;
INSERT INTO cases_teammembership (id, case_id, user_id, role, why, since)
  SELECT gen_random_uuid(), id, me, 'case_manager', '', opened FROM week_case
  UNION ALL SELECT gen_random_uuid(), id, social, 'member', '', opened FROM week_case;
INSERT INTO plan_goal (id, case_id, category, recorded_for, recorded_by_id, recorded_at, kind,
    text, revision)
  SELECT goal, id, 'plan_follow_up', 'social', social, opened, 'joint', 'A goal', 1 FROM week_case;
INSERT INTO plan_action (id, case_id, goal_id, category, recorded_for, recorded_by_id, recorded_at,
    text, owner_party, owner_id, due_on, state, state_reason, revision)
  SELECT gen_random_uuid(), id, goal, 'plan_follow_up', 'employment', me, opened,
    %(step)s || ' ' || n, 'employment', me, %(today)s::date + n % 90 - 6, 'planned', '', 1
  FROM week_case;
INSERT INTO case_messages_thread (id, case_id, category, recorded_for, recorded_by_id, recorded_at,
    kind, topic, waits_for, newest_at)
  SELECT thread, id, 'plan_follow_up', 'social', social, opened, 'dialogue', 'The bus card', 'team',
    now() - make_interval(hours => n) FROM week_case WHERE n % 3 = 0;
INSERT INTO case_messages_message (id, case_id, category, recorded_for, recorded_by_id, recorded_at,
    thread_id, text)
  SELECT gen_random_uuid(), id, 'plan_follow_up', 'social', social,
    now() - make_interval(hours => n), thread, 'When?' FROM week_case WHERE n % 3 = 0;
INSERT INTO plan_bodyrequest (id, case_id, category, recorded_for, recorded_by_id, recorded_at,
    goal_id, to_body, text, answer_by, state, answer)
  SELECT gen_random_uuid(), id, 'plan_follow_up', 'social', social, now(), goal, 'employment',
    %(request)s || ' ' || n || '?', %(today)s::date + 5, 'open', ''
  FROM week_case WHERE n % 10 = 0;
INSERT INTO meetings_meeting (id, case_id, category, recorded_for, recorded_by_id, recorded_at,
    revision, starts_at, minutes_long, place, remote_link, state, cancelled_because,
    cancelled_code, without_client, no_service)
  SELECT meeting, id, 'plan_follow_up', 'employment', me, opened, 1,
    %(today)s::date + make_interval(days => n / 20, hours => 12), 45, 'Salo, room 2', '',
    'planned', '', '', '', '' FROM week_case WHERE n % 20 = 1;
INSERT INTO meetings_participant (id, meeting_id, role, name, body, coming, user_id)
  SELECT gen_random_uuid(), meeting, 'case_manager', '', 'employment', 'comes', me
  FROM week_case WHERE n % 20 = 1
"""


def fill(database: Asked, today: date) -> None:
    """Lay the cases down, as of today."""
    values = {"cases": CASES, "step": STEP, "request": REQUEST, "today": today}
    for statement in _ROWS.replace(" % ", " %% ").split(";\n"):
        database.execute(statement, values)
