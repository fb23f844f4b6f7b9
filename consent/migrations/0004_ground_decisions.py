"""A ground is signed and ended by two officers."""

from pathlib import Path

import common.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CREATE = Path(__file__).with_suffix(".sql").read_text("utf-8")
DROP = """
DROP TRIGGER ground_decision_stands_still ON consent_grounddecision;
DROP FUNCTION ground_decision_stands_still();
DROP TRIGGER ground_is_drafted_first ON consent_ground;
DROP TRIGGER ground_stands_still ON consent_ground;
DROP FUNCTION ground_stands_still();
""" + Path(__file__).with_name("0003_grounds_stand_still.sql").read_text("utf-8")


class Migration(migrations.Migration):

    dependencies = [
        ('consent', '0003_grounds_stand_still'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='GroundDecision',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('act', models.CharField(choices=[('sign', 'Sign it'), ('end', 'End it'), ('lift', 'End the suspension')], max_length=10)),
                ('last_day', models.DateField(blank=True, null=True)),
                ('set_up_by', models.CharField(blank=True, max_length=60)),
                ('begun_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('set_aside_at', models.DateTimeField(blank=True, null=True)),
                ('begun_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ground', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='consent.ground')),
                ('set_aside_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', True), ('set_aside_at__isnull', True)), fields=('ground',), name='ground_decision_one_waits'),
                    models.CheckConstraint(condition=models.Q(models.Q(('act', 'end'), ('last_day__isnull', False)), models.Q(models.Q(('act', 'end'), _negated=True), ('last_day__isnull', True)), _connector='OR'), name='ground_decision_last_day_of_an_end'),
                    models.CheckConstraint(condition=models.Q(models.Q(models.Q(('set_up_by', ''), _negated=True), ('begun_by__isnull', True), ('confirmed_at__isnull', False), ('confirmed_by__isnull', True)), models.Q(('begun_by__isnull', False), ('set_up_by', '')), _connector='OR'), name='ground_decision_by_officers_or_set_up'),
                    models.CheckConstraint(condition=models.Q(models.Q(('set_up_by', ''), _negated=True), models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), models.Q(('confirmed_by', models.F('begun_by')), _negated=True)), _connector='OR'), name='ground_decision_by_two_persons'),
                    models.CheckConstraint(condition=models.Q(models.Q(('set_aside_at__isnull', True), ('set_aside_by__isnull', True)), models.Q(('confirmed_at__isnull', True), ('set_aside_at__isnull', False), ('set_aside_by__isnull', False)), _connector='OR'), name='ground_decision_set_aside_or_confirmed'),
                ],
            },
        ),
        migrations.RunSQL(CREATE, DROP),
    ]
