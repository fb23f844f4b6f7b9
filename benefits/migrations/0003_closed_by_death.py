"""A flag is closed by the person's death."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("benefits", "0002_worklist"),
    ]

    operations = [
        migrations.AlterField(
            model_name="flag",
            name="closed_because",
            field=models.CharField(
                blank=True,
                choices=[
                    ("unemployment_ended", "The unemployment ended."),
                    ("age", "The person's age moved them to another rule."),
                    ("law", "The law or the advice changed."),
                    ("time", "The time that is looked at has passed."),
                    ("register", "The register was corrected or tells something new."),
                    ("died", "The person has died."),
                ],
                max_length=20,
            ),
        ),
    ]
