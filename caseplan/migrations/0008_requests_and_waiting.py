"""What one body asks of another; actions that wait for somebody, and that come again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.ids


class Migration(migrations.Migration):
    dependencies = [
        ("caseplan", "0007_agreement_and_assessments"),
        ("cases", "0006_handover_and_cover"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BodyRequest",
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
                (
                    "to_body",
                    models.CharField(
                        choices=[
                            ("employment", "Employment services"),
                            ("social", "Social services"),
                            ("kela", "Kela"),
                        ],
                        max_length=20,
                        verbose_name="To whom",
                    ),
                ),
                ("text", models.TextField(verbose_name="What is asked")),
                ("answer_by", models.DateField(verbose_name="Answer by")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Not answered yet"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.TextField(blank=True, verbose_name="Answer")),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="action",
            name="action_closed_at_and_by_together",
        ),
        migrations.RemoveIndex(
            model_name="action",
            name="action_open_by_due",
        ),
        migrations.AddField(
            model_name="action",
            name="repeats_weeks",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="Comes again after, weeks"
            ),
        ),
        migrations.AddField(
            model_name="action",
            name="waiting_for",
            field=models.CharField(
                blank=True,
                choices=[
                    ("employment", "Employment services"),
                    ("social", "Social services"),
                    ("kela", "Kela"),
                    ("client", "Client"),
                ],
                db_default="",
                max_length=20,
                verbose_name="Waits for",
            ),
        ),
        migrations.AddField(
            model_name="historicalaction",
            name="repeats_weeks",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="Comes again after, weeks"
            ),
        ),
        migrations.AddField(
            model_name="historicalaction",
            name="waiting_for",
            field=models.CharField(
                blank=True,
                choices=[
                    ("employment", "Employment services"),
                    ("social", "Social services"),
                    ("kela", "Kela"),
                    ("client", "Client"),
                ],
                db_default="",
                max_length=20,
                verbose_name="Waits for",
            ),
        ),
        migrations.AlterField(
            model_name="action",
            name="state",
            field=models.CharField(
                choices=[
                    ("planned", "Planned"),
                    ("in_progress", "In progress"),
                    ("waiting", "Waiting"),
                    ("done", "Done"),
                    ("dropped", "Dropped"),
                ],
                default="planned",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="historicalaction",
            name="state",
            field=models.CharField(
                choices=[
                    ("planned", "Planned"),
                    ("in_progress", "In progress"),
                    ("waiting", "Waiting"),
                    ("done", "Done"),
                    ("dropped", "Dropped"),
                ],
                default="planned",
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="action",
            index=models.Index(
                condition=models.Q(("state__in", ["planned", "in_progress", "waiting"])),
                fields=["due_on"],
                name="action_open_by_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="action",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", True),
                        ("closed_by__isnull", True),
                        ("state__in", ["planned", "in_progress", "waiting"]),
                    ),
                    models.Q(
                        ("closed_at__isnull", False),
                        ("closed_by__isnull", False),
                        ("state__in", ["done", "dropped"]),
                    ),
                    _connector="OR",
                ),
                name="action_closed_at_and_by_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="action",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "waiting"), models.Q(("waiting_for", ""), _negated=True)),
                    models.Q(models.Q(("state", "waiting"), _negated=True), ("waiting_for", "")),
                    _connector="OR",
                ),
                name="action_waiting_says_for_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="action",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("repeats_weeks__isnull", True),
                    models.Q(("repeats_weeks__gte", 1), ("repeats_weeks__lte", 52)),
                    _connector="OR",
                ),
                name="action_repeats_within_a_year",
            ),
        ),
        migrations.AddField(
            model_name="bodyrequest",
            name="action",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="request",
                to="caseplan.action",
            ),
        ),
        migrations.AddField(
            model_name="bodyrequest",
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
            model_name="bodyrequest",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="bodyrequest",
            name="goal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="requests",
                to="caseplan.goal",
            ),
        ),
        migrations.AddField(
            model_name="bodyrequest",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="bodyrequest",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["to_body", "answer_by"],
                name="body_request_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="bodyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="body_request_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="bodyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("category", "plan_follow_up")),
                name="body_request_is_read_by_whom_it_asks",
            ),
        ),
        migrations.AddConstraint(
            model_name="bodyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("recorded_for", models.F("to_body")), _negated=True),
                name="body_request_to_another_body",
            ),
        ),
        migrations.AddConstraint(
            model_name="bodyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("state", "open")),
                    models.Q(
                        models.Q(("state", "open"), _negated=True), ("answered_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="body_request_answered_fits_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="bodyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "declined"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="body_request_declined_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="bodyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("action__isnull", True), ("state", "accepted"), _connector="OR"
                ),
                name="body_request_action_once_accepted",
            ),
        ),
    ]
