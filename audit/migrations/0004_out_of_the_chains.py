"""Rows leave their chains, whose heads every writer waited for, and get the columns of a page view."""

from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models
from django.db.models.functions import Now

CREATE = Path(__file__).with_suffix(".sql").read_text("utf-8")


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_append_only")]

    operations = [
        migrations.RunSQL(CREATE),
        migrations.RemoveIndex("auditrow", "audit_by_case"),
        migrations.RemoveIndex("auditrow", "audit_by_person"),
        migrations.RemoveIndex("auditrow", "audit_by_subject"),
        migrations.RemoveConstraint("auditrow", "audit_row_once_in_chain"),
        migrations.AddField("auditrow", "written_at", models.DateTimeField(db_default=Now(), editable=False)),
        migrations.AddField(
            "auditrow", "subjects",
            django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
        ),
        migrations.AddField(
            "auditrow", "shown_as",
            django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None),
        ),
        migrations.AddField("auditrow", "palette", models.TextField(blank=True, default=""), preserve_default=False),
    ]
