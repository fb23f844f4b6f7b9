"""Clocks moved, the outbox, points after the end, check-ins, rules of networks."""

import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.ids


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_handover_and_cover"),
        ("followup", "0002_consent_asked"),
        ("people", "0004_drafts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckIn",
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
                    "feeling",
                    models.CharField(
                        choices=[
                            ("well", "It goes well"),
                            ("slowly", "It goes forward, slowly"),
                            ("stuck", "I am stuck"),
                            ("help", "I need help soon"),
                        ],
                        max_length=10,
                        verbose_name="How is it going?",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="In your words")),
                ("handled_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ClockChange",
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
                            ("plan_due", "The plan is made"),
                            ("review_due", "The plan is reviewed"),
                            ("review_asked", "A review the client asked for"),
                        ],
                        max_length=20,
                        verbose_name="Which deadline",
                    ),
                ),
                ("subject_id", models.UUIDField()),
                ("from_on", models.DateField(verbose_name="From")),
                ("to_on", models.DateField(verbose_name="To")),
                ("why", models.TextField(verbose_name="Why")),
            ],
        ),
        migrations.CreateModel(
            name="ContactChoice",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="contact_choice",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("email", models.BooleanField(default=True, verbose_name="By e-mail")),
                ("sms", models.BooleanField(default=False, verbose_name="By text message")),
                (
                    "suomifi",
                    models.BooleanField(default=False, verbose_name="By Suomi.fi messages"),
                ),
                (
                    "quiet_from",
                    models.TimeField(default=datetime.time(20, 0), verbose_name="Not after"),
                ),
                (
                    "quiet_until",
                    models.TimeField(default=datetime.time(8, 0), verbose_name="Not before"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FollowUpPoint",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("months", models.PositiveSmallIntegerField()),
                ("due_on", models.DateField()),
                ("open_until", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "E-mail"),
                            ("sms", "Text message"),
                            ("suomifi", "Suomi.fi messages"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "notice",
                    models.CharField(
                        choices=[
                            ("digest", "What waits for a worker today"),
                            ("news", "Something new waits for the client"),
                            ("message", "A new message from the team"),
                            ("point", "How are things, after the joint service"),
                        ],
                        max_length=10,
                    ),
                ),
                ("about", models.CharField(max_length=60)),
                ("made_at", models.DateTimeField()),
                ("not_before", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be sent"),
                            ("sent", "Sent"),
                            ("needless", "Nothing was left to tell"),
                            ("parked", "Failed: somebody must look into it"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(db_default=0, default=0)),
                ("handings", models.PositiveSmallIntegerField(db_default=0, default=0)),
                ("failure", models.CharField(blank=True, db_default="", max_length=100)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="PointAnswer",
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
                    "source",
                    models.CharField(
                        choices=[("client", "The client"), ("worker", "The worker who asked")],
                        max_length=10,
                    ),
                ),
                (
                    "situation",
                    models.CharField(
                        choices=[
                            ("contract", "A work contract of at least 6 months"),
                            ("degree", "Studies for a degree"),
                            ("other_service", "Another service"),
                            ("unemployed", "Unemployed"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                        verbose_name="How things are now",
                    ),
                ),
                (
                    "wants_contact",
                    models.BooleanField(default=False, verbose_name="Wants to be contacted"),
                ),
                ("words", models.TextField(blank=True, verbose_name="In a few words")),
            ],
        ),
        migrations.CreateModel(
            name="ReminderRule",
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
                            ("plan_due", "The plan is to be made"),
                            ("review_due", "The plan is to be reviewed"),
                            ("review_asked", "The client asked to review the plan"),
                            ("correction_due", "A request for correction waits for an answer"),
                            ("question_due", "A question about processing waits for an answer"),
                            ("action_due", "An action is due soon"),
                            ("action_overdue", "An action is overdue"),
                            ("request_waits", "A request to the body waits for an answer"),
                            ("message_waits", "A message waits for an answer"),
                            ("meeting_next", "A meeting is near"),
                            ("consent_asked", "A request for consent waits for an answer"),
                            ("consent_ends", "A consent ends soon"),
                            ("trigger_coming", "The client will reach a trigger"),
                            ("cover_ends", "A cover ends soon"),
                            ("no_contact", "Nobody has been in contact"),
                            ("check_in", "How is it going?"),
                            ("help_wanted", "The client said that it does not go well"),
                            ("point_due", "A follow-up point"),
                            ("goal_stalled", "A goal has not moved"),
                            ("long_service", "The joint service has gone on for long"),
                            ("all_on_client", "Every open action is the client's"),
                            ("same_again", "The same service again"),
                        ],
                        max_length=20,
                    ),
                ),
                ("is_on", models.BooleanField(default=True, verbose_name="Reminds")),
                (
                    "notice",
                    models.SmallIntegerField(blank=True, null=True, verbose_name="Days before"),
                ),
                (
                    "allowed",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="After how many days"
                    ),
                ),
                (
                    "leader_after",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        verbose_name="To the office's leader after so many days",
                    ),
                ),
                (
                    "director_after",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="To the director after so many days"
                    ),
                ),
                ("decided_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="reminder",
            name="about",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="level",
            field=models.PositiveSmallIntegerField(
                choices=[(0, "Whose it is"), (1, "Who leads the office"), (2, "The director")],
                db_default=0,
                default=0,
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="snoozed_because",
            field=models.CharField(
                blank=True,
                choices=[
                    ("agreed", "Agreed with the client"),
                    ("others", "Waits for somebody else"),
                    ("away", "The client cannot be reached now"),
                    ("other_first", "Something else comes first"),
                ],
                db_default="",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="snoozed_until",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="reminder",
            name="case",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reminders",
                to="cases.case",
            ),
        ),
        migrations.AlterField(
            model_name="reminder",
            name="kind",
            field=models.CharField(
                choices=[
                    ("plan_due", "The plan is to be made"),
                    ("review_due", "The plan is to be reviewed"),
                    ("review_asked", "The client asked to review the plan"),
                    ("correction_due", "A request for correction waits for an answer"),
                    ("question_due", "A question about processing waits for an answer"),
                    ("action_due", "An action is due soon"),
                    ("action_overdue", "An action is overdue"),
                    ("request_waits", "A request to the body waits for an answer"),
                    ("message_waits", "A message waits for an answer"),
                    ("meeting_next", "A meeting is near"),
                    ("consent_asked", "A request for consent waits for an answer"),
                    ("consent_ends", "A consent ends soon"),
                    ("trigger_coming", "The client will reach a trigger"),
                    ("cover_ends", "A cover ends soon"),
                    ("no_contact", "Nobody has been in contact"),
                    ("check_in", "How is it going?"),
                    ("help_wanted", "The client said that it does not go well"),
                    ("point_due", "A follow-up point"),
                    ("goal_stalled", "A goal has not moved"),
                    ("long_service", "The joint service has gone on for long"),
                    ("all_on_client", "Every open action is the client's"),
                    ("same_again", "The same service again"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="reminder",
            index=models.Index(
                condition=models.Q(("ended_on__isnull", True)),
                fields=["subject_id"],
                name="reminder_open_by_subject",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("case__isnull", False), ("kind", "cover_ends"), _connector="OR"
                ),
                name="reminder_is_about_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("about__isnull", True), ("level", 0)),
                    models.Q(models.Q(("level", 0), _negated=True), ("about__isnull", False)),
                    _connector="OR",
                ),
                name="reminder_gone_up_says_whose_it_is",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("snoozed_because", ""), ("snoozed_until__isnull", True)),
                    models.Q(
                        ("snoozed_until__isnull", False),
                        models.Q(("snoozed_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="reminder_snoozed_with_a_reason",
            ),
        ),
        migrations.AddField(
            model_name="checkin",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="checkin",
            name="handled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="checkin",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="clockchange",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="clockchange",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="followuppoint",
            name="asker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="followuppoint",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="points", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notifications",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="pointanswer",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="pointanswer",
            name="point",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="answers",
                to="followup.followuppoint",
            ),
        ),
        migrations.AddField(
            model_name="pointanswer",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reminderrule",
            name="decided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reminderrule",
            name="network",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reminder_rules",
                to="people.network",
            ),
        ),
        migrations.AddIndex(
            model_name="checkin",
            index=models.Index(fields=["case", "-recorded_at"], name="check_in_newest"),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=models.CheckConstraint(
                condition=models.Q(("recorded_for", "client")), name="check_in_is_the_clients"
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=models.CheckConstraint(
                condition=models.Q(("category", "plan_follow_up")), name="check_in_is_of_follow_up"
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("handled_at__isnull", True), ("handled_by__isnull", True)),
                    models.Q(("handled_at__isnull", False), ("handled_by__isnull", False)),
                    _connector="OR",
                ),
                name="check_in_handled_at_and_by_together",
            ),
        ),
        migrations.AddIndex(
            model_name="clockchange",
            index=models.Index(fields=["kind", "subject_id"], name="clock_change_of"),
        ),
        migrations.AddConstraint(
            model_name="clockchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", ""), _negated=True), name="clock_change_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="clockchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("to_on__gte", models.F("from_on"))),
                name="clock_change_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="clockchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("category", "plan_follow_up")),
                name="clock_change_is_of_the_plan",
            ),
        ),
        migrations.AddIndex(
            model_name="followuppoint",
            index=models.Index(fields=["due_on"], name="point_due"),
        ),
        migrations.AddConstraint(
            model_name="followuppoint",
            constraint=models.UniqueConstraint(fields=("case", "months"), name="point_once_a_case"),
        ),
        migrations.AddConstraint(
            model_name="followuppoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("open_until__gte", models.F("due_on"))),
                name="point_open_after_it_is_due",
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["channel", "not_before"],
                name="notification_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.UniqueConstraint(
                fields=("user", "channel", "notice", "about"), name="notification_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("state", "waiting")),
                    models.Q(
                        models.Q(("state", "waiting"), _negated=True), ("closed_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="notification_closed_fits_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="pointanswer",
            constraint=models.UniqueConstraint(
                fields=("point", "source"), name="point_answer_once_a_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="pointanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("category", "plan_follow_up")),
                name="point_answer_is_of_follow_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="pointanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("recorded_for", "client"), ("source", "client")),
                    models.Q(
                        models.Q(("source", "client"), _negated=True),
                        models.Q(("recorded_for", "client"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="point_answer_source_fits_party",
            ),
        ),
        migrations.AddIndex(
            model_name="reminderrule",
            index=models.Index(
                fields=["network", "kind", "-decided_at"], name="reminder_rule_newest"
            ),
        ),
    ]
