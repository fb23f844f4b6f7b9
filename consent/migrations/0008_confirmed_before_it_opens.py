"""What a worker wrote down opens nothing before somebody else has confirmed it."""

from pathlib import Path

from django.db import migrations

CREATE = Path(__file__).with_suffix(".sql").read_text("utf-8")
DROP = """
DROP TRIGGER consent_line_is_confirmed_in_the_end ON consent_consentline;
DROP FUNCTION consent_line_is_confirmed_in_the_end();
DROP TRIGGER consent_line_is_confirmed ON consent_consentline;
DROP FUNCTION consent_line_is_confirmed();
DROP TRIGGER written_down_is_settled_once ON consent_writtendown;
DROP FUNCTION written_down_is_settled_once();
DELETE FROM consent_writtendown;
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0007_written_down")]

    operations = [migrations.RunSQL(CREATE, DROP)]
