-- That a list was taken out stays: the row is never changed or removed.

CREATE FUNCTION export_stands_still() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was taken out is never changed or removed'
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'export_stands_still';
END $$;
CREATE TRIGGER export_stands_still BEFORE UPDATE OR DELETE ON rights_export
  FOR EACH ROW EXECUTE FUNCTION export_stands_still();
