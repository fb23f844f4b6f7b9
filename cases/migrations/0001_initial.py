"""The case's header, its team, temporary accesses, handovers and covers, news."""

import common.ids
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.tables import CreatesTables


class Migration(CreatesTables):
    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='people.person')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='people.network')),
                ('statute', models.CharField(max_length=40)),
                ('state', models.CharField(choices=[('referred', 'Referred, not started'), ('declined', 'Not started'), ('mapping', 'Mapping'), ('in_force', 'Plan in force'), ('ending', 'Ending is being assessed'), ('follow_up', 'Ended, being followed up'), ('closed', 'Ended')], default='mapping', max_length=12)),
                ('started_on', models.DateField(blank=True, null=True)),
                ('opened_at', models.DateTimeField()),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hold_why', models.CharField(blank=True, max_length=300)),
                ('ended_because', models.CharField(blank=True, choices=[('died', 'The client has died'), ('moved', 'The client has moved to another area'), ('joined', 'It was of the same person as another case')], db_default='', max_length=10)),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['network', 'id'], include=('person',), name='case_open_in_network'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('person', 'network'), name='case_one_open_per_person_and_network'),
                    models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='case_ended_at_and_by_together'),
                    models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state__in', ('declined', 'follow_up', 'closed'))), models.Q(models.Q(('state__in', ('declined', 'follow_up', 'closed')), _negated=True), ('ended_at__isnull', True)), _connector='OR'), name='case_ended_at_fits_state'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['referred', 'declined']), ('started_on__isnull', False), _connector='OR'), name='case_started_on_fits_state'),
                    models.CheckConstraint(condition=models.Q(('ended_because', ''), ('state__in', ['closed', 'declined']), _connector='OR'), name='case_ended_because_fits_state'),
                ],
            },
        ),
        migrations.CreateModel(
            name='TeamMembership',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='team', to='cases.case')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='team_memberships', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='team_memberships', to='people.office')),
                ('role', models.CharField(choices=[('case_manager', 'Case manager'), ('member', 'Team member')], max_length=20)),
                ('why', models.CharField(blank=True, max_length=200)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['user', 'case'], include=('since', 'until'), name='team_by_user'),
                    models.Index(fields=['office', 'case'], include=('since', 'until'), name='team_by_office'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('office__isnull', True), ('user__isnull', False)), models.Q(('office__isnull', False), ('role', 'member'), ('user__isnull', True)), _connector='OR'), name='team_membership_is_user_or_office'),
                    models.CheckConstraint(condition=models.Q(models.Q(('ended_by__isnull', True), ('until__isnull', True)), models.Q(('ended_by__isnull', False), ('until__gte', models.F('since'))), _connector='OR'), name='team_membership_until_and_by_together'),
                    django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('role', 'case_manager')), expressions=[('case', '='), (models.Func('since', 'until', django.contrib.postgres.fields.ranges.RangeBoundary(), function='TSTZRANGE', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='team_one_case_manager_at_a_time'),
                    django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('user__isnull', False)), expressions=[('case', '='), ('user', '='), (models.Func('since', 'until', django.contrib.postgres.fields.ranges.RangeBoundary(), function='TSTZRANGE', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='team_user_memberships_do_not_overlap'),
                    django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('office__isnull', False)), expressions=[('case', '='), ('office', '='), (models.Func('since', 'until', django.contrib.postgres.fields.ranges.RangeBoundary(), function='TSTZRANGE', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='team_office_memberships_do_not_overlap'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handovers', to='cases.case')),
                ('giver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers_given', to=settings.AUTH_USER_MODEL)),
                ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers_received', to=settings.AUTH_USER_MODEL)),
                ('reason', models.TextField(blank=True, verbose_name='Why, for the client')),
                ('code', models.CharField(blank=True, choices=[('left', 'They no longer work here, and a case is never without a case manager.')], max_length=20, verbose_name='Why it changed hands by itself')),
                ('leaves', models.BooleanField(default=False, verbose_name='Leaves the team')),
                ('state', models.CharField(choices=[('open', 'Not answered yet'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Taken back')], default='open', max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.TextField(blank=True, verbose_name='Answer')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('case',), name='handover_one_open_per_case'),
                    models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('code', ''), _negated=True), _connector='OR'), name='handover_tells_the_client_why'),
                    models.CheckConstraint(condition=models.Q(('giver', models.F('receiver')), _negated=True), name='handover_to_somebody_else'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='handover_answered_fits_state'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='handover_declined_with_a_reason'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Cover',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covers', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covering', to=settings.AUTH_USER_MODEL)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.network')),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['by', 'until'], name='cover_by_whom'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('user', models.F('by')), _negated=True), name='cover_by_somebody_else'),
                    models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='cover_ends_after_start'),
                    django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('user', '='), (models.Func('since', 'until', django.contrib.postgres.fields.ranges.RangeBoundary(), function='TSTZRANGE', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='cover_one_at_a_time'),
                ],
            },
        ),
        migrations.CreateModel(
            name='TemporaryAccess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='temporary_accesses', to='cases.case')),
                ('why', models.CharField(choices=[('shared', 'Shared with them by the client'), ('grace', 'Managed the case until a moment ago'), ('asked', 'Asked for access, and was given it'), ('emergency', 'Opened in an emergency')], max_length=20)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
            ],
            options={
                'unique_together': {('user', 'permission', 'content_object')},
                'abstract': False,
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='temporary_access_ends_after_start'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AccessRequest',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('ask', 'Asked for access'), ('emergency', 'Opened in an emergency')], max_length=12)),
                ('code_hash', models.CharField(db_index=True, max_length=64)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='access_requests', to=settings.AUTH_USER_MODEL)),
                ('asked_body', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela')], max_length=20)),
                ('asked_office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
                ('asked_network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.network')),
                ('asked_at', models.DateTimeField()),
                ('urgent', models.CharField(blank=True, choices=[('life', "Somebody's life or health is in danger"), ('income', 'Somebody is about to be left without food, shelter or medicine'), ('child', 'A child is in danger'), ('other', 'Something else that cannot wait')], max_length=12)),
                ('reason', models.TextField()),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='emergencies', to='cases.case')),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('state', models.CharField(choices=[('open', 'Not answered yet'), ('given', 'Given'), ('refused', 'Refused')], default='open', max_length=10)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('answer', models.TextField(blank=True)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='access_request_says_why'),
                    models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', True), ('kind', 'ask'), ('urgent', '')), models.Q(('kind', 'emergency'), models.Q(('urgent', ''), _negated=True)), _connector='OR'), name='access_request_asking_names_no_case'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='access_request_answered_at_fits_state'),
                ],
            },
        ),
        migrations.CreateModel(
            name='News',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='news', to='cases.case')),
                ('for_user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kind', models.CharField(choices=[('meeting_moved', 'A meeting is at another time'), ('meeting_elsewhere', 'A meeting is in another place or of another length'), ('meeting_cancelled', 'A meeting is cancelled'), ('meeting_asked', 'You are invited to a meeting'), ('meeting_joined', 'More people are invited to a meeting'), ('proposal_set_aside', 'The proposed plan is set aside'), ('plan_in_force', 'The plan has come into force'), ('review_answered', 'Your request to review the plan is answered'), ('consent_withdrawn', 'A request for your consent is taken back'), ('task_changed', 'A task of yours has changed'), ('task_closed', 'A task of yours is closed'), ('service_moved', 'The days of a service have changed'), ('ending_closed', 'The joint service goes on'), ('manager_changed', 'Your case manager has changed'), ('request_answered', 'A request of your organisation is answered'), ('request_withdrawn', 'A request to your organisation is taken back'), ('handover_accepted', 'The case you offered has been taken over'), ('handover_declined', 'The case you offered was not taken over'), ('handover_withdrawn', 'A case that was offered to you is taken back'), ('access_given', 'You may read the case that you asked to see'), ('consent_answered', 'The client has answered your request for consent'), ('goal_dropped', 'A goal is no longer pursued'), ('ending_agreed', 'The joint service has ended')], max_length=20)),
                ('subject_id', models.UUIDField()),
                ('was_at', models.DateTimeField(blank=True, null=True)),
                ('was_on', models.DateField(blank=True, null=True)),
                ('was', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('seen_at__isnull', True)), fields=['at'], name='news_unseen_by_time'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('seen_at__isnull', True)), fields=('for_user', 'kind', 'subject_id'), name='news_once_until_seen'),
                ],
            },
        ),
    ]
