"""Reminders and their rules, the outbox, points after the end and check-ins."""

import common.ids
import datetime
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.tables import CreatesTables


class Migration(CreatesTables):
    initial = True

    dependencies = [
        ('cases', '0001_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CheckIn',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='cases.case')),
                ('category', models.CharField(choices=[('identity_contact', 'Name and contact details'), ('case_handling', 'How the case is handled'), ('education_work', 'Education and work'), ('social_situation', 'Social situation'), ('health_work_ability', 'Health and work ability'), ('service_needs', 'Need for services'), ('plan_follow_up', 'Plan and its follow-up'), ('self_assessment', 'Own assessments'), ('benefits_detail', 'Details of benefits')], default='plan_follow_up', max_length=30, verbose_name='What it concerns')),
                ('recorded_for', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('client', 'Client')], max_length=20)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_at', models.DateTimeField()),
                ('with_client', models.BooleanField(db_default=False, default=False, verbose_name='Written with the client present')),
                ('feeling', models.CharField(choices=[('well', 'It goes well'), ('slowly', 'It goes forward, slowly'), ('stuck', 'I am stuck'), ('help', 'I need help soon')], max_length=10, verbose_name='How is it going?')),
                ('comment', models.TextField(blank=True, verbose_name='In your words')),
                ('handled_at', models.DateTimeField(blank=True, null=True)),
                ('handled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['case', '-recorded_at'], name='check_in_newest'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('recorded_for', 'client')), name='check_in_is_the_clients'),
                    models.CheckConstraint(condition=models.Q(('category', 'plan_follow_up')), name='check_in_is_of_follow_up'),
                    models.CheckConstraint(condition=models.Q(models.Q(('handled_at__isnull', True), ('handled_by__isnull', True)), models.Q(('handled_at__isnull', False), ('handled_by__isnull', False)), _connector='OR'), name='check_in_handled_at_and_by_together'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL)),
                ('channel', models.CharField(choices=[('email', 'E-mail'), ('sms', 'Text message'), ('suomifi', 'Suomi.fi messages')], max_length=10)),
                ('notice', models.CharField(choices=[('digest', 'What waits for a worker today'), ('news', 'Something new waits for the client'), ('message', 'A new message from the team'), ('point', 'How are things, after the joint service')], max_length=10)),
                ('about', models.CharField(max_length=60)),
                ('made_at', models.DateTimeField()),
                ('not_before', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting to be sent'), ('sent', 'Sent'), ('needless', 'Nothing was left to tell'), ('parked', 'Failed: somebody must look into it')], default='waiting', max_length=10)),
                ('tries', models.PositiveSmallIntegerField(db_default=0, default=0)),
                ('handings', models.PositiveSmallIntegerField(db_default=0, default=0)),
                ('failure', models.CharField(blank=True, db_default='', max_length=100)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('state', 'waiting')), fields=['channel', 'not_before'], name='notification_waiting'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('user', 'channel', 'notice', 'about'), name='notification_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='notification_closed_fits_state'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ContactChoice',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='contact_choice', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('email', models.BooleanField(default=True, verbose_name='By e-mail')),
                ('sms', models.BooleanField(default=False, verbose_name='By text message')),
                ('suomifi', models.BooleanField(default=False, verbose_name='By Suomi.fi messages')),
                ('quiet_from', models.TimeField(default=datetime.time(20, 0), verbose_name='Not after')),
                ('quiet_until', models.TimeField(default=datetime.time(8, 0), verbose_name='Not before')),
            ],
        ),
        migrations.CreateModel(
            name='FollowUpPoint',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='points', to='cases.case')),
                ('months', models.PositiveSmallIntegerField()),
                ('due_on', models.DateField()),
                ('open_until', models.DateField()),
                ('asker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['due_on'], name='point_due'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('case', 'months'), name='point_once_a_case'),
                    models.CheckConstraint(condition=models.Q(('open_until__gte', models.F('due_on'))), name='point_open_after_it_is_due'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PointAnswer',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='cases.case')),
                ('category', models.CharField(choices=[('identity_contact', 'Name and contact details'), ('case_handling', 'How the case is handled'), ('education_work', 'Education and work'), ('social_situation', 'Social situation'), ('health_work_ability', 'Health and work ability'), ('service_needs', 'Need for services'), ('plan_follow_up', 'Plan and its follow-up'), ('self_assessment', 'Own assessments'), ('benefits_detail', 'Details of benefits')], default='plan_follow_up', max_length=30, verbose_name='What it concerns')),
                ('recorded_for', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('client', 'Client')], max_length=20)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_at', models.DateTimeField()),
                ('with_client', models.BooleanField(db_default=False, default=False, verbose_name='Written with the client present')),
                ('point', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='followup.followuppoint')),
                ('source', models.CharField(choices=[('client', 'The client'), ('worker', 'The worker who asked')], max_length=10)),
                ('situation', models.CharField(choices=[('contract', 'A work contract of at least 6 months'), ('degree', 'Studies for a degree'), ('other_service', 'Another service'), ('unemployed', 'Unemployed'), ('other', 'Something else')], max_length=20, verbose_name='How things are now')),
                ('wants_contact', models.BooleanField(default=False, verbose_name='Wants to be contacted')),
                ('comment', models.TextField(blank=True, verbose_name='In a few words')),
                ('handled_at', models.DateTimeField(blank=True, null=True)),
                ('handled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('point', 'source'), name='point_answer_once_a_source'),
                    models.CheckConstraint(condition=models.Q(('category', 'plan_follow_up')), name='point_answer_is_of_follow_up'),
                    models.CheckConstraint(condition=models.Q(models.Q(('recorded_for', 'client'), ('source', 'client')), models.Q(models.Q(('source', 'client'), _negated=True), models.Q(('recorded_for', 'client'), _negated=True)), _connector='OR'), name='point_answer_source_fits_party'),
                    models.CheckConstraint(condition=models.Q(models.Q(('handled_at__isnull', True), ('handled_by__isnull', True)), models.Q(('handled_at__isnull', False), ('handled_by__isnull', False), ('wants_contact', True)), _connector='OR'), name='point_answer_handled_at_and_by_together'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='cases.case')),
                ('kind', models.CharField(choices=[('plan_due', 'The plan is to be made'), ('review_due', 'The plan is to be reviewed'), ('review_asked', 'The client asked to review the plan'), ('correction_due', 'A request for correction waits for an answer'), ('question_due', 'A question about processing waits for an answer'), ('action_due', 'An action is due soon'), ('action_overdue', 'An action is overdue'), ('request_waits', 'A request to the body waits for an answer'), ('message_waits', 'A message waits for an answer'), ('meeting_next', 'A meeting is near'), ('consent_asked', 'A request for consent waits for an answer'), ('consent_ends', 'A consent ends soon'), ('trigger_coming', 'The client will reach a trigger'), ('cover_ends', 'A cover ends soon'), ('no_contact', 'Nobody has been in contact'), ('check_in', 'How is it going?'), ('help_wanted', 'The client said that it does not go well'), ('point_due', 'A follow-up point'), ('goal_stalled', 'A goal has not moved'), ('long_service', 'The joint service has gone on for long'), ('all_on_client', "Every open action is the client's"), ('same_again', 'The same service again')], max_length=20)),
                ('subject_id', models.UUIDField()),
                ('due_on', models.DateField()),
                ('for_user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to=settings.AUTH_USER_MODEL)),
                ('level', models.PositiveSmallIntegerField(choices=[(0, 'Whose it is'), (1, 'Who leads the office'), (2, 'The director')], db_default=0, default=0)),
                ('about', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('raised_on', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('snoozed_until', models.DateField(blank=True, null=True)),
                ('snoozed_because', models.CharField(blank=True, choices=[('agreed', 'Agreed with the client'), ('others', 'Waits for somebody else'), ('away', 'The client cannot be reached now'), ('other_first', 'Something else comes first')], db_default='', max_length=12)),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('ended_on__isnull', True)), fields=['for_user', 'due_on'], name='reminder_open_by_user'),
                    models.Index(condition=models.Q(('ended_on__isnull', True)), fields=['subject_id'], name='reminder_open_by_subject'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('kind', 'subject_id', 'due_on', 'for_user'), name='reminder_once'),
                    models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('raised_on')), _connector='OR'), name='reminder_ends_after_it_is_raised'),
                    models.CheckConstraint(condition=models.Q(('case__isnull', False), ('kind', 'cover_ends'), _connector='OR'), name='reminder_is_about_a_case'),
                    models.CheckConstraint(condition=models.Q(models.Q(('about__isnull', True), ('level', 0)), models.Q(models.Q(('level', 0), _negated=True), ('about__isnull', False)), _connector='OR'), name='reminder_gone_up_says_whose_it_is'),
                    models.CheckConstraint(condition=models.Q(models.Q(('snoozed_because', ''), ('snoozed_until__isnull', True)), models.Q(('snoozed_until__isnull', False), models.Q(('snoozed_because', ''), _negated=True)), _connector='OR'), name='reminder_snoozed_with_a_reason'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ReminderRule',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminder_rules', to='people.network')),
                ('kind', models.CharField(choices=[('plan_due', 'The plan is to be made'), ('review_due', 'The plan is to be reviewed'), ('review_asked', 'The client asked to review the plan'), ('correction_due', 'A request for correction waits for an answer'), ('question_due', 'A question about processing waits for an answer'), ('action_due', 'An action is due soon'), ('action_overdue', 'An action is overdue'), ('request_waits', 'A request to the body waits for an answer'), ('message_waits', 'A message waits for an answer'), ('meeting_next', 'A meeting is near'), ('consent_asked', 'A request for consent waits for an answer'), ('consent_ends', 'A consent ends soon'), ('trigger_coming', 'The client will reach a trigger'), ('cover_ends', 'A cover ends soon'), ('no_contact', 'Nobody has been in contact'), ('check_in', 'How is it going?'), ('help_wanted', 'The client said that it does not go well'), ('point_due', 'A follow-up point'), ('goal_stalled', 'A goal has not moved'), ('long_service', 'The joint service has gone on for long'), ('all_on_client', "Every open action is the client's"), ('same_again', 'The same service again')], max_length=20)),
                ('is_on', models.BooleanField(default=True, verbose_name='Reminds')),
                ('notice', models.SmallIntegerField(blank=True, null=True, verbose_name='Days before')),
                ('allowed', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='After how many days')),
                ('leader_after', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="To the office's leader after so many days")),
                ('director_after', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='To the director after so many days')),
                ('decided_at', models.DateTimeField()),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['network', 'kind', '-decided_at'], name='reminder_rule_newest'),
                ],
            },
        ),
    ]
