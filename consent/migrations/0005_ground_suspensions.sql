-- A suspension stands until two officers lift it; nothing else of it ever changes.
CREATE FUNCTION ground_suspension_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.lifted_on IS NULL
     AND (NEW.ground_id, NEW.reason, NEW.since, NEW.suspended_at, NEW.suspended_by_id)
       IS NOT DISTINCT FROM
         (OLD.ground_id, OLD.reason, OLD.since, OLD.suspended_at, OLD.suspended_by_id)
     AND EXISTS (SELECT FROM consent_grounddecision d
       WHERE d.id = NEW.lifted_by_id AND d.ground_id = NEW.ground_id AND d.act = 'lift'
         AND d.confirmed_at IS NOT NULL) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a suspension of a ground is lifted by two officers'
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ground_suspension_stands';
END $$;
CREATE TRIGGER ground_suspension_stands BEFORE UPDATE OR DELETE ON consent_groundsuspension
  FOR EACH ROW EXECUTE FUNCTION ground_suspension_stands();
