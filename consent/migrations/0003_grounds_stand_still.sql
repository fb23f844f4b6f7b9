-- A signed ground changes only by its last day, and is never removed; an unsigned one is a draft.

CREATE FUNCTION ground_stands_still() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.signed_at IS NULL THEN
    RETURN coalesce(NEW, OLD);
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.network_id, NEW.category, NEW.receiver, NEW.basis, NEW.section,
       NEW.note, NEW.valid_from, NEW.signed_at, NEW.signed_by)
     IS NOT DISTINCT FROM (OLD.network_id, OLD.category, OLD.receiver, OLD.basis, OLD.section,
       OLD.note, OLD.valid_from, OLD.signed_at, OLD.signed_by) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a signed ground changes only by its last day'
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ground_stands_still';
END $$;
CREATE TRIGGER ground_stands_still BEFORE UPDATE OR DELETE ON consent_ground
  FOR EACH ROW EXECUTE FUNCTION ground_stands_still();
