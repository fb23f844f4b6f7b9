"""Who begins and ends which role: proposed by one, decided by another (docs/adr/0009)."""

import common.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_addresses'),
    ]

    operations = [
        migrations.CreateModel(
            name='RoleChange',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('caseworker', 'Caseworker'), ('director', 'Director of the joint service'), ('officer', 'Data-protection officer'), ('outside', 'Outside party')], max_length=20)),
                ('title', models.CharField(blank=True, max_length=100)),
                ('since', models.DateTimeField()),
                ('proposed_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'Waits for a second person'), ('done', 'In effect'), ('turned_down', 'Turned down'), ('withdrawn', 'Withdrawn')], default='waiting', max_length=12)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('leaver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('network', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.network')),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('successor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('leaver__isnull', False), ('successor__isnull', False), _connector='OR'), name='role_change_is_somebodys'),
                    models.CheckConstraint(condition=models.Q(models.Q(('network__isnull', False), ('office__isnull', False), ('role', 'caseworker')), models.Q(('network__isnull', False), ('office__isnull', True), ('role', 'director')), models.Q(('network__isnull', True), ('office__isnull', True), ('role', 'officer')), _connector='OR'), name='role_change_place_fits_role'),
                    models.CheckConstraint(condition=models.Q(('proposed_by__isnull', True), ('successor__isnull', True), models.Q(('proposed_by', models.F('successor')), _negated=True), _connector='OR'), name='role_change_not_ones_own'),
                    models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(models.Q(('proposed_by__isnull', True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), models.Q(('successor__isnull', True), models.Q(('decided_by', models.F('successor')), _negated=True), _connector='OR')), ('state', 'withdrawn'), _connector='OR'), name='role_change_second_person'),
                    models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='role_change_decided_fits_state'),
                ],
            },
        ),
        migrations.AddField(
            model_name='position',
            name='begun_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='position',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='position',
            name='ended_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('begun_by__isnull', True), models.Q(('begun_by', models.F('user')), _negated=True), _connector='OR'), models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('user')), _negated=True), _connector='OR')), name='position_not_begun_by_oneself'),
        ),
    ]
