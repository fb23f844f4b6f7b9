"""Whoever asked to be contacted after the end is called until somebody was in touch."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_handover_and_cover"),
        ("followup", "0003_clocks_outbox_points"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="pointanswer",
            name="handled_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="pointanswer",
            name="handled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="pointanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("handled_at__isnull", True), ("handled_by__isnull", True)),
                    models.Q(
                        ("handled_at__isnull", False),
                        ("handled_by__isnull", False),
                        ("wants_contact", True),
                    ),
                    _connector="OR",
                ),
                name="point_answer_handled_at_and_by_together",
            ),
        ),
    ]
