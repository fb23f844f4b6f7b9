"""An act of consent and a published text never change."""

from pathlib import Path

from django.db import migrations

CREATE = Path(__file__).with_suffix(".sql").read_text("utf-8")
DROP = """
DROP TRIGGER policy_text_stands_still ON consent_policytext;
DROP TRIGGER consent_stands_still ON consent_consent;
DROP FUNCTION consent_stands_still();
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]
