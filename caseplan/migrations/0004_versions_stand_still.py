"""A proposed version's content stands still; it comes into force only when all have accepted."""

from pathlib import Path

from django.db import migrations

CREATE = Path(__file__).with_suffix(".sql").read_text("utf-8")
DROP = """
DROP TRIGGER caseplan_version_guard ON caseplan_planversion;
DROP TRIGGER caseplan_item_frozen ON caseplan_versionitem;
DROP TRIGGER caseplan_answer_frozen ON caseplan_answer;
DROP FUNCTION caseplan_version_guard();
DROP FUNCTION caseplan_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("caseplan", "0003_plan")]

    operations = [migrations.RunSQL(CREATE, DROP)]
