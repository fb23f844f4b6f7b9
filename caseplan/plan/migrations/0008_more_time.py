"""A client asks for a later day, and is answered."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.ids
from common.tables import CreatesTables


class Migration(CreatesTables):

    dependencies = [
        ('cases', '0011_more_time'),
        ('plan', '0007_kela_confirmations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MoreTime',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('category', models.CharField(choices=[('identity_contact', 'Name and contact details'), ('case_handling', 'How the case is handled'), ('education_work', 'Education and work'), ('social_situation', 'Social situation'), ('health_work_ability', 'Health and work ability'), ('service_needs', 'Need for services'), ('plan_follow_up', 'Plan and its follow-up'), ('self_assessment', 'Own assessments'), ('benefits_detail', 'Details of benefits')], default='plan_follow_up', max_length=30, verbose_name='What it concerns')),
                ('recorded_for', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('client', 'Client')], max_length=20)),
                ('recorded_at', models.DateTimeField()),
                ('with_client', models.BooleanField(db_default=False, default=False, verbose_name='Written with the client present')),
                ('due_on', models.DateField(verbose_name='By when')),
                ('asked_for', models.DateField(verbose_name='The day that was asked for')),
                ('text', models.TextField(verbose_name='In your words')),
                ('state', models.CharField(choices=[('open', 'Not answered yet'), ('agreed', 'Agreed, with a new day'), ('not_agreed', 'The day stays'), ('taken_back', 'Taken back')], default='open', max_length=12)),
                ('new_day', models.DateField(blank=True, null=True, verbose_name='The new day')),
                ('answer', models.CharField(blank=True, max_length=300, verbose_name='Answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asked_for_time', to='plan.action')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='cases.case')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='more_time_says_something'), models.CheckConstraint(condition=models.Q(('asked_for__gt', models.F('due_on'))), name='more_time_is_a_later_day'), models.CheckConstraint(condition=models.Q(('recorded_for', 'client')), name='more_time_is_the_clients'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='more_time_answered_fits_state'), models.CheckConstraint(condition=models.Q(models.Q(('new_day__gt', models.F('due_on')), ('new_day__isnull', False), ('state', 'agreed')), models.Q(models.Q(('state', 'agreed'), _negated=True), ('new_day', None)), _connector='OR'), name='more_time_agreed_names_a_later_day'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'not_agreed'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='more_time_refused_with_a_reason'), models.CheckConstraint(condition=models.Q(('state__in', ['agreed', 'not_agreed']), ('answer', ''), _connector='OR'), name='more_time_answer_fits_state'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('action', 'due_on'), name='more_time_asked_once_a_day')],
            },
        ),
    ]
