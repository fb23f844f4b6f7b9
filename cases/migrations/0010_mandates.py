"""Who may act for a client, seen by two (docs/adr/0038-acting-for-another.md)."""

from pathlib import Path

import common.ids
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.tables import ChangesTables

STANDS = Path(__file__).with_suffix(".sql").read_text("utf-8")
BACK = """
DROP TRIGGER case_mandate_stands ON cases_mandate;
DROP FUNCTION case_mandate_stands();
DROP TRIGGER case_mandate_is_for_another ON cases_mandate;
DROP FUNCTION case_mandate_is_for_another();
"""


class Migration(ChangesTables):

    dependencies = [
        ('cases', '0009_turned_away'),
        ('people', '0012_machines'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='news',
            name='kind',
            field=models.CharField(choices=[('meeting_moved', 'A meeting is at another time'), ('meeting_elsewhere', 'A meeting is in another place or of another length'), ('meeting_cancelled', 'A meeting is cancelled'), ('meeting_asked', 'You are invited to a meeting'), ('meeting_joined', 'More people are invited to a meeting'), ('proposal_set_aside', 'The proposed plan is set aside'), ('plan_in_force', 'The plan has come into force'), ('review_answered', 'Your request to review the plan is answered'), ('consent_withdrawn', 'A request for your consent is taken back'), ('task_changed', 'A task of yours has changed'), ('task_closed', 'A task of yours is closed'), ('service_moved', 'The days of a service have changed'), ('ending_closed', 'The joint service goes on'), ('manager_changed', 'Your case manager has changed'), ('request_answered', 'A request of your organisation is answered'), ('request_withdrawn', 'A request to your organisation is taken back'), ('handover_accepted', 'The case you offered has been taken over'), ('handover_declined', 'The case you offered was not taken over'), ('handover_withdrawn', 'A case that was offered to you is taken back'), ('access_given', 'You may read the case that you asked to see'), ('consent_answered', 'The client has answered your request for consent'), ('consent_written', 'A decision of yours was written down'), ('consent_in_effect', 'A consent that was written down is confirmed'), ('consent_disputed', 'A consent that was written down is disputed'), ('goal_dropped', 'A goal is no longer pursued'), ('ending_agreed', 'The joint service has ended'), ('cover_chosen', 'Somebody stands in for you'), ('outside_invited', 'Somebody outside was invited with you'), ('outside_withdrawn', 'An invitation was taken back'), ('meeting_answered', 'A worker answered for you whether you attend'), ('written_for_you', 'A worker wrote down what you said'), ('plan_answered', 'A worker wrote down your answer to the plan'), ('paper_disputed', 'A signed paper you wrote down was not confirmed'), ('paper_waits', 'A worker wrote that you signed the plan'), ('ending_corrected', 'The joint service goes on: its end was a mistake'), ('outcome_told', 'A joint service that you began has ended'), ('continues', 'Somebody goes on with you after the joint service'), ('continues_asked', 'You are asked to go on with a client'), ('continues_answered', 'Whoever you asked to go on has answered'), ('continues_withdrawn', 'You are no longer asked to go on with a client'), ('letter', 'There is a letter for you'), ('case_begun', 'A joint assessment has begun'), ('person_named', 'An organisation has named who works on the case'), ('referral_answered', 'A referral of your office is answered'), ('referral_gone', 'A referral of yours was not answered, and is gone'), ('turned_away', 'Somebody was not let in'), ('mandate_waits', 'Somebody is to act for a client'), ('mandate_began', 'Somebody acts for the client'), ('mandate_ended', 'Somebody acts for the client no more')], max_length=20),
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
        migrations.RunSQL(STANDS, BACK),
    ]
