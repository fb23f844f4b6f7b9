-- An act of consent never changes: another decision is another act. A published text, which the
-- client read before deciding, is never changed or removed.

CREATE FUNCTION consent_stands_still() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what a client has decided, and what they read, is never changed'
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'consent_stands_still';
END $$;
CREATE TRIGGER consent_stands_still BEFORE UPDATE ON consent_consent
  FOR EACH ROW EXECUTE FUNCTION consent_stands_still();
CREATE TRIGGER policy_text_stands_still BEFORE UPDATE OR DELETE ON consent_policytext
  FOR EACH ROW EXECUTE FUNCTION consent_stands_still();
