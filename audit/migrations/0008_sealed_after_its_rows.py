"""The moment of a seal is taken once its rows are read, so that none of them is younger."""

from pathlib import Path

from django.db import migrations

CREATE = Path(__file__).with_suffix(".sql").read_text("utf-8")


class Migration(migrations.Migration):
    dependencies = [("audit", "0007_purpose_breach")]

    operations = [migrations.RunSQL(CREATE)]
