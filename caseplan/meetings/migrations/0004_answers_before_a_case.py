"""In how many days what comes before a case is answered or gone: the network decides."""

from django.db import migrations, models

from common.tables import ChangesTables


class Migration(ChangesTables):

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
        migrations.AddField(
            model_name='wayofworking',
            name='referral_days',
            field=models.PositiveSmallIntegerField(db_default=30, default=30),
        ),
        migrations.AddConstraint(
            model_name='wayofworking',
            constraint=models.CheckConstraint(condition=models.Q(('referral_days__range', (1, 90))), name='way_of_working_referral_days'),
        ),
    ]
