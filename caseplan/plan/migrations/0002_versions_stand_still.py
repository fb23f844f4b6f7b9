"""A proposed version's content stands still; it comes into force only when all have accepted."""

from pathlib import Path

from django.db import migrations

CREATE = Path(__file__).with_suffix(".sql").read_text("utf-8")
DROP = """
DROP TRIGGER plan_version_guard ON plan_planversion;
DROP TRIGGER plan_item_frozen ON plan_versionitem;
DROP TRIGGER plan_answer_frozen ON plan_answer;
DROP FUNCTION plan_version_guard();
DROP FUNCTION plan_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("plan", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]
