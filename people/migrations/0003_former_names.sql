-- The name somebody had before, kept whenever a name changes, by whatever changes it.

CREATE FUNCTION people_name_before() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- A mistake that is taken back was nobody's name (common.journal).
  IF current_setting('app.taking_back', true) IS DISTINCT FROM 'on' THEN
    INSERT INTO people_formername (person_id, last_name, first_names, sort_key, changed_at)
    SELECT b.id, b.last_name, b.first_names, b.sort_key, now()
    FROM before b JOIN after a ON a.id = b.id
    WHERE (a.last_name, a.first_names) <> (b.last_name, b.first_names);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER people_name_before AFTER UPDATE ON people_person
  REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION people_name_before();
