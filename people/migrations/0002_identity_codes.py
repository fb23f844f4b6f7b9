"""No identity code is at once a former one of somebody and the present one of anybody."""

from pathlib import Path

from django.db import migrations

CREATE = Path(__file__).with_suffix(".sql").read_text("utf-8")
DROP = """
DROP TRIGGER people_code_of_new ON people_person;
DROP TRIGGER people_code_of_changed ON people_person;
DROP TRIGGER people_code_of_former ON people_formercode;
DROP FUNCTION people_code_is_one_persons();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]
