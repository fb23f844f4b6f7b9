-- An open case has a standing case manager whenever a transaction commits: our own choice, because
-- clients say that nobody takes responsibility (report 2020:40, Palveluintegraatio 3.3.4). Deferred,
-- so that one may go and another come in the same transaction.

CREATE FUNCTION case_needs_manager() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE the_case uuid;
BEGIN
  IF TG_TABLE_NAME = 'cases_case' THEN the_case := NEW.id;
  ELSIF TG_OP = 'DELETE' THEN the_case := OLD.case_id;
  ELSE the_case := NEW.case_id; END IF;
  IF EXISTS (SELECT FROM cases_case WHERE id = the_case AND ended_at IS NULL)
     AND NOT EXISTS (SELECT FROM cases_teammembership WHERE case_id = the_case
                     AND role = 'case_manager' AND until IS NULL) THEN
    RAISE EXCEPTION 'an open case must have a case manager'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'case_always_has_manager';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER case_always_has_manager
  AFTER INSERT OR UPDATE ON cases_case DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION case_needs_manager();
CREATE CONSTRAINT TRIGGER team_always_has_manager
  AFTER INSERT OR UPDATE OR DELETE ON cases_teammembership DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION case_needs_manager();
