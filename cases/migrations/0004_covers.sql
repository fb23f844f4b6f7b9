-- Nobody stands in for somebody for more than six months at once, whoever chose it: from the first
-- day to before the same date. What was chosen for longer ends then.

UPDATE cases_cover SET until = (add_months(day_of(since), 6)::timestamp AT TIME ZONE 'Europe/Helsinki')
  WHERE until > (add_months(day_of(since), 6)::timestamp AT TIME ZONE 'Europe/Helsinki');
ALTER TABLE cases_cover ADD CONSTRAINT cover_ends_in_six_months
  CHECK (until <= (add_months(day_of(since), 6)::timestamp AT TIME ZONE 'Europe/Helsinki'));

-- The end of a cover only comes nearer. It goes on once, to the day that was asked for, as another
-- leader confirms it. Who confirmed it, and what the officer found, stand once written.
CREATE FUNCTION cover_only_ends_sooner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.until > OLD.until AND NOT coalesce(
       OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL AND NEW.until <= NEW.asked_until,
       false) THEN
    RAISE EXCEPTION 'a cover ends no later than it was chosen for'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'cover_only_ends_sooner';
  END IF;
  IF (OLD.confirmed_at IS NOT NULL
        AND (NEW.confirmed_at, NEW.confirmed_by_id) IS DISTINCT FROM (OLD.confirmed_at, OLD.confirmed_by_id))
     OR (OLD.reviewed_at IS NOT NULL
        AND (NEW.reviewed_at, NEW.reviewed_by_id, NEW.finding, NEW.found_why) IS DISTINCT FROM
            (OLD.reviewed_at, OLD.reviewed_by_id, OLD.finding, OLD.found_why)) THEN
    RAISE EXCEPTION 'what another leader or the officer said of a cover stands'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'cover_only_ends_sooner';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cover_only_ends_sooner BEFORE UPDATE ON cases_cover
  FOR EACH ROW EXECUTE FUNCTION cover_only_ends_sooner();
