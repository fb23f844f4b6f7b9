-- What was only referred in the last thirty days goes on as a row of the sender's own, to the
-- offices of the other two bodies that stood on its team; and its case says so.

INSERT INTO intake_assessmentreferral
  (id, person_id, from_office_id, to_office_id, needs, sent_by_id, sent_at, gone_on, answer)
SELECT gen_random_uuid(), sent.person_id, sent.from_office, sent.to_office,
  ARRAY['need_several_services'], sent.opened_by_id, sent.opened_at,
  day_of(sent.opened_at) + 30, ''
FROM (
  SELECT DISTINCT c.person_id, c.opened_by_id, c.opened_at, mine.office_id AS from_office,
    theirs.office_id AS to_office
  FROM cases_case c
  JOIN plan_referral r ON r.case_id = c.id AND r.declined_because = '' AND r.declined_code = ''
  JOIN people_position mine ON mine.user_id = c.opened_by_id AND mine.office_id IS NOT NULL
    AND mine.since <= c.opened_at AND (mine.until IS NULL OR mine.until > c.opened_at)
  JOIN cases_teammembership t ON t.case_id = c.id
  JOIN people_position theirs ON theirs.user_id = t.user_id AND theirs.office_id IS NOT NULL
    AND theirs.since <= c.opened_at AND (theirs.until IS NULL OR theirs.until > c.opened_at)
  WHERE c.state = 'declined' AND c.opened_at > now() - interval '30 days'
    AND theirs.office_id <> mine.office_id
) sent;

UPDATE plan_referral r SET declined_code = 'sent_anew'
FROM cases_case c
WHERE c.id = r.case_id AND c.state = 'declined' AND r.declined_because = ''
  AND r.declined_code = '';
