"""Mapping and ending; and the cases that have a plan in force are in that state."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import common.ids

IN_FORCE = """
UPDATE cases_case c SET state = 'in_force' WHERE state = 'mapping' AND EXISTS (
  SELECT FROM caseplan_planversion v
  WHERE v.case_id = c.id AND v.in_force_at IS NOT NULL AND v.replaced_at IS NULL)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("caseplan", "0005_with_client"),
        ("cases", "0005_lifecycle"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalreferral",
            name="declined_because",
            field=models.TextField(blank=True, verbose_name="Why it did not start"),
        ),
        migrations.AddField(
            model_name="referral",
            name="declined_because",
            field=models.TextField(blank=True, verbose_name="Why it did not start"),
        ),
        migrations.CreateModel(
            name="Ending",
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
                    "exit",
                    models.CharField(
                        choices=[
                            ("work_full_time", "Work on the open market, full time"),
                            ("work_part_time", "Work on the open market, part time"),
                            ("supported_work", "Supported work"),
                            ("education", "Education"),
                            ("other_service", "Another service"),
                            ("unemployment", "Unemployment"),
                            ("disability_pension", "Disability pension"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                        verbose_name="What it ends to",
                    ),
                ),
                ("words", models.TextField(verbose_name="Why the need has ended")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("open", "Being assessed"),
                            ("agreed", "Ended together"),
                            ("not_agreed", "Not ended: a body sees the need"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="cases.case",
                    ),
                ),
                (
                    "follow_up_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_up_endings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EndingView",
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
                    "party",
                    models.CharField(
                        choices=[
                            ("employment", "Employment services"),
                            ("social", "Social services"),
                            ("kela", "Kela"),
                            ("client", "Client"),
                        ],
                        max_length=20,
                        verbose_name="Who",
                    ),
                ),
                ("need_has_ended", models.BooleanField(verbose_name="The need has ended")),
                ("words", models.TextField(blank=True, verbose_name="In their words")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="cases.case",
                    ),
                ),
                (
                    "ending",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="views",
                        to="caseplan.ending",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalMappingView",
            fields=[
                ("id", models.UUIDField(db_index=True, default=common.ids.new_id, editable=False)),
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
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "area",
                    models.CharField(
                        choices=[
                            ("skills", "Skills and work"),
                            ("social_situation", "Social situation"),
                            ("health", "Health"),
                            ("work_ability", "Work ability and functioning"),
                        ],
                        max_length=20,
                        verbose_name="Area",
                    ),
                ),
                ("text", models.TextField(verbose_name="View")),
                ("history_user_id", models.UUIDField(null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical mapping view",
                "verbose_name_plural": "historical mapping views",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="MappingView",
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
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "area",
                    models.CharField(
                        choices=[
                            ("skills", "Skills and work"),
                            ("social_situation", "Social situation"),
                            ("health", "Health"),
                            ("work_ability", "Work ability and functioning"),
                        ],
                        max_length=20,
                        verbose_name="Area",
                    ),
                ),
                ("text", models.TextField(verbose_name="View")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="cases.case",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="ending",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "open")),
                fields=("case",),
                name="ending_one_open_per_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="ending",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="ending_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="ending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("outcome", "open")),
                    models.Q(
                        models.Q(("outcome", "open"), _negated=True), ("closed_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="ending_closed_at_fits_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="endingview",
            constraint=models.UniqueConstraint(
                fields=("ending", "party"), name="ending_view_once_a_party"
            ),
        ),
        migrations.AddConstraint(
            model_name="endingview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("need_has_ended", True),
                    models.Q(("words", ""), _negated=True),
                    _connector="OR",
                ),
                name="ending_view_against_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="mappingview",
            constraint=models.UniqueConstraint(
                fields=("case", "area", "recorded_for"), name="mapping_one_view_a_party"
            ),
        ),
        migrations.AddConstraint(
            model_name="mappingview",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="mapping_view_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="mappingview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("area", "skills"), ("category", "education_work")),
                    models.Q(("area", "social_situation"), ("category", "social_situation")),
                    models.Q(
                        ("area__in", ["health", "work_ability"]),
                        ("category", "health_work_ability"),
                    ),
                    _connector="OR",
                ),
                name="mapping_category_fits_area",
            ),
        ),
        migrations.RunSQL(IN_FORCE, migrations.RunSQL.noop),
    ]
