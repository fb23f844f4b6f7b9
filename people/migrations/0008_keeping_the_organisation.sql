-- What was of a network without a day has been so since before days were kept.
INSERT INTO people_networkmunicipality (id, network_id, municipality_id, since)
SELECT gen_random_uuid(), network_id, code, '2000-01-01' FROM people_municipality
WHERE network_id IS NOT NULL;

-- The column goes in the same transaction: the keys are looked at now.
SET CONSTRAINTS ALL IMMEDIATE;

-- Nobody works in an office after the day it closes: neither by a new row nor by a day moved.

CREATE FUNCTION people_office_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM people_office o WHERE o.id = NEW.office_id AND o.closes_on IS NOT NULL
      AND (NEW.until IS NULL OR day_of(NEW.until) > o.closes_on)) THEN
    RAISE EXCEPTION 'the office is closed then' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER people_office_is_open AFTER INSERT OR UPDATE OF office_id, until ON people_position
  FOR EACH ROW WHEN (NEW.office_id IS NOT NULL) EXECUTE FUNCTION people_office_is_open();

CREATE FUNCTION people_office_is_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM people_position p WHERE p.office_id = NEW.id
      AND (p.until IS NULL OR day_of(p.until) > NEW.closes_on)) THEN
    RAISE EXCEPTION 'somebody works in the office then' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER people_office_is_empty AFTER UPDATE OF closes_on ON people_office
  FOR EACH ROW WHEN (NEW.closes_on IS NOT NULL) EXECUTE FUNCTION people_office_is_empty();
