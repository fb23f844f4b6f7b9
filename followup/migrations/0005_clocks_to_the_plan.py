"""The moved clocks go to the room of the plan."""

from django.db import migrations

THERE = """INSERT INTO caseplan_clockchange
        (id, category, recorded_for, recorded_at, with_client, kind, subject_id, from_on, to_on,
         why, case_id, recorded_by_id)
    SELECT id, category, recorded_for, recorded_at, with_client, kind, subject_id, from_on, to_on,
         why, case_id, recorded_by_id
    FROM followup_clockchange"""
BACK = """INSERT INTO followup_clockchange
        (id, category, recorded_for, recorded_at, with_client, kind, subject_id, from_on, to_on,
         why, case_id, recorded_by_id)
    SELECT id, category, recorded_for, recorded_at, with_client, kind, subject_id, from_on, to_on,
         why, case_id, recorded_by_id
    FROM caseplan_clockchange"""


class Migration(migrations.Migration):
    dependencies = [
        ("caseplan", "0011_clocks"),
        ("followup", "0004_contact_after_the_end"),
    ]

    operations = [
        migrations.RunSQL(THERE, BACK),
        migrations.DeleteModel("ClockChange"),
    ]
