"""Whether a client without a log-in has been told who acts for them, or does so no more."""

from django.db import migrations, models

from common.tables import ChangesTables


class Migration(ChangesTables):

    dependencies = [
        ('cases', '0007_people_given'),
    ]

    operations = [
        migrations.AddField(
            model_name='mandate',
            name='client_untold',
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
