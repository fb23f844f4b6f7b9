-- Rows are sealed in batches, each seal chained to the one before. Writing a row waits for nobody.

-- A seal's hash: one function that the sealing and any later check share.
CREATE FUNCTION audit_seal_hash(s audit_seal) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(s.number, s.ids::text, s.top, s.row_count,
    s.first_at, s.last_at, s.digest, s.laid_down, s.sealed_at, s.previous_hash)::text, 'UTF8')), 'hex')
$$;

-- Up to which row nobody waits any more for what was not at its end when it was sealed past: the
-- top of the last seal a day old.
CREATE FUNCTION audit_given_up(at timestamptz) RETURNS bigint
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce((SELECT top FROM audit_seal WHERE sealed_at < at - interval '1 day'
                   ORDER BY number DESC LIMIT 1), 0)
$$;

-- Seals the oldest rows that are at their end and not sealed yet, at most so many, and returns the
-- seal's number, or NULL where none waits. Runs as its owner: the sealer itself writes no table.
CREATE FUNCTION audit_seal_rows(at_most integer, laid_down boolean) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  before audit_seal%ROWTYPE;
  made audit_seal%ROWTYPE;
  given_up bigint;
  gaps int8multirange;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('audit seal'));
  SELECT * INTO before FROM audit_seal ORDER BY number DESC LIMIT 1;
  IF laid_down AND before.number IS NOT NULL AND NOT before.laid_down THEN
    RAISE EXCEPTION 'what people wrote is sealed already: nothing more is laid down'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  made.sealed_at := clock_timestamp();
  made.number := coalesce(before.number, 0) + 1;
  made.previous_hash := coalesce(before.hash, '');
  made.laid_down := laid_down;
  given_up := audit_given_up(made.sealed_at);
  SELECT int8multirange(int8range(given_up + 1, greatest(given_up, coalesce(before.top, 0)) + 1))
    - coalesce(range_agg(s.ids), '{}') INTO gaps FROM audit_seal s WHERE s.top > given_up;
  WITH waiting AS (
    SELECT id FROM (
      SELECT r.id FROM unnest(gaps) gap
        CROSS JOIN LATERAL (SELECT id FROM audit_auditrow
                            WHERE id >= lower(gap) AND id < upper(gap)) r
      UNION ALL
      (SELECT id FROM audit_auditrow WHERE id > coalesce(before.top, 0) ORDER BY id LIMIT at_most)
    ) unsealed ORDER BY id LIMIT at_most
  )
  SELECT range_agg(int8range(r.id, r.id, '[]')), max(r.id), count(*), min(r.written_at),
      max(r.written_at),
      encode(sha256(convert_to(string_agg(audit_digest(r), '' ORDER BY r.id), 'UTF8')), 'hex')
    INTO made.ids, made.top, made.row_count, made.first_at, made.last_at, made.digest
    FROM audit_auditrow r WHERE r.id IN (SELECT id FROM waiting);
  IF made.row_count = 0 THEN
    RETURN NULL;
  END IF;
  made.top := greatest(made.top, coalesce(before.top, 0));
  made.hash := audit_seal_hash(made);
  INSERT INTO audit_seal SELECT made.*;
  RETURN made.number;
END $$;

CREATE FUNCTION audit_refuse_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a seal stands for ever: % refused', TG_OP
    USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER audit_seal_stands BEFORE UPDATE OR DELETE ON audit_seal
  FOR EACH ROW EXECUTE FUNCTION audit_refuse_seal();
CREATE TRIGGER audit_seal_stands_whole BEFORE TRUNCATE ON audit_seal
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_seal();

-- The log is kept for twelve years (Act 703/2023 as the model): what is older than this may go.
CREATE FUNCTION audit_kept_from(at timestamptz) RETURNS timestamptz
LANGUAGE sql IMMUTABLE SET timezone = 'UTC' AS $$ SELECT at - interval '12 years' $$;

-- Removes the rows of every seal whose last one is older than `before`, and returns how many. It
-- refuses days less than twelve years old whatever it is asked. The seal stays, and says of which
-- rows nothing more is to be asked.
CREATE OR REPLACE FUNCTION audit_expire(before timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE total bigint;
BEGIN
  IF before > audit_kept_from(now()) THEN
    RAISE EXCEPTION 'the log is kept for twelve years'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  PERFORM set_config('app.audit_expiry', 'on', true);
  DELETE FROM audit_auditrow r USING audit_seal s
    WHERE s.sealed_at < before AND s.ids @> r.id;
  GET DIAGNOSTICS total = ROW_COUNT;
  PERFORM set_config('app.audit_expiry', '', true);
  RETURN total;
END $$;

REVOKE ALL ON FUNCTION audit_seal_rows(integer, boolean) FROM PUBLIC;
