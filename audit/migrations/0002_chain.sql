-- The log's chains. Each row takes its place in its chain, and its digest, when it is written.

-- A row's digest: one function that the insert and any later check share. A row without grounds
-- keeps the digest of a row that had no such column.
CREATE FUNCTION audit_digest(r audit_auditrow) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
  SELECT encode(sha256(convert_to(
    (jsonb_build_array(r.previous_hash, r.chain, r.seq, r.at, r.kind, r.actor_kind, r.actor,
      r.actor_body, r.actor_office_id, r.action, r.purpose, r.categories, r.case_id,
      r.person_id, r.subject_type, r.subject_id)
     || CASE WHEN r.grounds = '{}'::jsonb THEN '[]'::jsonb ELSE jsonb_build_array(r.grounds) END
    )::text, 'UTF8')), 'hex')
$$;

-- Runs as its owner, so that the web role needs no right to the chain heads.
CREATE FUNCTION audit_chain_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE head audit_chainhead%ROWTYPE;
BEGIN
  INSERT INTO audit_chainhead (chain, seq, hash) VALUES (NEW.chain, 0, '')
    ON CONFLICT (chain) DO NOTHING;
  SELECT * INTO head FROM audit_chainhead WHERE chain = NEW.chain FOR UPDATE;
  NEW.seq := head.seq + 1;
  NEW.previous_hash := head.hash;
  NEW.hash := audit_digest(NEW);
  UPDATE audit_chainhead SET seq = NEW.seq, hash = NEW.hash WHERE chain = NEW.chain;
  RETURN NEW;
END $$;

CREATE TRIGGER audit_chain BEFORE INSERT ON audit_auditrow
  FOR EACH ROW EXECUTE FUNCTION audit_chain_row();
