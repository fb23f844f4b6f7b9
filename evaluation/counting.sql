-- One indicator: its rows (events/<code>.sql) counted for each network and each part of it.
WITH case_at AS ({case_at}),
event AS ({event}),
placed AS (
  SELECT event.network_id, COALESCE(g.under_id, '') AS municipality,
         COALESCE(event.body, '') AS body, COALESCE(event.office_id::text, '') AS office,
         event.item, event.hit, event.value
  FROM event
  LEFT JOIN evaluation_municipalitygroup g
    ON g.network_id = event.network_id AND g.year = %(year)s
   AND g.municipality_id = event.municipality
  WHERE event.network_id = ANY(%(networks)s)
),
cell AS (
  SELECT network_id,
         CASE WHEN GROUPING(municipality) = 0 THEN 'municipality'
              WHEN GROUPING(body) = 0 THEN 'body'
              WHEN GROUPING(office) = 0 THEN 'office'
              WHEN GROUPING(item) = 0 THEN 'item' ELSE 'network' END AS breakdown,
         COALESCE(municipality, body, office, item, '') AS key,
         count(*) AS whole, count(*) FILTER (WHERE hit) AS part,
         percentile_disc(0.5) WITHIN GROUP (ORDER BY value) AS half_within,
         percentile_disc(0.9) WITHIN GROUP (ORDER BY value) AS nine_in_ten_within,
         avg(value) AS mean, stddev_samp(value) AS deviation
  FROM placed
  GROUP BY GROUPING SETS (
    (network_id), (network_id, municipality), (network_id, body), (network_id, office),
    (network_id, item)
  )
)
SELECT network_id, breakdown, key, whole, part, half_within, nine_in_ten_within, mean, deviation
FROM cell
WHERE breakdown = ANY(%(breakdowns)s)
