-- What was of a network without a day has been so since before days were kept.
INSERT INTO people_networkmunicipality (id, network_id, municipality_id, since)
SELECT gen_random_uuid(), network_id, code, '2000-01-01' FROM people_municipality
WHERE network_id IS NOT NULL;

-- Whoever is a client already has been here, and is not shown again what this is.
UPDATE people_user u SET welcomed_at = now() FROM people_person p WHERE p.user_id = u.id;

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

-- What two people have agreed on stands still: only that it is decided, and that it ends, follows.

CREATE FUNCTION people_machine_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF ROW(NEW.name, NEW.body, NEW.network_id, NEW.purpose, NEW.scopes, NEW.addresses, NEW.valid_from,
      NEW.valid_until, NEW.proposed_by_id, NEW.proposed_at)
    IS DISTINCT FROM ROW(OLD.name, OLD.body, OLD.network_id, OLD.purpose, OLD.scopes, OLD.addresses,
      OLD.valid_from, OLD.valid_until, OLD.proposed_by_id, OLD.proposed_at)
    OR (OLD.state <> 'waiting' AND ROW(NEW.state, NEW.decided_by_id, NEW.decided_at)
      IS DISTINCT FROM ROW(OLD.state, OLD.decided_by_id, OLD.decided_at))
    OR (OLD.ended_at IS NOT NULL AND ROW(NEW.ended_at, NEW.ended_by_id)
      IS DISTINCT FROM ROW(OLD.ended_at, OLD.ended_by_id)) THEN
    RAISE EXCEPTION 'a registered system stands as two people have agreed on it'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER people_machine_stands BEFORE UPDATE ON people_machine
  FOR EACH ROW EXECUTE FUNCTION people_machine_stands();

CREATE FUNCTION people_machine_key_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF ROW(NEW.machine_id, NEW.slot, NEW.thumbprint, NEW.kind, NEW.jwk, NEW.proposed_by_id,
      NEW.proposed_at)
    IS DISTINCT FROM ROW(OLD.machine_id, OLD.slot, OLD.thumbprint, OLD.kind, OLD.jwk,
      OLD.proposed_by_id, OLD.proposed_at)
    OR (OLD.state <> 'waiting' AND ROW(NEW.state, NEW.decided_by_id, NEW.decided_at)
      IS DISTINCT FROM ROW(OLD.state, OLD.decided_by_id, OLD.decided_at))
    OR (OLD.ended_at IS NOT NULL AND ROW(NEW.ended_at, NEW.ended_by_id)
      IS DISTINCT FROM ROW(OLD.ended_at, OLD.ended_by_id)) THEN
    RAISE EXCEPTION 'a key stands as two people have agreed on it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER people_machine_key_stands BEFORE UPDATE ON people_machinekey
  FOR EACH ROW EXECUTE FUNCTION people_machine_key_stands();

-- A token reads no more than its system may, and is asked for with a key of that system.

CREATE FUNCTION people_machine_token_is_its_own() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
      SELECT FROM people_machine m JOIN people_machinekey k ON k.machine_id = m.id
      WHERE m.id = NEW.machine_id AND k.id = NEW.key_id AND NEW.scopes <@ m.scopes
        AND m.state = 'done' AND m.ended_at IS NULL AND k.state = 'done' AND k.ended_at IS NULL
        AND NEW.expires_at <= NEW.issued_at + interval '10 minutes') THEN
    RAISE EXCEPTION 'the token is not one of this system' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER people_machine_token_is_its_own AFTER INSERT OR UPDATE ON people_machinetoken
  FOR EACH ROW EXECUTE FUNCTION people_machine_token_is_its_own();
