"""A change in the client's life ends a case at once, and a mistake is taken back.

The pairs are those of ``cases.lifecycle``: the usual moves as before, and two more ways that the
database tells apart by ``ended_because``. A test compares them with the table of today.
"""

from django.conf import settings
from django.db import migrations, models

GUARD = """
CREATE OR REPLACE FUNCTION case_moves_by_the_table() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ended boolean := OLD.ended_because = '' AND NEW.ended_because <> '';
  goes_on boolean := OLD.ended_because <> '' AND NEW.ended_because = '';
  allowed boolean;
BEGIN
  IF OLD.state = NEW.state AND OLD.ended_because = NEW.ended_because THEN
    RETURN NEW;
  END IF;
  IF ended THEN
    allowed := (OLD.state, NEW.state) IN (('referred', 'declined'), ('mapping', 'closed'),
      ('in_force', 'closed'), ('ending', 'closed'), ('follow_up', 'closed'));
  ELSIF goes_on THEN
    allowed := (NEW.state, OLD.state) IN (('referred', 'declined'), ('mapping', 'closed'),
      ('in_force', 'closed'), ('ending', 'closed'), ('follow_up', 'closed'));
  ELSE
    allowed := OLD.ended_because = '' AND (OLD.state, NEW.state) IN (
      ('referred', 'mapping'), ('referred', 'declined'),
      ('mapping', 'in_force'), ('mapping', 'ending'), ('in_force', 'ending'),
      ('ending', 'in_force'), ('ending', 'mapping'), ('ending', 'follow_up'),
      ('follow_up', 'in_force'), ('follow_up', 'mapping'), ('follow_up', 'closed'));
  END IF;
  IF NOT allowed THEN
    RAISE EXCEPTION 'a case does not move from % to %', OLD.state, NEW.state
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'case_moves_by_the_table';
  END IF;
  RETURN NEW;
END $$;
"""
UNGUARD = """
CREATE OR REPLACE FUNCTION case_moves_by_the_table() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
      ('referred', 'mapping'), ('referred', 'declined'),
      ('mapping', 'in_force'), ('mapping', 'ending'), ('in_force', 'ending'),
      ('ending', 'in_force'), ('ending', 'mapping'), ('ending', 'follow_up'),
      ('follow_up', 'in_force'), ('follow_up', 'mapping'), ('follow_up', 'closed')) THEN
    RAISE EXCEPTION 'a case does not move from % to %', OLD.state, NEW.state
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'case_moves_by_the_table';
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_handover_and_cover"),
        ("people", "0007_changes_in_life"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="ended_because",
            field=models.CharField(
                blank=True,
                choices=[
                    ("died", "The client has died"),
                    ("moved", "The client has moved to another area"),
                    ("joined", "It was of the same person as another case"),
                ],
                db_default="",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_because", ""), ("state__in", ["closed", "declined"]), _connector="OR"
                ),
                name="case_ended_because_fits_state",
            ),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
