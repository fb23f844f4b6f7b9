"""No two log-ins that differ only in capitals: they would let neither in."""

from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_drafts"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                Lower("username"), name="user_name_whatever_its_case"
            ),
        ),
    ]
