INSERT INTO people_savedfilter (id, user_id, office_id, list, name, choices)
SELECT id, user_id, NULL, 'triggers', name, choices FROM benefits_savedfilter;
SET CONSTRAINTS ALL IMMEDIATE;
