-- A proposed version's content stands still; it comes into force only when all have accepted.
--
-- Decree 1377/2014 s. 1: the plan exists when the client and the participating authorities have
-- accepted it. Erasure (deleting a whole case by the retention rule) stays possible.

CREATE FUNCTION plan_version_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (OLD.case_id, OLD.number, OLD.parties, OLD.proposed_at, OLD.proposed_by_id)
     IS DISTINCT FROM (NEW.case_id, NEW.number, NEW.parties, NEW.proposed_at, NEW.proposed_by_id)
     OR (OLD.in_force_at IS NOT NULL AND OLD.in_force_at IS DISTINCT FROM NEW.in_force_at) THEN
    RAISE EXCEPTION 'a proposed version of a plan cannot be changed'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'version_stands_still';
  END IF;
  IF OLD.in_force_at IS NULL AND NEW.in_force_at IS NOT NULL AND EXISTS (
       SELECT FROM unnest(NEW.parties) AS p(party) WHERE NOT EXISTS (
         SELECT FROM plan_answer a WHERE a.version_id = NEW.id
           AND a.party = p.party AND a.reply = 'accepted')) THEN
    RAISE EXCEPTION 'a version comes into force when every party has accepted it'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'version_accepted_by_all';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION plan_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a proposed version of a plan cannot be changed'
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'version_stands_still';
END $$;

CREATE TRIGGER plan_version_guard BEFORE UPDATE ON plan_planversion
  FOR EACH ROW EXECUTE FUNCTION plan_version_guard();
CREATE TRIGGER plan_item_frozen BEFORE UPDATE ON plan_versionitem
  FOR EACH ROW EXECUTE FUNCTION plan_frozen();
CREATE TRIGGER plan_answer_frozen BEFORE UPDATE ON plan_answer
  FOR EACH ROW EXECUTE FUNCTION plan_frozen();
