"""A point the agenda began with is judged as the thing it is about; so is what was agreed on."""

from pathlib import Path

import django.db.models.functions.comparison
from django.db import migrations, models

MOVE = Path(__file__).with_suffix(".sql").read_text("utf-8")


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial"), ("plan", "0003_one_document")]

    operations = [
        migrations.AddField(
            model_name="agreed",
            name="document_id",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.comparison.Coalesce(
                    "action_id", "planned_service_id"
                ),
                output_field=models.UUIDField(),
            ),
        ),
        migrations.AddField(
            model_name="meetingpoint",
            name="source_id",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="meetingpoint",
            name="document_id",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.comparison.Coalesce("source_id", "id"),
                output_field=models.UUIDField(),
            ),
        ),
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
    ]
