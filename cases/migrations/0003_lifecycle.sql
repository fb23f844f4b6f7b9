-- The states of a case and the moves between them, held by the database too.
--
-- The pairs are those of cases.lifecycle; a test compares what the database lets through with the
-- table of today. A case ended at once by a change in the client's life (ended_because), and a
-- mistake taken back, move in two more ways. A new move is a new migration that replaces the
-- function.

CREATE FUNCTION case_moves_by_the_table() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ended boolean := OLD.ended_because = '' AND NEW.ended_because <> '';
  goes_on boolean := OLD.ended_because <> '' AND NEW.ended_because = '';
  allowed boolean;
BEGIN
  IF OLD.state = NEW.state AND OLD.ended_because = NEW.ended_because THEN
    RETURN NEW;
  END IF;
  IF ended THEN
    allowed := (OLD.state, NEW.state) IN (('referred', 'declined'), ('mapping', 'closed'),
      ('in_force', 'closed'), ('ending', 'closed'), ('follow_up', 'closed'));
  ELSIF goes_on THEN
    allowed := (NEW.state, OLD.state) IN (('referred', 'declined'), ('mapping', 'closed'),
      ('in_force', 'closed'), ('ending', 'closed'), ('follow_up', 'closed'));
  ELSE
    allowed := OLD.ended_because = '' AND (OLD.state, NEW.state) IN (
      ('referred', 'mapping'), ('referred', 'declined'),
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

CREATE TRIGGER case_moves_by_the_table BEFORE UPDATE ON cases_case
  FOR EACH ROW EXECUTE FUNCTION case_moves_by_the_table();
