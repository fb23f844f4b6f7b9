"""What the register import asks of the database: set by set, over the tables laid down for it."""

from __future__ import annotations

TEMPORARY = """
DROP TABLE IF EXISTS staged_person, staged_code, staged_day, staged_spell, staged_payment,
  staged_touched, staged_changed;
CREATE TEMPORARY TABLE staged_person (
  line integer, id uuid, code_hash text, file_hash text, former_hash text, masked text,
  code_encrypted bytea, birth_date date, last_name text, first_names text, sort_key text,
  language text, municipality text, email text, phone text, protection boolean, died_on date,
  left_out boolean DEFAULT false) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_code (
  raw text, code_hash text, masked text, reason text, person_id uuid) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_day (raw text, day date) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_touched (
  file text, person_id uuid, code_hash text, sure boolean) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_changed (person_id uuid) ON COMMIT DROP
"""


# Two lines that speak of one code as the former one, or of one that another line has as its own:
# chains, swaps and joins are not understood, and every line of them is turned away.
FORMER_TWICE = """
SELECT s.line FROM staged_person s
WHERE s.former_hash <> '' AND (
    s.former_hash IN (SELECT file_hash FROM staged_person)
    OR s.former_hash IN (
      SELECT former_hash FROM staged_person WHERE former_hash <> ''
      GROUP BY former_hash HAVING count(*) > 1)
    OR s.file_hash IN (SELECT former_hash FROM staged_person WHERE former_hash <> ''))
"""


# Whoever is spoken of by a code they no longer have is the same person.
SAME_PERSON = """
UPDATE staged_person s SET code_hash = p.identity_code_hash
FROM people_formercode f JOIN people_person p ON p.id = f.person_id
WHERE f.identity_code_hash = s.code_hash
"""


TWICE = """
SELECT line FROM (SELECT line, row_number() OVER (PARTITION BY code_hash ORDER BY line) AS n
  FROM staged_person) s WHERE n > 1
"""


# A person under the former code, who is not yet known by the new one.
CHANGED_CODES = """
SELECT s.line, p.id, s.code_encrypted,
  EXISTS (SELECT FROM people_person n WHERE n.identity_code_hash = s.code_hash AND n.id <> p.id)
  OR EXISTS (SELECT FROM people_formercode f
    WHERE f.identity_code_hash = s.file_hash AND f.person_id <> p.id)
FROM staged_person s JOIN people_person p ON p.identity_code_hash = s.former_hash
WHERE s.former_hash <> '' AND NOT s.left_out AND s.file_hash <> p.identity_code_hash
ORDER BY s.line
"""


# Somebody whose code was that once, and is now neither this one nor theirs to become.
FORMER_OF_ANOTHER = """
SELECT s.line FROM staged_person s JOIN people_formercode f ON f.identity_code_hash = s.former_hash
JOIN people_person p ON p.id = f.person_id
WHERE s.former_hash <> '' AND NOT s.left_out AND p.identity_code_hash <> s.code_hash
"""


# What is known of whoever lives elsewhere is that network's: by their own code or their former.
LEAVE_OUT = """
UPDATE staged_person s SET left_out = true FROM people_person p
WHERE (p.identity_code_hash = s.code_hash OR p.identity_code_hash = s.former_hash
    OR p.id IN (SELECT f.person_id FROM people_formercode f
      WHERE f.identity_code_hash = s.former_hash AND s.former_hash <> ''))
  AND NOT p.municipality_code = ANY(%s)
"""


QUESTIONS = """
INSERT INTO people_protectionquestion (person_id, said_at)
SELECT p.id, %(now)s FROM staged_person s JOIN people_person p ON p.identity_code_hash = s.code_hash
WHERE s.protection = false AND p.non_disclosure AND NOT s.left_out
ON CONFLICT (person_id) DO NOTHING
"""


NO_QUESTION = """
DELETE FROM people_protectionquestion q USING staged_person s, people_person p
WHERE p.identity_code_hash = s.code_hash AND q.person_id = p.id
  AND s.protection AND NOT s.left_out
"""


# What an extract changes in the life of somebody with a case is an act as if somebody had written
# it down (docs/adr/0011): what follows, follows, and the teams are told.
LIVES = """
SELECT p.id, (p.last_name, p.first_names) IS DISTINCT FROM (s.last_name, s.first_names),
  p.municipality_code, s.protection AND NOT p.non_disclosure,
  s.last_name, s.first_names, s.sort_key, s.municipality
FROM staged_person s JOIN people_person p ON p.identity_code_hash = s.code_hash
WHERE NOT s.left_out AND EXISTS (SELECT FROM cases_case c WHERE c.person_id = p.id)
  AND ((p.last_name, p.first_names, p.municipality_code)
      IS DISTINCT FROM (s.last_name, s.first_names, s.municipality)
    OR s.protection AND NOT p.non_disclosure)
ORDER BY p.id
"""


# A death, of anybody. Of a client the team is asked: the case ends by one of them, never by a
# file. What somebody has turned down or taken back is not said again for the same day.
DEATHS = """
SELECT p.id, s.died_on,
  EXISTS (SELECT FROM cases_case c WHERE c.person_id = p.id AND c.state = ANY(%s))
FROM staged_person s JOIN people_person p ON p.identity_code_hash = s.code_hash
WHERE NOT s.left_out AND s.died_on IS NOT NULL AND p.died_on IS NULL
  AND NOT EXISTS (SELECT FROM people_lifeevent e WHERE e.person_id = p.id AND e.kind = 'died'
    AND (e.state = 'asked' OR e.state IN ('undone', 'turned_down') AND e."on" = s.died_on))
ORDER BY p.id
"""


# A protection goes on by an extract, and never off: somebody confirms that on a page.
UPSERT_PERSONS = """
WITH written AS (
INSERT INTO people_person (id, identity_code_encrypted, identity_code_hash, birth_date, last_name,
  first_names, sort_key, language, municipality_code, email, phone, non_disclosure)
SELECT id, code_encrypted, code_hash, birth_date, last_name, first_names, sort_key, language,
  municipality, email, phone, coalesce(protection, false) FROM staged_person WHERE NOT left_out
ON CONFLICT (identity_code_hash) DO UPDATE SET
  last_name = excluded.last_name, first_names = excluded.first_names,
  sort_key = excluded.sort_key, language = excluded.language,
  municipality_code = excluded.municipality_code, email = excluded.email,
  phone = excluded.phone,
  non_disclosure = people_person.non_disclosure OR excluded.non_disclosure
WHERE (people_person.last_name, people_person.first_names, people_person.language,
       people_person.municipality_code, people_person.email, people_person.phone,
       people_person.non_disclosure)
  IS DISTINCT FROM (excluded.last_name, excluded.first_names, excluded.language,
       excluded.municipality_code, excluded.email, excluded.phone,
       people_person.non_disclosure OR excluded.non_disclosure)
RETURNING id)
INSERT INTO staged_changed SELECT id FROM written UNION SELECT unnest(%(lives)s::uuid[])
"""


KNOWN = (
    """UPDATE staged_code c SET person_id = p.id FROM people_person p
    WHERE p.identity_code_hash = c.code_hash""",
    """UPDATE staged_code c SET person_id = f.person_id FROM people_formercode f
    WHERE c.person_id IS NULL AND f.identity_code_hash = c.code_hash""",
)


# From a page: the people of the file alone, whether or not the register knows them.
NAMED = (
    """UPDATE staged_code c SET person_id = s.id FROM staged_person s
    WHERE c.code_hash = s.file_hash""",
    """UPDATE staged_code c SET person_id = s.id FROM staged_person s
    WHERE c.person_id IS NULL AND s.former_hash <> '' AND c.code_hash = s.former_hash""",
)


# Once the lines are judged: who they are in the register.
REGISTERED = """
UPDATE {staged} j SET person_id = p.id
FROM staged_person s JOIN people_person p ON p.identity_code_hash = s.code_hash
WHERE j.person_id = s.id AND NOT s.left_out AND s.id <> p.id
"""


OTHERS = """
DELETE FROM {staged} j USING staged_person s WHERE j.person_id = s.id AND s.left_out
"""


MENTION = """
INSERT INTO benefits_registermention (person_id, last_import_id)
SELECT p.id, %(run)s::uuid FROM staged_person s
JOIN people_person p ON p.identity_code_hash = s.code_hash WHERE NOT s.left_out
ON CONFLICT (person_id) DO UPDATE SET last_import_id = excluded.last_import_id
"""


# A row that is wrong is told by its first wrong column, in the order in which a row is read.
JUDGE_SPELLS = """
CREATE TEMPORARY TABLE staged_spell ON COMMIT DROP AS
SELECT line, c.person_id, c.masked, s.day AS "start", e.day AS "end",
  CASE WHEN c.reason <> '' THEN 'hetu'
    WHEN s.day IS NULL OR s.day > %(today)s THEN 'start'
    WHEN r."end" <> '' AND (e.day IS NULL OR e.day < s.day OR e.day > %(today)s) THEN 'end'
    WHEN c.person_id IS NULL THEN 'hetu' END AS bad_column,
  CASE WHEN c.reason <> '' THEN c.reason WHEN s.day IS NULL THEN 'date'
    WHEN s.day > %(today)s THEN 'day_to_come'
    WHEN r."end" <> '' AND e.day IS NULL THEN 'date'
    WHEN r."end" <> '' AND e.day < s.day THEN 'end_before_start'
    WHEN r."end" <> '' AND e.day > %(today)s THEN 'day_to_come'
    ELSE 'unknown_person' END AS reason,
  CASE WHEN c.reason <> '' THEN c.masked WHEN s.day IS NULL OR s.day > %(today)s THEN r."start"
    WHEN r."end" <> '' AND (e.day IS NULL OR e.day < s.day OR e.day > %(today)s) THEN r."end"
    ELSE c.masked END AS value
FROM (SELECT line, {hetu} AS hetu, {start} AS "start", {end} AS "end" FROM {table} OFFSET 0) AS r
JOIN staged_code c ON c.raw = r.hetu
LEFT JOIN staged_day s ON s.raw = r."start"
LEFT JOIN staged_day e ON e.raw = r."end"
"""


JUDGE_PAYMENTS = """
CREATE TEMPORARY TABLE staged_payment ON COMMIT DROP AS
SELECT line, person_id, masked, benefit, basis, "start", "end",
  CASE WHEN paid ~ '^[0-9]{{1,6}}$' THEN paid::int END AS paid_days,
  split_part(bad, ' ', 1) AS bad_column, split_part(bad, ' ', 2) AS reason,
  CASE split_part(bad, ' ', 1) WHEN 'hetu' THEN masked WHEN 'benefit' THEN benefit
    WHEN 'basis' THEN basis WHEN 'start' THEN start_text WHEN 'end' THEN end_text
    WHEN 'paid_days' THEN paid END AS value
FROM (
  SELECT r.*, c.person_id, c.masked, s.day AS "start", e.day AS "end", CASE
    WHEN c.reason <> '' THEN 'hetu ' || c.reason
    WHEN NOT benefit = ANY(%(benefits)s) THEN 'benefit unknown_benefit'
    WHEN NOT basis = ANY(%(bases)s) THEN 'basis unknown_basis'
    WHEN s.day IS NULL THEN 'start date'
    WHEN s.day > %(today)s THEN 'start day_to_come'
    WHEN e.day IS NULL THEN 'end date'
    WHEN e.day < s.day THEN 'end end_before_start'
    WHEN e.day > %(today)s THEN 'end day_to_come'
    WHEN paid = '' AND NOT benefit = ANY(%(limited)s) THEN
      CASE WHEN c.person_id IS NULL THEN 'hetu unknown_person' END
    WHEN paid !~ '^[0-9]{{1,6}}$' THEN 'paid_days paid_days'
    WHEN benefit = ANY(%(five)s) AND paid::int > weekdays_to(e.day) - weekdays_to(s.day - 1)
      THEN 'paid_days too_many_paid_days'
    WHEN benefit = ANY(%(six)s) AND paid::int > weekdays_to(e.day, 6) - weekdays_to(s.day - 1, 6)
      THEN 'paid_days too_many_paid_days'
    WHEN c.person_id IS NULL THEN 'hetu unknown_person' END AS bad
  FROM (
    SELECT line, {hetu} AS hetu, {benefit} AS benefit, {basis} AS basis, {start} AS start_text,
      {end} AS end_text, {paid_days} AS paid
    FROM {table} OFFSET 0) AS r
  JOIN staged_code c ON c.raw = r.hetu
  LEFT JOIN staged_day s ON s.raw = r.start_text
  LEFT JOIN staged_day e ON e.raw = r.end_text
  OFFSET 0) AS judged
"""


# Rows of people this extract speaks for that it no longer states. Where a line of the file was not
# taken, what it may have stated is left as it was: see the head of this module.
NOT_STATED = """
r.corrected_at IS NULL AND NOT sp.left_out
  AND NOT EXISTS (SELECT FROM {staged} s WHERE s.person_id = r.person_id AND {same})
"""


CLOSE = (
    """
WITH closed AS (
UPDATE {table} AS r SET corrected_at = %(now)s, corrected_by_import_id = %(run)s
FROM people_person p JOIN staged_person sp ON sp.code_hash = p.identity_code_hash
WHERE r.person_id = p.id AND """
    + NOT_STATED
    + """
  AND NOT EXISTS (SELECT FROM staged_touched t
                  WHERE t.file = %(file)s AND t.person_id = p.id AND t.sure)
  AND (NOT (%(anybody)s OR EXISTS (SELECT FROM staged_touched t
                                   WHERE t.file = %(file)s AND t.person_id = p.id))
       OR EXISTS (SELECT FROM {staged} s WHERE s.person_id = r.person_id AND {in_its_place}))
RETURNING r.person_id), noted AS (
INSERT INTO staged_changed SELECT DISTINCT person_id FROM closed)
SELECT count(*) FROM closed
"""
)


KEPT = (
    """
SELECT count(*) FROM {table} r JOIN people_person p ON p.id = r.person_id
JOIN staged_person sp ON sp.code_hash = p.identity_code_hash WHERE """
    + NOT_STATED
)


ADD = """
WITH added AS (
INSERT INTO {table} (person_id, first_import_id, {columns})
SELECT {distinct} s.person_id, %(run)s::uuid, {values}
FROM {staged} s
WHERE NOT EXISTS (SELECT FROM {table} r
  WHERE r.corrected_at IS NULL AND r.person_id = s.person_id AND {same})
RETURNING person_id), noted AS (
INSERT INTO staged_changed SELECT DISTINCT person_id FROM added)
SELECT count(*) FROM added
"""


# The newest days that rows reach, and whose: a few are enough.
NEWEST = """
(SELECT greatest("start", "end") AS day, person_id FROM benefits_unemploymentspell
  WHERE corrected_at IS NULL AND greatest("start", "end") <= %(today)s
  ORDER BY day DESC LIMIT 500)
UNION ALL
(SELECT "end" AS day, person_id FROM benefits_paymentperiod
  WHERE corrected_at IS NULL AND basis <> '' AND "end" <= %(today)s ORDER BY day DESC LIMIT 500)
ORDER BY day DESC
"""


NEWEST_OF_FILE = """
(SELECT greatest("start", "end") AS day, person_id FROM staged_spell ORDER BY day DESC LIMIT 500)
UNION ALL
(SELECT "end" AS day, person_id FROM staged_payment WHERE basis <> '' ORDER BY day DESC LIMIT 500)
ORDER BY day DESC
"""
