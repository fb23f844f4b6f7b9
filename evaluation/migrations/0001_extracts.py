"""Orders of extracts for an evaluation: who asked, who approved, until when."""

import common.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0013_purpose_evaluate'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ExtractOrder',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('use', models.CharField(choices=[('evaluation', 'Evaluation by the bodies themselves'), ('research', 'Research by others')], max_length=12)),
                ('purpose', models.TextField()),
                ('decision_number', models.CharField(max_length=60)),
                ('decided_on', models.DateField()),
                ('begun_from', models.DateField()),
                ('begun_to', models.DateField()),
                ('expires_on', models.DateField(db_index=True)),
                ('environment', models.CharField(blank=True, max_length=200)),
                ('certificate', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('asked', 'waits for a second person'), ('turned_down', 'turned down'), ('approved', 'approved, being made'), ('made', 'made'), ('ended', 'ended, the file is gone')], default='asked', max_length=12)),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('turned_down_because', models.TextField(blank=True)),
                ('key_encrypted', models.BinaryField(null=True)),
                ('made_at', models.DateTimeField(blank=True, null=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('found', models.JSONField(default=dict)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.network')),
            ],
            options={
                'indexes': [models.Index(fields=['network', '-asked_at'], name='extract_asked')],
                'constraints': [models.CheckConstraint(condition=models.Q(('answered_by__isnull', True), models.Q(('answered_by', models.F('asked_by')), _negated=True), _connector='OR'), name='extract_is_approved_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='extract_answered_at_and_by_together'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['approved', 'made', 'turned_down']), _negated=True), ('answered_by__isnull', False), _connector='OR'), name='extract_is_made_once_approved'), models.CheckConstraint(condition=models.Q(models.Q(('key_encrypted__isnull', False), ('state__in', ['approved', 'made'])), models.Q(models.Q(('state__in', ['approved', 'made']), _negated=True), ('key_encrypted__isnull', True)), _connector='OR'), name='extract_has_its_key_while_it_stands'), models.CheckConstraint(condition=models.Q(('state', 'ended'), ('ended_at__isnull', True), _connector='XOR'), name='extract_ended_at_fits_state'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'made'), _negated=True), models.Q(('made_at__isnull', False), models.Q(('digest', ''), _negated=True)), _connector='OR'), name='extract_made_at_fits_state'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'turned_down'), _negated=True), models.Q(('turned_down_because', ''), _negated=True), _connector='XOR'), name='extract_turned_down_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('decision_number', ''), _negated=True), models.Q(('purpose', ''), _negated=True)), name='extract_rests_on_a_decision'), models.CheckConstraint(condition=models.Q(models.Q(('certificate', ''), ('environment', ''), ('use', 'evaluation')), models.Q(('use', 'research'), models.Q(('environment', ''), _negated=True), models.Q(('certificate', ''), _negated=True)), _connector='OR'), name='extract_for_research_goes_where_the_permit_says'), models.CheckConstraint(condition=models.Q(('begun_to__gte', models.F('begun_from'))), name='extract_of_a_period')],
            },
        ),
    ]
