"""A ground is suspended by one officer, until two decide."""

from pathlib import Path

import common.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CREATE = Path(__file__).with_suffix(".sql").read_text("utf-8")
DROP = """
DROP TRIGGER ground_suspension_stands ON consent_groundsuspension;
DROP FUNCTION ground_suspension_stands();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('consent', '0004_ground_decisions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='GroundSuspension',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(max_length=300)),
                ('since', models.DateField()),
                ('suspended_at', models.DateTimeField()),
                ('lifted_on', models.DateField(blank=True, null=True)),
                ('ground', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suspensions', to='consent.ground')),
                ('lifted_by', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lifted', to='consent.grounddecision')),
                ('suspended_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('lifted_on__isnull', True)), fields=('ground',), name='ground_suspended_once'),
                    models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='ground_suspended_for_a_reason'),
                    models.CheckConstraint(condition=models.Q(models.Q(('lifted_by__isnull', True), ('lifted_on__isnull', True)), models.Q(('lifted_by__isnull', False), ('lifted_on__isnull', False)), _connector='OR'), name='ground_suspension_lifted_by_two'),
                ],
            },
        ),
        migrations.RunSQL(CREATE, DROP),
    ]
