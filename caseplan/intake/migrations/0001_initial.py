"""Coming in: what bodies send and ask each other before a case, and one for oneself.

Cases that were only referred are rows of the sender's own from here on.
"""

from pathlib import Path

import common.ids
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.tables import ChangesTables

SEND = Path(__file__).with_suffix(".sql").read_text("utf-8")


class Migration(ChangesTables):
    dependencies = [
        ('cases', '0006_by_need_codes_mandates'),
        ('common', '0001_dates'),
        ('people', '0001_initial'),
        ('plan', '0005_the_need_and_the_end'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AssessmentReferral',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('need_ability', 'Limits of the ability to work and function'), ('need_managing_life', 'Problems of managing everyday life'), ('need_several_services', 'Services of several bodies have to be joined')], max_length=30), size=None)),
                ('sent_at', models.DateTimeField()),
                ('gone_on', models.DateField(db_index=True)),
                ('answer', models.CharField(blank=True, choices=[('begun', 'The joint assessment has begun'), ('own_service', 'The services of one body are enough'), ('consultation', 'Consultation between the bodies is enough'), ('not_reached', 'The person was not reached'), ('not_wanted', 'The person does not want it now'), ('not_ours', 'It belongs to another office')], max_length=12)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('from_office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessment_referrals', to='people.person')),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to_office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('answer', '')), fields=['to_office'], name='assessment_referral_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('from_office', models.F('to_office')), _negated=True), name='assessment_referral_goes_elsewhere'), models.CheckConstraint(condition=models.Q(('needs__len__gte', 1)), name='assessment_referral_names_a_need'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='assessment_referral_is_answered_by_somebody'), models.UniqueConstraint(condition=models.Q(('answer', '')), fields=('person', 'from_office', 'to_office'), name='assessment_referral_once_until_answered')],
            },
        ),
        migrations.CreateModel(
            name='Consultation',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField()),
                ('topic', models.CharField(choices=[('which_service', 'Which of your services could help?'), ('how_to_begin', 'How does somebody get into this service?'), ('conditions', 'On what conditions is this service given?'), ('together', 'Can these be done at the same time?'), ('benefits', 'What does this do to benefits?'), ('waiting', 'How long is the wait for this service now?'), ('need_of_joint', 'Does this need joint service?')], max_length=20)),
                ('services', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('career_guidance', 'Career guidance'), ('job_search_coaching', 'Coaching in job search'), ('job_coaching', 'Job coaching'), ('work_trial', 'Work trial'), ('labour_training', 'Labour market training'), ('own_studies', 'Own studies on unemployment benefit'), ('pay_subsidy', 'Pay-subsidised work'), ('start_up', 'Start-up grant'), ('rehabilitative_work', 'Rehabilitative work activity'), ('social_rehabilitation', 'Social rehabilitation'), ('social_work', 'Social work'), ('housing', 'Support in housing'), ('substance', 'Substance abuse services'), ('mental_health', 'Mental health services'), ('health_check', 'Health check of the unemployed'), ('work_ability', 'Assessment of work ability'), ('vocational_rehabilitation', 'Vocational rehabilitation'), ('rehabilitation_study', 'Vocational rehabilitation assessment'), ('rehabilitation_trial', 'Training or work trial as rehabilitation'), ('psychotherapy', 'Rehabilitative psychotherapy'), ('workshop', 'Workshop'), ('peer_support', 'Peer support'), ('debt_advice', 'Debt advice'), ('other', 'Other service')], max_length=40), blank=True, default=list, size=None)),
                ('in_the_way', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('ability', 'Ability to work and function'), ('daily_life', 'Managing everyday life'), ('money', 'Money and debts'), ('housing', 'Housing'), ('skills', 'Skills or language')], max_length=20), blank=True, default=list, size=None)),
                ('age', models.CharField(blank=True, choices=[('under_25', 'Under 25'), ('from_25', '25–29'), ('from_30', '30–54'), ('from_55', '55 or over')], max_length=10)),
                ('unemployed', models.CharField(blank=True, choices=[('not', 'Not unemployed'), ('under_6', 'Under 6 months'), ('from_6', '6–12 months'), ('from_12', '1–3 years'), ('from_36', 'Over 3 years')], max_length=10)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('answer_by', models.DateField()),
                ('answer', models.CharField(blank=True, choices=[('ours', 'Yes: ask the client to contact us'), ('conditions', 'Yes, on conditions'), ('not_ours', 'This is not ours to do'), ('joint', 'Assess the need for joint service'), ('not_now', 'Not at the moment')], max_length=12)),
                ('answer_services', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('career_guidance', 'Career guidance'), ('job_search_coaching', 'Coaching in job search'), ('job_coaching', 'Job coaching'), ('work_trial', 'Work trial'), ('labour_training', 'Labour market training'), ('own_studies', 'Own studies on unemployment benefit'), ('pay_subsidy', 'Pay-subsidised work'), ('start_up', 'Start-up grant'), ('rehabilitative_work', 'Rehabilitative work activity'), ('social_rehabilitation', 'Social rehabilitation'), ('social_work', 'Social work'), ('housing', 'Support in housing'), ('substance', 'Substance abuse services'), ('mental_health', 'Mental health services'), ('health_check', 'Health check of the unemployed'), ('work_ability', 'Assessment of work ability'), ('vocational_rehabilitation', 'Vocational rehabilitation'), ('rehabilitation_study', 'Vocational rehabilitation assessment'), ('rehabilitation_trial', 'Training or work trial as rehabilitation'), ('psychotherapy', 'Rehabilitative psychotherapy'), ('workshop', 'Workshop'), ('peer_support', 'Peer support'), ('debt_advice', 'Debt advice'), ('other', 'Other service')], max_length=40), blank=True, default=list, size=None)),
                ('answer_note', models.CharField(blank=True, max_length=200)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('gone_on', models.DateField(blank=True, db_index=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('from_office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
                ('to_office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('answer', '')), fields=['to_office', 'answer_by'], name='consultation_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('from_office', models.F('to_office')), _negated=True), name='consultation_goes_elsewhere'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', None), ('gone_on', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False), ('gone_on__isnull', False)), _connector='OR'), name='consultation_is_answered_by_somebody'), models.CheckConstraint(condition=models.Q(('seen_at__isnull', True), ('answered_at__isnull', False), _connector='OR'), name='consultation_seen_once_answered')],
            },
        ),
        migrations.CreateModel(
            name='OwnRequest',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('helps', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('work', 'Finding work or studies'), ('health', 'Health or ability to work'), ('money', 'Money, debts or benefits'), ('daily_life', 'Everyday life or housing'), ('alone', 'Loneliness or the situation of the family'), ('many_places', 'I am sent from place to place')], max_length=20), size=None)),
                ('request_text', models.TextField(blank=True)),
                ('way', models.CharField(choices=[('portal', 'In this service'), ('paper', 'On paper')], max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('paper_place', models.CharField(blank=True, max_length=100)),
                ('answer_by', models.DateField()),
                ('named_at', models.DateTimeField(blank=True, null=True)),
                ('state', models.CharField(choices=[('open', 'Waits for an answer'), ('begun', 'The joint assessment has begun'), ('refused', 'Joint service is not begun'), ('withdrawn', 'Taken back'), ('closed', 'Closed without an answer')], default='open', max_length=10)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('why_not', models.CharField(blank=True, choices=[('one_place', 'One place can help you with this.'), ('not_unemployed', 'Joint service is for people who are out of work.'), ('places_agree', 'It is enough that the places agree about it with each other.'), ('not_here', 'You live in an area that another joint service looks after.'), ('other', 'There is another reason.')], max_length=20)),
                ('why', models.TextField(blank=True)),
                ('instead', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('health_care', 'Your health centre'), ('debt_advice', 'Financial and debt advice'), ('association', 'An association or peer support'), ('youth', 'Guidance for people under 30 (Ohjaamo)')], max_length=20), blank=True, default=list, size=None)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('gone_on', models.DateField(blank=True, db_index=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='own_requests', to='cases.case')),
                ('handler', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='own_requests_to_answer', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='own_requests', to='people.person')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['handler'], name='own_request_waiting')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('person', 'office'), name='own_request_one_open_an_office'), models.CheckConstraint(condition=models.Q(('helps__len__gte', 1)), name='own_request_says_with_what'), models.CheckConstraint(condition=models.Q(models.Q(('paper_place', ''), ('recorded_by__isnull', True), ('way', 'portal')), models.Q(('recorded_by__isnull', False), ('way', 'paper'), models.Q(('paper_place', ''), _negated=True)), _connector='OR'), name='own_request_paper_is_kept_somewhere'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('gone_on', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_at__isnull', False), ('gone_on__isnull', False)), _connector='OR'), name='own_request_answered_fits_state'), models.CheckConstraint(condition=models.Q(models.Q(('instead__len__gte', 1), ('state', 'refused'), models.Q(('why_not', ''), _negated=True), models.Q(('why', ''), _negated=True)), models.Q(models.Q(('state', 'refused'), _negated=True), ('why', ''), ('why_not', '')), _connector='OR'), name='own_request_refused_says_why_and_what_helps'), models.CheckConstraint(condition=models.Q(('case__isnull', True), ('state', 'begun'), _connector='OR'), name='own_request_led_to_a_case'), models.CheckConstraint(condition=models.Q(('recorded_by__isnull', True), ('answered_by__isnull', True), models.Q(('answered_by', models.F('recorded_by')), _negated=True), models.Q(('state', 'refused'), _negated=True), _connector='OR'), name='own_request_refused_by_another_than_its_writer')],
            },
        ),
        migrations.RunSQL(SEND, migrations.RunSQL.noop),
    ]
