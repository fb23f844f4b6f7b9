"""The client's own assessments and an expert's rating of work ability."""

import common.ids
import django.db.models.deletion
import django.db.models.functions.comparison
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from common.tables import CreatesTables


class Migration(CreatesTables):
    initial = True

    dependencies = [
        ('cases', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='cases.case')),
                ('category', models.CharField(choices=[('identity_contact', 'Name and contact details'), ('case_handling', 'How the case is handled'), ('education_work', 'Education and work'), ('social_situation', 'Social situation'), ('health_work_ability', 'Health and work ability'), ('service_needs', 'Need for services'), ('plan_follow_up', 'Plan and its follow-up'), ('self_assessment', 'Own assessments'), ('benefits_detail', 'Details of benefits')], default='plan_follow_up', max_length=30, verbose_name='What it concerns')),
                ('recorded_for', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('client', 'Client')], max_length=20)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_at', models.DateTimeField()),
                ('with_client', models.BooleanField(db_default=False, default=False, verbose_name='Written with the client present')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('instrument', models.CharField(max_length=40, verbose_name='Instrument')),
                ('version', models.CharField(max_length=20, verbose_name='Version')),
                ('taken_on', models.DateField(verbose_name='Day')),
                ('scores', models.JSONField(verbose_name='Scores')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('case', 'instrument', 'taken_on', 'recorded_for'), name='assessment_once_a_day'),
                    models.CheckConstraint(condition=models.Q(('category', 'self_assessment')), name='assessment_is_own_category'),
                    models.CheckConstraint(condition=models.Q(('scores', {}), _negated=True), name='assessment_has_scores'),
                    models.CheckConstraint(condition=models.Q(('taken_on__lte', django.db.models.functions.comparison.Cast(models.Func(models.F('recorded_at'), template="(%(expressions)s AT TIME ZONE 'Europe/Helsinki')"), models.DateField()))), name='assessment_not_in_the_future'),
                ],
            },
        ),
        migrations.CreateModel(
            name='HistoricalAssessment',
            fields=[
                ('id', models.UUIDField(db_index=True, default=common.ids.new_id, editable=False)),
                ('category', models.CharField(choices=[('identity_contact', 'Name and contact details'), ('case_handling', 'How the case is handled'), ('education_work', 'Education and work'), ('social_situation', 'Social situation'), ('health_work_ability', 'Health and work ability'), ('service_needs', 'Need for services'), ('plan_follow_up', 'Plan and its follow-up'), ('self_assessment', 'Own assessments'), ('benefits_detail', 'Details of benefits')], default='plan_follow_up', max_length=30, verbose_name='What it concerns')),
                ('recorded_for', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('client', 'Client')], max_length=20)),
                ('recorded_at', models.DateTimeField()),
                ('with_client', models.BooleanField(db_default=False, default=False, verbose_name='Written with the client present')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('instrument', models.CharField(max_length=40, verbose_name='Instrument')),
                ('version', models.CharField(max_length=20, verbose_name='Version')),
                ('taken_on', models.DateField(verbose_name='Day')),
                ('scores', models.JSONField(verbose_name='Scores')),
                ('history_user_id', models.UUIDField(null=True)),
                ('case', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='cases.case')),
                ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical assessment',
                'verbose_name_plural': 'historical assessments',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='ExpertRating',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='cases.case')),
                ('category', models.CharField(choices=[('identity_contact', 'Name and contact details'), ('case_handling', 'How the case is handled'), ('education_work', 'Education and work'), ('social_situation', 'Social situation'), ('health_work_ability', 'Health and work ability'), ('service_needs', 'Need for services'), ('plan_follow_up', 'Plan and its follow-up'), ('self_assessment', 'Own assessments'), ('benefits_detail', 'Details of benefits')], default='plan_follow_up', max_length=30, verbose_name='What it concerns')),
                ('recorded_for', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('client', 'Client')], max_length=20)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_at', models.DateTimeField()),
                ('with_client', models.BooleanField(db_default=False, default=False, verbose_name='Written with the client present')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('on', models.DateField(verbose_name='Day')),
                ('work_ability', models.PositiveSmallIntegerField(verbose_name='Work ability, 0-10')),
                ('basis', models.TextField(verbose_name='What the rating rests on')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('case', 'on', 'recorded_for'), name='expert_rating_once_a_day'),
                    models.CheckConstraint(condition=models.Q(('category', 'health_work_ability'), models.Q(('recorded_for', 'client'), _negated=True)), name='expert_rating_is_a_bodys'),
                    models.CheckConstraint(condition=models.Q(('work_ability__lte', 10)), name='expert_rating_from_0_to_10'),
                    models.CheckConstraint(condition=models.Q(('basis', ''), _negated=True), name='expert_rating_says_why'),
                    models.CheckConstraint(condition=models.Q(('on__lte', django.db.models.functions.comparison.Cast(models.Func(models.F('recorded_at'), template="(%(expressions)s AT TIME ZONE 'Europe/Helsinki')"), models.DateField()))), name='expert_rating_not_in_the_future'),
                ],
            },
        ),
        migrations.CreateModel(
            name='HistoricalExpertRating',
            fields=[
                ('id', models.UUIDField(db_index=True, default=common.ids.new_id, editable=False)),
                ('category', models.CharField(choices=[('identity_contact', 'Name and contact details'), ('case_handling', 'How the case is handled'), ('education_work', 'Education and work'), ('social_situation', 'Social situation'), ('health_work_ability', 'Health and work ability'), ('service_needs', 'Need for services'), ('plan_follow_up', 'Plan and its follow-up'), ('self_assessment', 'Own assessments'), ('benefits_detail', 'Details of benefits')], default='plan_follow_up', max_length=30, verbose_name='What it concerns')),
                ('recorded_for', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('client', 'Client')], max_length=20)),
                ('recorded_at', models.DateTimeField()),
                ('with_client', models.BooleanField(db_default=False, default=False, verbose_name='Written with the client present')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('on', models.DateField(verbose_name='Day')),
                ('work_ability', models.PositiveSmallIntegerField(verbose_name='Work ability, 0-10')),
                ('basis', models.TextField(verbose_name='What the rating rests on')),
                ('history_user_id', models.UUIDField(null=True)),
                ('case', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='cases.case')),
                ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical expert rating',
                'verbose_name_plural': 'historical expert ratings',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
