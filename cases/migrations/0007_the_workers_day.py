"""What the list of a worker's day needs: news of their own work, absences, interpreters, two indexes.

Whose office is on which team is answered by an index alone, and whom a team still awaits by its own:
without the role in it the index of the rule that memberships do not overlap was read whole, on every
page of a worker, however many cases the network had.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.ids
from common.tables import ChangesTables


class Migration(ChangesTables):

    dependencies = [
        ('cases', '0006_by_need_codes_mandates'),
        ('people', '0010_saved_filters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to=settings.AUTH_USER_MODEL)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.network')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='absence_ends_after_start'),
                    django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('user', '='), (models.Func('since', 'until', django.contrib.postgres.fields.ranges.RangeBoundary(), function='TSTZRANGE', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='absence_one_at_a_time'),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name='news',
            name='news_of_a_case_or_of_ones_own_work',
        ),
        migrations.AlterField(
            model_name='news',
            name='kind',
            field=models.CharField(choices=[('meeting_moved', 'A meeting is at another time'), ('meeting_elsewhere', 'A meeting is in another place or of another length'), ('meeting_cancelled', 'A meeting is cancelled'), ('meeting_asked', 'You are invited to a meeting'), ('meeting_joined', 'More people are invited to a meeting'), ('proposal_set_aside', 'The proposed plan is set aside'), ('plan_in_force', 'The plan has come into force'), ('review_answered', 'Your request to review the plan is answered'), ('consent_withdrawn', 'A request for your consent is taken back'), ('task_changed', 'A task of yours has changed'), ('task_closed', 'A task of yours is closed'), ('task_reopened', 'A task of yours is open again'), ('service_moved', 'The days of a service have changed'), ('ending_closed', 'The joint service goes on'), ('manager_changed', 'Your case manager has changed'), ('request_answered', 'A request of your organisation is answered'), ('request_withdrawn', 'A request to your organisation is taken back'), ('handover_accepted', 'The case you offered has been taken over'), ('handover_declined', 'The case you offered was not taken over'), ('handover_withdrawn', 'A case that was offered to you is taken back'), ('access_given', 'You may read the case that you asked to see'), ('consent_answered', 'The client has answered your request for consent'), ('consent_written', 'A decision of yours was written down'), ('consent_in_effect', 'A consent that was written down is confirmed'), ('consent_disputed', 'A consent that was written down is disputed'), ('goal_dropped', 'A goal is no longer pursued'), ('goal_taken_up', 'A goal is pursued again'), ('ending_agreed', 'The joint service has ended'), ('case_taken', 'Cases have come to you'), ('case_given_on', 'Your leader gave a case of yours to somebody else'), ('cover_over', 'You are back: read what happened meanwhile'), ('cover_chosen', 'Somebody stands in for you'), ('absence_said', 'Your leader wrote that you are away'), ('outside_invited', 'Somebody outside was invited with you'), ('outside_withdrawn', 'An invitation was taken back'), ('meeting_answered', 'A worker answered for you whether you attend'), ('written_for_you', 'A worker wrote down what you said'), ('plan_answered', 'A worker wrote down your answer to the plan'), ('paper_disputed', 'A signed paper you wrote down was not confirmed'), ('paper_waits', 'A worker wrote that you signed the plan'), ('ending_corrected', 'The joint service goes on: its end was a mistake'), ('outcome_told', 'A joint service that you began has ended'), ('continues', 'Somebody goes on with you after the joint service'), ('continues_asked', 'You are asked to go on with a client'), ('continues_answered', 'Whoever you asked to go on has answered'), ('continues_withdrawn', 'You are no longer asked to go on with a client'), ('letter', 'There is a letter for you'), ('case_begun', 'A joint assessment has begun'), ('person_named', 'An organisation has named who works on the case'), ('referral_answered', 'A referral of your office is answered'), ('referral_gone', 'A referral of yours was not answered, and is gone'), ('turned_away', 'Somebody was not let in'), ('team_joined', 'You are on the team of a case now'), ('team_left', 'You are no longer on the team of a case'), ('objected', 'The client does not want something of the plan'), ('consent_changed', 'The client has decided anew what you may read'), ('meeting_declined', 'Somebody cannot come to a meeting'), ('mandate_waits', 'Somebody is to act for a client'), ('mandate_began', 'Somebody acts for the client'), ('mandate_ended', 'Somebody acts for the client no more'), ('people_given', 'A colleague gave you people to assess'), ('people_taken', 'Somebody else deals with people you were to assess')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='news',
            constraint=models.CheckConstraint(condition=models.Q(('case__isnull', False), ('kind__in', ('case_taken', 'cover_over', 'cover_chosen', 'absence_said', 'referral_answered', 'referral_gone', 'turned_away', 'people_given', 'people_taken')), _connector='XOR'), name='news_of_a_case_or_of_ones_own_work'),
        ),
        migrations.AddField(
            model_name='mandate',
            name='client_untold',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RemoveIndex(
            model_name='teammembership',
            name='team_by_office',
        ),
        migrations.AddIndex(
            model_name='teammembership',
            index=models.Index(fields=['office', 'case'], include=('since', 'until', 'role'), name='team_by_office'),
        ),
        migrations.AddIndex(
            model_name='teammembership',
            index=models.Index(condition=models.Q(('role', 'awaited')), fields=['office'], name='team_awaited'),
        ),
        migrations.AddField(
            model_name='case',
            name='interpreter_language',
            field=models.CharField(blank=True, db_default='', default='', max_length=3, validators=[django.core.validators.RegexValidator('\\A[a-z]{2,3}\\Z', 'Give a language as two or three letters, such as fi or ru.')]),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('interpreter_language__regex', '^([a-z]{2,3})?$')), name='case_interpreter_language_is_a_code'),
        ),
    ]
