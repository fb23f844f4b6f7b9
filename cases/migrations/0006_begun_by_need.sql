-- A case begins with the joint assessment; a referral is none (docs/adr/0029-a-case-begins-by-need.md).
--
-- Cases that were only referred end as not started: nothing joint may be kept of them as if it had
-- begun. Those of the last thirty days are sent on as rows of the sender's own, by the first
-- migration after this one that knows such rows (caseplan/intake/migrations/0002_sent_anew.sql).

UPDATE cases_case SET state = 'declined', ended_at = now(), ended_by_id = opened_by_id
WHERE state = 'referred';

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

-- What the first statement left to be checked is checked before the tables change.
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
