"""An address is one person's, confirmed from there; a change of it waits (docs/adr/0009)."""

from pathlib import Path

import common.ids
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


KEEP_ONE = Path(__file__).with_suffix(".sql").read_text("utf-8")


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_log_ins'),
    ]

    operations = [
        migrations.CreateModel(
            name='AddressChange',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('address', models.EmailField(max_length=254)),
                ('asked_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('approved_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('holds', models.BooleanField(db_default=False, default=False)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='address_changes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('user',), name='address_change_one_open'),
                    models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), ('approved_by', models.F('user')), models.Q(('approved_by', models.F('asked_by')), _negated=True), _connector='OR'), name='address_change_second_person'),
                    models.CheckConstraint(condition=models.Q(('holds', False), models.Q(('closed_at__isnull', False), ('confirmed_at__isnull', False)), _connector='OR'), name='address_change_holds_once_confirmed'),
                ],
            },
        ),
        migrations.AddField(
            model_name='user',
            name='email_confirmed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunSQL(KEEP_ONE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower(models.Func('email', models.Value('\\+[^@]*@'), models.Value('@'), function='regexp_replace', output_field=models.TextField())), condition=models.Q(('email', ''), _negated=True), name='user_address_is_one_persons'),
        ),
    ]
