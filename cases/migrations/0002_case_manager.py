"""An open case has a standing case manager whenever a transaction commits."""

from pathlib import Path

from django.db import migrations

CREATE = Path(__file__).with_suffix(".sql").read_text("utf-8")
DROP = """
DROP TRIGGER team_always_has_manager ON cases_teammembership;
DROP TRIGGER case_always_has_manager ON cases_case;
DROP FUNCTION case_needs_manager();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]
