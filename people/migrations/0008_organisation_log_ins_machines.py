"""Networks by the day, roles with a term, offices that close, staff from a file (docs/adr/0034).

Who somebody is at an identity provider, whom a body's directory asks to let in, and letters that
try whether letters arrive. Systems of the bodies that read by themselves (docs/adr/0037).
"""

from pathlib import Path

import common.ids
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
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
DROP TRIGGER people_machine_token_is_its_own ON people_machinetoken;
DROP FUNCTION people_machine_token_is_its_own();
DROP TRIGGER people_machine_key_stands ON people_machinekey;
DROP FUNCTION people_machine_key_stands();
DROP TRIGGER people_machine_stands ON people_machine;
DROP FUNCTION people_machine_stands();
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
                ('kind', models.CharField(choices=[('role_began', 'Somebody begins in a role'), ('role_ended', 'Somebody leaves a role'), ('network_founded', 'A network is founded'), ('network_renamed', 'A network has another name'), ('network_ended', 'A network ends'), ('town_joined', 'A municipality joins a network'), ('town_left', 'A municipality leaves a network'), ('towns_merged', 'Municipalities merge'), ('office_made', 'A new office'), ('office_changed', 'An office has another name or phone'), ('office_closed', 'An office closes'), ('offices_merged', 'An office is merged into another'), ('staff_listed', 'Staff from a file'), ('machine_began', 'A system begins to read'), ('machine_ended', 'A system reads no more'), ('machine_key', 'A system has another key')], max_length=20)),
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
        migrations.CreateModel(
            name='LetterTrial',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('address', models.EmailField(max_length=254)),
                ('sent_at', models.DateTimeField()),
                ('wrong', models.PositiveSmallIntegerField(default=0)),
                ('arrived_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letter_trials', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('arrived_at__isnull', True), ('arrived_at__gte', models.F('sent_at')), _connector='OR'), name='letter_trial_arrives_after_it_was_sent')],
            },
        ),
        migrations.CreateModel(
            name='Machine',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100)),
                ('body', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela')], max_length=20)),
                ('purpose', models.CharField(choices=[('assess_need', 'to assess whether joint service is needed'), ('keep_case', 'to work on the joint case'), ('make_plan', 'to make or review the joint plan'), ('own_data', 'to read own information'), ('search', 'to find a case of their own'), ('follow_up', 'to follow what was agreed'), ('explain', 'to explain who sees what'), ('emergency', 'an emergency'), ('asked', 'access was asked for and given'), ('shared', 'it has been shared with them'), ('grace', 'they were the case manager until a moment ago'), ('answer', 'to answer a question or a request'), ('breach', 'to look into a suspected data breach')], max_length=20)),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('cases.read', 'The list of cases: who, which state, which deadline runs'), ('plans.read', 'The plans: goals, actions and services'), ('explanations.read', 'Why somebody is on the list of triggers'), ('protected.read', 'Also people under non-disclosure for safety reasons')], max_length=30), size=None)),
                ('addresses', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=50), size=None)),
                ('contact_name', models.CharField(max_length=100)),
                ('contact_email', models.EmailField(max_length=254)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField()),
                ('state', models.CharField(choices=[('waiting', 'Waits for a second person'), ('done', 'In effect'), ('turned_down', 'Turned down'), ('withdrawn', 'Withdrawn')], default='waiting', max_length=12)),
                ('proposed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.network')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), ('decided_by__isnull', False), models.Q(('decided_by', models.F('proposed_by')), _negated=True)), models.Q(('state', 'turned_down'), models.Q(('decided_by', models.F('proposed_by')), _negated=True)), ('state__in', ['waiting', 'withdrawn']), _connector='OR'), name='machine_second_person'),
                    models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='machine_decided_fits_state'),
                    models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('state', 'done')), _connector='OR'), name='machine_ended_once_it_began'),
                    models.CheckConstraint(condition=models.Q(('purpose__in', ['keep_case', 'make_plan', 'follow_up', 'assess_need'])), name='machine_purpose_is_one_of_these'),
                    models.CheckConstraint(condition=models.Q(('scopes__len__gte', 1), ('scopes__contained_by', ['cases.read', 'plans.read', 'explanations.read', 'protected.read'])), name='machine_reads_something_known'),
                    models.CheckConstraint(condition=models.Q(('addresses__len__gte', 1)), name='machine_calls_from_somewhere'),
                    models.CheckConstraint(condition=models.Q(('valid_until__gte', models.F('valid_from'))), name='machine_days_in_order'),
                ],
            },
        ),
        migrations.CreateModel(
            name='MachineAssertion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jti_hash', models.CharField(max_length=64)),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('machine', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.machine')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('machine', 'jti_hash'), name='machine_assertion_counts_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='MachineKey',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('slot', models.PositiveSmallIntegerField()),
                ('thumbprint', models.CharField(max_length=43)),
                ('kind', models.CharField(max_length=20)),
                ('jwk', models.JSONField()),
                ('state', models.CharField(choices=[('waiting', 'Waits for a second person'), ('done', 'In effect'), ('turned_down', 'Turned down'), ('withdrawn', 'Withdrawn')], default='waiting', max_length=12)),
                ('proposed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('machine', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keys', to='people.machine')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), ('decided_by__isnull', False), models.Q(('decided_by', models.F('proposed_by')), _negated=True)), models.Q(('state', 'turned_down'), models.Q(('decided_by', models.F('proposed_by')), _negated=True)), ('state__in', ['waiting', 'withdrawn']), _connector='OR'), name='machine_key_second_person'),
                    models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='machine_key_decided_fits_state'),
                    models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('state', 'done')), _connector='OR'), name='machine_key_ended_once_it_began'),
                    models.CheckConstraint(condition=models.Q(('slot__in', [1, 2])), name='machine_key_one_of_two'),
                    models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('state__in', ['waiting', 'done'])), fields=('machine', 'slot'), name='machine_two_keys_at_a_time'),
                    models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('state__in', ['waiting', 'done'])), fields=('thumbprint',), name='machine_key_is_one_machines'),
                    models.CheckConstraint(condition=models.Q(('jwk__has_any_keys', ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']), _negated=True), name='machine_key_is_public'),
                ],
            },
        ),
        migrations.CreateModel(
            name='MachineToken',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('cases.read', 'The list of cases: who, which state, which deadline runs'), ('plans.read', 'The plans: goals, actions and services'), ('explanations.read', 'Why somebody is on the list of triggers'), ('protected.read', 'Also people under non-disclosure for safety reasons')], max_length=30), size=None)),
                ('issued_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.machinekey')),
                ('machine', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to='people.machine')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('issued_at'))), name='machine_token_ends'),
                ],
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
        migrations.AddConstraint(
            model_name='login',
            constraint=models.CheckConstraint(condition=models.Q(('issuer_session', ''), models.Q(('issuer', ''), _negated=True), _connector='OR'), name='log_in_session_is_an_issuers'),
        ),
        migrations.RunSQL(MOVE_AND_KEEP, BACK),
        migrations.RemoveField(
            model_name='municipality',
            name='network',
        ),
    ]
