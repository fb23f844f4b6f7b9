-- What a worker wrote down opens nothing before somebody else has confirmed it (docs/adr/0024).
--
-- What was written down before this rule stands as it was heard, under a way of confirming of its
-- own that no new row can have; but what it opens ends twelve months from now at the latest.

INSERT INTO consent_writtendown (id, consent_id, written_for, written_in_id, waiting_categories,
    overtaken, archive_number, archive_place, state, confirmed_how, settled_at)
  SELECT gen_random_uuid(), k.id, o.body, o.id, coalesce(l.categories, '{}'), '{}', '', '',
    CASE WHEN l.categories IS NULL THEN 'at_once' ELSE 'confirmed' END,
    CASE WHEN l.categories IS NULL THEN '' ELSE 'earlier' END,
    CASE WHEN l.categories IS NULL THEN NULL ELSE k.given_at END
  FROM consent_consent k
  JOIN LATERAL (
    SELECT p.office_id FROM people_position p
    WHERE p.user_id = k.recorded_by_id AND p.office_id IS NOT NULL
    ORDER BY p.since <= k.given_at DESC, p.since DESC LIMIT 1
  ) worked ON true
  JOIN people_office o ON o.id = worked.office_id
  LEFT JOIN LATERAL (
    SELECT array_agg(DISTINCT g.category) AS categories FROM consent_consentline g
    WHERE g.consent_id = k.id AND NOT g.denied
  ) l ON true
  WHERE k.method <> 'online';

WITH ends_sooner AS (
  UPDATE consent_consentline g
  SET valid_to = least(g.valid_to, add_months(day_of(now()), 12))
  FROM consent_consent k
  WHERE k.id = g.consent_id AND k.method <> 'online' AND NOT g.denied AND g.ended_at IS NULL
    AND coalesce(g.valid_to > add_months(day_of(now()), 12), true)
  RETURNING g.*
)
INSERT INTO consent_historicalconsentline (id, denied, receiver, category, document, valid_from,
    valid_to, ended_at, ended_code, consent_id, case_id, office_id, party_id, ended_by_id,
    history_date, history_type)
  SELECT id, denied, receiver, category, document, valid_from, valid_to, ended_at, ended_code,
    consent_id, case_id, office_id, party_id, ended_by_id, now(), '~'
  FROM ends_sooner;

SET CONSTRAINTS ALL IMMEDIATE;

-- It begins in effect or waiting, is settled once, by whom it may be, and then stands still; the
-- paper is archived once.
CREATE FUNCTION written_down_is_settled_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  act consent_consent%ROWTYPE;
  allowed boolean;
BEGIN
  SELECT * INTO act FROM consent_consent WHERE id = NEW.consent_id;
  IF TG_OP = 'INSERT' THEN
    allowed := act.method <> 'online' AND NEW.state IN ('at_once', 'waiting')
      AND NEW.overtaken = '{}';
  ELSE
    allowed := (NEW.id, NEW.consent_id, NEW.written_for, NEW.written_in_id,
        NEW.waiting_categories, NEW.document, NEW.lapses_on)
      IS NOT DISTINCT FROM (OLD.id, OLD.consent_id, OLD.written_for, OLD.written_in_id,
        OLD.waiting_categories, OLD.document, OLD.lapses_on)
      AND (OLD.archived_at IS NULL
        OR (NEW.archive_number, NEW.archive_place, NEW.archived_at, NEW.archived_by_id)
          IS NOT DISTINCT FROM
          (OLD.archive_number, OLD.archive_place, OLD.archived_at, OLD.archived_by_id))
      AND (OLD.state = 'waiting' AND NEW.overtaken @> OLD.overtaken
          AND NEW.state NOT IN ('at_once') AND NEW.confirmed_how <> 'earlier'
        OR (NEW.state, NEW.confirmed_how, NEW.settled_at, NEW.settled_by_id, NEW.overtaken)
          IS NOT DISTINCT FROM
          (OLD.state, OLD.confirmed_how, OLD.settled_at, OLD.settled_by_id, OLD.overtaken));
    IF allowed AND OLD.state = 'waiting' AND NEW.state = 'confirmed' THEN
      IF day_of(NEW.settled_at) > NEW.lapses_on THEN
        allowed := false;
      ELSIF NEW.confirmed_how = 'client' THEN
        allowed := EXISTS (
          SELECT FROM cases_case c JOIN people_person p ON p.id = c.person_id
          WHERE c.id = act.case_id AND p.user_id = NEW.settled_by_id);
      ELSE
        -- A signed paper that can be found, seen by somebody of another body than the writer's, or
        -- by who leads the writer's office; but not where the writer leads it.
        allowed := act.method = 'paper' AND NEW.archived_at IS NOT NULL
          AND NEW.settled_by_id <> act.recorded_by_id
          AND EXISTS (
            SELECT FROM people_position p JOIN people_office o ON o.id = p.office_id
            WHERE p.user_id = NEW.settled_by_id AND p.since <= NEW.settled_at
              AND (p.until IS NULL OR p.until > NEW.settled_at)
              AND (o.body <> NEW.written_for
                OR p.leads AND p.office_id = NEW.written_in_id AND NOT EXISTS (
                  SELECT FROM people_position w
                  WHERE w.user_id = act.recorded_by_id AND w.leads
                    AND w.office_id = NEW.written_in_id
                    AND (w.until IS NULL OR w.until > act.given_at))));
      END IF;
    END IF;
  END IF;
  IF NOT allowed THEN
    RAISE EXCEPTION 'what was written down is settled once, by whom it may be'
      USING ERRCODE = 'integrity_constraint_violation',
        CONSTRAINT = 'written_down_is_settled_once';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER written_down_is_settled_once BEFORE INSERT OR UPDATE ON consent_writtendown
  FOR EACH ROW EXECUTE FUNCTION written_down_is_settled_once();

-- A line that opens anything rests on the client's own act, or on one that was confirmed, and opens
-- what was confirmed for as long at most; what was written down always ends.
CREATE FUNCTION consent_line_is_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT NEW.denied AND NEW.ended_at IS NULL AND EXISTS (
    SELECT FROM consent_consent k WHERE k.id = NEW.consent_id AND k.method <> 'online'
      AND (NEW.valid_to IS NULL OR NEW.valid_to > k.valid_to OR NOT EXISTS (
        SELECT FROM consent_writtendown w
        WHERE w.consent_id = k.id AND w.state = 'confirmed'
          AND NEW.category = ANY (w.waiting_categories))))
  THEN
    RAISE EXCEPTION 'what was written down opens nothing before it is confirmed'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'consent_line_is_confirmed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER consent_line_is_confirmed BEFORE INSERT OR UPDATE ON consent_consentline
  FOR EACH ROW EXECUTE FUNCTION consent_line_is_confirmed();

-- Taking back a no, or letting it end sooner, lets somebody see more, too: what was written down
-- and not confirmed ends a no only by another on the same target that lasts as long. Looked at when
-- the transaction commits, since the one ends before the other begins.
CREATE FUNCTION consent_line_is_confirmed_in_the_end() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.denied AND OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL
    AND (OLD.valid_to IS NULL OR OLD.valid_to >= day_of(NEW.ended_at))
    AND EXISTS (SELECT FROM consent_consent k
      WHERE k.id = NEW.ended_by_id AND k.method <> 'online' AND NOT EXISTS (
        SELECT FROM consent_writtendown w WHERE w.consent_id = k.id AND w.state = 'confirmed'))
    AND NOT EXISTS (SELECT FROM consent_consentline l
      WHERE l.consent_id = NEW.ended_by_id AND l.denied AND l.receiver = OLD.receiver
        AND l.category = OLD.category AND l.office_id IS NOT DISTINCT FROM OLD.office_id
        AND l.party_id IS NOT DISTINCT FROM OLD.party_id
        AND l.document IS NOT DISTINCT FROM OLD.document
        AND (l.valid_to IS NULL OR l.valid_to >= OLD.valid_to))
  THEN
    RAISE EXCEPTION 'what was written down takes no no back before it is confirmed'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'consent_line_is_confirmed';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER consent_line_is_confirmed_in_the_end
  AFTER UPDATE ON consent_consentline DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION consent_line_is_confirmed_in_the_end();
