"""Sessions say whose log-in they are; everybody logs in anew after this."""

from pathlib import Path

import common.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


DROP = Path(__file__).with_suffix(".sql").read_text("utf-8")


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_drafts_about'),
    ]

    operations = [
        migrations.CreateModel(
            name='LogIn',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('id', models.UUIDField(db_index=True, default=common.ids.new_id, editable=False)),
                ('began_at', models.DateTimeField(null=True)),
                ('last_used_at', models.DateTimeField()),
                ('device', models.CharField(blank=True, max_length=300)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='log_ins', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('began_at__isnull', True), ('user__isnull', True)), models.Q(('began_at__isnull', False), ('user__isnull', False)), _connector='OR'), name='log_in_began_with_a_user')],
            },
        ),
        migrations.RunSQL(DROP, migrations.RunSQL.noop),
    ]
