"""Users, networks, offices and their staff, persons and what changes in a person's life."""

import common.ids
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from common.tables import CreatesTables


class Migration(CreatesTables):
    initial = True

    dependencies = []

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(
        ),
        django.contrib.postgres.operations.TrigramExtension(
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('username', models.CharField(max_length=150, unique=True)),
                ('first_name', models.CharField(max_length=100)),
                ('last_name', models.CharField(max_length=100)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('language', models.CharField(choices=[('fi', 'suomi'), ('sv', 'svenska'), ('en', 'English')], default='fi', max_length=2)),
                ('is_active', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(django.db.models.functions.text.Lower('username'), name='user_name_whatever_its_case'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Network',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Municipality',
            fields=[
                ('code', models.CharField(max_length=3, primary_key=True, serialize=False)),
                ('name_fi', models.CharField(max_length=100)),
                ('name_sv', models.CharField(max_length=100)),
                ('network', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='municipalities', to='people.network')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('code__regex', '^\\d{3}$')), name='municipality_code_is_three_digits'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Office',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offices', to='people.network')),
                ('body', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela')], max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('phone', models.CharField(blank=True, max_length=30)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('network', 'body', 'name'), name='office_named_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='positions', to=settings.AUTH_USER_MODEL)),
                ('role', models.CharField(choices=[('caseworker', 'Caseworker'), ('director', 'Director of the joint service'), ('officer', 'Data-protection officer'), ('outside', 'Outside party')], max_length=20)),
                ('network', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='people.network')),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='people.office')),
                ('title', models.CharField(blank=True, max_length=100)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('leads', models.BooleanField(db_default=False, default=False, verbose_name='Leads the office')),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('leads', False), ('role', 'caseworker'), _connector='OR'), name='position_leads_an_office'),
                    models.CheckConstraint(condition=models.Q(models.Q(('network__isnull', False), ('office__isnull', True), ('role', 'director')), models.Q(('network__isnull', False), ('office__isnull', False), ('role', 'caseworker')), models.Q(('network__isnull', True), ('office__isnull', True), ('role__in', ['officer', 'outside'])), _connector='OR'), name='position_office_fits_role'),
                    models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gt', models.F('since')), _connector='OR'), name='position_ends_after_start'),
                    django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('user', '='), (models.Func('since', 'until', django.contrib.postgres.fields.ranges.RangeBoundary(), function='TSTZRANGE', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='position_one_at_a_time'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('identity_code_encrypted', models.BinaryField()),
                ('identity_code_hash', models.CharField(max_length=64, unique=True)),
                ('birth_date', models.DateField()),
                ('last_name', models.CharField(max_length=100)),
                ('first_names', models.CharField(max_length=100)),
                ('sort_key', models.CharField(db_index=True, max_length=400)),
                ('language', models.CharField(default='fi', max_length=3, validators=[django.core.validators.RegexValidator('\\A[a-z]{2,3}\\Z', 'Give a language as two or three letters, such as fi or ru.')])),
                ('chosen_language', models.CharField(blank=True, choices=[('fi', 'suomi'), ('sv', 'svenska'), ('en', 'English')], db_default='', default='', max_length=2)),
                ('municipality_code', models.CharField(db_index=True, max_length=3)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('non_disclosure', models.BooleanField(default=False)),
                ('died_on', models.DateField(blank=True, null=True)),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='person', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(fields=['sort_key'], name='person_name_trigram', opclasses=['gin_trgm_ops']),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('municipality_code__regex', '^\\d{3}$')), name='person_municipality_is_three_digits'),
                    models.CheckConstraint(condition=models.Q(('language__regex', '^[a-z]{2,3}$')), name='person_language_is_a_code'),
                ],
            },
        ),
        migrations.CreateModel(
            name='FormerCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_codes', to='people.person')),
                ('identity_code_encrypted', models.BinaryField()),
                ('identity_code_hash', models.CharField(max_length=64, unique=True)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.CharField(max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name='FormerName',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_names', to='people.person')),
                ('last_name', models.CharField(max_length=100)),
                ('first_names', models.CharField(max_length=100)),
                ('sort_key', models.CharField(max_length=400)),
                ('changed_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ProtectionQuestion',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='protection_question', serialize=False, to='people.person')),
                ('said_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='protection_answered_at_and_by_together'),
                ],
            },
        ),
        migrations.CreateModel(
            name='LifeEvent',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='life_events', to='people.person')),
                ('kind', models.CharField(choices=[('died', 'Death'), ('identity_code', 'Changed personal identity code'), ('name', 'Changed name'), ('protected', 'Details are not to be disclosed'), ('unprotected', 'Details may be disclosed again'), ('moved', 'Moved to another municipality'), ('left', 'The case ended because of a move'), ('joined', 'Two records were one person')], max_length=20)),
                ('state', models.CharField(choices=[('asked', 'Waits for a second person'), ('done', 'In effect'), ('turned_down', 'Turned down'), ('undone', 'Taken back')], max_length=12)),
                ('on', models.DateField(blank=True, null=True)),
                ('reason', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('change_encrypted', models.BinaryField(blank=True, null=True)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['person', '-recorded_at'], name='life_event_of_person'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('person', 'kind'), name='life_event_asked_once'),
                    models.UniqueConstraint(condition=models.Q(('kind', 'died'), ('state', 'done')), fields=('person',), name='life_event_one_death'),
                    models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('identity_code', 'unprotected', 'joined')), _negated=True), ('done_by__isnull', True), models.Q(('done_by', models.F('recorded_by')), _negated=True), _connector='OR'), name='life_event_second_person'),
                    models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('done_by__isnull', True), ('state__in', ['asked', 'turned_down'])), models.Q(('done_at__isnull', False), ('done_by__isnull', False), ('state__in', ['done', 'undone'])), models.Q(('done_at__isnull', False), ('recorded_by__isnull', True), ('state__in', ['done', 'undone'])), _connector='OR'), name='life_event_done_fits_state'),
                    models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('state__in', ['asked', 'done'])), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('state__in', ['turned_down', 'undone'])), _connector='OR'), name='life_event_closed_fits_state'),
                ],
            },
        ),
        migrations.CreateModel(
            name='LifeEventSeen',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seen', to='people.lifeevent')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('event', 'user'), name='life_event_seen_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to=settings.AUTH_USER_MODEL)),
                ('page', models.CharField(max_length=300)),
                ('fields', models.JSONField()),
                ('saved_at', models.DateTimeField()),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('user', 'page'), name='draft_one_a_page'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SentForm',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sent_forms', to=settings.AUTH_USER_MODEL)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('answer', models.CharField(blank=True, max_length=2000)),
                ('sent_at', models.DateTimeField(db_index=True)),
            ],
        ),
    ]
