"""Who assesses the need of somebody on the list; its saved filters go on among those of every list."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.tables import ChangesTables

MOVED = Path(__file__).with_suffix(".sql").read_text("utf-8")


class Migration(ChangesTables):

    dependencies = [
        ('benefits', '0002_staging'),
        ('people', '0010_saved_filters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='flagdecision',
            name='assessed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalflagdecision',
            name='assessed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunSQL(MOVED, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='flagdecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assessed_by__isnull', False), ('state', 'being_assessed')), models.Q(models.Q(('state', 'being_assessed'), _negated=True), ('assessed_by__isnull', True)), _connector='OR'), name='flag_decision_assessed_by_somebody'),
        ),
        migrations.DeleteModel(name='SavedFilter'),
    ]
