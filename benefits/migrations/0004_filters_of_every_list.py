"""The saved filters of the worklist go on among those of every list."""

from pathlib import Path

from django.db import migrations

MOVED = Path(__file__).with_suffix(".sql").read_text("utf-8")


class Migration(migrations.Migration):
    dependencies = [("benefits", "0003_assessed_by"), ("people", "0010_saved_filters")]

    operations = [
        migrations.RunSQL(MOVED, migrations.RunSQL.noop),
        migrations.DeleteModel(name="SavedFilter"),
    ]
