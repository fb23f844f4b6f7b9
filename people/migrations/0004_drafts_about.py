"""A draft says what it is about, and none keeps any more what identifies somebody."""

from pathlib import Path

from django.db import migrations, models

CLEAR = Path(__file__).with_suffix(".sql").read_text("utf-8")


class Migration(migrations.Migration):
    dependencies = [("people", "0003_former_names")]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="case_id",
            field=models.UUIDField(blank=True, db_index=True, null=True),
        ),
        migrations.AddField(
            model_name="draft",
            name="about",
            field=models.CharField(blank=True, db_default="", max_length=60),
        ),
        migrations.AddField(
            model_name="draft",
            name="about_id",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.RunSQL(CLEAR, migrations.RunSQL.noop),
    ]
