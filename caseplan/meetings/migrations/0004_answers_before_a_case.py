"""A network decides in how many days whoever asks before a case is answered."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0003_answered_in_their_place'),
    ]

    operations = [
        migrations.AddField(
            model_name='wayofworking',
            name='consultation_days',
            field=models.PositiveSmallIntegerField(db_default=7, default=7, verbose_name='A consultation without a case is answered in so many days'),
        ),
        migrations.AddField(
            model_name='wayofworking',
            name='own_request_days',
            field=models.PositiveSmallIntegerField(db_default=14, default=14, verbose_name='Somebody who asks for joint service is answered in so many days'),
        ),
    ]
