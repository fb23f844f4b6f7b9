"""Cases that were only referred are rows of the sender's own from here on."""

from pathlib import Path

from django.db import migrations

SEND = Path(__file__).with_suffix(".sql").read_text("utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0001_initial"),
        ("plan", "0005_the_need_and_the_end"),
        ("common", "0001_dates"),
    ]

    operations = [migrations.RunSQL(SEND, migrations.RunSQL.noop)]
