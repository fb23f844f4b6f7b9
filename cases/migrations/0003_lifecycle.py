"""The states of a case and the moves between them, held by the database too."""

from pathlib import Path

from django.db import migrations

CREATE = Path(__file__).with_suffix(".sql").read_text("utf-8")
DROP = """
DROP TRIGGER case_moves_by_the_table ON cases_case;
DROP FUNCTION case_moves_by_the_table();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_case_manager")]

    operations = [migrations.RunSQL(CREATE, DROP)]
