"""Who asks to be let in by their body's directory; who lets in for the state; first log-ins."""

from pathlib import Path

import common.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


WELCOMED = Path(__file__).with_suffix(".sql").read_text("utf-8")


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0010_by_the_day'),
    ]

    operations = [
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
            ],
        ),
        migrations.RemoveConstraint(
            model_name='position',
            name='position_office_fits_role',
        ),
        migrations.RemoveConstraint(
            model_name='rolechange',
            name='role_change_place_fits_role',
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
        migrations.AlterField(
            model_name='organisationevent',
            name='role',
            field=models.CharField(blank=True, choices=[('caseworker', 'Caseworker'), ('director', 'Director of the joint service'), ('deputy', 'Deputy of the director'), ('steering', 'Member of the steering group'), ('national', 'Reader of national figures'), ('keeper', 'Keeper of the organisation'), ('officer', 'Data-protection officer'), ('granter', "Granter for the state's centre"), ('outside', 'Outside party')], max_length=20),
        ),
        migrations.AlterField(
            model_name='position',
            name='role',
            field=models.CharField(choices=[('caseworker', 'Caseworker'), ('director', 'Director of the joint service'), ('deputy', 'Deputy of the director'), ('steering', 'Member of the steering group'), ('national', 'Reader of national figures'), ('keeper', 'Keeper of the organisation'), ('officer', 'Data-protection officer'), ('granter', "Granter for the state's centre"), ('outside', 'Outside party')], max_length=20),
        ),
        migrations.AlterField(
            model_name='rolechange',
            name='role',
            field=models.CharField(choices=[('caseworker', 'Caseworker'), ('director', 'Director of the joint service'), ('deputy', 'Deputy of the director'), ('steering', 'Member of the steering group'), ('national', 'Reader of national figures'), ('keeper', 'Keeper of the organisation'), ('officer', 'Data-protection officer'), ('granter', "Granter for the state's centre"), ('outside', 'Outside party')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('network__isnull', False), ('office__isnull', True), ('role__in', ('director', 'deputy', 'steering'))), models.Q(('network__isnull', False), ('office__isnull', False), ('role', 'caseworker')), models.Q(('network__isnull', True), ('office__isnull', True), ('role__in', ('officer', 'outside', 'keeper', 'national', 'granter'))), _connector='OR'), name='position_office_fits_role'),
        ),
        migrations.AddConstraint(
            model_name='rolechange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('network__isnull', False), ('office__isnull', False), ('role', 'caseworker')), models.Q(('network__isnull', False), ('office__isnull', True), ('role__in', ('director', 'deputy', 'steering'))), models.Q(('network__isnull', True), ('office__isnull', True), ('role__in', ('officer', 'keeper', 'national', 'granter'))), _connector='OR'), name='role_change_place_fits_role'),
        ),
        migrations.AddField(
            model_name='entryrequest',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='entryrequest',
            name='offices',
            field=models.ManyToManyField(related_name='+', to='people.office'),
        ),
        migrations.AddField(
            model_name='entryrequest',
            name='position',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.position'),
        ),
        migrations.AddField(
            model_name='entryrequest',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entry_requests', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='entryrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('user',), name='entry_asked_once'),
        ),
        migrations.AddConstraint(
            model_name='entryrequest',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('user')), _negated=True), _connector='OR'), name='entry_not_let_in_by_oneself'),
        ),
        migrations.AddConstraint(
            model_name='entryrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='entry_decided_fits_state'),
        ),
        migrations.AddConstraint(
            model_name='entryrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['granted', 'refused']), _negated=True), ('decided_by__isnull', False), _connector='OR'), name='entry_is_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='entryrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='entry_refused_with_a_reason'),
        ),
        migrations.RunSQL(WELCOMED, migrations.RunSQL.noop),
    ]
