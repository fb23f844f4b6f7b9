"""The states of a case and the moves between them, held by the database too.

The pairs below are those of ``cases.lifecycle.MOVES`` when this was written; a test compares what
the database lets through with the table of today.
"""

from django.conf import settings
from django.db import migrations, models

GUARD = """
CREATE FUNCTION case_moves_by_the_table() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER case_moves_by_the_table BEFORE UPDATE ON cases_case
  FOR EACH ROW EXECUTE FUNCTION case_moves_by_the_table();
"""
UNGUARD = """
DROP TRIGGER case_moves_by_the_table ON cases_case;
DROP FUNCTION case_moves_by_the_table();
"""
ENDED = "UPDATE cases_case SET state = 'follow_up' WHERE ended_at IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_lists_by_index_alone"),
        ("people", "0002_officers_and_outside_parties"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="hold_why",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="case",
            name="state",
            field=models.CharField(
                choices=[
                    ("referred", "Referred, not started"),
                    ("declined", "Not started"),
                    ("mapping", "Mapping"),
                    ("in_force", "Plan in force"),
                    ("ending", "Ending is being assessed"),
                    ("follow_up", "Ended, being followed up"),
                    ("closed", "Ended"),
                ],
                default="mapping",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="started_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RunSQL(ENDED, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", False),
                        ("state__in", ("declined", "follow_up", "closed")),
                    ),
                    models.Q(
                        models.Q(("state__in", ("declined", "follow_up", "closed")), _negated=True),
                        ("ended_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="case_ended_at_fits_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["referred", "declined"]),
                    ("started_on__isnull", False),
                    _connector="OR",
                ),
                name="case_started_on_fits_state",
            ),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
