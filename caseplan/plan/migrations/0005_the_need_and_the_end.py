"""The need in the words of the law; an end without joint service, or corrected; who goes on."""

import common.ids
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.tables import ChangesTables


class Migration(ChangesTables):

    dependencies = [
        ('cases', '0006_by_need_codes_mandates'),
        ('plan', '0004_paper_after_a_no'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AccompaniedHandover',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('category', models.CharField(choices=[('identity_contact', 'Name and contact details'), ('case_handling', 'How the case is handled'), ('education_work', 'Education and work'), ('social_situation', 'Social situation'), ('health_work_ability', 'Health and work ability'), ('service_needs', 'Need for services'), ('plan_follow_up', 'Plan and its follow-up'), ('self_assessment', 'Own assessments'), ('benefits_detail', 'Details of benefits')], default='plan_follow_up', max_length=30, verbose_name='What it concerns')),
                ('recorded_for', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('client', 'Client')], max_length=20)),
                ('recorded_at', models.DateTimeField()),
                ('with_client', models.BooleanField(db_default=False, default=False, verbose_name='Written with the client present')),
                ('to_body', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela')], max_length=20, verbose_name='Of which organisation')),
                ('how', models.CharField(choices=[('together', 'We meet together'), ('call', 'We call together'), ('they_call', 'Whoever goes on contacts the client')], max_length=10, verbose_name='How it is done')),
                ('text', models.TextField(verbose_name='What goes on')),
                ('answer_by', models.DateField(verbose_name='Answer by')),
                ('state', models.CharField(choices=[('open', 'Not answered yet'), ('accepted', 'Goes on with the client'), ('declined', 'Declined'), ('withdrawn', 'Taken back')], default='open', max_length=10)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('reached_at', models.CharField(blank=True, max_length=200, verbose_name='How the client reaches them')),
                ('answer', models.TextField(blank=True, verbose_name='Answer')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='cases.case')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accompanied_handovers', to=settings.AUTH_USER_MODEL, verbose_name='Who goes on with the client')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('case', 'to_user'), name='accompanied_handover_asked_once'),
                    models.CheckConstraint(condition=models.Q(('category', 'plan_follow_up')), name='accompanied_handover_is_read_by_whom_it_asks'),
                    models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='accompanied_handover_says_what'),
                    models.CheckConstraint(condition=models.Q(('recorded_by', models.F('to_user')), _negated=True), name='accompanied_handover_to_another'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='accompanied_handover_answered_fits_state'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'accepted'), models.Q(('reached_at', ''), _negated=True)), models.Q(models.Q(('state', 'accepted'), _negated=True), ('reached_at', '')), _connector='OR'), name='accompanied_handover_says_how_they_are_reached'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='accompanied_handover_declined_with_a_reason'),
                ],
            },
        ),
        migrations.AddField(
            model_name='ending',
            name='reopened_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='Corrected'),
        ),
        migrations.AddField(
            model_name='ending',
            name='reopened_because',
            field=models.TextField(blank=True, db_default='', verbose_name='Why the ending was a mistake'),
        ),
        migrations.AddField(
            model_name='ending',
            name='reopened_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Corrected by'),
        ),
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
            name='outcome',
            field=models.CharField(choices=[('open', 'Being assessed'), ('agreed', 'Ended together'), ('not_agreed', 'Not ended: a body sees the need'), ('withdrawn', 'Taken back'), ('reopened', 'Corrected: the case goes on')], default='open', max_length=12),
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
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'reopened'), ('reopened_at__isnull', False), ('reopened_by__isnull', False), models.Q(('reopened_because', ''), _negated=True)), models.Q(('reopened_at__isnull', True), ('reopened_because', ''), ('reopened_by__isnull', True), models.Q(('outcome', 'reopened'), _negated=True)), _connector='OR'), name='ending_reopened_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='ending',
            constraint=models.CheckConstraint(condition=models.Q(('exit', 'no_joint_service'), ('no_need', ''), _connector='XOR'), name='ending_without_service_has_its_code'),
        ),
    ]
