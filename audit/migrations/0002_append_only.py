"""The log keeps itself: chained on insert, refusing every other write.

The trigger functions run as their owner, so the web role needs no right to the chain heads.
A row's digest is made by one SQL function that the insert and any later check share.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION audit_digest(r audit_auditrow) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
  SELECT encode(sha256(convert_to(
    jsonb_build_array(r.previous_hash, r.chain, r.seq, r.at, r.kind, r.actor_kind, r.actor,
      r.actor_body, r.actor_office_id, r.action, r.purpose, r.categories, r.case_id,
      r.person_id, r.subject_type, r.subject_id)::text, 'UTF8')), 'hex')
$$;

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

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only: % refused', TG_OP
    USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER audit_chain BEFORE INSERT ON audit_auditrow
  FOR EACH ROW EXECUTE FUNCTION audit_chain_row();
CREATE TRIGGER audit_refuse_change BEFORE UPDATE OR DELETE ON audit_auditrow
  FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON audit_auditrow
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""

DROP = """
DROP TRIGGER audit_chain ON audit_auditrow;
DROP TRIGGER audit_refuse_change ON audit_auditrow;
DROP TRIGGER audit_refuse_truncate ON audit_auditrow;
DROP FUNCTION audit_chain_row();
DROP FUNCTION audit_refuse();
DROP FUNCTION audit_digest(audit_auditrow);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
