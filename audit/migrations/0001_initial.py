"""The log of who looked at what and who changed what, its chains' heads and checkpoints."""

import django.contrib.postgres.fields
from django.db import migrations, models

from common.tables import CreatesTables


class Migration(CreatesTables):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='AuditRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chain', models.CharField(max_length=60)),
                ('seq', models.BigIntegerField(default=0, editable=False)),
                ('at', models.DateTimeField()),
                ('kind', models.CharField(choices=[('access', 'Looked at'), ('disclosure', 'Disclosed'), ('change', 'Changed')], max_length=12)),
                ('actor_kind', models.CharField(max_length=12)),
                ('actor', models.CharField(max_length=60)),
                ('actor_body', models.CharField(blank=True, max_length=20)),
                ('actor_office_id', models.UUIDField(null=True)),
                ('action', models.CharField(max_length=60)),
                ('purpose', models.CharField(blank=True, choices=[('assess_need', 'to assess whether joint service is needed'), ('keep_case', 'to work on the joint case'), ('make_plan', 'to make or review the joint plan'), ('own_data', 'to read own information'), ('search', 'to find a case of their own'), ('follow_up', 'to follow what was agreed'), ('explain', 'to explain who sees what'), ('emergency', "an emergency"), ('asked', "access was asked for and given"), ('shared', "it has been shared with them"), ('grace', "they were the case manager until a moment ago"), ('answer', 'to answer a question or a request')], max_length=20)),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list, size=None)),
                ('grounds', models.JSONField(default=dict)),
                ('case_id', models.UUIDField(null=True)),
                ('person_id', models.UUIDField(null=True)),
                ('subject_type', models.CharField(blank=True, max_length=60)),
                ('subject_id', models.UUIDField(null=True)),
                ('previous_hash', models.CharField(default='', editable=False, max_length=64)),
                ('hash', models.CharField(default='', editable=False, max_length=64)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['case_id', '-at'], name='audit_by_case'),
                    models.Index(fields=['person_id', '-at'], name='audit_by_person'),
                    models.Index(fields=['subject_id'], name='audit_by_subject'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('chain', 'seq'), name='audit_row_once_in_chain'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chain', models.CharField(max_length=60)),
                ('seq', models.BigIntegerField()),
                ('hash', models.CharField(max_length=64)),
                ('removed', models.BigIntegerField()),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('chain', 'seq'), name='audit_checkpoint_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ChainHead',
            fields=[
                ('chain', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField()),
                ('hash', models.CharField(max_length=64)),
            ],
        ),
    ]
