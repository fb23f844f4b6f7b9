-- Requests between bodies whose day to answer fell within the period; answered on that day or before.
SELECT c.network_id, c.municipality, r.to_body AS body, NULL::uuid AS office_id,
       r.recorded_for || '-' || r.to_body AS item,
       COALESCE(day_of(r.answered_at) <= r.answer_by, FALSE) AS hit,
       day_of(r.answered_at) - day_of(r.recorded_at) AS value
FROM plan_bodyrequest r
JOIN case_at c ON c.id = r.case_id
WHERE r.answer_by BETWEEN %(since)s AND %(until)s AND r.state <> 'withdrawn'
