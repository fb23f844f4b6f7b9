-- The actions that came again before: each is known by the first of the same words, under the same
-- goal. What stands in a version already is left as it was frozen.
UPDATE plan_action a SET first_id = f.id
FROM plan_action f
WHERE a.repeats_weeks IS NOT NULL
  AND f.goal_id = a.goal_id AND f.text = a.text AND f.repeats_weeks = a.repeats_weeks
  AND f.recorded_for = a.recorded_for AND f.category = a.category
  AND f.recorded_at < a.recorded_at
  AND NOT EXISTS (
    SELECT FROM plan_action e
    WHERE e.goal_id = a.goal_id AND e.text = a.text AND e.repeats_weeks = a.repeats_weeks
      AND e.recorded_for = a.recorded_for AND e.category = a.category
      AND (e.recorded_at, e.id) < (f.recorded_at, f.id));
