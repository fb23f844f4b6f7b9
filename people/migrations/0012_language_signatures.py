"""A named native reader signs the texts of a language."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.ids
from common.tables import CreatesTables


class Migration(CreatesTables):

    dependencies = [
        ('people', '0011_accessibility_feedback'),
    ]

    operations = [
        migrations.CreateModel(
            name='LanguageSignature',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('language', models.CharField(max_length=10)),
                ('reader', models.CharField(max_length=200)),
                ('signed_on', models.DateField()),
                ('digest', models.CharField(max_length=64)),
                ('texts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), size=None)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['language', '-recorded_at'], name='language_signed_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reader', ''), _negated=True), name='language_signed_by_somebody'), models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='language_signed_as_it_stood')],
            },
        ),
    ]
