"""What a worker wrote down stands beside the act: what waits, the paper, and who confirmed it."""

import common.ids
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consent', '0006_outside_parties_end'),
        ('people', '0003_former_names'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WrittenDown',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('written_for', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela')], max_length=20)),
                ('waiting_categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('identity_contact', 'Name and contact details'), ('case_handling', 'How the case is handled'), ('education_work', 'Education and work'), ('social_situation', 'Social situation'), ('health_work_ability', 'Health and work ability'), ('service_needs', 'Need for services'), ('plan_follow_up', 'Plan and its follow-up'), ('self_assessment', 'Own assessments'), ('benefits_detail', 'Details of benefits')], max_length=30), default=list, size=None)),
                ('document', models.UUIDField(blank=True, null=True)),
                ('overtaken', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('identity_contact', 'Name and contact details'), ('case_handling', 'How the case is handled'), ('education_work', 'Education and work'), ('social_situation', 'Social situation'), ('health_work_ability', 'Health and work ability'), ('service_needs', 'Need for services'), ('plan_follow_up', 'Plan and its follow-up'), ('self_assessment', 'Own assessments'), ('benefits_detail', 'Details of benefits')], max_length=30), default=list, size=None)),
                ('lapses_on', models.DateField(blank=True, null=True)),
                ('archive_number', models.CharField(blank=True, max_length=100)),
                ('archive_place', models.CharField(blank=True, max_length=100)),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
                ('state', models.CharField(choices=[('at_once', 'In effect at once'), ('waiting', 'Waits for confirmation'), ('confirmed', 'Confirmed'), ('not_said', 'The client says that they did not say this'), ('mismatch', 'The paper says something else'), ('taken_back', 'Taken back by a worker'), ('overtaken', 'A later decision took its place'), ('lapsed', 'Was not confirmed in time')], max_length=12)),
                ('confirmed_how', models.CharField(blank=True, choices=[('client', 'By the client'), ('paper', 'By a second person who has seen the paper'), ('earlier', 'Written down before anybody was asked to confirm')], max_length=10)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('archived_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('consent', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='written_down', to='consent.consent')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['consent'], name='written_down_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True), ('state__in', ('at_once', 'waiting'))), models.Q(models.Q(('state__in', ('at_once', 'waiting')), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='written_down_settled_fits_state'), models.CheckConstraint(condition=models.Q(models.Q(('lapses_on', None), ('state', 'at_once'), ('waiting_categories', [])), models.Q(models.Q(('state', 'at_once'), _negated=True), ('waiting_categories__len__gte', 1)), _connector='OR'), name='written_down_says_what_waits'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'waiting'), _negated=True), ('lapses_on__isnull', False), _connector='OR'), name='written_down_waits_to_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), models.Q(('confirmed_how', ''), _negated=True), models.Q(('settled_by__isnull', False), ('confirmed_how', 'earlier'), _connector='OR')), models.Q(models.Q(('state', 'confirmed'), _negated=True), ('confirmed_how', '')), _connector='OR'), name='written_down_says_who_confirmed'), models.CheckConstraint(condition=models.Q(models.Q(('archive_number', ''), ('archive_place', ''), ('archived_at', None), ('archived_by', None)), models.Q(models.Q(('archive_number', ''), _negated=True), models.Q(('archive_place', ''), _negated=True), ('archived_at__isnull', False), ('archived_by__isnull', False)), _connector='OR'), name='written_down_archived_together')],
            },
        ),
    ]
