"""What a decision is for, where nobody wrote it, is a code said in the language of who reads it."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_handover_codes"),
        ("consent", "0005_home_municipality"),
        ("people", "0010_former_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="consent",
            name="purpose_code",
            field=models.CharField(
                blank=True, choices=[("plan", "the joint plan"), ("ended", "ended")], max_length=10
            ),
        ),
        migrations.AlterField(
            model_name="consent",
            name="purpose",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("purpose", ""), _negated=True),
                    models.Q(("purpose_code", ""), _negated=True),
                    _connector="OR",
                ),
                name="consent_says_what_for",
            ),
        ),
    ]
