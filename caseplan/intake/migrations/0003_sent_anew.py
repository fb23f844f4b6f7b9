"""Cases that were only referred are rows of the sender's own from here on."""

from pathlib import Path

from django.db import migrations

SEND = Path(__file__).with_suffix(".sql").read_text("utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0002_own_requests_and_consultations"),
        ("plan", "0006_the_need_as_it_was_seen"),
        ("common", "0001_dates"),
    ]

    operations = [migrations.RunSQL(SEND, migrations.RunSQL.noop)]
