"""A case begins with the joint assessment; who waited since when; offices that name their person."""

from pathlib import Path

from django.db import migrations, models

from common.tables import ChangesTables

CHANGE = Path(__file__).with_suffix(".sql").read_text("utf-8")


class Migration(ChangesTables):

    dependencies = [
        ('cases', '0005_news_of_speaking_for'),
    ]

    operations = [
        migrations.RunSQL(CHANGE, migrations.RunSQL.noop),
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
        migrations.AlterField(
            model_name='case',
            name='state',
            field=models.CharField(choices=[('declined', 'Not started'), ('mapping', 'Mapping'), ('in_force', 'Plan in force'), ('ending', 'Ending is being assessed'), ('follow_up', 'Ended, being followed up'), ('closed', 'Ended')], default='mapping', max_length=12),
        ),
        migrations.AlterField(
            model_name='news',
            name='kind',
            field=models.CharField(choices=[('meeting_moved', 'A meeting is at another time'), ('meeting_elsewhere', 'A meeting is in another place or of another length'), ('meeting_cancelled', 'A meeting is cancelled'), ('meeting_asked', 'You are invited to a meeting'), ('meeting_joined', 'More people are invited to a meeting'), ('proposal_set_aside', 'The proposed plan is set aside'), ('plan_in_force', 'The plan has come into force'), ('review_answered', 'Your request to review the plan is answered'), ('consent_withdrawn', 'A request for your consent is taken back'), ('task_changed', 'A task of yours has changed'), ('task_closed', 'A task of yours is closed'), ('service_moved', 'The days of a service have changed'), ('ending_closed', 'The joint service goes on'), ('manager_changed', 'Your case manager has changed'), ('request_answered', 'A request of your organisation is answered'), ('request_withdrawn', 'A request to your organisation is taken back'), ('handover_accepted', 'The case you offered has been taken over'), ('handover_declined', 'The case you offered was not taken over'), ('handover_withdrawn', 'A case that was offered to you is taken back'), ('access_given', 'You may read the case that you asked to see'), ('consent_answered', 'The client has answered your request for consent'), ('consent_written', 'A decision of yours was written down'), ('consent_in_effect', 'A consent that was written down is confirmed'), ('consent_disputed', 'A consent that was written down is disputed'), ('goal_dropped', 'A goal is no longer pursued'), ('ending_agreed', 'The joint service has ended'), ('cover_chosen', 'Somebody stands in for you'), ('outside_invited', 'Somebody outside was invited with you'), ('outside_withdrawn', 'An invitation was taken back'), ('meeting_answered', 'A worker answered for you whether you attend'), ('written_for_you', 'A worker wrote down what you said'), ('plan_answered', 'A worker wrote down your answer to the plan'), ('paper_disputed', 'A signed paper you wrote down was not confirmed'), ('paper_waits', 'A worker wrote that you signed the plan'), ('ending_corrected', 'The joint service goes on: its end was a mistake'), ('outcome_told', 'A joint service that you began has ended'), ('continues', 'Somebody goes on with you after the joint service'), ('continues_asked', 'You are asked to go on with a client'), ('continues_answered', 'Whoever you asked to go on has answered'), ('continues_withdrawn', 'You are no longer asked to go on with a client'), ('letter', 'There is a letter for you'), ('case_begun', 'A joint assessment has begun'), ('person_named', 'An organisation has named who works on the case'), ('referral_answered', 'A referral of your office is answered'), ('referral_gone', 'A referral of yours was not answered, and is gone')], max_length=20),
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
            constraint=models.CheckConstraint(condition=models.Q(('case__isnull', False), ('kind__in', ('cover_chosen', 'referral_answered', 'referral_gone')), _connector='XOR'), name='news_of_a_case_or_of_ones_own_work'),
        ),
        migrations.AddConstraint(
            model_name='teammembership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('office__isnull', True), ('user__isnull', False)), models.Q(('office__isnull', False), ('role__in', ['member', 'awaited']), ('user__isnull', True)), _connector='OR'), name='team_membership_is_user_or_office'),
        ),
    ]
