-- The log is append-only: it refuses UPDATE, DELETE and TRUNCATE, whoever asks. What is past its
-- years is removed by one function of the owner, which only the keeper may call
-- (common/database_roles.py).

-- A row twelve years old may go, and only inside audit_expire.
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('app.audit_expiry', true) = 'on'
     AND OLD.at < now() - interval '12 years' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the audit log is append-only: % refused', TG_OP
    USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER audit_refuse_change BEFORE UPDATE OR DELETE ON audit_auditrow
  FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON audit_auditrow
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

-- Removes rows older than `before` and returns how many. It refuses days less than twelve years
-- old whatever it is asked (Act 703/2023 as the model). Of a chain it removes only the oldest
-- rows, so that what is left still hangs together, and leaves a checkpoint: the digest that the
-- first row left was chained to.
CREATE FUNCTION audit_expire(before timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE total bigint;
BEGIN
  IF before > now() - interval '12 years' THEN
    RAISE EXCEPTION 'the log is kept for twelve years'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  PERFORM set_config('app.audit_expiry', 'on', true);
  WITH old AS (
    -- Of each chain, the rows before its first young one.
    SELECT r.chain, max(r.seq) AS seq FROM audit_auditrow r
    WHERE r.at < before AND NOT EXISTS (
      SELECT FROM audit_auditrow y WHERE y.chain = r.chain AND y.seq <= r.seq AND y.at >= before)
    GROUP BY r.chain
  ), marked AS (
    INSERT INTO audit_checkpoint (chain, seq, hash, removed, made_at)
    SELECT o.chain, o.seq, l.hash,
      (SELECT count(*) FROM audit_auditrow r WHERE r.chain = o.chain AND r.seq <= o.seq), now()
    FROM old o JOIN audit_auditrow l ON l.chain = o.chain AND l.seq = o.seq
    RETURNING chain, seq
  ), gone AS (
    DELETE FROM audit_auditrow r USING marked m WHERE r.chain = m.chain AND r.seq <= m.seq
    RETURNING 1
  )
  SELECT count(*) INTO total FROM gone;
  PERFORM set_config('app.audit_expiry', '', true);
  RETURN total;
END $$;

REVOKE ALL ON FUNCTION audit_expire(timestamptz) FROM PUBLIC;
