"""Who somebody is at an identity provider; whom a body's directory asks to let in."""

from pathlib import Path

import common.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.tables import ChangesTables

WELCOMED = Path(__file__).with_suffix(".sql").read_text("utf-8")


class Migration(ChangesTables):

    dependencies = [
        ('people', '0008_keeping_the_organisation'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExternalLogIn',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('issuer', models.CharField(max_length=500)),
                ('subject', models.CharField(max_length=255)),
                ('first_seen', models.DateTimeField()),
                ('last_seen', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='external_log_ins', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('issuer', 'subject'), name='external_log_in_is_one_users'),
                    models.CheckConstraint(condition=models.Q(models.Q(('issuer', ''), _negated=True), models.Q(('subject', ''), _negated=True)), name='external_log_in_is_somebodys'),
                    models.CheckConstraint(condition=models.Q(('last_seen__gte', models.F('first_seen'))), name='external_log_in_seen_in_order'),
                ],
            },
        ),
        migrations.CreateModel(
            name='EntryRequest',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('what', models.CharField(choices=[('works', 'Somebody who works here'), ('moved', 'Works in another office now'), ('renamed', 'Has another name now')], max_length=10)),
                ('provider', models.CharField(max_length=100)),
                ('body', models.CharField(blank=True, choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela')], max_length=20)),
                ('said', models.JSONField()),
                ('oversteps', models.BooleanField(default=False)),
                ('asked_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'Waits to be answered'), ('granted', 'Let in'), ('refused', 'Not let in'), ('overtaken', 'Nothing to answer any more')], default='waiting', max_length=10)),
                ('decided_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('offices', models.ManyToManyField(related_name='+', to='people.office')),
                ('position', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.position')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entry_requests', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('user',), name='entry_asked_once'),
                    models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('user')), _negated=True), _connector='OR'), name='entry_not_let_in_by_oneself'),
                    models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='entry_decided_fits_state'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['granted', 'refused']), _negated=True), ('decided_by__isnull', False), _connector='OR'), name='entry_is_decided_by_somebody'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='entry_refused_with_a_reason'),
                ],
            },
        ),
        migrations.AddField(
            model_name='login',
            name='issuer',
            field=models.CharField(blank=True, db_default='', default='', max_length=500),
        ),
        migrations.AddField(
            model_name='login',
            name='issuer_session',
            field=models.CharField(blank=True, db_default='', default='', max_length=255),
        ),
        migrations.AddField(
            model_name='login',
            name='answered_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='user',
            name='own_code_hash',
            field=models.CharField(blank=True, db_default='', default='', max_length=64),
        ),
        migrations.AddField(
            model_name='user',
            name='welcomed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='login',
            constraint=models.CheckConstraint(condition=models.Q(('issuer_session', ''), models.Q(('issuer', ''), _negated=True), _connector='OR'), name='log_in_session_is_an_issuers'),
        ),
        migrations.RunSQL(WELCOMED, migrations.RunSQL.noop),
    ]
