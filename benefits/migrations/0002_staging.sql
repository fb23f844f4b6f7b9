-- The lines of an extract on their way in: unlogged, for they can be read again. The web role may
-- empty them (common/database_roles.py).

CREATE UNLOGGED TABLE benefits_stagedspell (line integer NOT NULL, text text NOT NULL);
CREATE UNLOGGED TABLE benefits_stagedpayment (line integer NOT NULL, text text NOT NULL);

-- Beside the lines laid down, those that are no record. Never anybody's words.
CREATE UNLOGGED TABLE benefits_stagedfault (
  file text NOT NULL, line integer NOT NULL, "column" text NOT NULL,
  reason text NOT NULL, value text NOT NULL, sure text[] NOT NULL,
  maybe text[] NOT NULL, anybody boolean NOT NULL);
