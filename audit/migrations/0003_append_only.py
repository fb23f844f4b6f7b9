"""The log refuses every write but an insert, and forgets only what is past its years."""

from pathlib import Path

from django.db import migrations

CREATE = Path(__file__).with_suffix(".sql").read_text("utf-8")
DROP = """
DROP FUNCTION audit_expire(timestamptz);
DROP TRIGGER audit_refuse_change ON audit_auditrow;
DROP TRIGGER audit_refuse_truncate ON audit_auditrow;
DROP FUNCTION audit_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain")]

    operations = [migrations.RunSQL(CREATE, DROP)]
