-- Until now whoever said so was who assesses.
UPDATE benefits_flagdecision SET assessed_by_id = handled_by_id WHERE state = 'being_assessed';
UPDATE benefits_historicalflagdecision SET assessed_by_id = handled_by_id
  WHERE state = 'being_assessed';

-- The filters of one list belong to those of every list.
INSERT INTO people_savedfilter (id, user_id, office_id, list, name, choices)
SELECT id, user_id, NULL, 'triggers', name, choices FROM benefits_savedfilter;

-- Keys are looked at before a rule is added and a table goes.
SET CONSTRAINTS ALL IMMEDIATE;
