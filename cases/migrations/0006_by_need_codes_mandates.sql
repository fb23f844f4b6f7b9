-- A case begins with the joint assessment; a referral is none (docs/adr/0029-a-case-begins-by-need.md).
--
-- Cases that were only referred end as not started: nothing joint may be kept of them as if it had
-- begun. Those of the last thirty days are sent on as rows of the sender's own, by the
-- migration that makes such rows (caseplan/intake/migrations/0001_initial.sql).

UPDATE cases_case SET state = 'declined', ended_at = now(), ended_by_id = opened_by_id
WHERE state = 'referred';

-- What the first statement left to be checked is checked before the tables change.
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;

CREATE OR REPLACE FUNCTION case_moves_by_the_table() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ended boolean := OLD.ended_because = '' AND NEW.ended_because <> '';
  goes_on boolean := OLD.ended_because <> '' AND NEW.ended_because = '';
  allowed boolean;
BEGIN
  IF OLD.state = NEW.state AND OLD.ended_because = NEW.ended_because THEN
    RETURN NEW;
  END IF;
  IF ended THEN
    allowed := (OLD.state, NEW.state) IN (('mapping', 'closed'),
      ('in_force', 'closed'), ('ending', 'closed'), ('follow_up', 'closed'));
  ELSIF goes_on THEN
    allowed := (NEW.state, OLD.state) IN (('mapping', 'closed'),
      ('in_force', 'closed'), ('ending', 'closed'), ('follow_up', 'closed'));
  ELSE
    allowed := OLD.ended_because = '' AND (OLD.state, NEW.state) IN (
      ('mapping', 'in_force'), ('mapping', 'ending'), ('in_force', 'ending'),
      ('ending', 'in_force'), ('ending', 'mapping'), ('ending', 'follow_up'),
      ('follow_up', 'in_force'), ('follow_up', 'mapping'), ('follow_up', 'closed'));
  END IF;
  IF NOT allowed THEN
    RAISE EXCEPTION 'a case does not move from % to %', OLD.state, NEW.state
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'case_moves_by_the_table';
  END IF;
  RETURN NEW;
END $$;

-- Nobody acts for themselves, by no code they have or had; a custodian for nobody who is of age; and
-- what was recorded stands still.

CREATE FUNCTION case_mandate_is_for_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- What has gone since, with its case, needs no rule any more.
  IF NOT EXISTS (SELECT FROM cases_mandate m WHERE m.id = NEW.id) THEN
    RETURN NULL;
  END IF;
  IF EXISTS (SELECT FROM people_person p WHERE p.id = NEW.person_id
      AND p.identity_code_hash = NEW.holder_code_hash)
    OR EXISTS (SELECT FROM people_formercode f WHERE f.person_id = NEW.person_id
      AND f.identity_code_hash = NEW.holder_code_hash) THEN
    RAISE EXCEPTION 'nobody acts for themselves' USING ERRCODE = 'check_violation';
  END IF;
  IF NOT EXISTS (SELECT FROM cases_case c WHERE c.id = NEW.case_id
      AND c.person_id = NEW.person_id) THEN
    RAISE EXCEPTION 'the case is another person''s' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.source = 'parent' AND (NEW.until IS NULL OR EXISTS (SELECT FROM people_person p
      WHERE p.id = NEW.person_id AND NEW.until >= birthday(p.birth_date, 18))) THEN
    RAISE EXCEPTION 'custody ends when somebody is of age' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

-- At the end of the transaction: where two records become one, case and mandate move one after the
-- other.
CREATE CONSTRAINT TRIGGER case_mandate_is_for_another AFTER INSERT OR UPDATE ON cases_mandate
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION case_mandate_is_for_another();

CREATE FUNCTION case_mandate_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF ROW(NEW.case_id, NEW.holder_name, NEW.holder_code_hash, NEW.holder_code_encrypted, NEW.source,
      NEW.matters, NEW.since, NEW.until, NEW.evidence, NEW.dated, NEW.recorded_by_id,
      NEW.recorded_office_id, NEW.recorded_at)
    IS DISTINCT FROM ROW(OLD.case_id, OLD.holder_name, OLD.holder_code_hash,
      OLD.holder_code_encrypted, OLD.source, OLD.matters, OLD.since, OLD.until, OLD.evidence,
      OLD.dated, OLD.recorded_by_id, OLD.recorded_office_id, OLD.recorded_at)
    OR (OLD.state <> 'waiting' AND ROW(NEW.decided_by_id, NEW.decided_at)
      IS DISTINCT FROM ROW(OLD.decided_by_id, OLD.decided_at))
    OR (OLD.state = 'stands' AND NEW.state NOT IN ('stands', 'ended'))
    OR (OLD.state IN ('turned_down', 'ended') AND NEW.state <> OLD.state) THEN
    RAISE EXCEPTION 'what was recorded of who acts for a client stands'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER case_mandate_stands BEFORE UPDATE ON cases_mandate
  FOR EACH ROW EXECUTE FUNCTION case_mandate_stands();
