-- A seal is made after the last row under it was written. Its moment was taken before the rows were
-- looked for: what somebody wrote in between looked as if its time had been set forward.
CREATE OR REPLACE FUNCTION audit_seal_rows(at_most integer, laid_down boolean) RETURNS bigint
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
  made.number := coalesce(before.number, 0) + 1;
  made.previous_hash := coalesce(before.hash, '');
  made.laid_down := laid_down;
  given_up := audit_given_up(clock_timestamp());
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
  made.sealed_at := clock_timestamp();
  made.top := greatest(made.top, coalesce(before.top, 0));
  made.hash := audit_seal_hash(made);
  INSERT INTO audit_seal SELECT made.*;
  RETURN made.number;
END $$;
