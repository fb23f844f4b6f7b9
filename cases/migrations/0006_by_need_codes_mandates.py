"""A case begins with the joint assessment; who waited since when; offices that name their person.

The codes on paper by which a client, whom a worker has seen, logs in, and whether one without a
log-in has been told. Who may act for a client, seen by two (docs/adr/0038-acting-for-another.md).
"""

from pathlib import Path

import common.ids
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.tables import ChangesTables

MOVE_AND_KEEP = Path(__file__).with_suffix(".sql").read_text("utf-8")
BACK = """
DROP TRIGGER case_mandate_stands ON cases_mandate;
DROP FUNCTION case_mandate_stands();
DROP TRIGGER case_mandate_is_for_another ON cases_mandate;
DROP FUNCTION case_mandate_is_for_another();
"""


class Migration(ChangesTables):

    dependencies = [
        ('cases', '0005_news_of_speaking_for'),
        ('people', '0008_organisation_log_ins_machines'),
        # Packages whose tables point at a user, before the many of ours: with each of their columns
        # Django renders whatever leads to a user.
        ('guardian', '0003_remove_groupobjectpermission_guardian_gr_content_ae6aec_idx_and_more'),
        ('mfa', '0003_authenticator_type_uniq'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ClientCode',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code_hash', models.CharField(max_length=64, unique=True)),
                ('seen_document', models.CharField(choices=[('passport', 'Passport'), ('identity_card', 'Identity card'), ('residence_permit', 'Residence permit card'), ('refugee_travel', "Refugee's or alien's passport"), ('driving_licence', 'Driving licence'), ('known', 'No document: I have known the client for long')], max_length=20)),
                ('seen_country', models.CharField(blank=True, max_length=2, validators=[django.core.validators.RegexValidator('\\A[A-Z]{2}\\Z', 'Write the country as two capital letters, such as FI or UA.')])),
                ('given_at', models.DateTimeField()),
                ('valid_until', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='client_codes', to='cases.case')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('given_office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('used_at__isnull', True)), fields=('person',), name='client_code_one_open_a_person'), models.CheckConstraint(condition=models.Q(('valid_until__gt', models.F('given_at'))), name='client_code_lasts_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('seen_country', ''), ('seen_document', 'known')), models.Q(models.Q(('seen_document', 'known'), _negated=True), models.Q(('seen_country', ''), _negated=True)), _connector='OR'), name='client_code_document_has_a_country')],
            },
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('holder_name', models.CharField(max_length=200)),
                ('holder_code_encrypted', models.BinaryField()),
                ('holder_code_hash', models.CharField(max_length=64)),
                ('source', models.CharField(choices=[('authorisation', 'An authorisation in the national register'), ('guardian_person', 'Guardian, also in matters of the person'), ('guardian_finances', 'Guardian in financial matters'), ('parent', 'Parent or other custodian of somebody under 18')], max_length=20)),
                ('matters', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('plan', 'The joint plan'), ('consents', 'Who is shown what'), ('asking', 'Asking for joint service')], max_length=10), size=None)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('evidence', models.CharField(choices=[('register', 'The register of authorisations'), ('court', "A court's decision"), ('authority', 'A decision of the Digital and Population Data Services Agency'), ('guardianships', 'An extract of the register of guardianship'), ('population', 'An extract of the Population Information System')], max_length=20)),
                ('dated', models.DateField()),
                ('state', models.CharField(choices=[('waiting', 'Waits for a second person'), ('stands', 'In effect'), ('turned_down', 'Turned down'), ('ended', 'ended')], default='waiting', max_length=12)),
                ('recorded_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_because', models.CharField(blank=True, choices=[('taken_back', 'The client, or the register, has taken it back'), ('decision_ended', 'The decision, or the custody, has ended'), ('mistake', 'It was written down by mistake')], max_length=20)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mandates', to='cases.case')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mandates', to='people.person')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='mandate_days_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('source', 'authorisation'), _negated=True), ('until__isnull', False), _connector='OR'), name='mandate_of_the_register_ends'), models.CheckConstraint(condition=models.Q(('matters__len__gte', 1), ('matters__contained_by', ['plan', 'consents', 'asking'])), name='mandate_is_about_something'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('recorded_by')), _negated=True), _connector='OR'), name='mandate_second_person'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by', None), ('state', 'waiting')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state__in', ['stands', 'turned_down'])), ('state', 'ended'), _connector='OR'), name='mandate_decided_fits_state'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('state', 'ended'), models.Q(('ended_because', ''), _negated=True)), models.Q(models.Q(('state', 'ended'), _negated=True), ('ended_at__isnull', True), ('ended_because', ''), ('ended_by__isnull', True)), _connector='OR'), name='mandate_ended_fits_state'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state__in', ['waiting', 'stands'])), expressions=[('person', '='), ('holder_code_hash', '='), ('source', '='), (models.Func('since', 'until', models.Value('[]'), function='DATERANGE', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='mandate_of_one_kind_at_a_time')],
            },
        ),
        migrations.RunSQL(MOVE_AND_KEEP, BACK),
        migrations.RemoveConstraint(
            model_name='case',
            name='case_started_on_fits_state',
        ),
        migrations.RemoveConstraint(
            model_name='news',
            name='news_of_a_case_or_of_ones_own_work',
        ),
        migrations.RemoveConstraint(
            model_name='teammembership',
            name='team_membership_is_user_or_office',
        ),
        migrations.AddField(
            model_name='case',
            name='first_contact_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='client_untold',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name='case',
            name='state',
            field=models.CharField(choices=[('declined', 'Not started'), ('mapping', 'Mapping'), ('in_force', 'Plan in force'), ('ending', 'Ending is being assessed'), ('follow_up', 'Ended, being followed up'), ('closed', 'Ended')], default='mapping', max_length=12),
        ),
        migrations.AlterField(
            model_name='news',
            name='kind',
            field=models.CharField(choices=[('meeting_moved', 'A meeting is at another time'), ('meeting_elsewhere', 'A meeting is in another place or of another length'), ('meeting_cancelled', 'A meeting is cancelled'), ('meeting_asked', 'You are invited to a meeting'), ('meeting_joined', 'More people are invited to a meeting'), ('proposal_set_aside', 'The proposed plan is set aside'), ('plan_in_force', 'The plan has come into force'), ('review_answered', 'Your request to review the plan is answered'), ('consent_withdrawn', 'A request for your consent is taken back'), ('task_changed', 'A task of yours has changed'), ('task_closed', 'A task of yours is closed'), ('service_moved', 'The days of a service have changed'), ('ending_closed', 'The joint service goes on'), ('manager_changed', 'Your case manager has changed'), ('request_answered', 'A request of your organisation is answered'), ('request_withdrawn', 'A request to your organisation is taken back'), ('handover_accepted', 'The case you offered has been taken over'), ('handover_declined', 'The case you offered was not taken over'), ('handover_withdrawn', 'A case that was offered to you is taken back'), ('access_given', 'You may read the case that you asked to see'), ('consent_answered', 'The client has answered your request for consent'), ('consent_written', 'A decision of yours was written down'), ('consent_in_effect', 'A consent that was written down is confirmed'), ('consent_disputed', 'A consent that was written down is disputed'), ('goal_dropped', 'A goal is no longer pursued'), ('ending_agreed', 'The joint service has ended'), ('cover_chosen', 'Somebody stands in for you'), ('outside_invited', 'Somebody outside was invited with you'), ('outside_withdrawn', 'An invitation was taken back'), ('meeting_answered', 'A worker answered for you whether you attend'), ('written_for_you', 'A worker wrote down what you said'), ('plan_answered', 'A worker wrote down your answer to the plan'), ('paper_disputed', 'A signed paper you wrote down was not confirmed'), ('paper_waits', 'A worker wrote that you signed the plan'), ('ending_corrected', 'The joint service goes on: its end was a mistake'), ('outcome_told', 'A joint service that you began has ended'), ('continues', 'Somebody goes on with you after the joint service'), ('continues_asked', 'You are asked to go on with a client'), ('continues_answered', 'Whoever you asked to go on has answered'), ('continues_withdrawn', 'You are no longer asked to go on with a client'), ('letter', 'There is a letter for you'), ('case_begun', 'A joint assessment has begun'), ('person_named', 'An organisation has named who works on the case'), ('referral_answered', 'A referral of your office is answered'), ('referral_gone', 'A referral of yours was not answered, and is gone'), ('turned_away', 'Somebody was not let in'), ('mandate_waits', 'Somebody is to act for a client'), ('mandate_began', 'Somebody acts for the client'), ('mandate_ended', 'Somebody acts for the client no more')], max_length=20),
        ),
        migrations.AlterField(
            model_name='teammembership',
            name='role',
            field=models.CharField(choices=[('case_manager', 'Case manager'), ('member', 'Team member'), ('awaited', 'Names its person')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'declined'), ('started_on__isnull', False), _connector='OR'), name='case_started_on_fits_state'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('first_contact_on__isnull', True), ('first_contact_on__lte', models.F('started_on')), _connector='OR'), name='case_first_contact_before_start'),
        ),
        migrations.AddConstraint(
            model_name='news',
            constraint=models.CheckConstraint(condition=models.Q(('case__isnull', False), ('kind__in', ('cover_chosen', 'referral_answered', 'referral_gone', 'turned_away')), _connector='XOR'), name='news_of_a_case_or_of_ones_own_work'),
        ),
        migrations.AddConstraint(
            model_name='teammembership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('office__isnull', True), ('user__isnull', False)), models.Q(('office__isnull', False), ('role__in', ['member', 'awaited']), ('user__isnull', True)), _connector='OR'), name='team_membership_is_user_or_office'),
        ),
    ]
