"""The name somebody had before, kept whenever a name changes, by whatever changes it."""

from pathlib import Path

from django.db import migrations

CREATE = Path(__file__).with_suffix(".sql").read_text("utf-8")
DROP = """
DROP TRIGGER people_name_before ON people_person;
DROP FUNCTION people_name_before();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_identity_codes")]

    operations = [migrations.RunSQL(CREATE, DROP)]
