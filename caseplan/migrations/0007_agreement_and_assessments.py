"""The agreement in full, assessments, how near the goals are, the client's no and conflicts."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import common.ids


class Migration(migrations.Migration):
    dependencies = [
        ("caseplan", "0006_mapping_and_ending"),
        ("cases", "0006_handover_and_cover"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Assessment",
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
                ("instrument", models.CharField(max_length=40, verbose_name="Instrument")),
                ("version", models.CharField(max_length=20, verbose_name="Version")),
                ("taken_on", models.DateField(verbose_name="Day")),
                ("scores", models.JSONField(verbose_name="Scores")),
            ],
        ),
        migrations.CreateModel(
            name="ConflictNote",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("same_service", "The same service from two bodies"),
                            ("work_ability", "Work ability rated differently"),
                            ("client_no", "The client does not want this"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "subjects",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), size=None
                    ),
                ),
                (
                    "revisions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), size=None
                    ),
                ),
                ("note", models.TextField(verbose_name="What was agreed")),
            ],
        ),
        migrations.CreateModel(
            name="ExpertRating",
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
                ("on", models.DateField(verbose_name="Day")),
                (
                    "work_ability",
                    models.PositiveSmallIntegerField(verbose_name="Work ability, 0-10"),
                ),
                ("words", models.TextField(verbose_name="What the rating rests on")),
            ],
        ),
        migrations.CreateModel(
            name="GoalRating",
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
                    "status",
                    models.CharField(
                        choices=[
                            ("not_started", "Not started"),
                            ("a_little", "A little"),
                            ("well_on_the_way", "Well on the way"),
                            ("reached", "Reached"),
                            ("moved_away", "Moved further away"),
                        ],
                        max_length=20,
                        verbose_name="How near is it?",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="In your words")),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalAssessment",
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
                ("instrument", models.CharField(max_length=40, verbose_name="Instrument")),
                ("version", models.CharField(max_length=20, verbose_name="Version")),
                ("taken_on", models.DateField(verbose_name="Day")),
                ("scores", models.JSONField(verbose_name="Scores")),
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
            ],
            options={
                "verbose_name": "historical assessment",
                "verbose_name_plural": "historical assessments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalExpertRating",
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
                ("on", models.DateField(verbose_name="Day")),
                (
                    "work_ability",
                    models.PositiveSmallIntegerField(verbose_name="Work ability, 0-10"),
                ),
                ("words", models.TextField(verbose_name="What the rating rests on")),
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
            ],
            options={
                "verbose_name": "historical expert rating",
                "verbose_name_plural": "historical expert ratings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Objection",
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
                ("words", models.TextField(verbose_name="In your words")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
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
                db_default="electronic",
                default="electronic",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="paper",
            field=models.CharField(
                blank=True,
                db_default="",
                max_length=200,
                verbose_name="Where the signed paper is kept",
            ),
        ),
        migrations.AddField(
            model_name="planversion",
            name="settled_by",
            field=models.TextField(
                blank=True, db_default="", verbose_name="How a disagreement was settled"
            ),
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
            model_name="assessment",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="conflictnote",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="conflictnote",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="expertrating",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="expertrating",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="goalrating",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="goalrating",
            name="goal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="ratings",
                to="caseplan.goal",
            ),
        ),
        migrations.AddField(
            model_name="goalrating",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalassessment",
            name="case",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="historicalassessment",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalexpertrating",
            name="case",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="historicalexpertrating",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="action",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="objections",
                to="caseplan.action",
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="measure",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="objections",
                to="caseplan.measure",
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
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
            model_name="assessment",
            constraint=models.UniqueConstraint(
                fields=("case", "instrument", "taken_on", "recorded_for"),
                name="assessment_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("category", "self_assessment")),
                name="assessment_is_own_category",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("scores", {}), _negated=True), name="assessment_has_scores"
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "taken_on__lte",
                        django.db.models.functions.comparison.Cast(
                            models.Func(
                                models.F("recorded_at"),
                                template="(%(expressions)s AT TIME ZONE 'Europe/Helsinki')",
                            ),
                            models.DateField(),
                        ),
                    )
                ),
                name="assessment_not_in_the_future",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflictnote",
            constraint=models.UniqueConstraint(
                fields=("case", "kind", "subjects", "revisions"), name="conflict_settled_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="conflictnote",
            constraint=models.CheckConstraint(
                condition=models.Q(("revisions__len", 2), ("subjects__len", 2)),
                name="conflict_between_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflictnote",
            constraint=models.CheckConstraint(
                condition=models.Q(("note", ""), _negated=True), name="conflict_note_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="conflictnote",
            constraint=models.CheckConstraint(
                condition=models.Q(("recorded_for", "client"), _negated=True),
                name="conflict_settled_by_a_body",
            ),
        ),
        migrations.AddConstraint(
            model_name="expertrating",
            constraint=models.UniqueConstraint(
                fields=("case", "on", "recorded_for"), name="expert_rating_once_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="expertrating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("category", "health_work_ability"),
                    models.Q(("recorded_for", "client"), _negated=True),
                ),
                name="expert_rating_is_a_bodys",
            ),
        ),
        migrations.AddConstraint(
            model_name="expertrating",
            constraint=models.CheckConstraint(
                condition=models.Q(("work_ability__lte", 10)), name="expert_rating_from_0_to_10"
            ),
        ),
        migrations.AddConstraint(
            model_name="expertrating",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="expert_rating_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="expertrating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "on__lte",
                        django.db.models.functions.comparison.Cast(
                            models.Func(
                                models.F("recorded_at"),
                                template="(%(expressions)s AT TIME ZONE 'Europe/Helsinki')",
                            ),
                            models.DateField(),
                        ),
                    )
                ),
                name="expert_rating_not_in_the_future",
            ),
        ),
        migrations.AddIndex(
            model_name="goalrating",
            index=models.Index(
                fields=["goal", "recorded_for", "-recorded_at"], name="goal_rating_newest"
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("action__isnull", False), ("measure__isnull", True)),
                    models.Q(("action__isnull", True), ("measure__isnull", False)),
                    _connector="OR",
                ),
                name="objection_to_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="objection_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(("recorded_for", "client")), name="objection_is_the_clients"
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("action", "measure"),
                name="objection_stands_once",
                nulls_distinct=False,
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
