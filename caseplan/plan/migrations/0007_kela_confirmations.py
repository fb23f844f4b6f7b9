"""What Kela has confirmed of a step's meaning for the client's income."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import common.ids
from common.tables import CreatesTables


class Migration(CreatesTables):

    dependencies = [
        ('cases', '0009_kela_confirmations'),
        ('plan', '0006_why_a_goal_changes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalKelaConfirmation',
            fields=[
                ('id', models.UUIDField(db_index=True, default=common.ids.new_id, editable=False)),
                ('category', models.CharField(choices=[('identity_contact', 'Name and contact details'), ('case_handling', 'How the case is handled'), ('education_work', 'Education and work'), ('social_situation', 'Social situation'), ('health_work_ability', 'Health and work ability'), ('service_needs', 'Need for services'), ('plan_follow_up', 'Plan and its follow-up'), ('self_assessment', 'Own assessments'), ('benefits_detail', 'Details of benefits')], default='plan_follow_up', max_length=30, verbose_name='What it concerns')),
                ('recorded_for', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('client', 'Client')], max_length=20)),
                ('recorded_at', models.DateTimeField()),
                ('with_client', models.BooleanField(db_default=False, default=False, verbose_name='Written with the client present')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('step', models.CharField(choices=[('part_time_work', 'Part-time work'), ('full_time_work', 'Full-time work'), ('pay_subsidy', 'Work with pay subsidy'), ('own_business', "A business of one's own"), ('start_up', 'A business with a start-up grant'), ('study', 'Studies'), ('supported_study', 'Studies on unemployment benefit'), ('service', 'A service such as a work trial, coaching or training'), ('rehabilitative_work', 'Rehabilitative work activity'), ('other_service', 'Another service of the plan'), ('rehabilitation', 'Rehabilitation'), ('sickness', 'Illness'), ('parental_leave', 'Looking after a small child')], max_length=30, verbose_name='What is planned')),
                ('begins_on', models.DateField(verbose_name='From which day')),
                ('statement', models.TextField(verbose_name='What Kela has confirmed')),
                ('said_by', models.CharField(max_length=150, verbose_name='Who at Kela said so')),
                ('said_on', models.DateField(verbose_name='When Kela said so')),
                ('history_user_id', models.UUIDField(null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('case', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='cases.case')),
                ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical kela confirmation',
                'verbose_name_plural': 'historical kela confirmations',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='KelaConfirmation',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('category', models.CharField(choices=[('identity_contact', 'Name and contact details'), ('case_handling', 'How the case is handled'), ('education_work', 'Education and work'), ('social_situation', 'Social situation'), ('health_work_ability', 'Health and work ability'), ('service_needs', 'Need for services'), ('plan_follow_up', 'Plan and its follow-up'), ('self_assessment', 'Own assessments'), ('benefits_detail', 'Details of benefits')], default='plan_follow_up', max_length=30, verbose_name='What it concerns')),
                ('recorded_for', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('client', 'Client')], max_length=20)),
                ('recorded_at', models.DateTimeField()),
                ('with_client', models.BooleanField(db_default=False, default=False, verbose_name='Written with the client present')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('step', models.CharField(choices=[('part_time_work', 'Part-time work'), ('full_time_work', 'Full-time work'), ('pay_subsidy', 'Work with pay subsidy'), ('own_business', "A business of one's own"), ('start_up', 'A business with a start-up grant'), ('study', 'Studies'), ('supported_study', 'Studies on unemployment benefit'), ('service', 'A service such as a work trial, coaching or training'), ('rehabilitative_work', 'Rehabilitative work activity'), ('other_service', 'Another service of the plan'), ('rehabilitation', 'Rehabilitation'), ('sickness', 'Illness'), ('parental_leave', 'Looking after a small child')], max_length=30, verbose_name='What is planned')),
                ('begins_on', models.DateField(verbose_name='From which day')),
                ('statement', models.TextField(verbose_name='What Kela has confirmed')),
                ('said_by', models.CharField(max_length=150, verbose_name='Who at Kela said so')),
                ('said_on', models.DateField(verbose_name='When Kela said so')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='cases.case')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('statement', ''), _negated=True), models.Q(('said_by', ''), _negated=True)), name='kela_confirmation_says_who_what')],
            },
        ),
    ]
