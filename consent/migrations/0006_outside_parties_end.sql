-- What was shared in cases that have ended ends with them; nobody outside goes on seeing it.

UPDATE consent_consentline line SET ended_at = ended.ended_at, ended_code = 'case_ended'
FROM cases_case ended
WHERE ended.id = line.case_id AND ended.ended_at IS NOT NULL AND line.party_id IS NOT NULL
  AND line.ended_at IS NULL;
UPDATE consent_outsideparty party SET ended_at = ended.ended_at
FROM cases_case ended
WHERE ended.id = party.case_id AND ended.ended_at IS NOT NULL;
