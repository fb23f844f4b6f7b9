"""A page view is one row, with what it showed of each person: those of before follow."""

from pathlib import Path

import django.contrib.postgres.indexes
from django.db import migrations, models

CREATE = Path(__file__).with_suffix(".sql").read_text("utf-8")


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_out_of_the_chains")]

    operations = [
        migrations.RunSQL(CREATE),
        migrations.RemoveField("auditrow", "grounds"),
        migrations.RemoveField("auditrow", "chain"),
        migrations.RemoveField("auditrow", "seq"),
        migrations.RemoveField("auditrow", "previous_hash"),
        migrations.RemoveField("auditrow", "hash"),
        migrations.DeleteModel("Checkpoint"),
        migrations.DeleteModel("ChainHead"),
        migrations.AddConstraint(
            "auditrow",
            models.CheckConstraint(
                condition=models.Q(shown_as__len=models.F("subjects__len")),
                name="audit_row_says_what_of_each",
            ),
        ),
        migrations.AddIndex(
            "auditrow", django.contrib.postgres.indexes.GinIndex(fields=["subjects"], name="audit_by_whom")
        ),
        migrations.AddIndex(
            "auditrow",
            models.Index(fields=["case_id", "-at"], condition=models.Q(case_id__isnull=False), name="audit_by_case"),
        ),
        migrations.AddIndex(
            "auditrow",
            models.Index(
                fields=["person_id", "-at"], condition=models.Q(person_id__isnull=False), name="audit_by_person"
            ),
        ),
        migrations.AddIndex(
            "auditrow",
            models.Index(
                fields=["subject_id"], condition=models.Q(subject_id__isnull=False), name="audit_by_subject"
            ),
        ),
        migrations.AddIndex("auditrow", models.Index(fields=["actor", "-at"], name="audit_by_actor")),
    ]
