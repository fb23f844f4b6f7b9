-- What was typed of a person and not sent is forgotten: codes, names, addresses, numbers, and the
-- forms that look somebody up, whole. So is what stood on an address that lets somebody in.
UPDATE people_draft SET fields = fields - ARRAY[
  'identity_code', 'again', 'first_name', 'first_names', 'last_name', 'username', 'phone', 'email',
  'witness', 'q'];
UPDATE people_draft SET fields = fields - 'name'
WHERE page ~ '/outside/|/invite/|/meetings/[0-9a-f-]+/ask/$';
DELETE FROM people_draft
WHERE page ~ '^/(invitation|password|how-are-things|cases/find)/';
-- Of those about a case that their address names, which case.
UPDATE people_draft
SET case_id = substring(page FROM '^/cases/([0-9a-f-]{36})/')::uuid, about = 'cases.case',
  about_id = substring(page FROM '^/cases/([0-9a-f-]{36})/')::uuid
WHERE page ~ '^/cases/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/';
