"""A night's runs and their batches."""

import common.ids
import django.db.models.deletion
from django.db import migrations, models

from common.tables import CreatesTables


class Migration(CreatesTables):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='NightlyRun',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('counts', models.JSONField(default=dict)),
                ('failure', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('finished_at__isnull', True)), fields=('finished_at',), name='run_one_unfinished', nulls_distinct=False),
                    models.CheckConstraint(condition=models.Q(('finished_at__isnull', True), ('finished_at__gte', models.F('started_at')), _connector='OR'), name='run_finishes_after_it_starts'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='batches', to='operations.nightlyrun')),
                ('step', models.CharField(max_length=30)),
                ('stage', models.PositiveSmallIntegerField()),
                ('first', models.UUIDField()),
                ('last', models.UUIDField()),
                ('state', models.CharField(choices=[('waiting', 'Waits'), ('done', 'Done'), ('split', 'Failed, and done again in halves'), ('parked', 'Failed: somebody must look into it')], default='waiting', max_length=10)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('not_before', models.DateTimeField()),
                ('counts', models.JSONField(default=dict)),
                ('failure', models.CharField(blank=True, max_length=100)),
                ('seconds', models.FloatField(blank=True, null=True)),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('state', 'waiting')), fields=['run', 'stage'], name='batch_waiting'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('run', 'step', 'first', 'last'), name='batch_once_a_run'),
                    models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='batch_has_a_range'),
                ],
            },
        ),
    ]
