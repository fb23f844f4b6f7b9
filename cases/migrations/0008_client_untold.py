"""Whether a client without a log-in has been told that their case has begun."""

from django.db import migrations, models

from common.tables import ChangesTables


class Migration(ChangesTables):

    dependencies = [
        ('cases', '0007_client_codes'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='client_untold',
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
