-- Rows of before become views of one person each, and lose their place in a chain: a row is sealed
-- with its batch (0006). Whoever kept a fingerprint of the chains runs verify_audit before this.

UPDATE audit_auditrow r SET
  written_at = r.at,
  subjects = ARRAY[coalesce(r.case_id, r.person_id)],
  -- The pairs of ground and category are as many as the categories: all of them hold.
  shown_as = ARRAY[(1 << cardinality(r.categories)) - 1
    + CASE WHEN r.case_id IS NULL THEN 1 << cardinality(r.categories) ELSE 0 END],
  palette = concat_ws(E'\n', (
    SELECT string_agg(names || ' ' || ground, E'\n' ORDER BY ground) FROM (
      SELECT coalesce(r.grounds ->> name, '') AS ground, string_agg(name, ',') AS names
      FROM unnest(r.categories) name GROUP BY 1) of_each),
    CASE WHEN r.case_id IS NULL THEN 'person as' END),
  case_id = NULL, person_id = NULL, categories = '{}'
WHERE r.kind = 'access' AND coalesce(r.case_id, r.person_id) IS NOT NULL;

UPDATE audit_auditrow SET written_at = at WHERE NOT (kind = 'access' AND subjects <> '{}');

-- A row's digest: one function that the sealing and any later check share.
CREATE OR REPLACE FUNCTION audit_digest(r audit_auditrow) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(r.id, r.at, r.written_at, r.kind, r.actor_kind,
    r.actor, r.actor_body, r.actor_office_id, r.action, r.purpose, r.subjects, r.shown_as, r.palette,
    r.categories, r.case_id, r.person_id, r.subject_type, r.subject_id)::text, 'UTF8')), 'hex')
$$;

-- When a row was written is the database's word, whatever the writer says.
CREATE FUNCTION audit_written_now() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.written_at := clock_timestamp();
  RETURN NEW;
END $$;

CREATE TRIGGER audit_written BEFORE INSERT ON audit_auditrow
  FOR EACH ROW EXECUTE FUNCTION audit_written_now();

-- UPDATE, DELETE and TRUNCATE are refused, whoever asks. A row twelve years old may go, and only
-- inside audit_expire (0006).
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('app.audit_expiry', true) = 'on'
     AND OLD.written_at < now() - interval '12 years' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the audit log is append-only: % refused', TG_OP
    USING ERRCODE = 'integrity_constraint_violation';
END $$;

ALTER TABLE audit_auditrow ENABLE TRIGGER audit_refuse_change;
