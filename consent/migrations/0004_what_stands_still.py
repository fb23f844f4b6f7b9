"""An act of consent and a published text never change; a signed ground only by its last day."""

from django.db import migrations

CREATE = """
CREATE FUNCTION consent_stands_still() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what a client has decided, and what they read, is never changed'
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'consent_stands_still';
END $$;
CREATE TRIGGER consent_stands_still BEFORE UPDATE ON consent_consent
  FOR EACH ROW EXECUTE FUNCTION consent_stands_still();
CREATE TRIGGER policy_text_stands_still BEFORE UPDATE OR DELETE ON consent_policytext
  FOR EACH ROW EXECUTE FUNCTION consent_stands_still();

CREATE FUNCTION ground_stands_still() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.signed_at IS NULL THEN
    RETURN coalesce(NEW, OLD);
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.network_id, NEW.category, NEW.receiver, NEW.basis, NEW.section,
       NEW.note, NEW.valid_from, NEW.signed_at, NEW.signed_by)
     IS NOT DISTINCT FROM (OLD.network_id, OLD.category, OLD.receiver, OLD.basis, OLD.section,
       OLD.note, OLD.valid_from, OLD.signed_at, OLD.signed_by) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a signed ground changes only by its last day'
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ground_stands_still';
END $$;
CREATE TRIGGER ground_stands_still BEFORE UPDATE OR DELETE ON consent_ground
  FOR EACH ROW EXECUTE FUNCTION ground_stands_still();
"""

DROP = """
DROP TRIGGER ground_stands_still ON consent_ground;
DROP FUNCTION ground_stands_still();
DROP TRIGGER policy_text_stands_still ON consent_policytext;
DROP TRIGGER consent_stands_still ON consent_consent;
DROP FUNCTION consent_stands_still();
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0003_consents")]
    operations = [migrations.RunSQL(CREATE, DROP)]
