"""What a client has chosen to read stands beside what the register says."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_sent_forms"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="chosen_language",
            field=models.CharField(
                blank=True,
                choices=[("fi", "suomi"), ("sv", "svenska"), ("en", "English")],
                db_default="",
                default="",
                max_length=2,
            ),
        ),
    ]
