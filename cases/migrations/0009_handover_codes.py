"""Why a case changed hands by itself is a code, said in the language of who reads it."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_news"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="handover",
            name="handover_tells_the_client_why",
        ),
        migrations.AddField(
            model_name="handover",
            name="code",
            field=models.CharField(
                blank=True,
                choices=[
                    (
                        "left",
                        "They no longer work here, and a case is never without a case manager.",
                    )
                ],
                max_length=20,
                verbose_name="Why it changed hands by itself",
            ),
        ),
        migrations.AlterField(
            model_name="handover",
            name="words",
            field=models.TextField(blank=True, verbose_name="Why, for the client"),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("words", ""), _negated=True),
                    models.Q(("code", ""), _negated=True),
                    _connector="OR",
                ),
                name="handover_tells_the_client_why",
            ),
        ),
    ]
