"""After how many days a referral to the assessment is gone: the network decides."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0004_answers_before_a_case'),
    ]

    operations = [
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
