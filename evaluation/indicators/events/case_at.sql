-- Every case with where it belonged at the period's end, or when it ended before that: its client's
-- municipality, and the office and body of its case manager. Stands before each statement.
SELECT c.id, c.network_id, c.person_id, c.statute, c.state, c.first_contact_on, c.started_on,
       c.opened_at, c.ended_at, c.ended_because, p.birth_date,
       p.municipality_code AS municipality, o.body, o.id AS office_id,
       c.opened_at < %(ends)s AND (c.ended_at IS NULL OR c.ended_at >= %(ends)s) AS is_open
FROM cases_case c
JOIN people_person p ON p.id = c.person_id
LEFT JOIN LATERAL (
  SELECT m.user_id, LEAST(%(ends)s, c.ended_at, m.until) AS at
  FROM cases_teammembership m
  WHERE m.case_id = c.id AND m.role = 'case_manager' AND m.since < %(ends)s
  ORDER BY m.since DESC LIMIT 1
) manager ON TRUE
LEFT JOIN LATERAL (
  SELECT w.office_id
  FROM people_position w
  WHERE w.user_id = manager.user_id AND w.network_id = c.network_id AND w.office_id IS NOT NULL
    AND w.since < manager.at
  ORDER BY w.since DESC LIMIT 1
) works ON TRUE
LEFT JOIN people_office o ON o.id = works.office_id
WHERE c.opened_at < %(ends)s
