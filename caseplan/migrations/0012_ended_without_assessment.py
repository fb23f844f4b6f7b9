"""A death, a move and two records of one person end a case without words and follow-up."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("caseplan", "0011_clocks"),
        ("cases", "0007_ended_at_once"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="ending",
            name="ending_says_why",
        ),
        migrations.AlterField(
            model_name="ending",
            name="exit",
            field=models.CharField(
                choices=[
                    ("work_full_time", "Work on the open market, full time"),
                    ("work_part_time", "Work on the open market, part time"),
                    ("supported_work", "Supported work"),
                    ("education", "Education"),
                    ("other_service", "Another service"),
                    ("unemployment", "Unemployment"),
                    ("disability_pension", "Disability pension"),
                    ("other", "Something else"),
                    ("died", "The client has died"),
                    ("moved", "The client has moved to another area"),
                    ("joined", "Two records were one person"),
                ],
                max_length=20,
                verbose_name="What it ends to",
            ),
        ),
        migrations.AlterField(
            model_name="ending",
            name="follow_up_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_up_endings",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="ending",
            name="words",
            field=models.TextField(blank=True, verbose_name="Why the need has ended"),
        ),
        migrations.AddConstraint(
            model_name="ending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("exit__in", ("died", "moved", "joined")),
                    models.Q(("words", ""), _negated=True),
                    _connector="OR",
                ),
                name="ending_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="ending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("exit__in", ("died", "moved", "joined")), ("follow_up_by__isnull", True)
                    ),
                    models.Q(
                        models.Q(("exit__in", ("died", "moved", "joined")), _negated=True),
                        ("follow_up_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="ending_is_followed_up_by_somebody",
            ),
        ),
    ]
