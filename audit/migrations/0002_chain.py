"""The log is chained by the database: each row takes its place and its digest on insert."""

from pathlib import Path

from django.db import migrations

CREATE = Path(__file__).with_suffix(".sql").read_text("utf-8")
DROP = """
DROP TRIGGER audit_chain ON audit_auditrow;
DROP FUNCTION audit_chain_row();
DROP FUNCTION audit_digest(audit_auditrow);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]
