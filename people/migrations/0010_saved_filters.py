"""Filters of any list kept under a name, one's own or shared with the office."""

import common.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.tables import CreatesTables


class Migration(CreatesTables):

    dependencies = [
        ('people', '0009_keys_of_names'),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('list', models.CharField(choices=[('triggers', 'triggers'), ('cases', 'cases'), ('board', 'board')], max_length=20)),
                ('name', models.CharField(max_length=60)),
                ('choices', models.JSONField()),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.office')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_filters', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'list', 'name'), name='saved_filter_once'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='saved_filter_has_a_name')],
            },
        ),
    ]
