"""The figures: snapshots, what was counted, what is shown of it, which municipalities are one."""

import common.ids
import django.db.models.deletion
import django.db.models.functions.math
import django.db.models.lookups
from django.db import migrations, models

from common.tables import CreatesTables


class Migration(CreatesTables):

    dependencies = [
        ('evaluation', '0001_extracts'),
        ('people', '0013_purpose_evaluate'),
    ]

    operations = [
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('week', 'A week'), ('month', 'A month'), ('year', 'The year until then')], max_length=5)),
                ('since', models.DateField()),
                ('until', models.DateField()),
                ('made_at', models.DateTimeField()),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='people.network')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('network', 'kind', 'until'), name='snapshot_once'), models.CheckConstraint(condition=models.Q(('since__lte', models.F('until'))), name='snapshot_since_before_until')],
            },
        ),
        migrations.CreateModel(
            name='PublishedFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.CharField(max_length=40)),
                ('breakdown', models.CharField(choices=[('network', 'The whole network'), ('municipality', 'By municipality'), ('body', 'By organisation'), ('office', 'By office'), ('item', 'By kind')], default='network', max_length=12)),
                ('key', models.CharField(blank=True, max_length=40)),
                ('whole', models.PositiveIntegerField(null=True)),
                ('part', models.PositiveIntegerField(null=True)),
                ('half_within', models.FloatField(null=True)),
                ('nine_in_ten_within', models.FloatField(null=True)),
                ('mean', models.FloatField(null=True)),
                ('margin', models.FloatField(null=True)),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='evaluation.snapshot')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('snapshot', 'indicator', 'breakdown', 'key'), name='figure_cell_once'), models.CheckConstraint(condition=models.Q(('whole__isnull', True), django.db.models.lookups.Exact(django.db.models.functions.math.Mod(models.F('whole'), 5), 0), _connector='OR'), name='figure_whole_is_rounded'), models.CheckConstraint(condition=models.Q(('part__isnull', True), django.db.models.lookups.Exact(django.db.models.functions.math.Mod(models.F('part'), 5), 0), _connector='OR'), name='figure_part_is_rounded')],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.CharField(max_length=40)),
                ('breakdown', models.CharField(choices=[('network', 'The whole network'), ('municipality', 'By municipality'), ('body', 'By organisation'), ('office', 'By office'), ('item', 'By kind')], default='network', max_length=12)),
                ('key', models.CharField(blank=True, max_length=40)),
                ('whole', models.PositiveIntegerField()),
                ('part', models.PositiveIntegerField()),
                ('half_within', models.FloatField(null=True)),
                ('nine_in_ten_within', models.FloatField(null=True)),
                ('mean', models.FloatField(null=True)),
                ('deviation', models.FloatField(null=True)),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='evaluation.snapshot')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('snapshot', 'indicator', 'breakdown', 'key'), name='tally_cell_once'), models.CheckConstraint(condition=models.Q(('part__lte', models.F('whole'))), name='tally_part_of_the_whole')],
            },
        ),
        migrations.CreateModel(
            name='MunicipalityGroup',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.municipality')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.network')),
                ('under', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.municipality')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('network', 'year', 'municipality'), name='municipality_group_once_a_year')],
            },
        ),
    ]
