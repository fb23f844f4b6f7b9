"""What the registers say, by which import, and the flags that follow with their worklist."""

import common.ids
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from common.tables import CreatesTables


class Migration(CreatesTables):
    initial = True

    dependencies = [
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Flag',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='people.person')),
                ('rule', models.CharField(max_length=40)),
                ('reached_on', models.DateField()),
                ('opened_on', models.DateField()),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('closed_because', models.CharField(blank=True, choices=[('unemployment_ended', 'The unemployment ended.'), ('age', "The person's age moved them to another rule."), ('law', 'The law or the advice changed.'), ('time', 'The time that is looked at has passed.'), ('register', 'The register was corrected or tells something new.'), ('died', 'The person has died.')], max_length=20)),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('closed_on__isnull', True)), fields=['reached_on'], name='flag_standing'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('person', 'rule', 'reached_on'), name='flag_once_a_fact'),
                    models.CheckConstraint(condition=models.Q(models.Q(('closed_because', ''), ('closed_on__isnull', True)), models.Q(('closed_on__isnull', False), models.Q(('closed_because', ''), _negated=True)), _connector='OR'), name='flag_closed_with_a_note'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ExpectedFlag',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='expected_flags', to='people.person')),
                ('rule', models.CharField(max_length=40)),
                ('expected_on', models.DateField(db_index=True)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('person', 'rule'), name='expected_flag_once_a_rule'),
                ],
            },
        ),
        migrations.CreateModel(
            name='FlagDecision',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('flag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='benefits.flag')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.network')),
                ('state', models.CharField(choices=[('being_assessed', 'being assessed'), ('taken', 'taken into joint service'), ('declined', 'declined'), ('snoozed', 'snoozed')], max_length=20)),
                ('reason', models.TextField(blank=True)),
                ('snoozed_until', models.DateField(blank=True, null=True)),
                ('statute', models.CharField(max_length=100)),
                ('asked_on', models.DateField()),
                ('measured', models.PositiveIntegerField()),
                ('handled_at', models.DateTimeField()),
                ('handled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('handled_for', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela')], max_length=20)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('flag', 'network'), name='flag_decision_once_a_network'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['declined', 'snoozed']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='flag_decision_with_a_reason'),
                    models.CheckConstraint(condition=models.Q(models.Q(('snoozed_until__isnull', False), ('state', 'snoozed')), models.Q(models.Q(('state', 'snoozed'), _negated=True), ('snoozed_until__isnull', True)), _connector='OR'), name='flag_decision_snoozed_until_a_day'),
                ],
            },
        ),
        migrations.CreateModel(
            name='HistoricalFlagDecision',
            fields=[
                ('id', models.UUIDField(db_index=True, default=common.ids.new_id, editable=False)),
                ('state', models.CharField(choices=[('being_assessed', 'being assessed'), ('taken', 'taken into joint service'), ('declined', 'declined'), ('snoozed', 'snoozed')], max_length=20)),
                ('reason', models.TextField(blank=True)),
                ('snoozed_until', models.DateField(blank=True, null=True)),
                ('statute', models.CharField(max_length=100)),
                ('asked_on', models.DateField()),
                ('measured', models.PositiveIntegerField()),
                ('handled_at', models.DateTimeField()),
                ('handled_for', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela')], max_length=20)),
                ('history_user_id', models.UUIDField(null=True)),
                ('flag', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='benefits.flag')),
                ('network', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.network')),
                ('handled_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical flag decision',
                'verbose_name_plural': 'historical flag decisions',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='ManualEntry',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='manual_entries', to='people.person')),
                ('kind', models.CharField(choices=[('gap', 'These days do not break the unemployment'), ('requalified', 'Requalified for a new maximum period'), ('integration', 'Integration time: the state pays, days do not count')], max_length=20)),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('reason', models.TextField()),
                ('entered_at', models.DateTimeField()),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_for', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela')], max_length=20)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='manual_entry_ends_after_start'),
                    models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='manual_entry_with_a_reason'),
                    models.CheckConstraint(condition=models.Q(models.Q(('kind', 'requalified'), _negated=True), ('last', models.F('first')), _connector='OR'), name='manual_entry_requalified_on_a_day'),
                    models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='manual_entry_withdrawn_at_and_by_together'),
                ],
            },
        ),
        migrations.CreateModel(
            name='HistoricalManualEntry',
            fields=[
                ('id', models.UUIDField(db_index=True, default=common.ids.new_id, editable=False)),
                ('kind', models.CharField(choices=[('gap', 'These days do not break the unemployment'), ('requalified', 'Requalified for a new maximum period'), ('integration', 'Integration time: the state pays, days do not count')], max_length=20)),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('reason', models.TextField()),
                ('entered_at', models.DateTimeField()),
                ('entered_for', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela')], max_length=20)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('history_user_id', models.UUIDField(null=True)),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
                ('entered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical manual entry',
                'verbose_name_plural': 'historical manual entrys',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='worklist_filters', to=settings.AUTH_USER_MODEL)),
                ('name', models.CharField(max_length=60)),
                ('choices', models.JSONField()),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('user', 'name'), name='filter_named_once'),
                    models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='filter_has_a_name'),
                ],
            },
        ),
        migrations.CreateModel(
            name='RegisterImport',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('waiting', 'waiting to be read'), ('reading', 'being read'), ('checked', 'checked, nothing written yet'), ('proposed', 'waits for a second person'), ('turned_down', 'turned down by the second person'), ('writing', 'being written'), ('done', 'imported'), ('refused', 'cannot be read'), ('cancelled', 'stopped'), ('failed', 'failed')], default='waiting', max_length=12)),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('imported_by', models.CharField(max_length=60)),
                ('folder', models.CharField(blank=True, max_length=400)),
                ('newest_day', models.DateField(blank=True, null=True)),
                ('counts', models.JSONField(default=dict)),
                ('progress', models.JSONField(default=dict)),
                ('report', models.JSONField(default=dict)),
                ('cancelled', models.BooleanField(default=False)),
                ('network', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.network')),
                ('proposed_at', models.DateTimeField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('turned_down_because', models.TextField(blank=True)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('network__isnull', True), models.Q(('state__in', ['writing', 'done']), _negated=True), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='import_from_a_page_is_confirmed'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'turned_down'), _negated=True), models.Q(('turned_down_because', ''), _negated=True), _connector='OR'), name='import_turned_down_says_why'),
                    models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('newest_day__isnull', True)), _connector='OR'), name='import_speaks_once_written'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('asked_on', models.DateField()),
                ('at', models.DateTimeField()),
                ('of_everybody', models.BooleanField()),
                ('newest_import', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='benefits.registerimport')),
                ('counts', models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='RejectedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('register_import', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rejected', to='benefits.registerimport')),
                ('file', models.CharField(max_length=30)),
                ('line', models.PositiveIntegerField()),
                ('column', models.CharField(max_length=30)),
                ('reason', models.CharField(max_length=40)),
                ('value', models.CharField(blank=True, max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name='UnemploymentSpell',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='people.person')),
                ('start', models.DateField()),
                ('first_import', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='benefits.registerimport')),
                ('corrected_by_import', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='benefits.registerimport')),
                ('corrected_at', models.DateTimeField(blank=True, null=True)),
                ('end', models.DateField(blank=True, null=True)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('end__isnull', True), ('end__gte', models.F('start')), _connector='OR'), name='spell_ends_after_start'),
                    models.CheckConstraint(condition=models.Q(models.Q(('corrected_at__isnull', True), ('corrected_by_import__isnull', True)), models.Q(('corrected_at__isnull', False), ('corrected_by_import__isnull', False)), _connector='OR'), name='spell_corrected_at_and_by_together'),
                    models.UniqueConstraint(condition=models.Q(('corrected_at__isnull', True)), fields=('person', 'start', 'end'), name='spell_stands_once', nulls_distinct=False),
                ],
            },
        ),
        migrations.CreateModel(
            name='PaymentPeriod',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='people.person')),
                ('start', models.DateField()),
                ('first_import', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='benefits.registerimport')),
                ('corrected_by_import', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='benefits.registerimport')),
                ('corrected_at', models.DateTimeField(blank=True, null=True)),
                ('benefit', models.CharField(choices=[('tyomarkkinatuki', 'Labour-market subsidy'), ('peruspaivaraha', 'Basic unemployment allowance'), ('ansiopaivaraha', 'Earnings-related allowance'), ('yleistuki', 'General support'), ('sairauspaivaraha', 'Sickness allowance'), ('osasairauspaivaraha', 'Partial sickness allowance'), ('kuntoutusraha', 'Rehabilitation allowance'), ('tyokyvyttomyyselake', 'Disability pension'), ('toimeentulotuki', 'Social assistance'), ('asumistuki', 'Housing allowance'), ('opintotuki', 'Study grant'), ('vanhempainetuus', 'Parental benefit')], max_length=30)),
                ('basis', models.CharField(blank=True, choices=[('unemployment', 'Unemployment'), ('service', 'Service')], max_length=15)),
                ('end', models.DateField()),
                ('paid_days', models.PositiveIntegerField(blank=True, null=True)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('end__gte', models.F('start'))), name='period_ends_after_start'),
                    models.CheckConstraint(condition=models.Q(models.Q(('corrected_at__isnull', True), ('corrected_by_import__isnull', True)), models.Q(('corrected_at__isnull', False), ('corrected_by_import__isnull', False)), _connector='OR'), name='period_corrected_at_and_by_together'),
                    models.UniqueConstraint(condition=models.Q(('corrected_at__isnull', True)), fields=('person', 'benefit', 'basis', 'start', 'end', 'paid_days'), name='period_stands_once', nulls_distinct=False),
                ],
            },
        ),
        migrations.CreateModel(
            name='RegisterMention',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='register_mention', serialize=False, to='people.person')),
                ('last_import', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='benefits.registerimport')),
            ],
        ),
    ]
