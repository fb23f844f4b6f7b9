-- The points that agendas began with before: each is found by its words, and is from now on recorded
-- for whom the thing was recorded for. Where the thing has been reworded since, its former words are
-- taken off the agenda: nobody can say any more whose they are.
UPDATE meetings_meetingpoint p
SET source_id = s.document_id, recorded_for = s.recorded_for
FROM (
  SELECT 'action' AS topic, id, document_id, case_id, category, recorded_for, text AS words
  FROM plan_action
  UNION ALL
  SELECT 'request', id, id, case_id, category, recorded_for, text FROM plan_bodyrequest
  UNION ALL
  SELECT 'service', id, id, case_id, category, recorded_for, name FROM plan_plannedservice
) s
WHERE p.topic = s.topic AND p.case_id = s.case_id AND p.category = s.category
  AND p.text = left(s.words, 300);

UPDATE meetings_meetingpoint SET text = ''
WHERE topic IN ('action', 'request', 'service') AND source_id IS NULL AND text <> '';

UPDATE meetings_agreed g SET recorded_for = s.recorded_for
FROM (
  SELECT id, recorded_for FROM plan_action
  UNION ALL
  SELECT id, recorded_for FROM plan_plannedservice
) s
WHERE s.id = coalesce(g.action_id, g.planned_service_id) AND g.recorded_for <> s.recorded_for;
