"""How an answer was given, how a disagreement was settled, and the client's wish for a review."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.ids


class Migration(migrations.Migration):
    dependencies = [
        ("caseplan", "0006_mapping_and_ending"),
        ("cases", "0005_lifecycle"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReviewRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("identity_contact", "Name and contact details"),
                            ("case_handling", "How the case is handled"),
                            ("education_work", "Education and work"),
                            ("social_situation", "Social situation"),
                            ("health_work_ability", "Health and work ability"),
                            ("service_needs", "Need for services"),
                            ("plan_follow_up", "Plan and its follow-up"),
                            ("self_assessment", "Own assessments"),
                            ("benefits_detail", "Details of benefits"),
                        ],
                        default="plan_follow_up",
                        max_length=30,
                        verbose_name="What it concerns",
                    ),
                ),
                (
                    "recorded_for",
                    models.CharField(
                        choices=[
                            ("employment", "Employment services"),
                            ("social", "Social services"),
                            ("kela", "Kela"),
                            ("client", "Client"),
                        ],
                        max_length=20,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "with_client",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        verbose_name="Written with the client present",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="Why")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Not answered yet"),
                            ("agreed", "The plan is reviewed"),
                            ("refused", "Not reviewed now"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.TextField(blank=True, verbose_name="Answer")),
            ],
        ),
        migrations.AddField(
            model_name="answer",
            name="how",
            field=models.CharField(
                choices=[
                    ("electronic", "In this service"),
                    ("paper", "Signed on paper"),
                    ("spoken", "Said to a worker, who wrote it down"),
                ],
                default="electronic",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="paper",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="Where the signed paper is kept"
            ),
        ),
        migrations.AddField(
            model_name="planversion",
            name="settled_by",
            field=models.TextField(blank=True, verbose_name="How a disagreement was settled"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("how", "paper"), models.Q(("paper", ""), _negated=True)),
                    models.Q(models.Q(("how", "paper"), _negated=True), ("paper", "")),
                    _connector="OR",
                ),
                name="answer_on_paper_says_where",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("how", "spoken"), _negated=True),
                    ("reply", "disagrees"),
                    _connector="OR",
                ),
                name="answer_spoken_never_accepts",
            ),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled_by", ""), ("set_aside_at__isnull", False), _connector="OR"
                ),
                name="version_settled_is_set_aside",
            ),
        ),
        migrations.AddField(
            model_name="reviewrequest",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reviewrequest",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="reviewrequest",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("case",),
                name="review_request_one_open_per_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answered_at__isnull", True),
                        ("answered_by__isnull", True),
                        ("state", "open"),
                    ),
                    models.Q(
                        models.Q(("state", "open"), _negated=True),
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="review_request_answered_fits_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="review_request_refused_with_a_reason",
            ),
        ),
    ]
