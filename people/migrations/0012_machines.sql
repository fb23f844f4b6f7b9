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
