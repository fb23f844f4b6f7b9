"""Cases of any number with their teams, plans and consents, laid down set by set.

Always the same for the same number. Networks of 5 000 cases; in each the three bodies have an
office of some sixty workers, of whom some carry three times the cases of others. Two fifths of
the cases have Kela's whole office on the team, as the rules allow, the rest a named user. Three
clients of ten have decided something: agreed, said no, about one office or one thing only, for a
time, and taken back. Every fourth case has a meeting in the coming fortnight, every third a message
that nobody has answered. Beside the cases stand a tenth as many people whom a trigger has reached.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from common.actor import Actor, ActorKind
from common.bodies import Body
from common.clock import day_of
from consent.models import CLOSED_LIST, Category, Fact
from people.models import User
from statutes.reader import law_on

NOW = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
IN_A_NETWORK = 5_000
TABLES = (
    "people_network", "people_office", "people_user", "people_position", "people_person",
    "cases_case", "cases_teammembership", "cases_temporaryaccess", "consent_ground",
    "consent_consent", "consent_consentline", "plan_goal", "plan_action", "plan_planversion",
    "plan_clockchange", "meetings_meeting", "meetings_participant", "case_messages_thread",
    "case_messages_message", "benefits_flag",
)  # fmt: skip

# Ids in the order of time, as the services make them, and dice that fall the same every time.
_FUNCTIONS = """
CREATE FUNCTION pg_temp.nth(kind text, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT (lpad(to_hex(1700000000000 + n * 60000), 12, '0') || '7' || left(md5(kind || n), 3)
    || '8' || substr(md5(kind || n), 4, 15))::uuid $$;
CREATE FUNCTION pg_temp.chance(kind text, n bigint) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$
  SELECT (hashtextextended(kind || n, 0) & 2147483647) / 2147483648.0 $$;
CREATE FUNCTION pg_temp.one_of(kind text, n bigint, words text[]) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT words[1 + floor(pg_temp.chance(kind, n) * cardinality(words))::int] $$;
"""
_PEOPLE = """
INSERT INTO people_network (id, name)
  SELECT pg_temp.nth('network', k), 'Network ' || k FROM generate_series(1, %(networks)s) k;
INSERT INTO people_office (id, network_id, body, name, phone)
  SELECT pg_temp.nth(body, k), pg_temp.nth('network', k), body, body || ' ' || k, ''
  FROM generate_series(1, %(networks)s) k, unnest(%(bodies)s::text[]) body;
INSERT INTO people_user (id, username, password, first_name, last_name, email, language,
    is_active, created_at)
  SELECT pg_temp.nth(body || ' user', k * 1000 + w), body || k || '.' || w, '!', 'Veera',
    'Worker ' || w, '', 'fi', true, %(now)s
  FROM generate_series(1, %(networks)s) k, generate_series(0, %(workers)s - 1) w,
    unnest(%(bodies)s::text[]) body;
INSERT INTO people_position (id, user_id, role, network_id, office_id, title, phone, since)
  SELECT pg_temp.nth(body || ' position', k * 1000 + w),
    pg_temp.nth(body || ' user', k * 1000 + w),
    'caseworker', pg_temp.nth('network', k), pg_temp.nth(body, k), '', '',
    %(now)s - interval '900 days'
  FROM generate_series(1, %(networks)s) k, generate_series(0, %(workers)s - 1) w,
    unnest(%(bodies)s::text[]) body;
INSERT INTO people_person (id, identity_code_encrypted, identity_code_hash, birth_date, last_name,
    first_names, sort_key, language, municipality_code, email, phone, non_disclosure)
  SELECT pg_temp.nth('person', n), '', md5('code' || n) || md5('more' || n),
    date '1960-01-01' + (n * 37 %% 17000)::int, name, 'Aino ' || n, lower(name) || ' aino ' || n,
    'fi', lpad((n %% 310)::text, 3, '0'), '', '', false
  FROM generate_series(1, %(cases)s) n,
    LATERAL (SELECT 'Testinen' || lpad((n * 7919 %% 997)::text, 3, '0') AS name) named;
"""
_GROUNDS = """
INSERT INTO consent_ground (id, network_id, category, receiver, basis, section, note, valid_from,
    signed_by)
  SELECT gen_random_uuid(), pg_temp.nth('network', network), category, receiver, basis,
    '381/2023 15 §', '', date '2025-01-01', ''
  FROM unnest(%(ground_networks)s::bigint[], %(ground_categories)s::text[],
    %(ground_receivers)s::text[], %(ground_bases)s::text[]) g(network, category, receiver, basis);
INSERT INTO consent_grounddecision (id, ground_id, act, set_up_by, begun_at, confirmed_at)
  SELECT gen_random_uuid(), id, 'sign', 'system:bench', %(now)s, %(now)s FROM consent_ground;
UPDATE consent_ground SET signed_at = %(now)s, signed_by = 'Officer';
"""
# Who works on which case is asked for several times: one row a case.
_CASES = """
CREATE TEMP TABLE caseload AS
  SELECT n, pg_temp.nth('case', n) AS id, k, pg_temp.nth('network', k) AS network,
    pg_temp.nth('employment user', k * 1000 + a) AS employment,
    pg_temp.nth('social user', k * 1000 + b) AS social,
    pg_temp.nth('kela user', k * 1000 + c) AS kela,
    pg_temp.nth('kela', k) AS kela_office,
    pg_temp.chance('office', n) < 0.4 AS whole_office,
    pg_temp.chance('manager', n) < 0.3 AS social_manages,
    %(now)s - make_interval(days => 10 + floor(pg_temp.chance('opened', n) * 360)::int) AS opened,
    pg_temp.chance('ended', n) < 0.1 AS ended
  FROM generate_series(1, %(cases)s) n,
    LATERAL (SELECT 1 + (n - 1) %% %(networks)s AS k,
      floor(%(workers)s * power(pg_temp.chance('a', n), 1.3)) ::bigint AS a,
      floor(%(workers)s * power(pg_temp.chance('b', n), 1.3)) ::bigint AS b,
      floor(%(workers)s * power(pg_temp.chance('c', n), 1.3)) ::bigint AS c) drawn;
INSERT INTO cases_case (id, person_id, network_id, statute, state, hold_why,
    started_on, opened_at, opened_by_id, ended_at, ended_by_id)
  SELECT id, pg_temp.nth('person', n), network, '381/2023',
    CASE WHEN ended THEN 'follow_up' ELSE 'mapping' END, '', opened::date, opened, employment,
    CASE WHEN ended THEN %(now)s - interval '5 days' END, CASE WHEN ended THEN employment END
  FROM caseload;
INSERT INTO cases_teammembership (id, case_id, user_id, office_id, role, why, since)
  SELECT pg_temp.nth('employment term', n), id, employment, NULL::uuid,
    CASE WHEN social_manages THEN 'member' ELSE 'case_manager' END, '', opened FROM caseload
  UNION ALL SELECT pg_temp.nth('social term', n), id, social, NULL,
    CASE WHEN social_manages THEN 'case_manager' ELSE 'member' END, '', opened FROM caseload
  UNION ALL SELECT pg_temp.nth('kela term', n), id, CASE WHEN NOT whole_office THEN kela END,
    CASE WHEN whole_office THEN kela_office END, 'member', '', opened FROM caseload;
INSERT INTO cases_teammembership (id, case_id, user_id, role, why, since, until, ended_by_id)
  SELECT pg_temp.nth('former term', n), id,
    pg_temp.nth('social user', k * 1000 + floor(%(workers)s * pg_temp.chance('former', n))::bigint),
    'member', '', opened - interval '90 days', opened - interval '1 day', employment
  FROM caseload WHERE pg_temp.chance('handover', n) < 0.2;
INSERT INTO cases_temporaryaccess (user_id, permission_id, content_object_id, why, since, until)
  SELECT pg_temp.nth(body || ' user',
      k * 1000 + floor(%(workers)s * pg_temp.chance('cover', n))::bigint),
    p.id, c.id, 'asked', %(now)s - interval '3 days',
    %(now)s + make_interval(days => floor(pg_temp.chance('to', n) * 20)::int - 5)
  FROM caseload c, auth_permission p,
    LATERAL (SELECT pg_temp.one_of('whom', n, %(bodies)s::text[])) w(body)
  WHERE p.codename = 'view_case' AND pg_temp.chance('excepted', n) < 0.02
    AND pg_temp.chance('to', n) > 0.15;
"""
_PLANS = """
INSERT INTO plan_goal (id, case_id, category, recorded_for, recorded_by_id, recorded_at, kind,
    text, revision)
  SELECT pg_temp.nth('goal', n * 10 + g), id,
    pg_temp.one_of('goal', n * 10 + g, %(categories)s::text[]),
    CASE WHEN g = 1 THEN 'client' ELSE 'social' END, social, opened,
    CASE WHEN g = 1 THEN 'client' ELSE 'joint' END, 'A goal', 1
  FROM caseload, generate_series(1, 2) g;
INSERT INTO plan_action (id, case_id, goal_id, category, recorded_for, recorded_by_id,
    recorded_at, text, owner_party, owner_id, due_on, state, state_reason, closed_at, closed_by_id,
    revision)
  SELECT pg_temp.nth('action', m), id, pg_temp.nth('goal', n * 10 + 1 + a %% 2),
    pg_temp.one_of('action', m, %(categories)s::text[]), body, employment, opened, 'An action',
    body,
    CASE body WHEN 'social' THEN social WHEN 'kela' THEN kela ELSE employment END,
    %(now)s::date + floor(pg_temp.chance('due', m) * 90)::int - 20,
    CASE WHEN closed THEN 'done' ELSE 'planned' END, '',
    CASE WHEN closed THEN %(now)s END, CASE WHEN closed THEN employment END, 1
  FROM caseload, generate_series(1, 6) a,
    LATERAL (SELECT n * 10 + a) r(m),
    LATERAL (SELECT pg_temp.one_of('by', m, %(bodies)s::text[]),
      pg_temp.chance('closed', m) < 0.4)
      w(body, closed);
INSERT INTO plan_planversion (id, case_id, number, parties, proposed_at, proposed_by_id,
    in_force_at, replaced_at, set_aside_at, review_due_on, review_section)
  SELECT pg_temp.nth('version', n * 10 + v), id, v, '{client,employment,social}', opened,
    employment, CASE WHEN v < 3 AND d < 0.7 THEN opened END,
    CASE WHEN v = 1 AND d < 0.7 THEN opened END, CASE WHEN v < 3 AND d >= 0.7 THEN opened END,
    CASE WHEN v < 3 AND d < 0.7 THEN add_months(opened::date, 6) END,
    CASE WHEN v < 3 AND d < 0.7 THEN '381/2023 5 §' ELSE '' END
  FROM caseload, LATERAL (SELECT pg_temp.chance('plan', n)) w(d), generate_series(1, 3) v
  WHERE v < 3 OR pg_temp.chance('proposal', n) < 0.25;
INSERT INTO plan_clockchange (id, case_id, category, recorded_for, recorded_by_id, recorded_at,
    kind, subject_id, from_on, to_on, why)
  SELECT pg_temp.nth('clock', n), c.id, 'plan_follow_up', 'social', social, opened,
    CASE WHEN v.id IS NULL THEN 'plan_due' ELSE 'review_due' END, coalesce(v.id, c.id),
    opened::date, opened::date + 13, 'In hospital'
  FROM caseload c LEFT JOIN plan_planversion v
    ON v.case_id = c.id AND v.in_force_at IS NOT NULL AND v.replaced_at IS NULL
  WHERE pg_temp.chance('moved', n) < 0.1;
"""
# What waits on somebody's first page, by the day it is measured on.
_TALKS = """
INSERT INTO meetings_meeting (id, case_id, category, recorded_for, recorded_by_id, recorded_at,
    revision, starts_at, minutes_long, place, remote_link, state, cancelled_because,
    cancelled_code, without_client, no_service)
  SELECT pg_temp.nth('meeting', n), id, 'plan_follow_up', 'social', social, opened, 1,
    current_date + make_interval(days => (n %% 14)::int, hours => 9 + (n %% 7)::int), 45, 'Here',
    '', 'planned', '', '', '', ''
  FROM caseload WHERE NOT ended AND pg_temp.chance('meets', n) < 0.25;
INSERT INTO meetings_participant (id, meeting_id, role, name, body, coming, user_id)
  SELECT pg_temp.nth('participant ' || role, n), pg_temp.nth('meeting', n), role, '', body, '', who
  FROM caseload, LATERAL (VALUES ('case_manager', 'social', social),
    ('employment', 'employment', employment), ('client', '', NULL)) asked(role, body, who)
  WHERE NOT ended AND pg_temp.chance('meets', n) < 0.25;
INSERT INTO case_messages_thread (id, case_id, category, recorded_for, recorded_by_id,
    recorded_at, kind, topic, waits_for, newest_at)
  SELECT pg_temp.nth('thread', n), id, 'plan_follow_up', 'social', social, opened, 'dialogue',
    'A topic', 'team', now() - make_interval(days => (n %% 9)::int)
  FROM caseload WHERE NOT ended AND pg_temp.chance('writes', n) < 0.33;
INSERT INTO case_messages_message (id, case_id, category, recorded_for, recorded_by_id,
    recorded_at, thread_id, text)
  SELECT pg_temp.nth('message', n), id, 'plan_follow_up', 'social', social, opened,
    pg_temp.nth('thread', n), 'Some words'
  FROM caseload WHERE NOT ended AND pg_temp.chance('writes', n) < 0.33;
"""
# Each network is one municipality; two of three people have reached one rule, the others two.
_WORKLIST = """
INSERT INTO people_municipality (code, name_fi, name_sv)
  SELECT lpad(k::text, 3, '0'), 'Kunta ' || k, 'Kommun ' || k
  FROM generate_series(1, %(networks)s) k ON CONFLICT DO NOTHING;
INSERT INTO people_networkmunicipality (id, network_id, municipality_id, since)
  SELECT pg_temp.nth('town', k), pg_temp.nth('network', k), lpad(k::text, 3, '0'), '2024-01-01'
  FROM generate_series(1, %(networks)s) k;
INSERT INTO people_person (id, identity_code_encrypted, identity_code_hash, birth_date, last_name,
    first_names, sort_key, language, municipality_code, email, phone, non_disclosure)
  SELECT pg_temp.nth('person', n), '', md5('code' || n) || md5('more' || n),
    date '1965-01-01' + (n * 37 %% 13000)::int, name, 'Eino ' || n, lower(name) || ' eino ' || n,
    'fi', lpad((1 + n %% %(networks)s)::text, 3, '0'), '', '', false
  FROM generate_series(%(cases)s + 1, %(cases)s * 11 / 10) n,
    LATERAL (SELECT 'Testinen' || lpad((n * 7919 %% 997)::text, 3, '0') AS name) named;
INSERT INTO benefits_registerimport (id, state, started_at, finished_at, imported_by, folder,
    newest_day, counts, progress, report, cancelled, turned_down_because)
  VALUES (pg_temp.nth('import', 1), 'done', %(now)s, %(now)s, 'system:bench', '',
    %(now)s::date, '{}', '{}', '{}', false, '');
INSERT INTO benefits_evaluation (id, asked_on, at, of_everybody, newest_import_id, counts)
  VALUES (pg_temp.nth('evaluation', 1), %(now)s::date, %(now)s, true,
    pg_temp.nth('import', 1), '{}');
INSERT INTO benefits_flag (person_id, rule, reached_on, opened_on, closed_because)
  SELECT pg_temp.nth('person', n), rule, day, day, ''
  FROM generate_series(%(cases)s + 1, %(cases)s * 11 / 10) n,
    LATERAL (SELECT %(now)s::date - (n %% 200)::int AS day,
      1 + n %% cardinality(%(rules)s::text[]) AS first) drawn,
    LATERAL (SELECT DISTINCT (%(rules)s::text[])[1 + (first - 1 + step) %% cardinality(
      %(rules)s::text[])] AS rule
      FROM generate_series(0, CASE WHEN n %% 3 = 0 THEN 1 ELSE 0 END) step) reached;
"""
_CONSENTS = """
INSERT INTO consent_policytext (version, language, text, published_at, published_by)
  VALUES (1, 'fi', 'Text', %(now)s, 'Officer');
INSERT INTO consent_consent (id, case_id, choice, scope, receiver, purpose, purpose_code,
    valid_from, method, scan_reference, witness, policy_id, given_at, recorded_by_id)
  SELECT pg_temp.nth('consent ' || body, n), c.id, 'granted', 'categories', body, 'Purpose', '',
    c.opened::date, 'online', '', '', p.id, c.opened, c.employment
  FROM caseload c, consent_policytext p, unnest(%(bodies)s::text[]) body
  WHERE pg_temp.chance('consents', n) < 0.3 AND pg_temp.chance('to ' || body, n) < 0.7;
-- The whole of a category, an office alone, or one thing of it; now and then two at once.
INSERT INTO consent_consentline (id, consent_id, case_id, denied, receiver, office_id, category,
    document, valid_from, valid_to, ended_at, ended_by_id)
  SELECT pg_temp.nth('line ' || receiver || kind || category, n),
    pg_temp.nth('consent ' || receiver, n), c.id,
    d < CASE kind WHEN 'whole' THEN 0.2 ELSE 0.5 END, receiver,
    CASE WHEN kind = 'office' THEN pg_temp.nth(receiver, k) END, category,
    CASE WHEN kind = 'thing' THEN pg_temp.nth('action', n * 10 + 1) END,
    opened::date, CASE WHEN e < 0.3 THEN %(now)s::date + floor(e * 1000)::int - 60 END,
    CASE WHEN e > 0.9 THEN %(now)s - interval '1 day' END,
    CASE WHEN e > 0.9 THEN pg_temp.nth('consent ' || receiver, n) END
  FROM caseload c, unnest(%(bodies)s::text[]) receiver, unnest(%(categories)s::text[]) category,
    (VALUES ('whole', 0.5), ('office', 0.1), ('thing', 0.1)) kinds(kind, share),
    LATERAL (SELECT pg_temp.chance(receiver || kind || category, n),
      pg_temp.chance('until' || receiver || kind || category, n)) w(d, e)
  WHERE pg_temp.chance('consents', n) < 0.3 AND pg_temp.chance('to ' || receiver, n) < 0.7
    AND pg_temp.chance('about' || receiver || kind || category, n) < share::float8;
"""
# Every case has been looked at before.
_LOG = """
INSERT INTO audit_auditrow (at, kind, actor_kind, actor, actor_body, action, purpose, subjects,
    shown_as, palette, categories, subject_type)
  SELECT opened, 'access', 'system', 'system:caseload', '', 'case_opened', 'keep_case', ARRAY[id],
    '{1}', 'plan_follow_up own', '{}', ''
  FROM caseload;
"""


@dataclass(frozen=True, slots=True)
class Reader:
    """A worker whose list is measured; ``by_name``: on the teams themselves, not their office."""

    described: str
    by_name: bool
    user: User
    actor: Actor


def fill(cases: int) -> list[Reader]:
    """Lay down so many cases; returns the workers to measure with."""
    networks = max(2, round(cases / IN_A_NETWORK))
    workers = max(2, min(cases // networks, IN_A_NETWORK) // 80)
    grounds = [
        (network, category.value, body.value, _basis(network, category, body))
        for network in (None, 2)
        for body in Body
        for category in Category
        if network is None or body is Body.KELA
    ] + [(None, fact.value, body.value, "statute") for body in Body for fact in Fact]
    values: dict[str, Any] = {
        "cases": cases,
        "networks": networks,
        "workers": workers,
        "now": NOW,
        "bodies": list(Body.values),
        "categories": list(Category.values),
        "rules": [rule.name for rule in law_on(day_of(NOW)).rules],
        **{
            f"ground_{name}": [row[n] for row in grounds]
            for n, name in enumerate(("networks", "categories", "receivers", "bases"))
        },
    }
    # One transaction: that a case has its manager is checked when it ends.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_FUNCTIONS)
        for script in (_PEOPLE, _GROUNDS, _CASES, _PLANS, _TALKS, _CONSENTS, _WORKLIST, _LOG):
            for statement in script.split(";\n"):
                if statement.strip():
                    cursor.execute(statement, values)
    with connection.cursor() as cursor:
        for table in (*TABLES, "audit_auditrow"):
            cursor.execute(f"VACUUM (ANALYZE) {table}")
    return [
        _reader("a worker with few", 1, Body.EMPLOYMENT, workers - 1),
        _reader("a worker with many", 1, Body.SOCIAL, 0),
        _reader("a whole office, plans by consent", 1, Body.KELA, workers // 2),
        _reader("a whole office, names by consent too", 2, Body.KELA, workers // 2),
    ]


def _basis(network: int | None, category: Category, body: Body) -> str:
    """By law what lies in the closed list, but Kela's: plans and more, in network 2 all of it."""
    if category not in CLOSED_LIST:
        return "consent"
    if body is Body.KELA:
        by_law = {Category.IDENTITY_CONTACT, Category.CASE_HANDLING, Category.SERVICE_NEEDS}
        return "statute" if network is None and category in by_law else "consent"
    health = category is Category.HEALTH_WORK_ABILITY and body is Body.EMPLOYMENT
    return "consent" if health else "statute"


def _reader(described: str, network: int, body: Body, number: int) -> Reader:
    user = User.objects.get(username=f"{body.value}{network}.{number}")
    position = user.positions.get()
    actor = Actor(
        kind=ActorKind.WORKER,
        name=user.full_name,
        user_id=user.pk,
        body=body,
        office_id=position.office_id,
        network_id=position.network_id,
    )
    return Reader(described, body is not Body.KELA, user, actor)
