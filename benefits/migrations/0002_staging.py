"""Where the lines of an extract stand on their way in."""

from pathlib import Path

from django.db import migrations

CREATE = Path(__file__).with_suffix(".sql").read_text("utf-8")
DROP = """
DROP TABLE benefits_stagedspell, benefits_stagedpayment, benefits_stagedfault;
"""


class Migration(migrations.Migration):
    dependencies = [("benefits", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]
