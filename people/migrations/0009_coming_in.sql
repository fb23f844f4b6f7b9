-- Whoever is a client already has been here, and is not shown again what this is.
UPDATE people_user u SET welcomed_at = now() FROM people_person p WHERE p.user_id = u.id;
