"""A signed ground changes only by its last day."""

from pathlib import Path

from django.db import migrations

CREATE = Path(__file__).with_suffix(".sql").read_text("utf-8")
DROP = """
DROP TRIGGER ground_stands_still ON consent_ground;
DROP FUNCTION ground_stands_still();
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0002_consents_stand_still")]

    operations = [migrations.RunSQL(CREATE, DROP)]
