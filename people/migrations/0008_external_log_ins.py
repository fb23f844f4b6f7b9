"""Who somebody is at an identity provider, and by which log-in there a log-in here began."""

import common.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0007_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExternalLogIn',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('issuer', models.CharField(max_length=500)),
                ('subject', models.CharField(max_length=255)),
                ('first_seen', models.DateTimeField()),
                ('last_seen', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='login',
            name='issuer',
            field=models.CharField(blank=True, db_default='', default='', max_length=500),
        ),
        migrations.AddField(
            model_name='login',
            name='issuer_session',
            field=models.CharField(blank=True, db_default='', default='', max_length=255),
        ),
        migrations.AddConstraint(
            model_name='login',
            constraint=models.CheckConstraint(condition=models.Q(('issuer_session', ''), models.Q(('issuer', ''), _negated=True), _connector='OR'), name='log_in_session_is_an_issuers'),
        ),
        migrations.AddField(
            model_name='externallogin',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='external_log_ins', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='externallogin',
            constraint=models.UniqueConstraint(fields=('issuer', 'subject'), name='external_log_in_is_one_users'),
        ),
        migrations.AddConstraint(
            model_name='externallogin',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('issuer', ''), _negated=True), models.Q(('subject', ''), _negated=True)), name='external_log_in_is_somebodys'),
        ),
        migrations.AddConstraint(
            model_name='externallogin',
            constraint=models.CheckConstraint(condition=models.Q(('last_seen__gte', models.F('first_seen'))), name='external_log_in_seen_in_order'),
        ),
    ]
