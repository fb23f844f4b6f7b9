"""Why a goal that was agreed on is changed, dropped or taken up again."""

from django.db import migrations, models

from common.tables import ChangesTables


class Migration(ChangesTables):

    dependencies = [
        ('plan', '0005_the_need_and_the_end'),
    ]

    operations = [
        migrations.AddField(
            model_name='goal',
            name='reason',
            field=models.CharField(blank=True, db_default='', max_length=300, verbose_name='Why it was changed, dropped or taken up again'),
        ),
        migrations.AddField(
            model_name='historicalgoal',
            name='reason',
            field=models.CharField(blank=True, db_default='', max_length=300, verbose_name='Why it was changed, dropped or taken up again'),
        ),
    ]
