"""Joint meetings: who comes, what is talked about and agreed; a network's way of working."""

import common.ids
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.tables import CreatesTables


class Migration(CreatesTables):
    dependencies = [
        ('plan', '0001_initial'),
        ('cases', '0001_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='cases.case')),
                ('category', models.CharField(choices=[('identity_contact', 'Name and contact details'), ('case_handling', 'How the case is handled'), ('education_work', 'Education and work'), ('social_situation', 'Social situation'), ('health_work_ability', 'Health and work ability'), ('service_needs', 'Need for services'), ('plan_follow_up', 'Plan and its follow-up'), ('self_assessment', 'Own assessments'), ('benefits_detail', 'Details of benefits')], default='plan_follow_up', max_length=30, verbose_name='What it concerns')),
                ('recorded_for', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('client', 'Client')], max_length=20)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_at', models.DateTimeField()),
                ('with_client', models.BooleanField(db_default=False, default=False, verbose_name='Written with the client present')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('starts_at', models.DateTimeField(verbose_name='When')),
                ('minutes_long', models.PositiveSmallIntegerField(default=60, verbose_name='How many minutes')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='Where')),
                ('remote_link', models.URLField(blank=True, verbose_name='Link for taking part remotely')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('held', 'Held'), ('cancelled', 'Cancelled')], default='planned', max_length=10)),
                ('cancelled_because', models.CharField(blank=True, max_length=300, verbose_name='Why it was cancelled')),
                ('cancelled_code', models.CharField(blank=True, choices=[('case_ended', 'The joint service has ended.')], max_length=20, verbose_name='Why it was cancelled by itself')),
                ('client_present', models.BooleanField(blank=True, null=True)),
                ('without_client', models.CharField(blank=True, max_length=300, verbose_name='Why it was held without the client')),
                ('no_service', models.CharField(blank=True, max_length=300, verbose_name='Why no service was agreed on')),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('state', 'planned')), fields=['starts_at'], name='meeting_planned'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('category', 'plan_follow_up')), name='meeting_is_of_the_plan'),
                    models.CheckConstraint(condition=models.Q(('place', ''), ('remote_link', ''), _negated=True), name='meeting_is_somewhere'),
                    models.CheckConstraint(condition=models.Q(('minutes_long__gte', 5), ('minutes_long__lte', 600)), name='meeting_takes_minutes'),
                    models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('state', 'planned')), models.Q(models.Q(('state', 'planned'), _negated=True), ('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='meeting_closed_fits_state'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('cancelled_because', ''), _negated=True), models.Q(('cancelled_code', ''), _negated=True), _connector='OR'), name='meeting_cancelled_with_a_reason'),
                    models.CheckConstraint(condition=models.Q(models.Q(('client_present__isnull', False), ('state', 'held')), models.Q(models.Q(('state', 'held'), _negated=True), ('client_present__isnull', True)), _connector='OR'), name='meeting_held_says_whether_with_client'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='meetings.meeting')),
                ('role', models.CharField(choices=[('case_manager', 'Case manager'), ('employment', 'Employment expert'), ('social_work', 'Social work'), ('benefits', 'Benefits and rehabilitation of Kela'), ('health', 'Health care'), ('rehabilitation', 'Rehabilitation expert'), ('support', "The client's support person"), ('client', 'Client'), ('other', 'Other')], max_length=20, verbose_name='Role')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('name', models.CharField(blank=True, max_length=150, verbose_name='Who')),
                ('body', models.CharField(blank=True, choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela')], max_length=20)),
                ('coming', models.CharField(choices=[('unknown', 'Not answered yet'), ('comes', 'Attends'), ('cannot', 'Cannot attend')], default='unknown', max_length=10)),
                ('came', models.BooleanField(blank=True, null=True)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('user__isnull', False)), fields=('meeting', 'user'), name='participant_once_a_user'),
                    models.UniqueConstraint(condition=models.Q(('role', 'client')), fields=('meeting',), name='participant_one_client'),
                    models.CheckConstraint(condition=models.Q(models.Q(('body', ''), ('name', ''), ('role', 'client'), ('user__isnull', True)), models.Q(models.Q(('role', 'client'), _negated=True), models.Q(models.Q(('name', ''), ('user__isnull', False)), models.Q(('user__isnull', True), models.Q(('name', ''), _negated=True)), _connector='OR')), _connector='OR'), name='participant_is_the_client_a_user_or_a_name'),
                ],
            },
        ),
        migrations.CreateModel(
            name='MeetingPoint',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='cases.case')),
                ('category', models.CharField(choices=[('identity_contact', 'Name and contact details'), ('case_handling', 'How the case is handled'), ('education_work', 'Education and work'), ('social_situation', 'Social situation'), ('health_work_ability', 'Health and work ability'), ('service_needs', 'Need for services'), ('plan_follow_up', 'Plan and its follow-up'), ('self_assessment', 'Own assessments'), ('benefits_detail', 'Details of benefits')], default='plan_follow_up', max_length=30, verbose_name='What it concerns')),
                ('recorded_for', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('client', 'Client')], max_length=20)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_at', models.DateTimeField()),
                ('with_client', models.BooleanField(db_default=False, default=False, verbose_name='Written with the client present')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='points', to='meetings.meeting')),
                ('position', models.PositiveSmallIntegerField()),
                ('topic', models.CharField(blank=True, choices=[('proposed', 'Proposed plan: who has not answered'), ('review_due', 'Review of the plan, which the law asks for'), ('review_asked', 'The client asks to review the plan'), ('request', 'Asked and not answered'), ('service', 'How it went'), ('action', 'Due')], max_length=20, verbose_name='What put it on the agenda')),
                ('text', models.CharField(blank=True, max_length=300, verbose_name='What is talked about')),
                ('minutes', models.TextField(blank=True, verbose_name='What was said and agreed')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['meeting', 'position'], name='meeting_point_in_order'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('topic', ''), _negated=True), _connector='OR'), name='meeting_point_says_something'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Agreed',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='cases.case')),
                ('category', models.CharField(choices=[('identity_contact', 'Name and contact details'), ('case_handling', 'How the case is handled'), ('education_work', 'Education and work'), ('social_situation', 'Social situation'), ('health_work_ability', 'Health and work ability'), ('service_needs', 'Need for services'), ('plan_follow_up', 'Plan and its follow-up'), ('self_assessment', 'Own assessments'), ('benefits_detail', 'Details of benefits')], default='plan_follow_up', max_length=30, verbose_name='What it concerns')),
                ('recorded_for', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('client', 'Client')], max_length=20)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_at', models.DateTimeField()),
                ('with_client', models.BooleanField(db_default=False, default=False, verbose_name='Written with the client present')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agreed', to='meetings.meeting')),
                ('action', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='agreed', to='plan.action')),
                ('planned_service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='agreed', to='plan.plannedservice')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('action__isnull', False), ('planned_service__isnull', True)), models.Q(('action__isnull', True), ('planned_service__isnull', False)), _connector='OR'), name='agreed_is_an_action_or_a_service'),
                ],
            },
        ),
        migrations.CreateModel(
            name='WayOfWorking',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ways_of_working', to='people.network')),
                ('form', models.CharField(choices=[('one_stop', 'One-stop service'), ('partnership', 'Partnership'), ('meeting', 'Joint meetings of a set team'), ('coordination', 'Coordination')], max_length=20, verbose_name='Form of co-operation')),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('case_manager', 'Case manager'), ('employment', 'Employment expert'), ('social_work', 'Social work'), ('benefits', 'Benefits and rehabilitation of Kela'), ('health', 'Health care'), ('rehabilitation', 'Rehabilitation expert'), ('support', "The client's support person"), ('client', 'Client'), ('other', 'Other')], max_length=20), default=list, size=None)),
                ('client_takes_part', models.BooleanField(default=True)),
                ('one_service', models.BooleanField(default=False)),
                ('since', models.DateField(verbose_name='From')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_at', models.DateTimeField()),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('network', 'since'), name='way_of_working_one_a_day'),
                ],
            },
        ),
    ]
