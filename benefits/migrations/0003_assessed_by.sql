-- Until now whoever said so was who assesses. Keys are looked at before the rule is added.
UPDATE benefits_flagdecision SET assessed_by_id = handled_by_id WHERE state = 'being_assessed';
UPDATE benefits_historicalflagdecision SET assessed_by_id = handled_by_id
  WHERE state = 'being_assessed';
SET CONSTRAINTS ALL IMMEDIATE;
