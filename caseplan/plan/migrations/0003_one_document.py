"""What comes again, or is frozen into a version, is shared and kept back as the first of it."""

from pathlib import Path

import django.db.models.functions.comparison
from django.db import migrations, models

MOVE = Path(__file__).with_suffix(".sql").read_text("utf-8")


class Migration(migrations.Migration):
    dependencies = [("plan", "0002_versions_stand_still")]

    operations = [
        migrations.AddField(
            model_name="action",
            name="first_id",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="versionitem",
            name="first_id",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="action",
            name="document_id",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.comparison.Coalesce("first_id", "id"),
                output_field=models.UUIDField(),
            ),
        ),
        migrations.AddField(
            model_name="versionitem",
            name="document_id",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.comparison.Coalesce("first_id", "source_id"),
                output_field=models.UUIDField(),
            ),
        ),
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
    ]
