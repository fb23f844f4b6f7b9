"""The rules of dates as functions of the database, so that each stands in one place in SQL too."""

from pathlib import Path

from django.db import migrations

CREATE = Path(__file__).with_suffix(".sql").read_text("utf-8")
DROP = """
DROP FUNCTION add_months(date, int), full_months(date, date), birthday(date, int),
  weekdays_to(date, int), nth_weekday(int, int), day_of(timestamptz);
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [migrations.RunSQL(CREATE, DROP)]
