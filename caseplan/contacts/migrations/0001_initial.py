"""The contact log: calls, visits, letters, with their history."""

import common.ids
import django.db.models.deletion
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
            name='HistoricalContactEntry',
            fields=[
                ('id', models.UUIDField(db_index=True, default=common.ids.new_id, editable=False)),
                ('category', models.CharField(choices=[('identity_contact', 'Name and contact details'), ('case_handling', 'How the case is handled'), ('education_work', 'Education and work'), ('social_situation', 'Social situation'), ('health_work_ability', 'Health and work ability'), ('service_needs', 'Need for services'), ('plan_follow_up', 'Plan and its follow-up'), ('self_assessment', 'Own assessments'), ('benefits_detail', 'Details of benefits')], default='plan_follow_up', max_length=30, verbose_name='What it concerns')),
                ('recorded_for', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('client', 'Client')], max_length=20)),
                ('recorded_at', models.DateTimeField()),
                ('with_client', models.BooleanField(db_default=False, default=False, verbose_name='Written with the client present')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('kind', models.CharField(choices=[('call', 'Call'), ('visit', 'Visit'), ('letter', 'Letter'), ('message', 'Message elsewhere')], max_length=10, verbose_name='How')),
                ('happened_at', models.DateTimeField(verbose_name='When')),
                ('answered', models.BooleanField(verbose_name='Answered')),
                ('with_whom', models.CharField(blank=True, max_length=150, verbose_name='With whom')),
                ('outcome', models.TextField(blank=True, verbose_name='What came of it')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='Next contact')),
                ('history_user_id', models.UUIDField(null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('case', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='cases.case')),
                ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical contact entry',
                'verbose_name_plural': 'historical contact entrys',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='ContactEntry',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('category', models.CharField(choices=[('identity_contact', 'Name and contact details'), ('case_handling', 'How the case is handled'), ('education_work', 'Education and work'), ('social_situation', 'Social situation'), ('health_work_ability', 'Health and work ability'), ('service_needs', 'Need for services'), ('plan_follow_up', 'Plan and its follow-up'), ('self_assessment', 'Own assessments'), ('benefits_detail', 'Details of benefits')], default='plan_follow_up', max_length=30, verbose_name='What it concerns')),
                ('recorded_for', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('client', 'Client')], max_length=20)),
                ('recorded_at', models.DateTimeField()),
                ('with_client', models.BooleanField(db_default=False, default=False, verbose_name='Written with the client present')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('kind', models.CharField(choices=[('call', 'Call'), ('visit', 'Visit'), ('letter', 'Letter'), ('message', 'Message elsewhere')], max_length=10, verbose_name='How')),
                ('happened_at', models.DateTimeField(verbose_name='When')),
                ('answered', models.BooleanField(verbose_name='Answered')),
                ('with_whom', models.CharField(blank=True, max_length=150, verbose_name='With whom')),
                ('outcome', models.TextField(blank=True, verbose_name='What came of it')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='Next contact')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='cases.case')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['case', '-happened_at'], name='contact_newest'),
                    # A month's contacts of a network are counted without reading all the years'.
                    models.Index(fields=['happened_at'], name='contact_by_month'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('recorded_for', 'client'), _negated=True), name='contact_is_a_bodys'),
                    models.CheckConstraint(condition=models.Q(('answered', False), models.Q(('outcome', ''), _negated=True), _connector='OR'), name='contact_answered_says_what'),
                    models.CheckConstraint(condition=models.Q(('happened_at__lte', models.F('recorded_at'))), name='contact_has_happened'),
                ],
            },
        ),
    ]
