"""Networks by the day, roles with a term, offices that close, staff from a file (docs/adr/0034)."""

from pathlib import Path

import common.ids
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.tables import ChangesTables

MOVE_AND_KEEP = Path(__file__).with_suffix(".sql").read_text("utf-8")
BACK = """
UPDATE people_municipality m SET network_id = t.network_id FROM people_networkmunicipality t
WHERE t.municipality_id = m.code AND t.until IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
DROP TRIGGER people_office_is_open ON people_position;
DROP FUNCTION people_office_is_open();
DROP TRIGGER people_office_is_empty ON people_office;
DROP FUNCTION people_office_is_empty();
"""


class Migration(ChangesTables):

    dependencies = [
        ('people', '0007_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='NetworkMunicipality',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='networks', to='people.municipality')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='towns', to='people.network')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gt', models.F('since')), _connector='OR'), name='network_town_ends_after_start'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('municipality', '='), (models.Func('since', 'until', django.contrib.postgres.fields.ranges.RangeBoundary(), function='DATERANGE', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='network_town_one_network_a_day')],
            },
        ),
        migrations.CreateModel(
            name='FormerOfficeName',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_names', to='people.office')),
            ],
        ),
        migrations.CreateModel(
            name='OrganisationEvent',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('role_began', 'Somebody begins in a role'), ('role_ended', 'Somebody leaves a role'), ('network_founded', 'A network is founded'), ('network_ended', 'A network ends'), ('town_joined', 'A municipality joins a network'), ('town_left', 'A municipality leaves a network'), ('towns_merged', 'Municipalities merge'), ('office_made', 'A new office'), ('office_changed', 'An office has another name or phone'), ('office_closed', 'An office closes'), ('offices_merged', 'An office is merged into another'), ('staff_listed', 'Staff from a file')], max_length=20)),
                ('role', models.CharField(blank=True, choices=[('caseworker', 'Caseworker'), ('director', 'Director of the joint service'), ('deputy', 'Deputy of the director'), ('steering', 'Member of the steering group'), ('national', 'Reader of national figures'), ('keeper', 'Keeper of the organisation'), ('officer', 'Data-protection officer'), ('granter', "Granter for the state's centre"), ('outside', 'Outside party')], max_length=20)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('about', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.municipality')),
                ('network', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.network')),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='organisation_event_newest')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationEventSeen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seen', to='people.organisationevent')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('event', 'user'), name='organisation_event_seen_once')],
            },
        ),
        migrations.CreateModel(
            name='TerritoryChange',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('joins', 'A municipality joins a network'), ('leaves', 'A municipality leaves a network'), ('merges', 'A municipality becomes part of another'), ('ends', 'A network ends')], max_length=10)),
                ('since', models.DateField()),
                ('proposed_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'Waits for a second person'), ('done', 'In effect'), ('turned_down', 'Turned down'), ('withdrawn', 'Withdrawn')], default='waiting', max_length=12)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.municipality')),
                ('municipality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.municipality')),
                ('network', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.network')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('into__isnull', True), ('kind__in', ['joins', 'leaves']), ('municipality__isnull', False), ('network__isnull', False)), models.Q(('into__isnull', False), ('kind', 'merges'), ('municipality__isnull', False), ('network__isnull', True)), models.Q(('into__isnull', True), ('kind', 'ends'), ('municipality__isnull', True), ('network__isnull', False)), _connector='OR'), name='territory_change_says_what'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='territory_change_decided_fits_state'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), ('state', 'withdrawn'), _connector='OR'), name='territory_change_second_person'), models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('municipality',), name='territory_change_one_waits_a_town')],
            },
        ),
        migrations.CreateModel(
            name='StaffFile',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField()),
                ('rows', models.JSONField()),
                ('faults', models.JSONField()),
                ('counts', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('checked', 'Checked, nothing written'), ('waiting', 'Waits for a second person'), ('done', 'Written'), ('turned_down', 'Turned down'), ('discarded', 'Discarded')], default='checked', max_length=12)),
                ('decided_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('office__isnull', False), models.Q(('state', 'done'), _negated=True), ('decided_by__isnull', True), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='staff_file_second_person')],
            },
        ),
        migrations.CreateModel(
            name='StaffMissing',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('said_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('position', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='missing', to='people.position')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('position',), name='staff_missing_asked_once')],
            },
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
            model_name='municipality',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.municipality'),
        ),
        migrations.AddField(
            model_name='municipality',
            name='merged_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='network',
            name='ends_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='office',
            name='closes_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='office',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office'),
        ),
        migrations.AddField(
            model_name='rolechange',
            name='until',
            field=models.DateTimeField(null=True),
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
            model_name='municipality',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', True), ('merged_on__isnull', True)), models.Q(('merged_into__isnull', False), ('merged_on__isnull', False), models.Q(('merged_into', models.F('code')), _negated=True)), _connector='OR'), name='municipality_merged_into_another_from_a_day'),
        ),
        migrations.AddConstraint(
            model_name='office',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('closes_on__isnull', False), models.Q(('merged_into', models.F('id')), _negated=True)), _connector='OR'), name='office_merged_is_closed'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('network__isnull', False), ('office__isnull', True), ('role__in', ('director', 'deputy', 'steering'))), models.Q(('network__isnull', False), ('office__isnull', False), ('role', 'caseworker')), models.Q(('network__isnull', True), ('office__isnull', True), ('role__in', ('officer', 'outside', 'keeper', 'national', 'granter'))), _connector='OR'), name='position_office_fits_role'),
        ),
        migrations.AddConstraint(
            model_name='rolechange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('network__isnull', False), ('office__isnull', False), ('role', 'caseworker')), models.Q(('network__isnull', False), ('office__isnull', True), ('role__in', ('director', 'deputy', 'steering'))), models.Q(('network__isnull', True), ('office__isnull', True), ('role__in', ('officer', 'keeper', 'national', 'granter'))), _connector='OR'), name='role_change_place_fits_role'),
        ),
        migrations.AddConstraint(
            model_name='rolechange',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gt', models.F('since')), _connector='OR'), name='role_change_ends_after_start'),
        ),
        migrations.RunSQL(MOVE_AND_KEEP, BACK),
        migrations.RemoveField(
            model_name='municipality',
            name='network',
        ),
    ]
