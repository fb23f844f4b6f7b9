SELECT network_id, municipality, body, office_id, '' AS item, TRUE AS hit, NULL::numeric AS value
FROM case_at
WHERE is_open
