"""Joint meetings, templates, attachments; what a service is and what came of it."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.ids


class Migration(migrations.Migration):
    dependencies = [
        ("caseplan", "0009_dialogue"),
        ("cases", "0006_handover_and_cover"),
        ("people", "0003_office_leader"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Agreed",
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
            ],
        ),
        migrations.CreateModel(
            name="Attachment",
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
                ("name", models.CharField(max_length=200)),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Meeting",
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
                ("starts_at", models.DateTimeField(verbose_name="When")),
                (
                    "minutes_long",
                    models.PositiveSmallIntegerField(default=60, verbose_name="How many minutes"),
                ),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="Where")),
                (
                    "remote_link",
                    models.URLField(blank=True, verbose_name="Link for taking part remotely"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("held", "Held"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                (
                    "cancelled_because",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="Why it was cancelled"
                    ),
                ),
                ("client_present", models.BooleanField(blank=True, null=True)),
                (
                    "without_client",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="Why it was held without the client",
                    ),
                ),
                (
                    "no_measure",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="Why no service was agreed on"
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="MeetingPoint",
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
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=300, verbose_name="What is talked about")),
                ("minutes", models.TextField(blank=True, verbose_name="What was said and agreed")),
            ],
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("case_manager", "Case manager"),
                            ("employment", "Employment expert"),
                            ("social_work", "Social work"),
                            ("benefits", "Benefits and rehabilitation of Kela"),
                            ("health", "Health care"),
                            ("rehabilitation", "Rehabilitation expert"),
                            ("support", "The client's support person"),
                            ("client", "Client"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="Role",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="Who")),
                (
                    "body",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("employment", "Employment services"),
                            ("social", "Social services"),
                            ("kela", "Kela"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "coming",
                    models.CharField(
                        choices=[
                            ("unknown", "Not answered yet"),
                            ("comes", "Attends"),
                            ("cannot", "Cannot attend"),
                        ],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                ("came", models.BooleanField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Template",
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
                            ("plan", "Goals with their actions"),
                            ("reply", "Text of a message"),
                        ],
                        max_length=10,
                        verbose_name="What it is",
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="Name")),
                (
                    "language",
                    models.CharField(
                        choices=[("fi", "suomi"), ("sv", "svenska"), ("en", "English")],
                        max_length=2,
                        verbose_name="Language",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="Text")),
                ("made_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="TemplateLine",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=500, verbose_name="Text")),
                (
                    "party",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("employment", "Employment services"),
                            ("social", "Social services"),
                            ("kela", "Kela"),
                            ("client", "Client"),
                        ],
                        max_length=20,
                        verbose_name="Whose task",
                    ),
                ),
                (
                    "due_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="Due, days from now"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WayOfWorking",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("one_stop", "One-stop service"),
                            ("partnership", "Partnership"),
                            ("meeting", "Joint meetings of a set team"),
                            ("coordination", "Coordination"),
                        ],
                        max_length=20,
                        verbose_name="Form of co-operation",
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("case_manager", "Case manager"),
                                ("employment", "Employment expert"),
                                ("social_work", "Social work"),
                                ("benefits", "Benefits and rehabilitation of Kela"),
                                ("health", "Health care"),
                                ("rehabilitation", "Rehabilitation expert"),
                                ("support", "The client's support person"),
                                ("client", "Client"),
                                ("other", "Other"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                ("client_takes_part", models.BooleanField(default=True)),
                ("one_measure", models.BooleanField(default=False)),
                ("since", models.DateField(verbose_name="From")),
                ("decided_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="goal",
            name="goal_own_words_are_the_clients",
        ),
        migrations.AddField(
            model_name="historicalmeasure",
            name="began_on",
            field=models.DateField(blank=True, null=True, verbose_name="Really began"),
        ),
        migrations.AddField(
            model_name="historicalmeasure",
            name="finished_on",
            field=models.DateField(blank=True, null=True, verbose_name="Really ended"),
        ),
        migrations.AddField(
            model_name="historicalmeasure",
            name="participation",
            field=models.CharField(
                blank=True,
                choices=[
                    ("as_planned", "Took part as planned"),
                    ("partly", "Took part in some of it"),
                    ("interrupted", "Broke off"),
                    ("never_began", "Never began"),
                ],
                db_default="",
                max_length=20,
                verbose_name="How the client took part",
            ),
        ),
        migrations.AddField(
            model_name="historicalmeasure",
            name="result",
            field=models.CharField(
                blank=True,
                choices=[
                    ("reached", "What was aimed at was reached"),
                    ("partly", "Some of it was reached"),
                    ("not_reached", "It was not reached"),
                ],
                db_default="",
                max_length=20,
                verbose_name="What came of it",
            ),
        ),
        migrations.AddField(
            model_name="historicalmeasure",
            name="result_words",
            field=models.TextField(blank=True, db_default="", verbose_name="In words"),
        ),
        migrations.AddField(
            model_name="historicalmeasure",
            name="service",
            field=models.CharField(
                choices=[
                    ("career_guidance", "Career guidance"),
                    ("job_search_coaching", "Coaching in job search"),
                    ("job_coaching", "Job coaching"),
                    ("work_trial", "Work trial"),
                    ("labour_training", "Labour market training"),
                    ("own_studies", "Own studies on unemployment benefit"),
                    ("pay_subsidy", "Pay-subsidised work"),
                    ("start_up", "Start-up grant"),
                    ("rehabilitative_work", "Rehabilitative work activity"),
                    ("social_rehabilitation", "Social rehabilitation"),
                    ("social_work", "Social work"),
                    ("housing", "Support in housing"),
                    ("substance", "Substance abuse services"),
                    ("mental_health", "Mental health services"),
                    ("health_check", "Health check of the unemployed"),
                    ("work_ability", "Assessment of work ability"),
                    ("vocational_rehabilitation", "Vocational rehabilitation"),
                    ("rehabilitation_study", "Vocational rehabilitation assessment"),
                    ("rehabilitation_trial", "Training or work trial as rehabilitation"),
                    ("psychotherapy", "Rehabilitative psychotherapy"),
                    ("workshop", "Workshop"),
                    ("peer_support", "Peer support"),
                    ("debt_advice", "Debt advice"),
                    ("other", "Other service"),
                ],
                db_default="other",
                default="other",
                max_length=30,
                verbose_name="Kind of service",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="began_on",
            field=models.DateField(blank=True, null=True, verbose_name="Really began"),
        ),
        migrations.AddField(
            model_name="measure",
            name="finished_on",
            field=models.DateField(blank=True, null=True, verbose_name="Really ended"),
        ),
        migrations.AddField(
            model_name="measure",
            name="participation",
            field=models.CharField(
                blank=True,
                choices=[
                    ("as_planned", "Took part as planned"),
                    ("partly", "Took part in some of it"),
                    ("interrupted", "Broke off"),
                    ("never_began", "Never began"),
                ],
                db_default="",
                max_length=20,
                verbose_name="How the client took part",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="result",
            field=models.CharField(
                blank=True,
                choices=[
                    ("reached", "What was aimed at was reached"),
                    ("partly", "Some of it was reached"),
                    ("not_reached", "It was not reached"),
                ],
                db_default="",
                max_length=20,
                verbose_name="What came of it",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="result_words",
            field=models.TextField(blank=True, db_default="", verbose_name="In words"),
        ),
        migrations.AddField(
            model_name="measure",
            name="service",
            field=models.CharField(
                choices=[
                    ("career_guidance", "Career guidance"),
                    ("job_search_coaching", "Coaching in job search"),
                    ("job_coaching", "Job coaching"),
                    ("work_trial", "Work trial"),
                    ("labour_training", "Labour market training"),
                    ("own_studies", "Own studies on unemployment benefit"),
                    ("pay_subsidy", "Pay-subsidised work"),
                    ("start_up", "Start-up grant"),
                    ("rehabilitative_work", "Rehabilitative work activity"),
                    ("social_rehabilitation", "Social rehabilitation"),
                    ("social_work", "Social work"),
                    ("housing", "Support in housing"),
                    ("substance", "Substance abuse services"),
                    ("mental_health", "Mental health services"),
                    ("health_check", "Health check of the unemployed"),
                    ("work_ability", "Assessment of work ability"),
                    ("vocational_rehabilitation", "Vocational rehabilitation"),
                    ("rehabilitation_study", "Vocational rehabilitation assessment"),
                    ("rehabilitation_trial", "Training or work trial as rehabilitation"),
                    ("psychotherapy", "Rehabilitative psychotherapy"),
                    ("workshop", "Workshop"),
                    ("peer_support", "Peer support"),
                    ("debt_advice", "Debt advice"),
                    ("other", "Other service"),
                ],
                db_default="other",
                default="other",
                max_length=30,
                verbose_name="Kind of service",
            ),
        ),
        migrations.AlterField(
            model_name="goal",
            name="kind",
            field=models.CharField(
                choices=[
                    ("client", "The client's own goal"),
                    ("joint", "Joint goal"),
                    ("body", "Goal of one body"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="historicalgoal",
            name="kind",
            field=models.CharField(
                choices=[
                    ("client", "The client's own goal"),
                    ("joint", "Joint goal"),
                    ("body", "Goal of one body"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "client"), ("recorded_for", "client")),
                    models.Q(
                        ("kind__in", ["joint", "body"]),
                        models.Q(("recorded_for", "client"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="goal_own_words_are_the_clients",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finished_on__isnull", True),
                    ("finished_on__gte", models.F("began_on")),
                    _connector="OR",
                ),
                name="measure_finished_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("participation", "never_began"), _negated=True),
                    models.Q(("began_on__isnull", True), ("finished_on__isnull", True)),
                    _connector="OR",
                ),
                name="measure_never_began_has_no_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("result", ""),
                    ("finished_on__isnull", False),
                    ("participation", "never_began"),
                    _connector="OR",
                ),
                name="measure_result_once_it_is_over",
            ),
        ),
        migrations.AddField(
            model_name="agreed",
            name="action",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="agreed",
                to="caseplan.action",
            ),
        ),
        migrations.AddField(
            model_name="agreed",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="agreed",
            name="measure",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="agreed",
                to="caseplan.measure",
            ),
        ),
        migrations.AddField(
            model_name="agreed",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="message",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="attachments",
                to="caseplan.message",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="closed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="agreed",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="agreed",
                to="caseplan.meeting",
            ),
        ),
        migrations.AddField(
            model_name="meetingpoint",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="meetingpoint",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="points",
                to="caseplan.meeting",
            ),
        ),
        migrations.AddField(
            model_name="meetingpoint",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="participants",
                to="caseplan.meeting",
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="template",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="template",
            name="network",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="templates",
                to="people.network",
            ),
        ),
        migrations.AddField(
            model_name="templateline",
            name="template",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="caseplan.template",
            ),
        ),
        migrations.AddField(
            model_name="wayofworking",
            name="decided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="wayofworking",
            name="network",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ways_of_working",
                to="people.network",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gte", 1)), name="attachment_is_not_empty"
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                condition=models.Q(("state", "planned")),
                fields=["starts_at"],
                name="meeting_planned",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("category", "plan_follow_up")), name="meeting_is_of_the_plan"
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("place", ""), ("remote_link", ""), _negated=True),
                name="meeting_is_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes_long__gte", 5), ("minutes_long__lte", 600)),
                name="meeting_takes_minutes",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", True),
                        ("closed_by__isnull", True),
                        ("state", "planned"),
                    ),
                    models.Q(
                        models.Q(("state", "planned"), _negated=True),
                        ("closed_at__isnull", False),
                        ("closed_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="meeting_closed_fits_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cancelled"), _negated=True),
                    models.Q(("cancelled_because", ""), _negated=True),
                    _connector="OR",
                ),
                name="meeting_cancelled_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("client_present__isnull", False), ("state", "held")),
                    models.Q(
                        models.Q(("state", "held"), _negated=True), ("client_present__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="meeting_held_says_whether_with_client",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("action__isnull", False), ("measure__isnull", True)),
                    models.Q(("action__isnull", True), ("measure__isnull", False)),
                    _connector="OR",
                ),
                name="agreed_is_an_action_or_a_service",
            ),
        ),
        migrations.AddIndex(
            model_name="meetingpoint",
            index=models.Index(fields=["meeting", "position"], name="meeting_point_in_order"),
        ),
        migrations.AddConstraint(
            model_name="meetingpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="meeting_point_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user__isnull", False)),
                fields=("meeting", "user"),
                name="participant_once_a_user",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("role", "client")),
                fields=("meeting",),
                name="participant_one_client",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("body", ""), ("name", ""), ("role", "client"), ("user__isnull", True)
                    ),
                    models.Q(
                        models.Q(("role", "client"), _negated=True),
                        models.Q(
                            models.Q(("name", ""), ("user__isnull", False)),
                            models.Q(("user__isnull", True), models.Q(("name", ""), _negated=True)),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="participant_is_the_client_a_user_or_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="template",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired_at__isnull", True)),
                fields=("network", "name", "language"),
                name="template_named_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="template",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "reply"), _negated=True),
                    models.Q(("text", ""), _negated=True),
                    _connector="OR",
                ),
                name="template_reply_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="templateline",
            constraint=models.UniqueConstraint(
                fields=("template", "position"), name="template_line_has_its_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="templateline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_days__isnull", True), ("party", "")),
                    models.Q(models.Q(("party", ""), _negated=True), ("due_days__isnull", False)),
                    _connector="OR",
                ),
                name="template_line_is_a_goal_or_an_action",
            ),
        ),
        migrations.AddConstraint(
            model_name="wayofworking",
            constraint=models.UniqueConstraint(
                fields=("network", "since"), name="way_of_working_one_a_day"
            ),
        ),
    ]
