-- A row of the ground table is signed, and ended, by two officers: what they decided stands in
-- consent_grounddecision, whose constraints say that they are two. A row is drafted first; signed,
-- it changes only by its last day, which only comes nearer. What stood signed before, stands.

CREATE OR REPLACE FUNCTION ground_stands_still() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.signed_at IS NOT NULL THEN
      RAISE EXCEPTION 'a ground is drafted before it is signed'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ground_signed_by_two';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.signed_at IS NULL THEN
    IF TG_OP = 'UPDATE' AND NEW.signed_at IS NOT NULL AND NOT EXISTS (
         SELECT FROM consent_grounddecision d
         WHERE d.ground_id = NEW.id AND d.act = 'sign' AND d.confirmed_at IS NOT NULL) THEN
      RAISE EXCEPTION 'a ground is signed by two officers'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ground_signed_by_two';
    END IF;
    RETURN coalesce(NEW, OLD);
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.network_id, NEW.category, NEW.receiver, NEW.basis, NEW.section,
       NEW.note, NEW.valid_from, NEW.signed_at, NEW.signed_by)
     IS NOT DISTINCT FROM (OLD.network_id, OLD.category, OLD.receiver, OLD.basis, OLD.section,
       OLD.note, OLD.valid_from, OLD.signed_at, OLD.signed_by) THEN
    IF NEW.valid_to IS DISTINCT FROM OLD.valid_to AND NOT EXISTS (
         SELECT FROM consent_grounddecision d
         WHERE d.ground_id = NEW.id AND d.act = 'end' AND d.confirmed_at IS NOT NULL
           AND d.last_day = NEW.valid_to AND d.last_day < coalesce(OLD.valid_to, 'infinity')) THEN
      RAISE EXCEPTION 'a ground is ended by two officers, and no later than it was signed for'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ground_ended_by_two';
    END IF;
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a signed ground changes only by its last day'
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ground_stands_still';
END $$;
CREATE TRIGGER ground_is_drafted_first BEFORE INSERT ON consent_ground
  FOR EACH ROW EXECUTE FUNCTION ground_stands_still();

-- A decision that was confirmed or set aside never changes, nor what it is about; it goes only with
-- a draft that is thrown away.
CREATE FUNCTION ground_decision_stands_still() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF EXISTS (SELECT FROM consent_ground g WHERE g.id = OLD.ground_id AND g.signed_at IS NOT NULL) THEN
      RAISE EXCEPTION 'what officers decided of a signed ground is never removed'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ground_decision_stands_still';
    END IF;
    RETURN OLD;
  END IF;
  IF OLD.confirmed_at IS NOT NULL OR OLD.set_aside_at IS NOT NULL
     OR (NEW.ground_id, NEW.act, NEW.last_day, NEW.set_up_by, NEW.begun_at, NEW.begun_by_id)
       IS DISTINCT FROM
        (OLD.ground_id, OLD.act, OLD.last_day, OLD.set_up_by, OLD.begun_at, OLD.begun_by_id) THEN
    RAISE EXCEPTION 'what officers decided of a ground is never changed'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ground_decision_stands_still';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ground_decision_stands_still BEFORE UPDATE OR DELETE ON consent_grounddecision
  FOR EACH ROW EXECUTE FUNCTION ground_decision_stands_still();
