"""Systems of the bodies that read by themselves: registrations, keys, tokens (docs/adr/0037)."""

from pathlib import Path

import common.ids
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.tables import ChangesTables

STANDS = Path(__file__).with_suffix(".sql").read_text("utf-8")
BACK = """
DROP TRIGGER people_machine_token_is_its_own ON people_machinetoken;
DROP FUNCTION people_machine_token_is_its_own();
DROP TRIGGER people_machine_key_stands ON people_machinekey;
DROP FUNCTION people_machine_key_stands();
DROP TRIGGER people_machine_stands ON people_machine;
DROP FUNCTION people_machine_stands();
"""


class Migration(ChangesTables):

    dependencies = [
        ('people', '0011_network_renamed'),
    ]

    operations = [
        migrations.AlterField(
            model_name='organisationevent',
            name='kind',
            field=models.CharField(choices=[('role_began', 'Somebody begins in a role'), ('role_ended', 'Somebody leaves a role'), ('network_founded', 'A network is founded'), ('network_renamed', 'A network has another name'), ('network_ended', 'A network ends'), ('town_joined', 'A municipality joins a network'), ('town_left', 'A municipality leaves a network'), ('towns_merged', 'Municipalities merge'), ('office_made', 'A new office'), ('office_changed', 'An office has another name or phone'), ('office_closed', 'An office closes'), ('offices_merged', 'An office is merged into another'), ('staff_listed', 'Staff from a file'), ('machine_began', 'A system begins to read'), ('machine_ended', 'A system reads no more'), ('machine_key', 'A system has another key')], max_length=20),
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
        migrations.RunSQL(STANDS, BACK),
    ]
