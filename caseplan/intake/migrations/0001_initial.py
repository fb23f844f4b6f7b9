"""Coming in: the rows that one body sends another before a case."""

import common.ids
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.tables import CreatesTables


class Migration(CreatesTables):
    dependencies = [
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AssessmentReferral',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('need_ability', 'Limits of the ability to work and function'), ('need_managing_life', 'Problems of managing everyday life'), ('need_several_services', 'Services of several bodies have to be joined')], max_length=30), size=None)),
                ('sent_at', models.DateTimeField()),
                ('gone_on', models.DateField(db_index=True)),
                ('answer', models.CharField(blank=True, choices=[('begun', 'The joint assessment has begun'), ('own_service', 'The services of one body are enough'), ('consultation', 'Consultation between the bodies is enough'), ('not_reached', 'The person was not reached'), ('not_wanted', 'The person does not want it now'), ('not_ours', 'It belongs to another office')], max_length=12)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('from_office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessment_referrals', to='people.person')),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to_office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('answer', '')), fields=['to_office'], name='assessment_referral_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('from_office', models.F('to_office')), _negated=True), name='assessment_referral_goes_elsewhere'), models.CheckConstraint(condition=models.Q(('needs__len__gte', 1)), name='assessment_referral_names_a_need'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='assessment_referral_is_answered_by_somebody'), models.UniqueConstraint(condition=models.Q(('answer', '')), fields=('person', 'from_office', 'to_office'), name='assessment_referral_once_until_answered')],
            },
        ),
    ]
