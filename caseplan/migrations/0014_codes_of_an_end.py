"""Why a meeting is off, or a case did not start, by itself: a code, said to whoever reads it."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("caseplan", "0013_point_topics"),
        ("cases", "0009_handover_codes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="meeting",
            name="meeting_cancelled_with_a_reason",
        ),
        migrations.AddField(
            model_name="historicalreferral",
            name="declined_code",
            field=models.CharField(
                blank=True,
                choices=[("case_ended", "The joint service has ended.")],
                max_length=20,
                verbose_name="Why it did not start by itself",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="cancelled_code",
            field=models.CharField(
                blank=True,
                choices=[("case_ended", "The joint service has ended.")],
                max_length=20,
                verbose_name="Why it was cancelled by itself",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="declined_code",
            field=models.CharField(
                blank=True,
                choices=[("case_ended", "The joint service has ended.")],
                max_length=20,
                verbose_name="Why it did not start by itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cancelled"), _negated=True),
                    models.Q(("cancelled_because", ""), _negated=True),
                    models.Q(("cancelled_code", ""), _negated=True),
                    _connector="OR",
                ),
                name="meeting_cancelled_with_a_reason",
            ),
        ),
    ]
