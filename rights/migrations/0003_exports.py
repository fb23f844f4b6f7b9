"""Lists of clients taken out as files are kept for the data-protection officer."""

from pathlib import Path

import common.ids
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CREATE = Path(__file__).with_suffix(".sql").read_text("utf-8")
DROP = """
DROP TRIGGER export_stands_still ON rights_export;
DROP FUNCTION export_stands_still();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('rights', '0002_breaches'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('cases', 'List of cases'), ('triggers', 'List of triggers'), ('commitments', 'Commitments')], max_length=20)),
                ('reason', models.CharField(choices=[('my_work', 'To plan my own work'), ('meeting', 'For a meeting of those who work on these cases'), ('handover', 'To divide the work while somebody is away'), ('report', 'For a report or statistics'), ('other', 'For something else')], max_length=20)),
                ('comment', models.CharField(blank=True, max_length=300)),
                ('people', models.PositiveIntegerField()),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list, size=None)),
                ('made_at', models.DateTimeField()),
                ('body', models.CharField(blank=True, choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela')], max_length=20)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['-made_at'], name='export_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reason', 'other'), _negated=True), models.Q(('comment', ''), _negated=True), _connector='OR'), name='export_says_what_else_for')],
            },
        ),
        migrations.RunSQL(CREATE, DROP),
    ]
