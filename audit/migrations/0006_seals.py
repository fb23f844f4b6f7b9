"""Rows are sealed in batches by the sealer, and what is past its years leaves its seal behind."""

from pathlib import Path

import django.contrib.postgres.indexes
from django.db import migrations, models

import audit.models

CREATE = Path(__file__).with_suffix(".sql").read_text("utf-8")


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_one_row_a_view")]

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("ids", audit.models.MultiRangeField()),
                ("top", models.BigIntegerField()),
                ("row_count", models.IntegerField()),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("digest", models.CharField(max_length=64)),
                ("laid_down", models.BooleanField(default=False)),
                ("sealed_at", models.DateTimeField()),
                ("previous_hash", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [django.contrib.postgres.indexes.GistIndex(fields=["ids"], name="audit_seal_of_row")],
            },
        ),
        migrations.RunSQL(CREATE),
    ]
