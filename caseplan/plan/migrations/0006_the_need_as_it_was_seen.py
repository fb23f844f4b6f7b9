"""The need in the words of the law; why an assessment ends without joint service."""

import django.contrib.postgres.fields
from django.db import migrations, models

from common.tables import ChangesTables


class Migration(ChangesTables):

    dependencies = [
        ('cases', '0007_begun_by_need'),
        ('plan', '0005_the_end_and_after'),
    ]

    operations = [
        migrations.AddField(
            model_name='ending',
            name='no_need',
            field=models.CharField(blank=True, choices=[('one_body', 'The services of one body are enough'), ('consultation', 'Consultation between the bodies is enough'), ('no_obstacle', 'Nothing of this kind stands in the way of employment'), ('changed', 'The situation has changed meanwhile')], db_default='', max_length=15, verbose_name='Why no joint service is needed'),
        ),
        migrations.AddField(
            model_name='historicalreferral',
            name='client_view',
            field=models.TextField(blank=True, verbose_name='How the client sees it'),
        ),
        migrations.AddField(
            model_name='historicalreferral',
            name='needs',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('need_ability', 'Limits of the ability to work and function'), ('need_managing_life', 'Problems of managing everyday life'), ('need_several_services', 'Services of several bodies have to be joined')], max_length=30), blank=True, default=list, size=None),
        ),
        migrations.AddField(
            model_name='historicalreferral',
            name='tried_before',
            field=models.TextField(blank=True, verbose_name='What has been tried before'),
        ),
        migrations.AddField(
            model_name='referral',
            name='client_view',
            field=models.TextField(blank=True, verbose_name='How the client sees it'),
        ),
        migrations.AddField(
            model_name='referral',
            name='needs',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('need_ability', 'Limits of the ability to work and function'), ('need_managing_life', 'Problems of managing everyday life'), ('need_several_services', 'Services of several bodies have to be joined')], max_length=30), blank=True, default=list, size=None),
        ),
        migrations.AddField(
            model_name='referral',
            name='tried_before',
            field=models.TextField(blank=True, verbose_name='What has been tried before'),
        ),
        migrations.AlterField(
            model_name='ending',
            name='exit',
            field=models.CharField(choices=[('work_full_time', 'Work on the open market, full time'), ('work_part_time', 'Work on the open market, part time'), ('supported_work', 'Supported work'), ('education', 'Education'), ('other_service', 'Another service'), ('unemployment', 'Unemployment'), ('disability_pension', 'Disability pension'), ('no_joint_service', 'No joint service was needed'), ('other', 'Something else'), ('died', 'The client has died'), ('moved', 'The client has moved to another area'), ('joined', 'Two records were one person')], max_length=20, verbose_name='What it ends to'),
        ),
        migrations.AlterField(
            model_name='historicalreferral',
            name='declined_code',
            field=models.CharField(blank=True, choices=[('case_ended', 'The joint service has ended.'), ('sent_anew', 'A referral is no case any more. It was sent on as one.')], max_length=20, verbose_name='Why it did not start by itself'),
        ),
        migrations.AlterField(
            model_name='referral',
            name='declined_code',
            field=models.CharField(blank=True, choices=[('case_ended', 'The joint service has ended.'), ('sent_anew', 'A referral is no case any more. It was sent on as one.')], max_length=20, verbose_name='Why it did not start by itself'),
        ),
        migrations.AddConstraint(
            model_name='ending',
            constraint=models.CheckConstraint(condition=models.Q(('exit', 'no_joint_service'), ('no_need', ''), _connector='XOR'), name='ending_without_service_has_its_code'),
        ),
    ]
