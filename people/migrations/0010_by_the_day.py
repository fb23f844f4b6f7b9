"""A municipality is of a network by the day, an office closes, a role has a term (docs/adr/0034)."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

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


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0009_keeping_the_organisation'),
    ]

    operations = [
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
            field=models.CharField(choices=[('caseworker', 'Caseworker'), ('director', 'Director of the joint service'), ('deputy', 'Deputy of the director'), ('steering', 'Member of the steering group'), ('national', 'Reader of national figures'), ('keeper', 'Keeper of the organisation'), ('officer', 'Data-protection officer'), ('outside', 'Outside party')], max_length=20),
        ),
        migrations.AlterField(
            model_name='rolechange',
            name='role',
            field=models.CharField(choices=[('caseworker', 'Caseworker'), ('director', 'Director of the joint service'), ('deputy', 'Deputy of the director'), ('steering', 'Member of the steering group'), ('national', 'Reader of national figures'), ('keeper', 'Keeper of the organisation'), ('officer', 'Data-protection officer'), ('outside', 'Outside party')], max_length=20),
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
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('network__isnull', False), ('office__isnull', True), ('role__in', ('director', 'deputy', 'steering'))), models.Q(('network__isnull', False), ('office__isnull', False), ('role', 'caseworker')), models.Q(('network__isnull', True), ('office__isnull', True), ('role__in', ('officer', 'outside', 'keeper', 'national'))), _connector='OR'), name='position_office_fits_role'),
        ),
        migrations.AddConstraint(
            model_name='rolechange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('network__isnull', False), ('office__isnull', False), ('role', 'caseworker')), models.Q(('network__isnull', False), ('office__isnull', True), ('role__in', ('director', 'deputy', 'steering'))), models.Q(('network__isnull', True), ('office__isnull', True), ('role__in', ('officer', 'keeper', 'national'))), _connector='OR'), name='role_change_place_fits_role'),
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
