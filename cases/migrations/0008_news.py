"""A changed fact is news until its reader has seen it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.ids


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_ended_at_once"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="News",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("meeting_moved", "A meeting is at another time"),
                            (
                                "meeting_elsewhere",
                                "A meeting is in another place or of another length",
                            ),
                            ("meeting_cancelled", "A meeting is cancelled"),
                            ("meeting_asked", "You are invited to a meeting"),
                            ("meeting_joined", "More people are invited to a meeting"),
                            ("proposal_set_aside", "The proposed plan is set aside"),
                            ("plan_in_force", "The plan has come into force"),
                            ("review_answered", "Your request to review the plan is answered"),
                            ("consent_withdrawn", "A request for your consent is taken back"),
                            ("task_changed", "A task of yours has changed"),
                            ("task_closed", "A task of yours is closed"),
                            ("service_moved", "The days of a service have changed"),
                            ("ending_closed", "The joint service goes on"),
                            ("manager_changed", "Your case manager has changed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("subject_id", models.UUIDField()),
                ("was_at", models.DateTimeField(blank=True, null=True)),
                ("was_on", models.DateField(blank=True, null=True)),
                ("was", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="news",
                        to="cases.case",
                    ),
                ),
                (
                    "for_user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("seen_at__isnull", True)),
                        fields=["at"],
                        name="news_unseen_by_time",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("seen_at__isnull", True)),
                        fields=("for_user", "kind", "subject_id"),
                        name="news_once_until_seen",
                    )
                ],
            },
        ),
    ]
