-- No code is at once a former one of somebody and the present one of anybody: the database looks at
-- each statement's rows together, so an import of all people is looked at once.

CREATE FUNCTION people_code_is_one_persons() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM changed c JOIN people_formercode f
             ON f.identity_code_hash = c.identity_code_hash
             JOIN people_person p ON p.identity_code_hash = f.identity_code_hash) THEN
    RAISE EXCEPTION 'an identity code is both a former and a present one'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER people_code_of_new AFTER INSERT ON people_person
  REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION people_code_is_one_persons();
CREATE TRIGGER people_code_of_changed AFTER UPDATE ON people_person
  REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION people_code_is_one_persons();
CREATE TRIGGER people_code_of_former AFTER INSERT ON people_formercode
  REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION people_code_is_one_persons();
